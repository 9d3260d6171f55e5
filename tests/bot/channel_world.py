"""What the channel tests share: databases, a clock that is moved by hand, a fake assistant and a fake channel."""

import os
import socket
import uuid
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from bot.answer import Answer, AnswerStatus, Citation, Option, ProcedureRef
from bot.channels import Event, EventKind, Outgoing, Reply, SendFailed
from bot.conversation import Conversation
from bot.exchange import Exchange, House
from bot.quota import Limits
from bot.turn import Turn
from bot.worker import Worker
from corpus.database import connect, migrate

POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
MORNING = 1_795_575_600_000  # 2026-11-25 10:00 in Vietnam, a Wednesday


class Clock:
    """A clock that is moved by hand; milliseconds."""

    def __init__(self, now: int = MORNING) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now

    def forward(self, *, seconds: float = 0, hours: float = 0, days: float = 0) -> None:
        self.now += int((seconds + hours * 3600 + days * 86_400) * 1000)


class FakeAssistant:
    """Answers what it was told to, else repeats the question; remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = deque(answers)
        self.asked: list[tuple[str, Conversation]] = []
        self.failures: deque[Exception] = deque()

    def turn(self, question: str, commune: str | None, before: Conversation) -> Turn:
        self.asked.append((question, before))
        if self.failures:
            raise self.failures.popleft()
        turn = Turn(question, commune, before)
        turn.answer = self.answers.popleft() if self.answers else said(f"Về: {question}")
        turn.after = Conversation(topic="1.001193", options=turn.answer.options)
        return turn


class FakeChannel:
    """A channel that keeps what it is given; `failures` are raised by the next sends."""

    secret = "s3cret"

    def __init__(self, name: str = "fake", limits: Limits | None = None) -> None:
        self.name = name
        self.limits = limits
        self.sent: list[tuple[str, str]] = []
        self.failures: deque[SendFailed | None] = deque()

    def render(self, reply: Reply, room: int | None) -> tuple[Outgoing, ...]:
        labels = [f"<{choice.label}|{choice.payload}>" for choice in (*reply.choices, *reply.ratings)]
        shown = "\n".join([reply.text, *labels])
        return (Outgoing(shown, shown),)

    async def send(self, user_key: str, body: str) -> str:
        failure = self.failures.popleft() if self.failures else None
        if failure is not None:
            raise failure
        self.sent.append((user_key, body))
        return f"out-{len(self.sent)}"

    async def close(self) -> None:
        return

    def to(self, user_key: str) -> list[str]:
        """What one person was sent."""
        return [body for key, body in self.sent if key == user_key]


def said(words: str, status: AnswerStatus = AnswerStatus.ANSWERED, *options: Option) -> Answer:
    """An answer with one citation when it is one."""
    if status is not AnswerStatus.ANSWERED:
        return Answer(status, words, options=options)
    cited = citation(1)
    return Answer(status, f"{words} [1]", (cited,), ProcedureRef("1.001193", "Đăng ký khai sinh"), options)


def citation(n: int, url: str = "https://phuongmau.gov.vn/c/") -> Citation:
    """A source."""
    return Citation(
        n, f"chunk{n}", "1.001193", "Đăng ký khai sinh", None, None, None, "Lệ phí", "Miễn lệ phí.", f"{url}chunk{n}"
    )


def event(text: str = "chào", user: str = "u1", number: int = 0, **more: object) -> Event:
    """A typed message; every number is another message, written a second after the one before."""
    values = {
        "channel": "fake",
        "user_key": user,
        "message_id": f"{user}-{number}",
        "at_ms": MORNING + number * 1000,
        "kind": EventKind.TEXT,
        "text": text,
        **more,
    }
    return Event(**values)  # type: ignore[arg-type]


def exchange(
    engine: Engine, assistant: FakeAssistant, *channels: FakeChannel, clock: Clock, house: House | None = None
) -> Exchange:
    """An exchange over a fake assistant and fake channels."""
    return Exchange(engine, channels or (FakeChannel(),), lambda: assistant, house or House(), clock)


async def work(worker: Worker, exchange: Exchange) -> None:
    """Let a worker answer and send all that can be answered and sent now."""
    busy = True
    while busy:
        sent = [await worker.send_some(channel) for channel in exchange.channels.values()]
        busy = await worker.answer_some() or any(pause is not None for pause in sent)


@contextmanager
def sqlite(folder: Path) -> Iterator[Engine]:
    """An empty database in a file."""
    engine = connect(f"sqlite:///{folder / 'motcua.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@contextmanager
def postgres() -> Iterator[Engine]:
    """An empty PostgreSQL database, dropped afterwards; skips where no server runs, never with CI=true."""
    if not _is_up() and os.environ.get("CI") != "true":
        pytest.skip("no PostgreSQL server on 127.0.0.1:5432")
    name = f"motcua_test_{uuid.uuid4().hex[:8]}"
    admin = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine = connect(POSTGRES.rsplit("/", 1)[0] + f"/{name}")
    try:
        migrate(engine)
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


def _is_up() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 5432)) == 0
