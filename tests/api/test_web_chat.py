"""The chat API: JSON and events, conversations that last, feedback."""

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from api.conversations import Conversations
from bot.answer import Answer, AnswerStatus
from bot.assemble import Parts
from bot.conversation import Conversation
from bot.satisfaction import Ratings
from bot.tables import RatingRow
from tests.api.web_world import BIRTH, BIRTH_QUESTION, COMMUNE, with_settings

EVENTS = {"Accept": "text/event-stream"}


@dataclass(frozen=True)
class Event:
    kind: str
    data: dict[str, object]


def events_of(text: str) -> list[Event]:
    found = []
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        found.append(Event(lines["event"], json.loads(lines["data"])))
    return found


def body(question: str, **more: object) -> dict[str, object]:
    return {"question": question, "commune": COMMUNE, **more}


def test_the_stream_tells_what_is_done_then_the_text_then_the_sources_then_the_whole_answer(web: TestClient) -> None:
    response = web.post("/v1/chat", json=body(BIRTH_QUESTION), headers=EVENTS)
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    kinds = [event.kind for event in events]
    assert kinds[0] == "status"
    assert kinds[-2:] == ["citations", "done"]
    assert set(kinds[1:-2]) == {"delta"}
    done = events[-1].data
    assert "".join(str(event.data["text"]) for event in events if event.kind == "delta") == done["text"]
    assert events[-2].data["citations"] == done["citations"]


def test_the_stream_ends_with_the_answer_that_json_gives(web: TestClient) -> None:
    streamed = events_of(web.post("/v1/chat", json=body(BIRTH_QUESTION), headers=EVENTS).text)[-1].data
    plain = web.post("/v1/chat", json=body(BIRTH_QUESTION)).json()
    changing = ("conversation_id", "timings_ms")
    assert {k: v for k, v in streamed.items() if k not in changing} == {
        k: v for k, v in plain.items() if k not in changing
    }


def test_an_unknown_commune_is_refused_before_a_stream_begins(web: TestClient) -> None:
    response = web.post("/v1/chat", json={"question": "a", "commune": "khong-co"}, headers=EVENTS)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_conversation_goes_on_after_a_restart_of_the_server(ward: Parts) -> None:
    with TestClient(create_app(ward)) as before:
        first = before.post("/v1/chat", json=body(BIRTH_QUESTION)).json()
    with TestClient(create_app(ward)) as after:
        name = first["conversation_id"]
        second = after.post("/v1/chat", json=body("mất mấy ngày?", conversation_id=name)).json()
    assert second["procedure"]["code"] == BIRTH
    assert second["conversation_id"] == name


def test_a_conversation_keeps_its_name_from_the_first_greeting_on(web: TestClient) -> None:
    name = web.post("/v1/chat", json=body("xin chào")).json()["conversation_id"]
    for question in (BIRTH_QUESTION, "mất mấy ngày?"):
        answer = web.post("/v1/chat", json=body(question, conversation_id=name)).json()
        assert answer["conversation_id"] == name
    assert answer["procedure"]["code"] == BIRTH


def test_a_deleted_conversation_is_forgotten(web: TestClient) -> None:
    name = web.post("/v1/chat", json=body(BIRTH_QUESTION)).json()["conversation_id"]
    assert web.delete(f"/v1/chat/{name}").status_code == 204
    conversations: Conversations = web.app.state.conversations  # type: ignore[attr-defined]
    assert conversations.find(name) is None


def test_a_conversation_is_forgotten_after_its_hours(ward: Parts) -> None:
    conversations = Conversations(ward.database, hours=0)
    conversations.keep("alte-abcdefgh", Conversation(topic=BIRTH), is_new=True)
    assert conversations.find("alte-abcdefgh") is None


def test_two_tabs_that_open_the_same_conversation_do_not_collide(ward: Parts) -> None:
    conversations = Conversations(ward.database, hours=1)
    for topic in ("1.000894", BIRTH):
        conversations.keep("tabs-abcdefgh", Conversation(topic=topic), is_new=True)
    assert conversations.find("tabs-abcdefgh") == Conversation(topic=BIRTH)


def test_the_same_question_is_answered_again_without_searching(web: TestClient) -> None:
    question = "thủ tục đăng ký kết hôn cần giấy tờ gì"
    first, second = (web.post("/v1/chat", json=body(question)).json() for _ in range(2))
    assert list(second["timings_ms"]) == ["repeated"]
    assert {**first, "timings_ms": 0, "conversation_id": 0} == {**second, "timings_ms": 0, "conversation_id": 0}


