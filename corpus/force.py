"""From when to when a document is in force, and which older ones it puts out of force, as its own text says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from corpus.document import LegalReference
from corpus.header import date_in, legal_references

_KIND = r"(?:Quyết định|Kế hoạch|Quy chế|Quy định|Văn bản|Công văn|Chỉ thị|Nghị quyết|Thông báo)"
_FROM = re.compile(rf"{_KIND}(?: này)? có hiệu lực(?: thi hành)?(?: kể)? từ (?P<when>ngày[^.;\n]*)", re.IGNORECASE)
_TO = re.compile(r"có hiệu lực(?: thi hành)?[^.;\n]*? đến (?:hết )?(?P<when>ngày[^.;\n]*)", re.IGNORECASE)
_REPLACES = re.compile(
    r"\b(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:cho\s+|toàn bộ\s+|các\s+)*(?P<what>[^.;\n]*(?:[.;](?=\d)[^.;\n]*)*)"
)
_ENDED = re.compile(rf"(?P<what>{_KIND} số[^.;\n]*?) hết hiệu lực", re.IGNORECASE)
_SIGNING = re.compile(r"^ngày (?:ký|ban hành)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Force:
    """When a document begins and ends to hold, and the documents that it replaces or repeals."""

    begins: date | None
    ends: date | None
    replaces: tuple[LegalReference, ...]


def force_of(texts: Iterable[str], issued_on: date | None) -> Force:
    """What the sections of a document say of its force; by default it holds from the day it was issued."""
    begins, ends, replaces = issued_on, None, list[LegalReference]()
    for text in texts:
        found = _FROM.search(text)
        if found:
            begins = issued_on if _SIGNING.match(found["when"]) else date_in(found["when"]) or begins
        until = _TO.search(text)
        if until:
            ends = date_in(until["when"]) or ends
        for clause in (*_REPLACES.finditer(text), *_ENDED.finditer(text)):
            replaces += [reference for reference in legal_references(clause["what"]) if reference.number]
    return Force(begins, ends, tuple(dict.fromkeys(replaces)))
