"""A quote in its surroundings: what stands before and after it, and its place in the tree of its document."""

from dataclasses import dataclass

from api.library import Edition, Source
from corpus.chunking import Chunk, ChunkKind
from corpus.document import Section
from corpus.vietnamese import one_line

_AROUND = 2500
_BRANCHES = 40
_ROW = 400


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A part of the document near the quote; `url` where it can be cited itself."""

    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Branch:
    """A heading of the document's tree."""

    text: str
    level: int
    url: str | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """`trail` are the headings above the quote, outermost first."""

    trail: tuple[str, ...]
    before: tuple[Neighbour, ...]
    after: tuple[Neighbour, ...]
    tree: tuple[Branch, ...]


def passage(source: Source) -> Passage:
    """Where a quote stands."""
    edition, chunk = source.edition, source.chunk
    if chunk.kind is ChunkKind.PROCEDURE:
        return Passage((), (), (), _fields(edition, chunk))
    if chunk.kind is ChunkKind.TASK:
        return _row(edition, chunk)
    sections = edition.document.sections
    here = next((i for i, section in enumerate(sections) if section.path == chunk.path), None)
    if here is None:
        return Passage((), (), (), _headings(edition, None))
    section = sections[here]
    end = here + 1
    while (
        end < len(sections)
        and "\n" in chunk.text
        and sections[end].text in chunk.text
        and _is_below(sections[end], section)
    ):
        end += 1
    first, last = _block(sections, here)
    before = _fitting([_section(edition, s) for s in reversed(sections[first:here])])
    after = _fitting([_section(edition, s) for s in sections[end:last]])
    trail = tuple(one_line(heading) for heading in section.headings if heading)
    return Passage(trail, tuple(reversed(before)), tuple(after), _headings(edition, here))


def _is_below(section: Section, above: Section) -> bool:
    return section.level > above.level or section.level == 0


def _block(sections: tuple[Section, ...], here: int) -> tuple[int, int]:
    """The bounds of the part under the nearest heading above; of a formal part only itself."""
    level = sections[here].level
    if level == 0:
        return here, here
    first = here
    while first > 0 and sections[first - 1].level > 0:
        first -= 1
        if sections[first].level < level:
            break
    last = here + 1
    while last < len(sections) and sections[last].level >= level:
        last += 1
    return first, last


def _section(edition: Edition, section: Section) -> Neighbour:
    chunk = edition.at(section.path)
    return Neighbour(section.text, f"/c/{chunk.id}" if chunk else None)


def _fitting(neighbours: list[Neighbour]) -> list[Neighbour]:
    """As many of the nearest as are read with ease."""
    kept, used = [], 0
    for neighbour in neighbours:
        used += len(neighbour.text)
        if used > _AROUND:
            break
        kept.append(neighbour)
    return kept


def _row(edition: Edition, chunk: Chunk) -> Passage:
    tasks = edition.document.tasks
    here = next((i for i, task in enumerate(tasks) if task.path == chunk.path), None)
    if here is None:
        return Passage((), (), (), _headings(edition, None))
    near = {
        n: Neighbour(_cells(tasks[n].text), _url(edition, tasks[n].path))
        for n in (here - 1, here + 1)
        if 0 <= n < len(tasks)
    }
    trail = tuple(one_line(heading) for heading in tasks[here].headings if heading)
    before = (near[here - 1],) if here - 1 in near else ()
    after = (near[here + 1],) if here + 1 in near else ()
    return Passage(trail, before, after, _headings(edition, None, trail))


def _cells(text: str) -> str:
    whole = " · ".join(line for line in text.splitlines() if line.strip())
    return whole if len(whole) <= _ROW else whole[:_ROW].rsplit(" ", 1)[0] + "…"


def _url(edition: Edition, path: str) -> str | None:
    chunk = edition.at(path)
    return f"/c/{chunk.id}" if chunk else None


def _fields(edition: Edition, chunk: Chunk) -> tuple[Branch, ...]:
    return tuple(Branch(one.field or one.path, 1, f"/c/{one.id}", one.path == chunk.path) for one in edition.chunks)


def _headings(edition: Edition, here: int | None, trail: tuple[str, ...] = ()) -> tuple[Branch, ...]:
    """The document's upper headings; the last one above the quote is where it stands."""
    found = [
        (n, s) for n, s in enumerate(edition.document.sections) if s.is_heading and 0 < s.level <= 3 and not s.in_table
    ][:_BRANCHES]
    above = [n for n, _ in found if here is not None and n <= here]
    spot = above[-1] if above else next((n for n, s in found if trail and one_line(s.text) == trail[-1]), None)
    return tuple(Branch(one_line(s.text)[:160], s.level, _url(edition, s.path), n == spot) for n, s in found)
