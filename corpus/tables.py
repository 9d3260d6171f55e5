"""Whole rows of a task table -> `Task`s and the group headings among them.

Merged cells come out empty or drop out so that a row slides to the left, and one row may hold several activities. A
row is read by its columns; when offices and deadline do not stand where the header says, they are found by what they
look like. What is not certain is said in the task's doubts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.activities import divided, takes_pending
from corpus.document import Section, Task, Unit
from corpus.rows import GROUP, NUMBER, Row, is_cut_off, is_deadline, is_row, stands_right, values, whole_rows
from corpus.units import is_units, one_list, read_units
from corpus.vietnamese import one_line

__all__ = ["Table", "is_row", "read_table"]

SHIFTED = "ô gộp bị lệch cột trong nguồn; đơn vị và thời gian nhận ra theo nội dung"
NO_LEAD = "không đọc được cơ quan chủ trì"
NO_DEADLINE = "nguồn không ghi thời gian"
CUT_OFF = "chữ trong ô bị cụt ở cuối trong nguồn"

_BUDGET = re.compile(r"ngân sách|kinh phí", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The tasks of a table, its group headings as sections, and a warning for every doubtful row."""

    tasks: tuple[Task, ...]
    groups: tuple[Section, ...]
    warnings: tuple[str, ...]


def read_table(lines: list[str], where: str) -> Table:
    """A task table from its tab-separated lines. `where` begins each path ("Phụ lục")."""
    columns, rows = whole_rows(lines)
    groups: list[Section] = []
    tasks = _one_spelling(list(_tasks(rows, columns, where, groups)))
    return Table(tuple(tasks), tuple(groups), tuple(f"{t.path}: {doubt}" for t in tasks for doubt in t.doubts))


def _tasks(rows: list[Row], columns: list[str], where: str, sections: list[Section]) -> Iterator[Task]:
    groups: list[tuple[str, str]] = []
    pending: list[str] = []
    number, goal, task, budget, count = "", "", "", "", 0
    for index, row in enumerate(rows):
        texts = [cell.strip() for cell in row.source[1:] if cell.strip()]
        if GROUP.match(row.label) and len(texts) == 1:
            groups = _into_group(groups, row.label, texts[0])
            sections.append(_group_section(groups, where))
            number, goal, task, budget, count = "", "", "", "", 0
            continue
        if NUMBER.match(row.label):
            number, goal, task, count = row.label.rstrip(".").lstrip("0") or row.label, "", "", 0
            below = rows[index + 1].label if index + 1 < len(rows) else number
            if len(texts) == 1 and ("goal" in columns or below.startswith(f"{number}.") or not below):
                # A goal alone: it stands over the rows that follow.
                goal = texts[0]
                continue
        following = rows[index + 1] if index + 1 < len(rows) else None
        for part in _read(row, columns, pending, following):
            goal, task = part.get("goal") or goal, part.get("task") or task
            budget = part.get("budget") or budget
            count += 1
            label = ".".join(label for label, _ in groups)
            activity = f"hoạt động {count}" if "activity" in columns else ""
            path = ", ".join(filter(None, (where, label, f"dòng {number}" if number else "", activity)))
            yield _task(part, path, goal, task, budget, tuple(heading for _, heading in groups))


def _into_group(groups: list[tuple[str, str]], label: str, heading: str) -> list[tuple[str, str]]:
    """A letter opens an outer group; a roman number stands inside the letter before it."""
    roman = bool(re.match(r"^[IVX]+$", label))
    outer = [g for g in groups if not re.match(r"^[IVX]+$", g[0])] if roman else []
    return [*outer, (label, one_line(heading))]


def _group_section(groups: list[tuple[str, str]], where: str) -> Section:
    label, heading = groups[-1]
    path = f"{where}, {'.'.join(name for name, _ in groups)}"
    above = tuple(name for _, name in groups[:-1])
    return Section(path, len(groups), label, heading, above, is_heading=True, in_table=True)


