"""Replay a question set against a server at a fixed rate.

Open loop: a slow answer does not slow the next question down, so waiting is counted as people would feel it.
"""

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from eval.errors import AssistantUnreachable
from eval.gold import GoldQuestion
from eval.measures.latency import Latency, latency

_LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Load:
    """Where to, how many questions a second, for how many seconds."""

    url: str
    rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Replay:
    """What came back.

    `waits` are counted from the moment a question was due; `endings` by status or kind of failure.
    """

    asked: int
    seconds: float
    waits: Latency
    endings: dict[str, int]
    failed: int

    @property
    def lines(self) -> list[str]:
        """The figures as lines to print."""
        endings = ", ".join(f"{name} {count}" for name, count in sorted(self.endings.items()))
        rate, waits = self.asked / self.seconds, self.waits
        slow = f"95 % {waits.p95:.0f} ms, 99 % {waits.p99:.0f} ms, longest {waits.longest:.0f} ms"
        return [
            f"asked {self.asked} in {self.seconds:.1f} s: {rate:.2f} a second, {self.failed} failed",
            f"wait: median {waits.median:.0f} ms, {slow}",
            f"endings: {endings}",
        ]


async def replay(load: Load, questions: Sequence[GoldQuestion], client: httpx.AsyncClient) -> Replay:
    """Send questions at the given rate, in turn, and wait for all answers. Raises AssistantUnreachable.

    Only a server on this machine is asked: a load test must not hit a ward's live server by accident.
    """
    if httpx.URL(load.url).host not in _LOCAL:
        raise AssistantUnreachable(f"{load.url}: load is only put on this machine; name http://127.0.0.1:PORT")
    await _greet(load, client)
    due = [number / load.rate for number in range(max(1, int(load.rate * load.seconds)))]
    started = time.perf_counter()
    results = await asyncio.gather(
        *(_ask(client, gold, started + moment) for gold, moment in zip(itertools.cycle(questions), due, strict=False))
    )
    seconds = max(time.perf_counter() - started, load.seconds)
    waits = [wait for wait, _ending in results]
    endings = Counter(ending for _wait, ending in results)
    failed = sum(
        count for ending, count in endings.items() if ending.startswith(("HTTP", "failed")) or ending == "error"
    )
    return Replay(len(results), seconds, latency(waits), dict(endings), failed)


async def _greet(load: Load, client: httpx.AsyncClient) -> None:
    try:
        (await client.get("/healthz")).raise_for_status()
    except httpx.HTTPError as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise AssistantUnreachable(f"{load.url}: {reason}; is `motcua serve` running?") from error


async def _ask(client: httpx.AsyncClient, gold: GoldQuestion, due: float) -> tuple[float, str]:
    """Milliseconds from when the question was due to its answer, and how it ended."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    body = {"question": gold.question} | ({"commune": gold.commune} if gold.commune else {})
    try:
        response = await client.post("/v1/chat", json=body)
        ending = str(response.json()["status"]) if response.is_success else f"HTTP {response.status_code}"
    except httpx.HTTPError as error:
        ending = f"failed: {type(error).__name__}"
    except (ValueError, KeyError, TypeError):
        ending = "failed: not as the contract says"
    return (time.perf_counter() - due) * 1000, ending
