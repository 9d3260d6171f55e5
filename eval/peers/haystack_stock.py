# mypy: disable-error-code="import-not-found,import-untyped,misc,no-any-return"
"""Haystack as its tutorial has it: word splitter, MiniLM, in-memory store, embedding retriever."""

from collections.abc import Sequence

from haystack import Document, Pipeline
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from eval.peers.material import Record
from eval.peers.minilm import weights

_PASSAGES = 50


class Haystack:
    """Chunks of 200 words; a record is found by its best chunk."""

    name = "Haystack + all-MiniLM-L6-v2"
    packages = ("haystack-ai", "sentence-transformers-haystack", "sentence-transformers")

    def __init__(self) -> None:
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        self._asking = Pipeline()
        self._asking.add_component("embedder", SentenceTransformersTextEmbedder(model=weights(), progress_bar=False))
        self._asking.add_component("retriever", InMemoryEmbeddingRetriever(self._store, top_k=_PASSAGES))
        self._asking.connect("embedder.embedding", "retriever.query_embedding")

    def index(self, records: Sequence[Record]) -> int:
        """Split, embed and write."""
        indexing = Pipeline()
        indexing.add_component("splitter", DocumentSplitter(split_by="word", split_length=200))
        indexing.add_component("embedder", SentenceTransformersDocumentEmbedder(model=weights(), progress_bar=False))
        indexing.add_component("writer", DocumentWriter(self._store))
        indexing.connect("splitter", "embedder")
        indexing.connect("embedder", "writer")
        documents = [Document(content=record.text, meta={"code": record.code}) for record in records]
        indexing.run({"splitter": {"documents": documents}})
        return int(self._store.count_documents())

    def search(self, question: str) -> list[str]:
        """The records of the nearest chunks."""
        found = self._asking.run({"embedder": {"text": question}})["retriever"]["documents"]
        return list(dict.fromkeys(str(document.meta["code"]) for document in found))
