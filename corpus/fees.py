"""Fee and time-limit lines of the portal -> typed values, never more than the source says."""

import re

from corpus.procedure import Fee, FeeKind, FeeState, TimeLimit

_AMOUNT = re.compile(r"^([\d.,]+)\s*(?:VNĐ|VND|Việt Nam Đồng|đồng|đ)\b\s*(.*)$", re.IGNORECASE | re.DOTALL)
_ABOUT_FEES = re.compile(r"phí|thu\b|mức|đồng|vnđ|usd|quy định|theo|không|miễn|giá\b|biểu|\d{3}|%", re.IGNORECASE)
# What a text says for itself: a whole amount, one in another currency, or the rule that sets it.
_TOLD = re.compile(r"\d[.,]?\d{3}|\d\s?(?:usd|đô la)|^theo quy định", re.IGNORECASE)
LEAST_AMOUNT = 1000
"""No fee of the state is smaller; a smaller figure lost its thousands when it was typed in."""

# Free without a condition: "Miễn lệ phí cho người thuộc hộ nghèo" is free for some, and so a text.
_FREE = re.compile(
    r"^(?:miễn(?: phí, lệ phí| phí| lệ phí)?|không (?:thu|mất|phải nộp|có) (?:phí, lệ phí|phí|lệ phí))"
    r"\s*(?:\([^)]*\))?\s*(?:[.;,]|$)",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"^(?:không có thông tin|null|)\.?$", re.IGNORECASE)
# Words that stand where a time limit should and give none.
_ELSEWHERE = re.compile(r"^(?:[-.]*|không(?: có)?|theo mô tả|xem mô tả)\.?$", re.IGNORECASE)
_LIMIT = re.compile(r"^(\d+(?:[.,]\d+)?)?\s*(\S.*)?$", re.DOTALL)
_UNITS = {
    "WORKING_DAY": "ngày làm việc",
    "DAY": "ngày",
    "NGÀY": "ngày",
    "NGÀY LÀM VIỆC": "ngày làm việc",
    "GIỜ": "giờ",
    "GIỜ LÀM VIỆC": "giờ làm việc",
    "THÁNG": "tháng",
    "NĂM": "năm",
    "HOUR": "giờ",
    "WORKING_HOUR": "giờ làm việc",
    "MONTH": "tháng",
    "YEAR": "năm",
    "MINUTE": "phút",
    "WEEK": "tuần",
}


def read_fees(label: str, value: str) -> tuple[Fee, ...]:
    """The fees of one "Phí, lệ phí: …" line; several are separated by "|".

    `0 VNĐ ()` does not prove that it is free, so its state is NOT_PUBLISHED; FREE only where the text says "miễn".
    """
    kind = FeeKind(label.lower()) if label.lower() in {kind.value for kind in FeeKind} else FeeKind.PHI_LE_PHI
    parts = dict.fromkeys(part.strip() for part in value.split("|"))
    return tuple(_read_fee(kind, part) for part in parts)


def _read_fee(kind: FeeKind, value: str) -> Fee:
    match = _AMOUNT.match(value)
    amount = int(re.sub(r"\D", "", match.group(1))) if match else None
    text = _unwrap(match.group(2) if match else value)
    kind = _kind_said(text) if kind is FeeKind.PHI_LE_PHI and text else kind
    if (
        amount and amount < LEAST_AMOUNT
    ):  # "20 VNĐ (20.000 đ/tờ khai)", "10 VNĐ (10 USD/giấy)": its unit was lost on the way.
        return Fee(kind, FeeState.TEXT, None, text if text and _TOLD.search(text) else value)
    if amount:
        return Fee(kind, FeeState.AMOUNT, amount, text)
    if not text or _NOTHING.match(text):
        return Fee(kind, FeeState.NOT_PUBLISHED, None, None)
    if _FREE.match(text):
        return Fee(kind, FeeState.FREE, None, text)
    if match and not _ABOUT_FEES.search(text):  # "0 VNĐ (Tàu bay)" names a thing and no fee.
        return Fee(kind, FeeState.NOT_PUBLISHED, None, None)
    return Fee(kind, FeeState.TEXT, None, text)


def _unwrap(text: str) -> str | None:
    text = text.strip()
    while text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    return text or None


def _kind_said(text: str) -> FeeKind:
    le_phi = re.search(r"\blệ phí\b", text, re.IGNORECASE) is not None
    phi = re.search(r"(?<!lệ )\bphí\b", text, re.IGNORECASE) is not None
    if le_phi == phi:
        return FeeKind.PHI_LE_PHI
    return FeeKind.LE_PHI if le_phi else FeeKind.PHI


def read_time_limit(value: str) -> TimeLimit:
    """A time limit such as `3 WORKING_DAY`; `OTHER` means that only the text of the channel can tell."""
    match = _LIMIT.match(value.strip())
    if match is None or not value.strip():
        return TimeLimit(None)
    number, unit = match.group(1), (match.group(2) or "").strip()
    if unit.upper() == "OTHER" or (_NOTHING.match(unit) and not number):
        return TimeLimit(None)
    said = _UNITS.get(unit.upper().rstrip("."))
    if number and not unit:  # A number alone says neither days nor hours.
        return TimeLimit(None)
    if number is None or said is None:
        text = re.sub(r"\s*\bOTHER\b", "", value).strip()
        return TimeLimit(None if _ELSEWHERE.match(text) else text)
    whole = int(number) if number.isdigit() else None
    if whole == 0:
        return TimeLimit(None)
    return TimeLimit(f"{number} {said}", whole, said)
