"""A running server is asked over HTTP; only what citizens see is judged."""

import json
from collections.abc import Callable

import httpx
import pytest

from eval.errors import AssistantUnreachable
from eval.gold import GoldQuestion
from eval.on_server import OnServer

GOLD = GoldQuestion(
    id="a", question="còn lệ phí", history=("khai sinh",), commune="phuong-mau", expect="answered", codes=("1.001193",)
)
ANSWER = {
    "conversation_id": "c1",
    "status": "answered",
    "text": "Lệ phí: 8.000 đồng [1]",
    "citations": [
        {
            "n": 1,
            "document_id": "tthc-1.001193",
            "title": "Đăng ký khai sinh",
            "as_of": "2026-07-31",
            "path": "Phí",
            "quote": "8000 VNĐ",
            "url": "/c/1",
        }
    ],
    "procedure": {"code": "1.001193", "name": "Đăng ký khai sinh"},
    "options": [{"label": "Đăng ký lại"}],
    "timings_ms": {"search": 2.0},
}


def server(answer: Callable[[httpx.Request], httpx.Response]) -> OnServer:
    return OnServer(httpx.Client(base_url="http://127.0.0.1:1", transport=httpx.MockTransport(answer)))


def test_history_is_asked_first_in_the_same_conversation():
    bodies = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        return httpx.Response(200, json=ANSWER)

    reply = server(answer).reply(GOLD, "con le phi")
    assert bodies == [
        {"question": "khai sinh", "commune": "phuong-mau"},
        {"question": "con le phi", "commune": "phuong-mau", "conversation_id": "c1"},
    ]
    assert (reply.status, reply.code, reply.found) == ("answered", "1.001193", None)
    assert reply.sources[0].as_of is not None
    assert reply.choices[0].code is None


def refuse(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


@pytest.mark.parametrize(
    "answer",
    [
        refuse,
        lambda request: httpx.Response(500),
        lambda request: httpx.Response(200, json={"status": "answered"}),
        lambda request: httpx.Response(200, text="<html>"),
    ],
)
def test_a_server_that_fails_is_named_in_one_line(answer: Callable[[httpx.Request], httpx.Response]):
    with pytest.raises(AssistantUnreachable, match=r"http://127\.0\.0\.1:1") as caught:
        server(answer).reply(GOLD, GOLD.question)
    assert "\n" not in str(caught.value)