def test_a_question_with_personal_data_is_kept_nowhere(web: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    number = "012345678901"
    question = f"số căn cước của tôi là {number}, đăng ký khai sinh cần gì"
    with caplog.at_level(logging.DEBUG):
        for _ in range(2):
            answer = web.post("/v1/chat", json=body(question)).json()
    assert "repeated" not in answer["timings_ms"]
    assert number not in answer["text"]
    assert number not in caplog.text
    assert number not in web.get("/metrics").text


class Slow:
    """An assistant that takes its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def ask(self, question: str) -> Answer:
        return Answer(AnswerStatus.GREETING, "")

    def turn(self, question: str, commune: str | None, before: Conversation) -> object:
        time.sleep(self.seconds)
        raise AssertionError("nobody waits for this")


class SlowWard(Parts):
    chatbot = Slow(0.3)  # type: ignore[assignment]


@pytest.fixture
def slow(ward: Parts) -> Iterator[TestClient]:
    settings = ward.settings.model_copy(update={"web_answer_seconds": 0.05})
    with TestClient(create_app(SlowWard(settings))) as client:
        yield client


def test_an_answer_that_takes_too_long_is_a_problem_that_says_when_to_come_back(slow: TestClient) -> None:
    response = slow.post("/v1/chat", json=body("a"))
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0


def test_a_stream_whose_answer_takes_too_long_ends_with_an_error_answer(slow: TestClient) -> None:
    done = events_of(slow.post("/v1/chat", json=body("a"), headers=EVENTS).text)[-1]
    assert done.kind == "done"
    assert done.data["status"] == "error"
    assert "18001096" in str(done.data["text"])


@pytest.mark.parametrize(
    ("accept", "streams"),
    [
        ("text/event-stream", True),
        ("TEXT/EVENT-STREAM;charset=utf-8", True),
        ("application/json, text/event-stream", True),
        ("text/event-stream, */*;q=0.1", True),
        ("application/json, text/event-stream;q=0.5", False),
        ("text/event-stream;q=0, application/json", False),
        ("text/event-stream;q=nonsense", False),
        ("text/event-streaming", False),
        ("text/*", False),
        ("", False),
    ],
)
def test_events_are_sent_to_who_likes_them_no_less_than_json(web: TestClient, accept: str, streams: bool) -> None:
    response = web.post("/v1/chat", json=body("xin chào"), headers={"Accept": accept})
    assert response.headers["content-type"].startswith("text/event-stream") is streams


class Breaking(Slow):
    """An assistant that breaks, and names in its error what it was asked."""

    def turn(self, question: str, commune: str | None, before: Conversation) -> object:
        raise ValueError(question)


class BreakingWard(Parts):
    chatbot = Breaking(0)  # type: ignore[assignment]


def test_a_stream_whose_answer_breaks_ends_with_an_error_answer_and_the_log_names_the_place_alone(
    ward: Parts, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(create_app(BreakingWard(ward.settings))) as client, caplog.at_level(logging.DEBUG):
        done = events_of(client.post("/v1/chat", json=body("điều riêng tư"), headers=EVENTS).text)[-1]
    assert (done.kind, done.data["status"]) == ("done", "error")
    assert "riêng tư" not in caplog.text + str([vars(record) for record in caplog.records])
    (failed,) = (record for record in caplog.records if record.name == "motcua.web" and record.levelname == "ERROR")
    assert failed.reason == "ValueError"  # type: ignore[attr-defined]
    assert failed.place.startswith("test_web_chat.py:")  # type: ignore[attr-defined]


def test_long_questions_are_not_kept_ready(web: TestClient) -> None:
    question = f"thủ tục đăng ký kết hôn cần giấy tờ gì {'ạ ' * 300}"
    for _ in range(2):
        answer = web.post("/v1/chat", json=body(question)).json()
    assert "repeated" not in answer["timings_ms"]


def test_feedback_is_kept_beside_the_ratings_of_the_other_channels(web: TestClient, ward: Parts) -> None:
    given = {"helpful": False, "reason": "incomplete", "procedure_code": BIRTH, "commune": COMMUNE}
    assert web.post("/v1/feedback", json=given).status_code == 201
    with ward.database.connect() as connection:
        row = connection.execute(select(RatingRow.channel, RatingRow.procedure_code, RatingRow.reason)).all()[-1]
    assert tuple(row) == ("web", BIRTH, "Thiếu thông tin")
    assert Ratings(ward.database).counts()[(False, "Thiếu thông tin")] >= 1


def test_a_conversation_may_ask_only_so_often(ward: Parts) -> None:
    limited = with_settings(ward, web_conversation_rate="2/minute", web_rate_exempt="")
    with TestClient(create_app(limited)) as client:
        asked = [client.post("/v1/chat", json=body("xin chào", conversation_id="abcdefgh1234")) for _ in range(3)]
    assert [one.status_code for one in asked] == [200, 200, 429]
    assert asked[-1].json()["status"] == 429
