"""Many events, duplicates, failing sends and workers killed with -9; then every answer is counted.

    python tests/soak/channels.py --events 2000 --kills 5
    python tests/soak/channels.py --database postgresql+psycopg://postgres@127.0.0.1/postgres --workers 3

Four kinds of processes talk HTTP to each other: Zalo (simulated), the webhook server, the workers, and this one.
"""

import argparse
import asyncio
import itertools
import json
import multiprocessing
import os
import random
import signal
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, replace
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import create_engine, text
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).parents[2]))

from api import webhooks
from api.commands.worker import BEHIND_WEBHOOKS
from bot.answer import Answer, AnswerStatus
from bot.conversation import Conversation
from bot.exchange import Exchange, House
from bot.queueing import Pace
from bot.quota import Limits
from bot.tokens import App, TokenKeeper
from bot.turn import Turn
from bot.zalo_oa import ZaloApp, ZaloOa
from corpus.database import connect, migrate
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, OA_SECRET, ZaloOaServer, signed, webhook

PACE = Pace(attempts=12, lease_ms=5_000, settle_ms=300, backoff_ms=200, longest_ms=2_000)
TIMEOUT_S = 240


@dataclass(frozen=True)
class Plan:
    """How much, how fast and how rough."""

    events: int = 2000
    rate: int = 200
    people: int = 150
    kills: int = 5
    workers: int = 1
    duplicates: float = 0.1
    failures: float = 0.05
    database: str = ""
    seed: int = 11


@dataclass(frozen=True)
class Result:
    """What came of it. `out_of_order`: pairs answered the wrong way round though both were there in time;
    `came_too_late`: pairs whose earlier event was stored only after the later one had stopped waiting for it.
    """

    events: int
    posted: int
    answered: int
    lost: int
    repeated: int
    out_of_order: int
    came_too_late: int
    kills: int
    seconds: float
    webhook_median_ms: float
    webhook_p99_ms: float
    webhook_max_ms: float
    refused: int


@dataclass(frozen=True)
class Posted:
    """One call: when it was sent and when 200 came back, seconds of the same clock."""

    words: str
    sent: float
    stored: float


class Echo:
    """Answers with the question, so that every answer can be told from every other."""

    def turn(self, question: str, commune: str | None, before: Conversation) -> Turn:
        """One turn."""
        turn = Turn(question, commune, before)
        turn.answer = Answer(AnswerStatus.OUT_OF_SCOPE, f"Trả lời: {question}")
        return turn


def exchange_of(database: str, zalo_url: str) -> Exchange:
    """The real exchange with the real Zalo client, over a database and a simulated Zalo."""
    engine = connect(database)
    keeper = TokenKeeper(engine, App(APP_ID, APP_SECRET, zalo_url), httpx.AsyncClient(timeout=10))
    app = ZaloApp(APP_ID, OA_SECRET, api_url=zalo_url)
    limits = Limits(free_messages=100_000, quiet=None)
    channel = ZaloOa(app, keeper, httpx.AsyncClient(timeout=10), limits)
    return Exchange(engine, [channel], Echo, House(pace=PACE))


def zalo_process(port: int, failures: float, seed: int) -> None:
    """Zalo, with a page that tells what it was sent."""
    zalo = ZaloOaServer(fail_share=failures, seed=seed)

    async def sent(request: Request) -> JSONResponse:
        return JSONResponse([[one.user_id, one.text] for one in zalo.sent])

    app = zalo.app
    app.routes.append(Route("/sent", sent))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", lifespan="off", access_log=False)


def webhook_process(port: int, database: str, zalo_url: str) -> None:
    """The webhook route alone; the work is left to the worker processes."""
    exchange = exchange_of(database, zalo_url)
    app = FastAPI()
    settings = SimpleNamespace(webhook_limit_bytes=262_144)
    app.state.parts = SimpleNamespace(channels=tuple(exchange.channels.values()), exchange=exchange, settings=settings)
    app.include_router(webhooks.router)
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", lifespan="off", access_log=False)


