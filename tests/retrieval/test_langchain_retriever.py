"""The search serves other people's chains as a LangChain retriever."""

import pytest

from bot.assemble import Parts
from retrieval.langchain_retriever import MotCuaRetriever


@pytest.fixture(scope="module")
def retriever(parts: Parts) -> MotCuaRetriever:
    return MotCuaRetriever(searcher=parts.searcher, restorer=parts.restorer, commune="phuong-mau", limit=3)


def test_documents_come_best_first_with_the_place_they_stand_in(retriever: MotCuaRetriever) -> None:
    found = retriever.invoke("dang ky khai sinh")
    assert len(found) == 3
    first = found[0]
    assert first.metadata["procedure_code"] == "1.001193"
    assert first.metadata["kind"] == "procedure"
    assert first.metadata["document_id"] == "phuong-mau/tthc-1.001193"
    assert first.metadata["path"].startswith("Thủ tục 1.001193")


def test_a_documents_text_is_the_sources_own(retriever: MotCuaRetriever, parts: Parts) -> None:
    for document in retriever.invoke("khảo sát mức độ hài lòng"):
        assert document.id is not None
        chunk, is_current = parts.store.chunk(document.id)
        assert (document.page_content, is_current) == (chunk.text, True)


@pytest.mark.parametrize("question", ["", "😀", "  "])
def test_a_question_without_a_word_gives_no_documents(retriever: MotCuaRetriever, question: str) -> None:
    assert retriever.invoke(question) == []
