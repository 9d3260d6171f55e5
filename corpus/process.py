"""A province's own procedure file ("Quy trình", after ISO 9001) -> a procedure document.

Departments publish a procedure as a Word file of their own layout: a head with "QUY TRÌNH", the name and a code such
as QT 01/CX-HCTP, lettered parts (a. Thành phần, b. Thời hạn …) and a table of steps. The letters differ from file to
file and get lost where Word counts them itself, so parts are told by their words.
"""

import re
from collections.abc import Sequence

from corpus import portal
from corpus.document import Document
from corpus.errors import UnreadableFile
from corpus.record import procedure_document
from corpus.vietnamese import fold, one_line

_CODE = re.compile(r"Mã hiệu\s*:\s*(QT[\w ./\-]*\w)")
_ISSUED = re.compile(r"Ngày ban hành\s*:\s*(\d{1,2}/\d{1,2}/\d{4})")
_LETTER = r"^\s*(?:[a-zđ]\s*[.)]\s*|[a-zđ]\s+|\d+(?:\.\d+)*\.?\s+)?"
_PARTS = tuple(
    (name, re.compile(_LETTER + words, re.IGNORECASE))
    for name, words in (
        (portal.DOSSIER, r"Thành phần,? (?:và )?số lượng hồ sơ\s*:?"),
        (portal.LIMIT, r"Thời (?:hạn|gian) giải quyết\s*:?"),
        (portal.APPLICANTS, r"Đối tượng thực hiện[^:]*:?"),
        ("Cơ quan phối hợp", r"Cơ quan phối hợp[^:]*:"),
        ("Cơ quan có thẩm quyền", r"Cơ quan có thẩm quyền[^:]*:"),
        (portal.AGENCY, r"Cơ quan (?:trực tiếp )?thực hiện[^:]*:?"),
        (portal.RESULT, r"Kết quả thực hiện[^:]*:?"),
        (portal.FEE, r"(?:Phí|Lệ phí)(?:, (?:lệ phí|chi phí|phí))?(?: \(nếu có\))?\s*:"),
        ("Mẫu đơn, tờ khai", r"(?:Tên )?mẫu đơn, (?:mẫu )?tờ khai[^:]*:?"),
        (portal.CONDITIONS, r"Yêu cầu,? (?:hoặc )?điều kiện[^:]*:?"),
        (portal.LEGAL_BASES, r"Căn cứ pháp lý[^:]*:?"),
        (portal.STEPS, r"Quy trình (?:các bước )?xử lý công việc\s*:?"),
    )
)
_END = re.compile(r"^\s*(?:\d+\.?\s*)?(?:BIỂU MẪU|HỒ SƠ\s+(?:CẦN )?LƯU)")
_NOTE = re.compile(r"^\s*\*\s*Ghi chú", re.IGNORECASE)
_LOOK_AT = 12


def is_process(lines: Sequence[str]) -> bool:
    """Whether the lines are such a file: its head names "QUY TRÌNH" and the code of a procedure."""
    head = "\n".join([line for line in lines if line.strip()][:_LOOK_AT])
    return "QUY TRÌNH" in head and _CODE.search(head) is not None


def read_process(lines: Sequence[str], name: str) -> Document:
    """The procedure of such a file. Raises UnreadableFile when its parts cannot be found."""
    head = [line for line in lines if line.strip()][:_LOOK_AT]
    code = _CODE.search("\n".join(head))
    title = _title(head)
    fields = _fields(lines)
    if code is None or not title or portal.DOSSIER not in fields:
        raise UnreadableFile(f"{name}: a “Quy trình” without name or “Thành phần hồ sơ”; nothing was read from it")
    issued = _ISSUED.search("\n".join(head))
    record = {portal.CODE: one_line(code.group(1)), portal.NAME: title, **fields}
    if issued:
        record["Ngày ban hành"] = issued.group(1)
    return procedure_document(record)


def _title(head: Sequence[str]) -> str | None:
    """The name beside or below the words "QUY TRÌNH" in the table at the head."""
    for index, line in enumerate(head):
        for column, cell in enumerate(line.split("\t")):
            if not cell.strip().startswith("QUY TRÌNH"):
                continue
            beside = one_line(cell.strip().removeprefix("QUY TRÌNH"))
            below = head[index + 1].split("\t") if index + 1 < len(head) else []
            return beside or (one_line(below[column]) if column < len(below) else None)
    return None


def _fields(lines: Sequence[str]) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in lines:
        if current is not None and (_END.match(line) or _NOTE.match(line)):
            if portal.STEPS in fields:
                break
            continue
        part = _part(line)
        if part and part[0] not in fields and (fields or part[0] == portal.DOSSIER):
            current = fields.setdefault(part[0], [])
            current.append(part[1])
        elif current is not None:
            current += _plain(line)
    return {name: "\n".join(line for line in found if line.strip()).strip() for name, found in fields.items()}


def _part(line: str) -> tuple[str, str] | None:
    for name, pattern in _PARTS:
        match = pattern.match(line)
        if match and "\t" not in line.strip():
            return name, line[match.end() :].strip(" :")
    return None


def _plain(line: str) -> list[str]:
    """A table row as one line of its cells, the table's header left out."""
    if "\t" not in line:
        return [line.strip()]
    cells = [one_line(cell) for cell in line.split("\t")]
    if fold(cells[0]) in ("tt", "stt"):
        return []
    return [" | ".join(cell for cell in cells if cell)]
