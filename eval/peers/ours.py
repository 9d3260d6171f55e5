"""This project's own search over the same procedures, in a store and an index of its own."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from bot.assistant import AssistantParts
from bot.settings import Settings
from corpus.database import connect
from corpus.document import Document
from corpus.store import NATIONAL, DocumentStore
from eval.peers.material import Record
from retrieval.publishing import publish_stale
from retrieval.question import read_question

_BATCH = 500


class Ours:
    """Một Cửa: phrasings, restored accents, its own small encoder and BM25."""

    name = "Một Cửa"
    packages: tuple[str, ...] = ("chromadb", "bm25s", "safetensors")

    def __init__(self, data: Path) -> None:
        self._source = DocumentStore(connect(f"sqlite:///{data / 'motcua.db'}"))
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        # Settings of the environment, such as a database of its own, must not reach this measurement.
        self._parts = AssistantParts(Settings.model_construct(data=Path(self._folder.name)))

    def index(self, records: Sequence[Record]) -> int:
        """Store the procedures with these codes and publish them."""
        parts = self._parts
        wanted = self._wanted({record.code for record in records})
        while batch := list(islice(wanted, _BATCH)):
            parts.store.save(batch, "peers")
        published = publish_stale(
            parts.store, parts.settings.index_folder, parts.chroma, parts.encoder, parts.phrasings
        )
        return sum(scope.entries for scope in published)

    def search(self, question: str) -> list[str]:
        """The best procedures; twins stand for one."""
        found = self._parts.searcher.search(read_question(question, self._parts.restorer))
        return [hit.unit.procedure_code for hit in found.hits if hit.unit.procedure_code]

    def _wanted(self, codes: set[str]) -> Iterator[Document]:
        for document in self._source.documents(NATIONAL):
            if document.procedure is not None and document.procedure.code in codes:
                yield document
