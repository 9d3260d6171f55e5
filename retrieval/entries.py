"""Chunks -> what the indexes hold: units (what can be found) and entries (the texts by which it is found).

A procedure is one unit, found by its name, its citizens' phrasings, its result and its record; a section, a task row
and a guide's part are one unit each.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from corpus import portal
from corpus.chunking import Chunk, ChunkKind
from corpus.document import Document, Task
from corpus.procedure import Procedure
from corpus.provinces import known_province
from corpus.vietnamese import folded_syllables, one_line
from retrieval.phrasings import PhrasingBlock

_FAMILIES = {ChunkKind.PROCEDURE: "procedure", ChunkKind.GUIDE: "guide"}
_PREFIX = re.compile(r"^\s*(?:thủ tục|TTHC)\s*:?\s+", re.IGNORECASE)


class Field(IntEnum):
    """By which text a unit was found. Each has its own weight in the ranking."""

    NAME = 0
    PHRASING = 1
    RESULT = 2
    TEXT = 3
    SENTENCE = 4


FAMILIES = ("procedure", "guide", "part")
"""What is ranked by a model of its own."""


def family_of(kind: ChunkKind) -> str:
    """Which model orders units of a kind."""
    return _FAMILIES.get(kind, "part")


@dataclass(frozen=True, slots=True)
class Unit:
    """What can be found: a procedure, a section, a task row or a guide's part.

    `chunk_id` is what is shown first; `group` joins provincial twins of a procedure; `level` is 0 for the commune,
    1 province, 2 ministry; `standing` is 0 for a national decision in force, higher for local or withdrawn ones.
    `province` (folded) published a local decision. `role` names a formal part of a plan; `whole` marks a heading together with all that stands under it,
    `names_office` a part that says what one office has to do, `under_office` a line of such a part; `topic` is the key of HEADING_PHRASINGS it falls under.
    `place` is the path within the document, `title` the document's; `tells_time`, `tells_number` and `tells_budget` mark parts that say when, name a
    document by its number, or have a budget cell of their own; `goal` marks a goal over several rows of a table.
    """

    id: str
    kind: ChunkKind
    chunk_id: str
    document_id: str
    procedure_code: str | None
    name: str
    group: str
    level: int
    standing: int
    province: str | None = None
    role: str | None = None
    whole: bool = False
    names_office: bool = False
    under_office: bool = False
    topic: str | None = None
    place: str = ""
    title: str = ""
    tells_time: bool = False
    tells_number: bool = False
    tells_budget: bool = False
    goal: bool = False

    @property
    def address(self) -> str:
        """Its document and its place in it."""
        return f"{self.document_id}, {self.place}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One text by which a unit is found."""

    unit: int
    field: Field
    text: str


# What people ask for when they want a formal part of a plan.
FORMAL_PHRASINGS = {
    "Chữ ký": ("ai ký", "người ký văn bản là ai", "ai ký ban hành kế hoạch", "chức vụ người ký", "lãnh đạo nào ký", "ký thay", "ký tên"),
    "Phần mở đầu": (
        "số mấy", "số ký hiệu văn bản", "kế hoạch số bao nhiêu", "quyết định số mấy", "ban hành ngày nào", "ngày ký", "ngày tháng ban hành",
        "tên kế hoạch là gì", "cơ quan nào ban hành",
    ),
    "Căn cứ ban hành": (
        "căn cứ vào văn bản nào", "căn cứ pháp lý của kế hoạch", "kế hoạch dựa trên văn bản nào", "thực hiện theo kế hoạch nào của tỉnh",
        "dựa vào nghị quyết nào",
    ),
    "Nơi nhận": ("gửi cho ai", "nơi nhận văn bản", "kế hoạch gửi những cơ quan nào", "ai được nhận văn bản"),
}  # fmt: skip
# The same for headings that every plan has, by a folded word of the heading.
HEADING_PHRASINGS = {
    "muc dich": ("để làm gì", "nhằm mục đích gì", "mục tiêu của kế hoạch", "kế hoạch này nhằm gì", "làm kế hoạch này vì sao"),
    "yeu cau": ("yêu cầu đặt ra là gì", "phải đạt yêu cầu gì", "phải bảo đảm những gì"),
    "doi tuong": ("nhắm tới ai", "tuyên truyền cho ai", "những ai được tuyên truyền", "đối tượng là ai", "dành cho ai"),
    "noi dung": ("tuyên truyền những gì", "nội dung gồm những gì", "nói về những gì"),
    "hinh thuc": ("tuyên truyền bằng cách nào", "bằng những hình thức nào", "qua những kênh nào", "tuyên truyền ở đâu"),
    "kinh phi": ("tiền lấy từ đâu", "nguồn kinh phí ở đâu", "ngân sách nào chi", "lấy tiền đâu để làm", "ai trả tiền", "nguồn tiền nào"),
    "chi tieu": ("chỉ tiêu là bao nhiêu", "phải đạt bao nhiêu phần trăm", "mục tiêu cụ thể"),
    "to chuc thuc hien": ("ai thực hiện kế hoạch", "phân công nhiệm vụ cho các đơn vị", "trách nhiệm của các đơn vị"),
}  # fmt: skip
_HEADING_ALONE = 120
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+(?=\S{2})")
_OFFICE = re.compile(
    r"^(?:[\dIVX]+[.)]|[-a-zđ]\))?\s*(?:Đề nghị )?(?:Các )?(?:Phòng|Văn phòng|Trung tâm|Ban |Ủy ban|UBND|Công an|Tổ |tổ dân|cơ quan, đơn vị|Cơ quan|Thủ trưởng)"
)
TIME_TOLD = re.compile(
    r"tháng|quý|h[ằà]ng (?:tuần|năm)|định kỳ|thường xuyên|ngày \d|năm 20\d\d|\d/20\d\d|trước ngày|khi có", re.IGNORECASE
)
NUMBER_TOLD = re.compile(r"\d+\s*/\s*[A-ZĐ]|\d+-[A-ZĐ]{2}/|\b(?:ISO|TCVN)\b")
# What is asked of a plan's formal parts, in the words in which it is put when the plan itself is named.
_FORMAL_NAMES = {
    "Chữ ký": "người ký, ai ký ban hành",
    "Phần mở đầu": "số, ký hiệu, ngày ban hành, tên",
    "Căn cứ ban hành": "căn cứ, cơ sở ban hành",
    "Nơi nhận": "nơi nhận, gửi cho",
}
_LEVELS = {"xa": 0, "tinh": 1, "bo": 2}


