"""Figures of a Vietnamese text in one spelling: counts with their unit, dates, amounts, codes."""

import re
from dataclasses import dataclass

from corpus.vietnamese import fold, new_tone

_CODE = re.compile(
    r"(?<![\w/.-])(?=[\w./-]*\d)(?:\d+(?:\.\d+)+(?=\s|$|[),;:])|\w+(?:[./-]\w+)*[/-][\w/.-]*[^\W\d_][\w-]*"
    r"|\d+(?![kđmh]\b)[^\W\d_](?!\w))"
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]?\d)|(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.,]?\d)")
_DATE = re.compile(
    r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?![\d/])|ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE
)
_PARTS = re.compile(r"(?<![\d/])\d{1,4}(?:/\d{1,4})+(?![\d/])")
_RANGE = re.compile(r"(?<=\d) ?[-–] ?(?=\d)")
_MULTIPLES = {"nghin": 1_000, "ngan": 1_000, "k": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_UNITS = (
    "ngày làm việc|giờ làm việc|ngày|giờ|phút|tuần|tháng|quý|năm|tuổi|đồng|vnđ|vnd|đ|bản chính|bản sao|bản|bộ|lần|"
    "người|trường hợp|trang|tờ|ảnh|mét vuông|m2|mét|km|kg|ha|phần trăm|%"
)
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}
_SPELLED = re.compile(
    rf"\b({'|'.join(_WORDS)}|nửa)(?: (mươi|mười))?(?: ({'|'.join(_WORDS)}|lăm|mốt|rưỡi))? ({_UNITS})\b"
)
_COUNT = re.compile(rf"(?<![\d.,/-])(\d+(?:[.,]\d+)?)(?: ?(nghìn|ngàn|k|triệu|tỷ|tỉ)\b)? ?({_UNITS})?(?!\w)")
_SAME_UNIT = {"vnđ": "đồng", "vnd": "đồng", "đ": "đồng", "phần trăm": "%", "mét vuông": "m2"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and the unit said with it; the unit is empty where none follows. A code or date is its own value."""

    value: str
    unit: str = ""


def figures(text: str) -> set[Figure]:
    """Every figure of a text. "3 ngày" and "3 ngày làm việc" are different; "50.000đ" and "50 nghìn đồng" the same."""
    text = new_tone(text)
    found: set[Figure] = set()

    def date(match: re.Match[str]) -> str:
        day, month, year = (int(part) for part in match.groups() if part)
        found.add(Figure(f"{year:04}-{month:02}-{day:02}", "date"))
        return " "

    def code(match: re.Match[str]) -> str:
        found.add(Figure(fold(match.group().rstrip(".-/")), "code"))
        return " "

    def parts(match: re.Match[str]) -> str:
        found.add(Figure("/".join(str(int(part)) for part in match.group().split("/")), "code"))
        return " "

    text = _DATE.sub(date, text)
    text = _THOUSANDS.sub(lambda amount: re.sub(r"\D", "", amount.group()), text)
    text = _PARTS.sub(parts, _CODE.sub(code, text))
    text = _RANGE.sub(" đến ", text).lower()
    found |= {_counted(*match.groups()) for match in _COUNT.finditer(text)}
    found |= {_spelled(*match.groups()) for match in _SPELLED.finditer(text)}
    return found


def foreign_figures(text: str, source: str) -> list[str]:
    """The figures of a text that its source does not hold. A figure without a unit may have any unit there."""
    known = figures(source)
    values = {figure.value for figure in known}
    return sorted(
        f"{figure.value} {figure.unit}".strip()
        for figure in figures(text)
        if figure not in known and (figure.unit or figure.value not in values)
    )


def _counted(number: str, multiple: str | None, unit: str | None) -> Figure:
    value = float(number.replace(",", ".")) * _MULTIPLES.get(fold(multiple or ""), 1)
    return Figure(f"{value:g}" if value < 1e6 else str(int(value)), _SAME_UNIT.get(unit or "", unit or ""))


def _spelled(first: str, tens: str | None, last: str | None, unit: str) -> Figure:
    """ "hai mươi lăm ngày" -> 25 ngày; what is no plain count ("nửa", "rưỡi") keeps its words and so must be copied."""
    unit = _SAME_UNIT.get(unit, unit)
    ones = {**_WORDS, "lăm": 5, "mốt": 1}
    if first == "nửa" or last == "rưỡi":
        return Figure(" ".join(word for word in (first, tens, last) if word), unit)
    value = ones[first]
    if tens == "mươi":
        value *= 10
    elif tens == "mười" or (last and not tens and value != 10):
        return Figure(" ".join(word for word in (first, tens, last) if word), unit)
    return Figure(str(value + (ones[last] if last else 0)), unit)
