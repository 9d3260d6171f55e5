"""BM25 (bm25s) over names or whole records, split at blanks, lower case: nothing made for Vietnamese."""

from collections.abc import Sequence

import bm25s

from eval.peers.material import Record

_FOUND = 10


class _Bm25:
    packages = ("bm25s",)

    def __init__(self) -> None:
        self._codes: list[str] = []
        self._index = bm25s.BM25()

    def index(self, records: Sequence[Record]) -> int:
        """One passage per record."""
        self._codes = [record.code for record in records]
        texts = [self.text(record).lower().split() for record in records]
        self._index.index(texts, show_progress=False)
        return len(records)

    def text(self, record: Record) -> str:
        """What of a record is indexed."""
        raise NotImplementedError

    def search(self, question: str) -> list[str]:
        """The best records."""
        count = min(_FOUND, len(self._codes))
        found, _scores = self._index.retrieve([question.lower().split()], k=count, show_progress=False)
        return [self._codes[int(number)] for number in found[0]]


class OverRecords(_Bm25):
    """BM25 over whole records."""

    name = "BM25 (bm25s), whole records"

    def text(self, record: Record) -> str:
        """The whole record."""
        return record.text


class OverNames(_Bm25):
    """BM25 over names only."""

    name = "BM25 (bm25s), names only"

    def text(self, record: Record) -> str:
        """The name."""
        return record.name
