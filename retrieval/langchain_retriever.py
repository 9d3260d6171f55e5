"""The search as a LangChain retriever, for other people's chains: `pip install motcua[langchain]`."""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from retrieval.question import read_question
from retrieval.search import Hit, Searcher
from retrieval.spelling import Spelling


class MotCuaRetriever(BaseRetriever):
    """Procedures and parts of plans for a question; each document's metadata says where its text stands."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher
    restorer: Spelling
    commune: str | None = None
    limit: int = 5

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        found = self.searcher.search(read_question(query, self.restorer), self.commune, self.limit)
        return [_document(hit) for hit in found.hits]


def _document(hit: Hit) -> Document:
    metadata = {
        "document_id": hit.unit.document_id,
        "kind": hit.unit.kind.value,
        "procedure_code": hit.unit.procedure_code,
        "path": hit.chunk.path,
        "score": hit.score,
    }
    return Document(id=hit.chunk.id, page_content=hit.chunk.text, metadata=metadata)
