"""Plain text for people: a list of documents, a document as a tree, tasks as a table, a procedure as a sheet."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Document, Section, Task, Unit
from corpus.errors import UnknownDocument
from corpus.procedure import Channel, DossierItem, Fee, FeeState, Procedure
from corpus.store import NATIONAL, DocumentStore
from corpus.validity import Validity, today
from corpus.vietnamese import fold, one_line

WIDTH = 110
_LIMIT = 200
_COLUMNS = (
    ("Chỗ", 26),
    ("Nhiệm vụ", 38),
    ("Chủ trì", 22),
    ("Phối hợp", 22),
    ("Thời gian", 18),
    ("Sản phẩm", 20),
)
_FEE_WORDS = {FeeState.NOT_PUBLISHED: "chưa công bố", FeeState.FREE: "miễn"}


def document_lines(store: DocumentStore, scope: str | None = None) -> list[str]:
    """Counts by scope, then every document in force with its counts and warnings; procedures are only counted."""
    lines: list[str] = []
    for found in store.scopes():
        if scope is not None and found.id != scope:
            continue
        counts = {kind: count for (where, kind), count in store.counts().items() if where == found.id}
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())) or "no document in force"
        lines.append(f"{found.id}: {told}")
        if counts.keys() - {"procedure"} or found.id != NATIONAL:
            for document in store.documents(found.id):
                if document.procedure is None:
                    lines += _document_line(document, store.validity(document.id))
    return lines


def _document_line(document: Document, validity: Validity) -> Iterator[str]:
    counts = f"{len(document.sections)} sections, {len(document.tasks)} tasks"
    yield f"  {document.id}"
    number = f"{document.number}, " if document.number else ""
    yield f"    {number}{document.title} ({counts}{_force(validity)})"
    if document.warnings:
        yield f"    {len(document.warnings)} warnings, the first: {document.warnings[0]}"


def _force(validity: Validity) -> str:
    parts = []
    if validity.in_force_from:
        parts.append(f"from {validity.in_force_from}")
    if validity.in_force_to:
        parts.append(f"to {validity.in_force_to}")
    if validity.replaced_by:
        parts.append(f"replaced by {validity.replaced_by}")
    if not validity.holds_on(today()):
        parts.append("not in force today")
    return "".join(f", {part}" for part in parts)


def tree_lines(document: Document, path: str | None = None) -> list[str]:
    """A document as a tree with its tasks, or a procedure as a sheet; `path` shows that part alone, in full.

    Raises UnknownDocument when no part has that path.
    """
    if path is not None:
        return _part_lines(document, path)
    lines = [document.title, *_header_lines(document)]
    if document.procedure is not None:
        return [*lines, *sheet_lines(document.procedure)]
    for section in document.sections:
        lines.append(_branch(section))
    if document.tasks:
        lines += ["", *task_lines(document.tasks)]
    return lines


def _header_lines(document: Document) -> Iterator[str]:
    facts = (
        ("Số", document.number),
        ("Ngày", document.issued_on.isoformat() if document.issued_on else document.issued_text),
        ("Nơi ban hành", document.place),
        ("Người ký", " ".join(filter(None, (document.signer_role, document.signer)))),
        (
            "Căn cứ",
            "; ".join(filter(None, (reference.number or reference.text for reference in document.legal_bases))),
        ),
        ("Thay thế", "; ".join(reference.number or "" for reference in document.replaces)),
        ("Nơi nhận", f"{len(document.recipients)} nơi" if document.recipients else None),
    )
    return (f"  {name}: {value}" for name, value in facts if value)


def _branch(section: Section) -> str:
    indent = "  " * max(section.level, 1)
    place = section.path.rsplit(", ", 1)[-1]
    text = f"[{place}] {one_line(section.text)}"
    return indent + textwrap.shorten(text, WIDTH - len(indent), placeholder=" …")


def _part_lines(document: Document, path: str) -> list[str]:
    wanted = fold(one_line(path))
    lines: list[str] = []
    for section in document.sections:
        if _lies_in(section.path, wanted):
            lines += [section.path, *_wrapped(section.text, "  ")]
    for task in document.tasks:
        if _lies_in(task.path, wanted):
            lines += [task.path, *_task_facts(task)]
    if document.procedure is not None:
        for name, value in document.procedure.fields:
            if fold(name) == wanted:
                lines += [name, *_wrapped(value, "  ")]
    if not lines:
        raise UnknownDocument(f"{document.id} has no part {path!r}; `motcua show {document.id}` lists them")
    return lines


def _lies_in(path: str, wanted: str) -> bool:
    folded = fold(path)
    return folded == wanted or folded.startswith((f"{wanted}, ", f"{wanted}."))


def _task_facts(task: Task) -> Iterator[str]:
    facts = (
        ("Mục tiêu", task.goal),
        ("Nhiệm vụ", task.task),
        ("Hoạt động", task.activity),
        ("Chủ trì", _units(task.lead_units)),
        ("Phối hợp", _units(task.coordinating_units)),
        ("Thời gian", task.deadline),
        ("Sản phẩm", task.product),
        ("Kinh phí", task.budget),
        ("Chưa chắc", "; ".join(task.doubts)),
    )
    for name, value in facts:
        if value:
            yield from _wrapped(f"{name}: {value}", "  ")


def _units(units: Iterable[Unit]) -> str:
    return "; ".join(unit.name for unit in units)


def task_lines(tasks: Sequence[Task]) -> list[str]:
    """Tasks as a table; a mark "?" stands behind the place of a row that could not be read with certainty."""
    rows = [[name for name, _ in _COLUMNS]]
    for task in tasks:
        rows.append(
            [
                task.path.removeprefix("Phụ lục, ") + (" ?" if task.doubts else ""),
                task.activity or task.task,
                _units(task.lead_units),
                _units(task.coordinating_units),
                task.deadline or "—",
                task.product or "—",
            ]
        )
    lines: list[str] = []
    for number, row in enumerate(rows):
        cells = [textwrap.wrap(text, width) or [""] for text, (_, width) in zip(row, _COLUMNS, strict=True)]
        for at in range(max(len(cell) for cell in cells)):
            parts = (
                (cell[at] if at < len(cell) else "").ljust(width)
                for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
            )
            lines.append(" | ".join(parts).rstrip())
        lines.append("-" * (sum(width for _, width in _COLUMNS) + 3 * (len(_COLUMNS) - 1)) if number == 0 else "")
    return lines


def sheet_lines(procedure: Procedure) -> list[str]:
    """A procedure as a sheet: what a clerk looks up, in the order of the portal."""
    lines = [f"  Mã thủ tục: {procedure.code}"]
    facts = (
        ("Quyết định", procedure.decision),
        ("Cấp thực hiện", procedure.level),
        ("Lĩnh vực", procedure.sector),
        ("Đối tượng", "; ".join(procedure.applicants)),
        ("Cơ quan thực hiện", "; ".join(procedure.agencies)),
        ("Dịch vụ công trực tuyến", procedure.online.value),
        ("Kết quả", procedure.result),
        ("Yêu cầu, điều kiện", procedure.conditions),
    )
    for name, value in facts:
        lines += _wrapped(f"{name}: {one_line(value or 'không có thông tin')}", "  ")
    lines.append("  Cách thức thực hiện")
    for channel in procedure.channels:
        lines += _wrapped(_channel(channel), "    ")
    lines.append("  Thành phần hồ sơ")
    for case in procedure.dossier:
        lines += _wrapped(f"{case.name}:", "    ") if case.name else []
        for item in case.items:
            lines += _wrapped(f"- {item.text}{_count(item)}", "    ")
    lines.append(f"  Trình tự: {len(procedure.steps)} bước")
    for step in procedure.steps:
        lines += _wrapped(one_line(step)[:_LIMIT], "    ")
    lines.append(f"  Căn cứ pháp lý: {len(procedure.legal_bases)} văn bản")
    lines += [f"    {basis.number or '—'}  {basis.name[: WIDTH - 30]}" for basis in procedure.legal_bases]
    lines += [f"  Chưa chắc: {doubt}" for doubt in procedure.doubts]
    return lines


def _channel(channel: Channel) -> str:
    fees = "; ".join(_fee(fee) for fee in channel.fees) or "chưa công bố"
    return (
        f"{channel.name}: thời hạn {one_line(channel.time_limit.text or 'chưa công bố')[:_LIMIT]}; phí, lệ phí {fees}"
    )


def _fee(fee: Fee) -> str:
    if fee.state is FeeState.AMOUNT:
        amount = f"{fee.amount:,}".replace(",", ".")
        return f"{amount} đồng" + (f" ({fee.text})" if fee.text else "")
    return fee.text[:_LIMIT] if fee.text else _FEE_WORDS[fee.state]


def _count(item: DossierItem) -> str:
    if item.originals is None:
        return ""
    return f" [bản chính {item.originals}, bản sao {item.copies or 0}]"


def _wrapped(text: str, indent: str) -> list[str]:
    return [
        line
        for part in text.splitlines()
        for line in textwrap.wrap(part, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ") or [""]
    ]
