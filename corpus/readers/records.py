"""Procedure records: JSON Lines, gzipped or not, as the portal's export gives them; or one JSON file."""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from corpus import glued, portal
from corpus.document import Document
from corpus.errors import BrokenRecord, CorpusError, UnreadableFile
from corpus.readers.files import decode, read_bytes
from corpus.record import procedure_document

MAX_BYTES = 256 * 1024 * 1024
MAX_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
MAX_LINE_BYTES = 8 * 1024 * 1024


def read_lines(path: Path) -> Iterator[Document | CorpusError]:
    """One document per line; a broken line is refused by its number and the rest goes on."""
    empty = True
    for number, line in enumerate(_lines(path), 1):
        if isinstance(line, CorpusError):
            yield line
            return
        if not line.strip():
            continue
        empty = False
        yield _document(line, path, number)
    if empty:
        raise UnreadableFile(f"{path}: the file is empty; copy it again from its source")


def _document(line: bytes, path: Path, number: int) -> Document | CorpusError:
    where = f"{path}, line {number}"
    try:
        record = json.loads(decode(line, where))
        if not isinstance(record, dict):
            return BrokenRecord(f"{where}: not a JSON object; one procedure a line is expected")
        return procedure_document(record)
    except (ValueError, RecursionError) as error:
        return BrokenRecord(
            f"{where}: broken JSON ({str(error).split(':')[0]}); this line was left out, mend it and ingest again"
        )
    except CorpusError as error:
        message = str(error)
        return BrokenRecord(message if message.startswith(str(path)) else f"{where}: {message}")


def _lines(path: Path) -> Iterator[bytes | CorpusError]:
    """Lines of a plain or gzipped file, never more than the limits in memory."""
    total, number = 0, 0
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"{path}: over the limit of {MAX_BYTES // 2**20} MiB; split it into parts")
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
            while line := file.readline(MAX_LINE_BYTES + 1):
                number, total = number + 1, total + len(line)
                if len(line) > MAX_LINE_BYTES or total > MAX_UNPACKED_BYTES:
                    yield UnreadableFile(f"{path}, line {number}: larger than any procedure; reading stopped here")
                    return
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        reason = "is no gzip file" if number == 0 else f"is cut off or damaged after line {number}"
        yield UnreadableFile(f"{path}: {reason} ({error}); copy it again from its source")
    except OSError as error:
        raise UnreadableFile(
            f"{path}: cannot be read ({error.strerror or error}); check the path and its rights"
        ) from error


def read_json(path: Path) -> Iterator[Document | CorpusError]:
    """One record or a list of records from a JSON file."""
    text = decode(read_bytes(path), str(path))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{path}: broken JSON ({error}); copy it again from its source") from error
    records = data if isinstance(data, list) else [data]
    for number, record in enumerate(records, 1):
        if not isinstance(record, dict):
            yield BrokenRecord(f"{path}, entry {number}: not a JSON object")
            continue
        try:
            yield procedure_document(_portal_names(record))
        except CorpusError as error:
            yield BrokenRecord(f"{path}, entry {number}: {error}")


_CRAWL_NAMES = {
    "ma_thu_tuc": "Mã thủ tục",
    "ten_thu_tuc": "Tên thủ tục",
    "so_quyet_dinh": "Số quyết định",
    "cap_thuc_hien": "Cấp thực hiện",
    "loai_thu_tuc": "Loại thủ tục",
    "linh_vuc": "Lĩnh vực",
    "doi_tuong_thuc_hien": "Đối tượng thực hiện",
    "co_quan_thuc_hien": "Cơ quan thực hiện",
    "co_quan_co_tham_quyen": "Cơ quan có thẩm quyền",
    "dia_chi_tiep_nhan": "Địa chỉ tiếp nhận HS",
    "co_quan_duoc_uy_quyen": "Cơ quan được ủy quyền",
    "co_quan_phoi_hop": "Cơ quan phối hợp",
    "thu_tuc_lien_quan": "Thủ tục liên quan",
    "trinh_tu_thuc_hien": "Trình tự thực hiện",
    "cach_thuc_thuc_hien": "Cách thức thực hiện",
    "thanh_phan_ho_so": "Thành phần hồ sơ",
    "can_cu_phap_ly": "Căn cứ pháp lý",
    "yeu_cau_dieu_kien": "Yêu cầu, điều kiện thực hiện",
    "ket_qua_xu_ly": "Kết quả thực hiện",
    "detail_url": "Địa chỉ gốc",
}


def _portal_names(record: Mapping[str, object]) -> dict[str, object]:
    """A crawled page's keys under the portal's names, glued table cells parted where that is certain."""
    if "ma_thu_tuc" not in record:
        return dict(record)
    named = {_CRAWL_NAMES[key]: str(value) for key, value in record.items() if key in _CRAWL_NAMES and value}
    if named.get("Cấp thực hiện") == "Cấp xã":
        named["Cấp thực hiện"] = "Cấp Xã"
    for field, part in _PARTED.items():
        named[field] = part(named.get(field, "")) or named.get(field, "")
    named[portal.RESULT] = glued.result(named.get(portal.RESULT, ""))
    return dict(named)


_PARTED = {
    portal.CHANNELS: glued.channels,
    portal.DOSSIER: glued.dossier,
    portal.LEGAL_BASES: glued.legal_bases,
}
