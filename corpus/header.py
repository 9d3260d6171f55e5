"""The formal parts of a state document: header block, legal bases, recipients, signature."""

import re
from dataclasses import dataclass
from datetime import date

from corpus.document import LegalReference
from corpus.paragraphs import Paragraph, is_upper, marker
from corpus.vietnamese import fold, one_line

_NUMBER = re.compile(r"^Số\s*:?\s*(.*)$")
_PLACE_DATE = re.compile(r"^(?P<place>[^,]{2,40}),\s*(?P<date>ngày.*năm\s+\d{4}.*)$")
_DATE = re.compile(r"ngày\s+(\d{1,2})\s*(?:/|tháng|-)\s*(\d{1,2})\s*(?:/|năm|-)\s*(\d{4})")
_KINDS = (
    "Kế hoạch|Quyết định|Nghị quyết|Nghị định|Thông tư|Chỉ thị|Công văn|Văn bản|Luật|Bộ luật|Hướng dẫn|Kết luận|Đề án"
)
_REFERENCE = re.compile(
    rf"(?P<kind>{_KINDS})(?:\s+số)?\s*:?\s*(?P<number>\d+[\w.]*(?:\s?/\s?\d{{4}})?\s?[/-]\s?[\wĐ&.-]+(?:[/-][\wĐ&.-]+)*)?"
    r"(?P<rest>[^;]*)"
)
_ISSUER = re.compile(
    r"\bcủa\s+((?:Ủy ban|UBND|Chính phủ|Thủ tướng|Bộ|Quốc hội|Ban|Sở|Tỉnh|Thành|Đảng|HĐND|Hội đồng)[^;()]*?)"
    r"(?=\s+(?:về|ban hành|quy định|phê duyệt|sửa đổi|hướng dẫn|V/v)\b"
    r"|,(?!\s[A-ZĐ]\w*(?:\s\w+){0,2}\svà\s[A-ZĐ])|[;.]|$)"
)
_BASIS = re.compile(r"^(?:Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị|Theo)\b")
_DOCUMENT_WORDS = {
    "KẾ HOẠCH",
    "QUYẾT ĐỊNH",
    "THÔNG BÁO",
    "CÔNG VĂN",
    "HƯỚNG DẪN",
    "ĐỀ ÁN",
    "CHƯƠNG TRÌNH",
    "BÁO CÁO",
}
_SIGNATURE = re.compile(
    r"^(?:TM\.|KT\.|TL\.|TUQ\.|Q\.)?\s*(?:ỦY BAN|UỶ BAN|CHỦ TỊCH|PHÓ CHỦ TỊCH|CHÁNH|GIÁM ĐỐC|TRƯỞNG)"
)
_AFTER_NAME = {"NĂM", "GIAI", "VỀ", "TRÊN", "ĐẾN", "THÁNG", "QUÝ", "VÀ", "THUỘC", "TỈNH", "TRONG", "CỦA", "ĐỢT", "KỲ"}
_PLACE_OF = re.compile(r"\b(?:phường|xã|đặc khu) (?=\w)", re.IGNORECASE)
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố) (?=\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed: the block's own lines, the role and the name."""

    lines: tuple[str, ...]
    role: str
    name: str | None


def document_word(text: str) -> str | None:
    """ "KẾ HOẠCH" when the line is nothing but the word that names the document."""
    bare = one_line(text.strip(" *:."))
    return bare if bare.upper() in _DOCUMENT_WORDS and is_upper(bare) else None


def number_of(text: str) -> str | None:
    """ "Số: 110 /QĐ-UBND" -> "110/QĐ-UBND"; None when the number was left blank."""
    match = _NUMBER.match(text)
    if not match:
        return None
    number = re.sub(r"\s*([/-])\s*", r"\1", match.group(1)).strip()
    return number if re.match(r"\d", number) else None


def is_number_line(text: str) -> bool:
    """Whether the line is the "Số: …" line of a header."""
    return bool(_NUMBER.match(text)) and "/" in text


def place_and_date(text: str) -> tuple[str, str, date | None] | None:
    """ "Chí Linh, ngày 22 tháng 01 năm 2026" -> (place, the date's words, the date or None when a part is blank)."""
    match = _PLACE_DATE.match(text)
    if not match:
        return None
    return match.group("place").strip(), match.group("date").strip(), date_in(match.group("date"))


def date_in(text: str) -> date | None:
    """The first full date of a text: "ngày 30/12/2025" or "ngày 16 tháng 6 năm 2025"."""
    match = _DATE.search(text)
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_basis(text: str) -> bool:
    """Whether a paragraph of the opening names what the document rests on."""
    return bool(_BASIS.match(text))


def legal_references(text: str) -> list[LegalReference]:
    """The documents a legal-basis paragraph names."""
    found = []
    starts = [m.start() for m in re.finditer(rf"(?:{_KINDS})(?=\s+(?:số\s*:?\s*)?\d|\s+[A-ZÀ-ỸĐ])", text)]
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=False):
        match = _REFERENCE.match(text[begin:end])
        if match is None or (match.group("number") is None and match.group("kind") != "Luật"):
            continue
        rest = match.group("rest")
        issuer = _ISSUER.search(rest)
        number = match.group("number")
        found.append(
            LegalReference(
                kind=match.group("kind"),
                number=re.sub(r"\s", "", number) if number else None,
                issued_on=date_in(rest),
                issuer=issuer.group(1).strip() if issuer else None,
                text=text[begin:end].strip(" ;,.:"),
            )
        )
    return found


def is_signature(text: str) -> bool:
    """Whether a line opens a signature block."""
    return is_upper(text) and bool(_SIGNATURE.match(text))


def signature_at(items: list[Paragraph], start: int) -> tuple[Signature, int]:
    """The signature block that begins at `start`, and the index after it."""
    roles, index = [], start
    while index < len(items) and is_upper(items[index].text) and not document_word(items[index].text):
        if re.match(r"^(?:PHỤ LỤC|DANH MỤC)", items[index].text):
            break
        roles.append(items[index].text)
        index += 1
    name = None
    if index < len(items) and is_name(items[index].text):
        name = items[index].text
        index += 1
    return Signature((*roles, *([name] if name else [])), roles[-1], name), index


def is_recipients(text: str) -> bool:
    """Whether a line opens the list of recipients."""
    return fold(text).startswith("noi nhan")


def is_recipient(text: str) -> bool:
    """A line of that list."""
    found = marker(text)
    return (found is not None and found[0] == 6) or text.startswith("(")


def is_name(text: str) -> bool:
    """A person's name: two to five words, each with one capital at its front."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(word.isalpha() and word.istitle() for word in words)


def commune_named(text: str) -> str | None:
    """The ward or commune a title names: "… phường An Tường năm 2026" -> "An Tường"."""
    return _named_after(_PLACE_OF, text)


def province_named(text: str) -> str | None:
    """The province a document names: "tỉnh Tuyên Quang" -> "Tuyên Quang"."""
    return _named_after(_PROVINCE, text)


def _named_after(before: re.Pattern[str], text: str) -> str | None:
    """The capitalised words behind a match, as the one named most often has them."""
    found: dict[str, int] = {}
    for match in before.finditer(text):
        words: list[str] = []
        for word in re.findall(r"\w+|[^\w ]", text[match.end() : match.end() + 40]):
            if not word[0].isupper() or len(words) == 4 or word.upper() in _AFTER_NAME:
                break
            words.append(word.capitalize())
        if words:
            name = " ".join(words)
            found[name] = found.get(name, 0) + 1
    return max(found, key=lambda name: found[name]) if found else None
