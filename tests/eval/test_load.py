"""Load is put on at a fixed rate, whatever the answers take, and every wait is counted."""

import asyncio
import json

import httpx
import pytest

from eval.errors import AssistantUnreachable
from eval.gold import GoldQuestion
from eval.load import Load, Replay, replay

QUESTIONS = tuple(GoldQuestion(id=f"q{n}", question=f"hỏi {n}", expect="greeting") for n in range(3))


class Server:
    """Answers after a while; every third question fails."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.asked: list[str] = []
        self.at_once = self.most_at_once = 0
        self.seconds = seconds

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/healthz":
            return httpx.Response(200, json={"status": "ok"})
        self.asked.append(json.loads(request.content)["question"])
        fails = len(self.asked) % 3 == 0
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        return httpx.Response(503) if fails else httpx.Response(200, json={"status": "greeting"})


def put_on(server: Server, load: Load) -> Replay:
    async def run() -> Replay:
        async with httpx.AsyncClient(base_url=load.url, transport=httpx.MockTransport(server)) as client:
            return await replay(load, QUESTIONS, client)

    return asyncio.run(run())


def test_questions_are_replayed_in_turn_and_endings_counted():
    server = Server()
    result = put_on(server, Load("http://127.0.0.1:1", rate=300, seconds=0.02))
    assert sorted(server.asked) == sorted(["hỏi 0", "hỏi 1", "hỏi 2"] * 2)
    assert (result.asked, result.failed) == (6, 2)
    assert result.endings == {"greeting": 4, "HTTP 503": 2}
    assert len(result.lines) == 3


def test_a_slow_server_gets_the_next_question_all_the_same():
    server = Server(seconds=0.3)
    put_on(server, Load("http://127.0.0.1:1", rate=100, seconds=0.1))
    assert server.most_at_once == 10


def test_only_this_machine_is_put_under_load():
    with pytest.raises(AssistantUnreachable, match="only put on this machine"):
        put_on(Server(), Load("http://phuong.example", rate=1, seconds=1))


def test_a_server_that_does_not_run_is_named():
    async def gone(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused", request=request)

    with pytest.raises(AssistantUnreachable, match="motcua serve"):
        put_on(gone, Load("http://127.0.0.1:1", rate=1, seconds=1))
