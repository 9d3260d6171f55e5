"""Whether an answer stands on its sources: invented numbers, and citations that do not carry their sentence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.vietnamese import syllables
from eval.measures.wording import plain

MARK = re.compile(r"\s*\[(\d{1,3})\]")
_NUMBER = re.compile(r"\d+(?:[.,/-]\d+)*")
_LIST_MARK = re.compile(r"^\s*(\d{1,2})[.)]\s")
_LABEL = re.compile(r"^[^:\[\]]{1,60}:\s*")
_SUPPORT = 0.6
# Words of the portal's records that an answer says in Vietnamese.
_TRANSLATED = {
    "ONLINE": "nộp trực tuyến",
    "DIRECT": "nộp trực tiếp",
    "POSTAL": "dịch vụ bưu chính bưu điện",
    "WORKING_DAY": "ngày làm việc",
    "HOUR": "giờ",
    "DAY": "ngày",
    "MONTH": "tháng",
    "YEAR": "năm",
    "VNĐ": "đồng",
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A line of an answer and the numbers of the sources it cites; a line without marks rests on those before it."""

    text: str
    cites: tuple[int, ...]


def claims(text: str, fixed: Sequence[str]) -> Iterator[Claim]:
    """The lines of an answer that state something; the fixed texts in them, longest first, are no statements."""
    cites: tuple[int, ...] = ()
    for line in text.splitlines():
        marks = tuple(int(number) for number in MARK.findall(line))
        cites = marks or cites
        said = without(MARK.sub("", line), fixed).strip(" .…;,•")
        if said.endswith(":"):  # A heading states nothing by itself.
            continue
        if cites and sum(word.isalpha() for word in syllables(said)) >= 2:
            yield Claim(said, cites)


def unsupported(text: str, quotes: Mapping[int, str], named: str, fixed: Sequence[str]) -> tuple[list[Claim], int]:
    """The statements whose cited quotes do not hold most of their words and all their numbers, and how many there are.

    `named` holds what an answer may name beside its quotes: the procedure's code, titles and dates.
    """
    every = list(claims(text, fixed))
    return [claim for claim in every if not is_carried(claim, quotes, named)], len(every)


def is_carried(claim: Claim, quotes: Mapping[int, str], named: str) -> bool:
    """Whether the quotes a statement cites carry it.

    The label in front ("Lệ phí:") is ours, not the source's.
    """
    cited = " ".join(quotes.get(number, "") for number in claim.cites)
    cited += "".join(f" {word}" for key, word in _TRANSLATED.items() if key in cited)
    words = syllables(plain(_LABEL.sub("", claim.text)))
    known = set(syllables(plain(f"{cited} {named}")))
    share = sum(word in known for word in words) / len(words) if words else 1.0
    return share >= _SUPPORT and numbers(claim.text) <= numbers(f"{cited} {named}")


def invented_numbers(text: str, allowed: Sequence[str], fixed: Sequence[str]) -> tuple[str, ...]:
    """Numbers of an answer that stand neither in `allowed` (quotes, codes, dates, labels) nor in a fixed
    text.

    Citation marks and the counting of a list ("1. …") are layout, not statements.
    """
    known = {number for source in allowed for number in numbers(source)}
    # A fixed text may be cut short on the way; its telephone numbers are still its own.
    known |= {number for words in fixed for number in numbers(words) if len(number) >= 3}
    found: list[str] = []
    for line in text.splitlines():
        said = _LIST_MARK.sub(" ", MARK.sub(" ", without(line, fixed)), count=1)
        found += [number for number in sorted(numbers(said)) if number not in known and not _pieces(number) <= known]
    return tuple(dict.fromkeys(found))


def numbers(text: str) -> set[str]:
    """The numbers of a text in one spelling, and the parts of those that are joined ("05/01/2026", "1-3")."""
    found = {match.group() for match in _NUMBER.finditer(plain(text))}
    return found | {piece for number in found for piece in _pieces(number)}


def without(text: str, fixed: Sequence[str]) -> str:
    """A text without the fixed texts in it."""
    for words in fixed:
        if words in text:
            text = text.replace(words, " ")
    return text


def _pieces(number: str) -> set[str]:
    """ "5/1/2026" -> 5, 1, 2026; a procedure code or a decimal stays whole."""
    return {piece.lstrip("0") or "0" for piece in re.split(r"[/-]", number)} if re.search(r"[/-]", number) else {number}
