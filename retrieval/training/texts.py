"""Training texts -> pairs that mean the same. Only texts whose licence allows training (see model/README.md)."""

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.readers.records import read_lines
from corpus.vietnamese import folded_syllables
from retrieval.entries import bare_name
from retrieval.phrasings import PhrasingBlock

_ARTICLE = re.compile(r"Điều \d+[a-z]?\. ([^\n]{10,150})\n((?:.|\n){80,400})")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that mean the same. Pairs of one `group` are never each other's wrong answer."""

    question: str
    passage: str
    group: str


def procedures(path: Path) -> list[Document]:
    """The records file, without what the reader refuses."""
    return [item for item in read_lines(path) if not isinstance(item, CorpusError)]


def group_of(name: str) -> str:
    """Procedures of one name (in several provinces, at several levels) are one group."""
    return " ".join(folded_syllables(bare_name(name)))


def phrasing_pairs(blocks: list[PhrasingBlock], names: dict[str, str], rng: random.Random) -> Iterator[Pair]:
    """Every phrasing with its procedure's name, and phrasings of one procedure with each other."""
    for block in blocks:
        name = block.name if block.codes == ("@",) else names.get(block.codes[0])
        if name is None:
            continue
        group = group_of(name)
        for phrasing in block.phrasings:
            yield Pair(phrasing, bare_name(name), group)
            yield Pair(phrasing, bare_name(name), group)
        if len(block.phrasings) > 1:
            for _ in range(2 * len(block.phrasings)):
                one, other = rng.sample(block.phrasings, 2)
                yield Pair(one, other, group)


def record_pairs(documents: list[Document]) -> Iterator[Pair]:
    """A procedure's name with what its record says of it."""
    fields = ("Kết quả thực hiện", "Mô tả", "Yêu cầu, điều kiện thực hiện", "Đối tượng thực hiện")
    for document in documents:
        procedure = document.procedure
        if procedure is None:
            continue
        said = dict(procedure.fields)
        name, group = bare_name(procedure.name), group_of(procedure.name)
        for text in (said.get(field, "") for field in fields):
            if len(text) > 15:
                yield Pair(name, text[:300], group)
        yield Pair(name, f"{procedure.sector or ''} {said.get('Thành phần hồ sơ', '')[:300]}", group)
        yield Pair(name, said.get("Trình tự thực hiện", "")[:300], group)


def faq_pairs(path: Path, names: dict[str, str]) -> Iterator[Pair]:
    """The legalrag questions with the name of the procedure they ask for."""
    for record in _lines(path):
        code = next((code for code in record["codes"] if code in names), None)
        if code:
            yield Pair(record["question"], bare_name(names[code]), group_of(names[code]))


def law_pairs(path: Path) -> Iterator[Pair]:
    """The heading of an article of law with its text."""
    for record in _lines(path):
        for number, match in enumerate(_ARTICLE.finditer(record["text"])):
            yield Pair(match.group(1), match.group(2), f"law/{record['name']}/{number}")


def wiki_pairs(path: Path) -> Iterator[Pair]:
    """The title of an article with its first paragraphs, for the language at large."""
    for record in _lines(path):
        paragraphs = [line for line in record["text"].split("\n") if len(line) > 80]
        for paragraph in paragraphs[:2]:
            yield Pair(record["title"], paragraph[:300], f"wiki/{record['title']}")


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
