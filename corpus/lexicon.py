"""OCR slips that a lexicon makes certain. Used for searching alone: what is quoted stays letter for letter."""

import re

# Wrong on the left, right on the right. Each was seen in real plans, and the wrong form is no Vietnamese phrase.
_SLIPS = {
    "CBCCVV": "CBCCVC",
    "chuyên đổi số": "chuyển đổi số",
    "Chuyên đổi số": "Chuyển đổi số",
    "Lòng ghép": "Lồng ghép",
    "lòng ghép": "lồng ghép",
    "tuyền truyền": "tuyên truyền",
    "đơn đốc": "đôn đốc",
    "chông chéo": "chồng chéo",
    "phổ biển": "phổ biến",
    "kiến ngộ": "kiến nghị",
    "chi số PCI": "chỉ số PCI",
    "cơ ché": "cơ chế",
    "Công Thông tin điện tử": "Cổng Thông tin điện tử",
    "danh danh điện tử": "định danh điện tử",
    "UBND a phường": "UBND phường",
}
_SLIP = re.compile("|".join(re.escape(slip) for slip in sorted(_SLIPS, key=len, reverse=True)))
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|[*_]{1,2}")


def repaired(text: str) -> str:
    """The text with known slips mended and without markup."""
    return _SLIP.sub(lambda match: _SLIPS[match.group(0)], _MARKUP.sub(" ", text))
