"""Names of offices: split where two stand in one cell, spelled one way within a commune."""

import re
from difflib import SequenceMatcher

from corpus.document import Unit
from corpus.vietnamese import fold, one_line

_HEADS = (
    r"Phòng|Văn phòng|Trung tâm|UBND|HĐND (?:phường|xã)|Ủy ban|Uỷ ban|Ban(?! hành)|Công an|Sở|Đoàn (?!kết)|"
    r"Hội(?! nghị| thi| thảo)|Mặt trận|UBMTTQ|Đảng ủy|Trạm|Trường(?! hợp)|Cơ quan|Bộ phận|Quân sự|Thôn|Khu phố|"
    r"Tổ (?:dân phố|công tác|công nghệ|giúp việc|chuyên môn|trưởng|chuyển đổi|Đề án)|"
    r"[Cc]ác (?:phòng|cơ quan|đơn vị|tổ|ban|ngành|sở|trường|hội|đoàn|xã|phường|thôn|khu phố|địa phương|"
    r"bộ phận|trung tâm|công chức|cá nhân|UBND)"
)
_UNIT = re.compile(rf"^(?:{_HEADS})\b")
_SPLIT = re.compile(
    rf"\s*;\s*|(?<=\S)\s{{2,}}(?=(?:{_HEADS})\b)|,\s*(?=(?:{_HEADS})\b)"
    r"|\s+và\s+(?=(?:các phòng|Phòng|Trung tâm|Công an)\b)"
)
_TAIL = re.compile(r"\s+(?:phường|xã)$", re.IGNORECASE)
_SAME = 0.93


def is_units(cell: str) -> bool:
    """Whether a cell holds the name of one or more offices."""
    return bool(_UNIT.match(cell)) and len(cell) <= 200 and not cell.rstrip().endswith(".")


def read_units(cell: str) -> tuple[Unit, ...]:
    """The offices of a cell, each with its tidied name and the source's letters."""
    found = [one_line(part).strip(" .") for part in _SPLIT.split(cell) if part.strip(" .;")]
    return tuple(dict.fromkeys(Unit(tidy(part), part) for part in found))


def tidy(name: str) -> str:
    """One spelling: "Văn phòng HĐND&UBND phường" -> "Văn phòng HĐND và UBND"."""
    name = re.sub(r"\s*&\s*", " và ", name)
    name = re.sub(r"\bHội đồng nhân dân\b", "HĐND", name)
    name = re.sub(r"(?<=HĐND và )(?:Ủy|Uỷ) ban nhân dân\b", "UBND", name)
    name = re.sub(r"\s*[-–]\s*(?=Xã hội)", " - ", name)
    name = _TAIL.sub("", name) if not re.search(r"(?:thuộc|trên địa bàn|của)\s+\S+$", name) else name
    return one_line(name[0].upper() + name[1:])


def one_list(names: list[str]) -> dict[str, str]:
    """Every spelling of a commune's offices -> the one used most; slips of a letter or two count as the same."""
    chosen: dict[str, str] = {}
    keys: list[tuple[str, str]] = []
    for name in sorted(set(names), key=lambda n: (-names.count(n), n)):
        key = fold(name)
        same = next((kept for other, kept in keys if _alike(key, other)), None)
        chosen[name] = same or name
        if same is None:
            keys.append((key, name))
    return chosen


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    # A different noun is a different office, however close the letters ("Dịch vụ công" / "Phục vụ hành chính công").
    if abs(len(one.split()) - len(other.split())) > 1 or len(one) < 20:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _SAME