def worker_process(database: str, zalo_url: str) -> None:
    """One worker, until it is killed."""
    os.nice(BEHIND_WEBHOOKS)  # as `motcua worker` does
    asyncio.run(exchange_of(database, zalo_url).worker().run())


def events_of(plan: Plan) -> list[dict[str, Any]]:
    """The calls in the order in which Zalo makes them: duplicates come later, neighbours now and then swapped."""
    chance = random.Random(plan.seed)
    start = time.time_ns() // 1_000_000
    counts: Counter[str] = Counter()
    calls = []
    for number in range(plan.events):
        user = f"user-{chance.randrange(plan.people)}"
        counts[user] += 1
        at_ms = start + number * 1000 // plan.rate
        calls.append(webhook("user_send_text", user, f"{user} câu {counts[user]}", msg_id=f"m-{number}", at_ms=at_ms))
    places = [
        (position + (chance.random() * 30 if chance.random() < 0.1 else 0), call) for position, call in enumerate(calls)
    ]
    places += [
        (position + chance.random() * 200, call)
        for position, call in enumerate(calls)
        if chance.random() < plan.duplicates
    ]
    return [call for _, call in sorted(places, key=lambda place: place[0])]


async def drive(plan: Plan, database: str, ports: tuple[int, int]) -> Result:
    """Run everything and count."""
    context = multiprocessing.get_context("spawn")
    zalo_url, hook_url = (f"http://127.0.0.1:{port}" for port in ports)
    servers = [
        context.Process(target=zalo_process, args=(ports[0], plan.failures, plan.seed), daemon=True),
        context.Process(target=webhook_process, args=(ports[1], database, zalo_url), daemon=True),
    ]

    def new_worker() -> BaseProcess:
        process = context.Process(target=worker_process, args=(database, zalo_url), daemon=True)
        process.start()
        return process

    for server in servers:
        server.start()
    workers = [new_worker() for _ in range(plan.workers)]
    try:
        async with httpx.AsyncClient(timeout=30) as http:
            await _up(http, f"{zalo_url}/sent")
            await _up(http, f"{hook_url}/docs")
            started = time.perf_counter()
            killing = asyncio.create_task(_kill(plan, workers, new_worker))
            calls = events_of(plan)
            posted, refused = await _post_all(http, f"{hook_url}/webhooks/zalo-oa", calls, plan.rate)
            await killing
            sent = await _settled(http, f"{zalo_url}/sent", plan.events)
            seconds = time.perf_counter() - started
    finally:
        for process in [*workers, *servers]:
            process.kill()
            process.join()
    return _judged(plan, calls, sent, posted, refused, seconds)


async def _kill(plan: Plan, workers: list[BaseProcess], new_worker: Any) -> None:
    """Kill a worker -9 while it works, again and again, and start another one in its place."""
    chance = random.Random(plan.seed + 1)
    span = plan.events / plan.rate
    # A fresh worker needs seconds to import; kills are spread so that each one hits a working process.
    for _ in range(plan.kills):
        await asyncio.sleep(max(span / plan.kills, 3.0) * (0.8 + 0.4 * chance.random()))
        place = chance.randrange(len(workers))
        pid = workers[place].pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        workers[place].join()
        workers[place] = await asyncio.to_thread(new_worker)


async def _post_all(
    http: httpx.AsyncClient, url: str, calls: list[dict[str, Any]], rate: int
) -> tuple[list[Posted], int]:
    posted: list[Posted] = []
    refused = 0

    async def post(call: dict[str, Any]) -> None:
        nonlocal refused
        body, headers = signed(call)
        for _ in range(3):  # Zalo, too, calls again when a connection breaks.
            begun = time.perf_counter()
            try:
                response = await http.post(url, content=body, headers=headers)
            except httpx.TransportError:
                continue
            posted.append(Posted(call["message"]["text"], begun, time.perf_counter()))
            refused += response.status_code != 200
            return
        refused += 1

    start = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number, call in enumerate(calls):
            await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            tasks.create_task(post(call))
    return posted, refused


