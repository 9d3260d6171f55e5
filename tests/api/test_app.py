"""The web application over the sample corpus: a question in, a cited answer out, and clear refusals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from bot.assemble import Parts
from bot.settings import Settings
from tests.conftest import COMMUNE

QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"


@pytest.fixture(scope="module")
def client(parts: Parts) -> Iterator[TestClient]:
    with TestClient(create_app(parts)) as client:
        yield client


def ask(client: TestClient, question: str, **more: str) -> dict[str, object]:
    response = client.post("/v1/chat", json={"question": question, "commune": COMMUNE, **more})
    assert response.status_code == 200, response.text
    return dict(response.json())


def test_the_page_is_served_in_vietnamese_without_inline_scripts(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert 'lang="vi"' in response.text
    assert "unsafe-inline" not in response.headers["content-security-policy"]


def test_a_question_is_answered_from_the_right_procedure_with_its_source(client: TestClient) -> None:
    answer = ask(client, QUESTION)
    assert answer["status"] == "answered"
    assert answer["procedure"] == {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"}
    assert answer["citations"]
    assert answer["conversation_id"]


def test_a_question_without_accents_finds_the_same_procedure(client: TestClient) -> None:
    assert ask(client, "dang ky khai sinh can giay to gi")["procedure"] == ask(client, QUESTION)["procedure"]


def test_how_to_pay_online_is_answered_from_the_guide(client: TestClient) -> None:
    answer = ask(client, "nop phi le phi online the nao")
    assert answer["status"] == "answered"
    assert "dichvucong.gov.vn" in str(answer["text"])
    assert "Nộp phí, lệ phí trực tuyến" in str(answer["citations"])


def test_a_citation_opens_as_data_and_as_a_page_with_the_same_quote(client: TestClient) -> None:
    (citation, *_) = ask(client, QUESTION)["citations"]  # type: ignore[misc]
    name = citation["url"].rsplit("/", 1)[-1]
    source = client.get(f"/v1/sources/{name}")
    assert source.status_code == 200
    assert source.json()["quote"] == citation["quote"]
    page = client.get(f"/c/{name}")
    assert page.status_code == 200
    first_line = citation["quote"].strip().splitlines()[0].strip()
    assert first_line in page.text.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")


def test_a_conversation_goes_on_by_its_id(client: TestClient) -> None:
    first = ask(client, "đăng ký kết hôn cần giấy tờ gì")
    second = ask(client, "mất mấy ngày?", conversation_id=str(first["conversation_id"]))
    assert second["conversation_id"] == first["conversation_id"]
    assert second["procedure"] == first["procedure"]


def test_the_process_says_that_it_is_alive(client: TestClient) -> None:
    assert client.get("/healthz").status_code == 200


def test_an_unknown_source_is_a_problem_with_status_404(client: TestClient) -> None:
    response = client.get("/v1/sources/0000000000000000")
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("application/problem+json")
    assert response.json()["status"] == 404


def test_an_unknown_commune_is_a_problem_with_status_404(client: TestClient) -> None:
    response = client.post("/v1/chat", json={"question": QUESTION, "commune": "khong-co"})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("application/problem+json")


@pytest.mark.parametrize("body", [{}, {"question": 7}, {"question": "x" * 20_000}, []])
def test_a_malformed_question_is_refused_without_a_server_error(client: TestClient, body: object) -> None:
    assert client.post("/v1/chat", json=body).status_code in (400, 413, 422)


@pytest.mark.parametrize(
    "question", ["", " ", "😀😀", "<script>alert(1)</script>", "'; DROP TABLE documents; --", "\x00"]
)
def test_an_odd_question_gets_a_defined_answer(client: TestClient, question: str) -> None:
    assert ask(client, question)["status"] in ("no_answer", "out_of_scope", "greeting", "refused", "clarify")


def test_an_empty_store_is_a_problem_with_status_503_and_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(Parts(Settings(_env_file=None, data=tmp_path)))) as client:
        response = client.post("/v1/chat", json={"question": QUESTION})
    assert response.status_code == 503
    assert response.headers["content-type"].startswith("application/problem+json")
    assert "motcua ingest" in response.text
