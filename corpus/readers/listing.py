"""A spreadsheet that lists procedures, one a row under the portal's field names -> documents."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus import portal
from corpus.document import Document
from corpus.errors import BrokenRecord, CorpusError
from corpus.record import procedure_document
from corpus.vietnamese import fold

_ALIASES = {
    "ma thu tuc": portal.CODE,
    "ma tthc": portal.CODE,
    "ma so tthc": portal.CODE,
    "ma so": portal.CODE,
    "ten thu tuc": portal.NAME,
    "ten thu tuc hanh chinh": portal.NAME,
    "ten tthc": portal.NAME,
    "thoi han giai quyet": portal.LIMIT,
    "thoi gian giai quyet": portal.LIMIT,
    "phi, le phi": portal.FEE,
    "phi/le phi": portal.FEE,
    "le phi": portal.FEE,
    "co quan thuc hien": portal.AGENCY,
    "dia diem thuc hien": portal.PLACE,
    "dia chi tiep nhan hs": portal.PLACE,
    "can cu phap ly": portal.LEGAL_BASES,
    "linh vuc": "Lĩnh vực",
    "cap thuc hien": "Cấp thực hiện",
    "so quyet dinh": "Số quyết định",
    "cach thuc thuc hien": portal.CHANNELS,
    "thanh phan ho so": portal.DOSSIER,
    "trinh tu thuc hien": portal.STEPS,
    "doi tuong thuc hien": portal.APPLICANTS,
    "ket qua thuc hien": portal.RESULT,
    "yeu cau, dieu kien thuc hien": portal.CONDITIONS,
    "muc do cung cap dich vu cong truc tuyen": "Mức độ cung cấp dịch vụ công trực tuyến",
}


def is_listing(lines: Sequence[str]) -> bool:
    """Whether some row names the columns of code and name."""
    return any(_is_header(line.split("\t")) for line in lines[:200])


def listed_records(lines: Sequence[str], path: Path) -> Iterator[Document | CorpusError]:
    """One document a row; a row without code or name is refused by its number, a group heading is passed over."""
    columns: list[str | None] = []
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if _is_header(cells):
            columns = [_ALIASES.get(fold(cell).strip(" .:")) for cell in cells]
            continue
        record = {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell.strip()}
        if len(record) < 2:
            continue
        try:
            yield procedure_document(record)
        except CorpusError as error:
            yield BrokenRecord(f"{path}, row {number}: {error}")


def _is_header(cells: Sequence[str]) -> bool:
    names = {_ALIASES.get(fold(cell).strip(" .:")) for cell in cells}
    return portal.CODE in names and portal.NAME in names
