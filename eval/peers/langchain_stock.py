# mypy: disable-error-code="import-not-found,import-untyped,misc,no-any-return"
"""LangChain as its tutorial has it: recursive splitter, MiniLM, Chroma, similarity search."""

from collections.abc import Sequence

from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter
from sentence_transformers import SentenceTransformer

from eval.peers.material import Record
from eval.peers.minilm import weights

_PASSAGES = 50
_BATCH = 2000


class _MiniLM(Embeddings):
    def __init__(self) -> None:
        self._model = SentenceTransformer(weights())

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._model.encode(texts, show_progress_bar=False).tolist()

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


class LangChain:
    """Chunks of 1000 letters with 200 shared; a record is found by its best chunk."""

    name = "LangChain + Chroma + all-MiniLM-L6-v2"
    packages = ("langchain-chroma", "langchain-text-splitters", "chromadb", "sentence-transformers")

    def __init__(self) -> None:
        self._store = Chroma(collection_name="peers", embedding_function=_MiniLM())

    def index(self, records: Sequence[Record]) -> int:
        """Split and embed."""
        splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
        documents = splitter.create_documents(
            [record.text for record in records], [{"code": record.code} for record in records]
        )
        for start in range(0, len(documents), _BATCH):
            self._store.add_documents(documents[start : start + _BATCH])
        return len(documents)

    def search(self, question: str) -> list[str]:
        """The records of the nearest chunks."""
        found = self._store.similarity_search(question, k=_PASSAGES)
        return list(dict.fromkeys(str(document.metadata["code"]) for document in found))