async def _settled(http: httpx.AsyncClient, url: str, events: int) -> list[tuple[str, str]]:
    """What Zalo was sent, when nothing new has come for a while."""
    deadline = time.perf_counter() + TIMEOUT_S
    before, quiet_since = -1, time.perf_counter()
    while time.perf_counter() < deadline:
        sent = (await http.get(url)).json()
        if len(sent) != before:
            before, quiet_since = len(sent), time.perf_counter()
        distinct = len({answer for _, answer in sent})
        if time.perf_counter() - quiet_since > (6 if distinct >= events else 30):
            break
        await asyncio.sleep(0.5)
    return [(user, answer) for user, answer in sent]


async def _up(http: httpx.AsyncClient, url: str) -> None:
    for _ in range(300):
        try:
            await http.get(url)
            return
        except httpx.TransportError:
            await asyncio.sleep(0.1)
    raise TimeoutError(url)


def _judged(
    plan: Plan,
    calls: list[dict[str, Any]],
    sent: list[tuple[str, str]],
    posted: list[Posted],
    refused: int,
    seconds: float,
) -> Result:
    asked = {call["message"]["text"] for call in calls}
    answers = Counter(_words(answer) for _, answer in sent)
    out_of_order, came_too_late = _disorder(sent, posted)
    times = sorted((one.stored - one.sent) * 1000 for one in posted)
    return Result(
        events=len(asked),
        posted=len(calls),
        answered=len(asked & set(answers)),
        lost=len(asked - set(answers)),
        repeated=sum(count - 1 for count in answers.values()),
        out_of_order=out_of_order,
        came_too_late=came_too_late,
        kills=plan.kills,
        seconds=round(seconds, 1),
        webhook_median_ms=round(statistics.median(times), 1),
        webhook_p99_ms=round(times[int(len(times) * 0.99)], 1),
        webhook_max_ms=round(times[-1], 1),
        refused=refused,
    )


def _disorder(sent: list[tuple[str, str]], posted: list[Posted]) -> tuple[int, int]:
    """Pairs of one person's neighbouring answers that came the wrong way round: ours to answer for, and not."""
    orders: dict[str, list[str]] = defaultdict(list)
    for user, answer in sent:
        if _words(answer) not in orders[user]:
            orders[user].append(_words(answer))
    first_sent = {one.words: one.sent for one in sorted(posted, key=lambda one: -one.sent)}
    first_stored = {one.words: one.stored for one in sorted(posted, key=lambda one: -one.stored)}
    ours = late = 0
    for words in orders.values():
        for before, after in itertools.pairwise(words):
            if _number(before) > _number(after):
                in_time = first_stored[after] <= first_sent[before] + PACE.settle_ms / 1000
                ours, late = ours + in_time, late + (not in_time)
    return ours, late


def _words(answer: str) -> str:
    return answer.rsplit("Trả lời: ", 1)[-1]


def _number(words: str) -> int:
    return int(words.rsplit(" ", 1)[-1])


def free_ports() -> tuple[int, int]:
    """Two ports that nobody listens on."""
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def soak(plan: Plan) -> Result:
    """One soak in a database of its own, which is dropped afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        database = plan.database or f"sqlite:///{folder}/motcua.db"
        name = f"motcua_soak_{os.getpid()}"
        if plan.database:
            _administer(plan.database, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
            database = plan.database.rsplit("/", 1)[0] + f"/{name}"
        try:
            _prepare(database)
            return asyncio.run(drive(plan, database, free_ports()))
        finally:
            if plan.database:
                _administer(plan.database, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _prepare(database: str) -> None:
    engine = connect(database)
    migrate(engine)
    later = time.time_ns() // 1_000_000 + 90_000_000
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO channel_tokens (app_id, generation, access, refresh, access_until_ms, obtained_ms,"
                " renewing_until_ms) VALUES (:app, 1, 'access-1', 'refresh-1', :later, :later, 0)"
            ),
            {"app": APP_ID, "later": later},
        )
    engine.dispose()


def _administer(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def main() -> None:
    """Run one soak and print what came of it."""
    parser = argparse.ArgumentParser()
    for name, default in asdict(Plan()).items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    result = soak(replace(Plan(), **vars(parser.parse_args())))
    print(json.dumps(asdict(result), indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
