"""Personal data masked before anything is stored, logged or shown to a model."""

import re

# "H29.16.00-250101-0001"; older files turn the office's code around: "000.00.16.H29-250101-0001".
_OFFICE = r"[A-Z]\d{2}(?:\.\d{2})+"
_MASKS = (
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), "[thư điện tử]"),
    (re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.-]?\d){9}(?!\d)"), "[số điện thoại]"),
    (
        re.compile(rf"\b(?:{_OFFICE}|\d{{3}}(?:\.\d{{2}}){{2}}\.[A-Z]\d{{2}})[.-]\d{{6}}[.-]\d{{3,}}\b", re.IGNORECASE),
        "[mã hồ sơ]",
    ),
    (re.compile(r"(?<![\d.])\d(?:[\s-]?\d){12,18}(?!\.?\d)"), "[số tài khoản]"),
    (re.compile(r"(?<![\d.])\d(?:[\s.]?\d){11}(?!\.?\d|\.[A-Z]\d)"), "[số căn cước]"),
    (re.compile(r"(?<!\d)\d{9}(?!\d)"), "[số chứng minh]"),
)


def masked(text: str) -> tuple[str, bool]:
    """The text with identity numbers, telephones, e-mails, accounts and file codes masked, and whether there were any.

    Procedure codes such as 1.001193 and document numbers such as 110/QĐ-UBND are no personal data and stay.
    """
    result = text
    for pattern, mask in _MASKS:
        result = pattern.sub(mask, result)
    return result, result != text
