"""A channel in the smallest form: what is typed in a terminal is an event, what is printed is a message."""

import asyncio
import sys
from collections.abc import Callable
from typing import TextIO

from bot.channels import Event, Outgoing, Reply, Store
from bot.queueing import now_ms
from bot.quota import Limits


class Console:
    """The terminal as a channel."""

    name = "console"
    secret = "console"
    limits: Limits | None = None
    uses_webhook = False

    def __init__(
        self, source: TextIO = sys.stdin, target: TextIO = sys.stdout, clock: Callable[[], int] = now_ms
    ) -> None:
        self._source = source
        self._target = target
        self._clock = clock

    async def poll(self, store: Store) -> None:
        """Store every line until the input ends."""
        number = 0
        while line := await asyncio.to_thread(self._source.readline):
            number += 1
            moment = self._clock()
            await store([Event(self.name, "terminal", f"{moment}-{number}", moment, text=line.strip())])

    def render(self, reply: Reply, room: int | None) -> tuple[Outgoing, ...]:
        """A reply as lines of text."""
        lines = [reply.text]
        lines += [f"({number}) {choice.label}" for number, choice in enumerate(reply.choices, 1)]
        lines += [f"[{link.n}] {link.label}: {link.url}" for link in reply.links]
        text = "\n".join(lines)
        return (Outgoing(text, text),)

    async def send(self, user_key: str, body: str) -> str:
        """Print a message."""
        self._target.write(f"{body}\n\n")
        self._target.flush()
        return ""

    async def close(self) -> None:
        """Nothing to let go."""