def is_office(heading: str) -> bool:
    """Whether a heading names an office: what stands under it is that office's duty."""
    return bool(_OFFICE.match(heading))


def nested(one: str, other: str) -> bool:
    """Whether one address is the other's or lies within it: a section says what its lines say."""
    return f"{one}, ".startswith(f"{other}, ") or f"{other}, ".startswith(f"{one}, ")


def bare_name(name: str) -> str:
    """A procedure's name without the words "Thủ tục" in front, on one line."""
    return _PREFIX.sub("", one_line(name)).rstrip(". ")


def procedure_units(
    documents: Iterable[Document], chunks: dict[str, list[Chunk]], blocks: list[PhrasingBlock]
) -> Iterator[tuple[Unit, list[tuple[Field, str]]]]:
    """One unit per procedure with the texts it is found by. `chunks` maps a document's id to its chunks."""
    asked: dict[str, list[str]] = {}
    for block in blocks:
        for code in block.codes:
            asked.setdefault(code, []).extend(block.phrasings)
    for document in documents:
        procedure, own = document.procedure, chunks.get(document.id, [])
        if procedure is None or not own:
            continue
        name = bare_name(procedure.name)
        unit = Unit(
            id=document.id,
            kind=ChunkKind.PROCEDURE,
            chunk_id=own[0].id,
            document_id=document.id,
            procedure_code=procedure.code,
            name=procedure.name,
            group=" ".join(folded_syllables(name)),
            level=_level(procedure.level),
            standing=_standing(procedure.code, procedure.decision),
            province=_province(procedure),
        )
        texts = [(Field.NAME, name)]
        texts += [(Field.PHRASING, phrasing) for phrasing in dict.fromkeys(asked.get(procedure.code, []))]
        if procedure.result:
            texts.append((Field.RESULT, one_line(procedure.result)[:300]))
        fields = dict(procedure.fields)
        record = (
            procedure.sector,
            " ".join(procedure.applicants),
            fields.get(portal.DOSSIER),
            procedure.conditions,
        )
        texts.append((Field.TEXT, one_line(" ".join(part for part in (name, *record) if part))[:4000]))
        yield unit, texts


def _province(procedure: Procedure) -> str | None:
    """The province that published the record, where it names one; folded, so that questions can name it too."""
    if _standing(procedure.code, procedure.decision) == 0:
        return None
    fields = dict(procedure.fields)
    places = (
        procedure.name,
        fields.get(portal.AGENCY),
        fields.get(portal.PLACE),
        fields.get("Cơ quan có thẩm quyền"),
    )
    return known_province(" . ".join(place for place in (*places, fields.get(portal.CHANNELS)) if place))


def _level(level: str | None) -> int:
    words = folded_syllables(level or "")
    return next((rank for word, rank in _LEVELS.items() if word in words), 1)


def _standing(code: str, decision: str | None) -> int:
    """0 for a ministry's decision, 1 for a province's own, 3 for records that were struck out or are trials."""
    if code.lower().endswith("xoa") or (decision or "").lower().startswith("demo"):
        return 3
    return 0 if re.search(r"QĐ-B|QĐ-TTg|QĐ-NHNN|QĐ-TANDTC|QĐ-VKS|QĐ-TTCP", decision or "") else 1


