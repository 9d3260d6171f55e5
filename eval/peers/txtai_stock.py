# mypy: disable-error-code="import-not-found,import-untyped,misc,no-any-return"
"""txtai as its first example has it: one entry per record, MiniLM, its own index."""

from collections.abc import Sequence

from txtai import Embeddings

from eval.peers.material import Record
from eval.peers.minilm import weights

_FOUND = 10


class Txtai:
    """One vector per record, of as much of its text as the model reads."""

    name = "txtai + all-MiniLM-L6-v2"
    packages = ("txtai",)

    def __init__(self) -> None:
        self._embeddings = Embeddings(path=weights())

    def index(self, records: Sequence[Record]) -> int:
        """Embed."""
        self._embeddings.index([(record.code, record.text) for record in records])
        return int(self._embeddings.count())

    def search(self, question: str) -> list[str]:
        """The nearest records."""
        return [str(code) for code, _score in self._embeddings.search(question, _FOUND)]