def _read(row: Row, columns: list[str], pending: list[str], following: Row | None) -> list[dict[str, str]]:
    """The cells of each task in a row. `pending` carries activities whose own row comes later."""
    main = "activity" if "activity" in columns else "task"
    shifted = not stands_right(row.cells)
    cells = _by_looks(row) if shifted else dict(row.cells)
    if row.doubts:
        cells["doubt"] = "; ".join(filter(None, (cells.get("doubt"), *row.doubts)))
    cells["source"] = "\n".join(cell.strip() for cell in row.source if cell.strip())
    if pending and not cells.get(main, "").strip():
        return [takes_pending(cells, main, pending)]
    if pending and cells.get(main, "")[:1].islower():
        return [takes_pending(cells, main, pending)]
    pending.clear()
    if shifted:
        return [cells]
    waits = following is not None and not following.label and _waits(following, main)
    return divided(cells, main, pending, waits=waits)


def _waits(row: Row, main: str) -> bool:
    """Whether a row has units of its own but no activity, or only the end of one: its activity stands above."""
    text = row.cells.get(main, "").strip()
    return is_units(row.cells.get("lead", "").strip()) and (not text or text[0].islower())


def _by_looks(row: Row) -> dict[str, str]:
    """Offices and deadline found by what they look like; what stands before them is product, activity and task."""
    filled = [(i, one_line(cell)) for i, cell in enumerate(row.source) if cell.strip()]
    filled = [(i, cell) for i, cell in filled if not (i == 0 and NUMBER.match(cell))]
    units = [(i, cell) for i, cell in filled if is_units(cell) and not is_deadline(cell)]
    if not units:
        return {**row.cells, "doubt": "không thấy cột cơ quan chủ trì trong nguồn"}
    start = units[0][0]
    while len(units) > 2 and units[0][1] == units[1][1]:
        units.pop(0)
    first = units[0][0] if len(units) < 3 else units[-2][0]
    lead = next(cell for i, cell in units if i == first)
    rest = [cell for i, cell in units if i > first]
    after = [cell for i, cell in filled if i > first and is_deadline(cell)]
    texts = [cell for i, cell in filled if i < min(start, first)]
    found = {"lead": lead, "coordinating": rest[0] if rest else "", "deadline": after[0] if after else ""}
    for name in ("product", "activity", "task", "goal"):
        found[name] = texts.pop() if texts and (name != "product" or len(texts) > 1) else ""
    found["budget"] = next((cell for i, cell in filled if i > first and _BUDGET.search(cell)), "")
    found["doubt"] = SHIFTED
    return found


def _task(part: dict[str, str], path: str, goal: str, task: str, budget: str, headings: tuple[str, ...]) -> Task:
    activity = one_line(part.get("activity", "")) or None
    doubts = [part["doubt"]] if part.get("doubt") else []
    lead = read_units(part.get("lead", ""))
    said = (one_line(value) for value in values(part.get("deadline", "")))
    deadline = "; ".join(dict.fromkeys(value for value in said if value)) or None
    if not lead:
        doubts.append(NO_LEAD)
    if deadline is None:
        doubts.append(NO_DEADLINE)
    if activity and is_cut_off(activity):
        doubts.append(CUT_OFF)
    return Task(
        path=path,
        task=one_line(task or part.get("activity", "") or goal),
        lead_units=lead,
        coordinating_units=read_units(part.get("coordinating", "")),
        deadline=deadline,
        product=one_line(part.get("product", "")) or None,
        text=part["source"],
        activity=activity,
        goal=one_line(goal) or None,
        budget=one_line(budget) or None,
        headings=headings,
        doubts=tuple(doubts),
    )


def _one_spelling(tasks: list[Task]) -> list[Task]:
    """The commune's offices spelled one way through the whole table."""
    names = one_list([unit.name for task in tasks for unit in (*task.lead_units, *task.coordinating_units)])

    def again(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        return tuple({name: replace(unit, name=name) for unit in units for name in (names[unit.name],)}.values())

    return [
        replace(task, lead_units=again(task.lead_units), coordinating_units=again(task.coordinating_units))
        for task in tasks
    ]