def section_units(
    chunks: Iterable[Chunk], tasks: dict[tuple[str, str], Task], titles: Mapping[str, str]
) -> Iterator[tuple[Unit, list[tuple[Field, str]]]]:
    """One unit per section, task row and guide part.

    `tasks` maps (document id, path) to the task of a row, `titles` a document's id to its title.
    """
    chunks = list(chunks)
    above = {chunk.path.rsplit(", ", 1)[0] for chunk in chunks if ", " in chunk.path}
    for chunk in chunks:
        bare_heading = chunk.kind is ChunkKind.SECTION and "\n" not in chunk.text and chunk.path in above
        if chunk.kind is ChunkKind.PROCEDURE or (bare_heading and len(chunk.text) < _HEADING_ALONE):
            continue
        task = tasks.get((chunk.document_id, chunk.path)) if chunk.kind is ChunkKind.TASK else None
        lines = [one_line(line) for line in chunk.search_text.splitlines() if line.strip()]
        own = [line for line in chunk.text.splitlines() if line.strip()]
        name, parts = _task_parts(task) if task else _section_parts(chunk, lines)
        unit = Unit(
            id=chunk.id,
            kind=chunk.kind,
            chunk_id=chunk.id,
            document_id=chunk.document_id,
            procedure_code=None,
            name=name,
            group=chunk.id,
            level=0,
            standing=0,
            role=chunk.field,
            whole=chunk.kind is ChunkKind.SECTION and "\n" in chunk.text and chunk.field is None,
            names_office=is_office(name) and task is None,
            under_office=task is None and any(is_office(line) for line in lines[: -len(own)]),
            topic=_topic(name) if task is None and chunk.field is None else None,
            place=chunk.path,
            title=titles.get(chunk.document_id, ""),
            tells_time=bool(TIME_TOLD.search(chunk.text)),
            tells_number=bool(NUMBER_TOLD.search(chunk.text)),
            tells_budget=task is not None and _has_budget(task),
            goal=chunk.path.endswith(", mục tiêu"),
        )
        phrasings = (
            *chunk.phrasings,
            *FORMAL_PHRASINGS.get(chunk.field or "", ()),
            *_heading_phrasings(chunk),
        )
        texts = [(Field.PHRASING, phrasing) for phrasing in phrasings]
        texts.append((Field.NAME, name))
        if chunk.kind is ChunkKind.GUIDE and lines[0] in chunk.phrasings:  # The part that stands for the whole guide.
            texts.append((Field.NAME, lines[0]))
        if chunk.field in _FORMAL_NAMES and chunk.path == chunk.field:
            texts.append((Field.NAME, f"{_FORMAL_NAMES[chunk.field]} {titles.get(chunk.document_id, '')}".rstrip()))
        if not _is_wrapping(chunk):
            texts.append((Field.TEXT, " ".join(lines)[:4000]))
            texts += [(Field.SENTENCE, part) for part in parts]
        yield unit, texts


def _task_parts(task: Task) -> tuple[str, list[str]]:
    """What is to be done, and each thing that can be asked of it."""
    doing = [part for part in (task.activity, task.task) if part]
    offices = ", ".join(unit.name for unit in task.lead_units)
    parts = [*doing, f"{doing[0]} {offices}", task.product]
    if _has_budget(task):  # The cell is merged over all rows of its group.
        parts.append(f"Kinh phí {' '.join(task.headings)}: {task.budget}")
    return doing[0][:300], [part for part in dict.fromkeys(parts) if part]


def _has_budget(task: Task) -> bool:
    """Whether the budget stands in the row itself; the rows below a merged cell only inherit it."""
    return task.budget is not None and one_line(task.budget) in one_line(task.text)


def _section_parts(chunk: Chunk, lines: list[str]) -> tuple[str, list[str]]:
    """A section's first line, and its sentences where there are several; a formal part goes by its role."""
    sentences = [part for line in lines for part in _SENTENCE_END.split(line)]
    parts = [part for part in dict.fromkeys(sentences) if len(part) >= 25] if len(sentences) > 1 else []
    return chunk.field or one_line(chunk.text.splitlines()[0])[:160], parts


def _is_wrapping(chunk: Chunk) -> bool:
    """Parts that repeat the document's title: every question that names the plan would find them."""
    last = chunk.path.rsplit(", ", 1)[-1]
    wrapping = last in ("Phần mở đầu", "tiêu đề", "Lời kết") or last.startswith("Lời dẫn")
    return wrapping or chunk.field == "Mở đầu"


def _topic(heading: str) -> str | None:
    words = " ".join(folded_syllables(heading))
    if len(words) > 60:
        return None
    return next((key for key in HEADING_PHRASINGS if key in words), None)


def _heading_phrasings(chunk: Chunk) -> tuple[str, ...]:
    """What people ask for when they want a part that every plan has."""
    if chunk.kind is not ChunkKind.SECTION or chunk.field is not None:
        return ()
    return HEADING_PHRASINGS.get(_topic(chunk.text.splitlines()[0]) or "", ())
