"""How the web bears load: python tests/soak/web_load.py --data DIR [--rate 200] [--soak 600] [--workers 2] [--chroma]

Starts `motcua serve` on loopback and asks it as citizens do: in an open loop (a question goes out when its time has
come, whether or not the one before is answered), then as fast as it answers, then with many event streams at once, then
for `--soak` seconds while its memory is watched. `--repeats` is the share of questions that were asked before (0: every
question is new). With `--workers` a copy of the data is published on a Chroma server of its own, and that many workers
are compared with one. Needs psutil.
"""

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import uvloop
from web_server import Served, chroma_server, published_on, serving

_IDLE_SECONDS = 3.0
_WAITING, _WARM_UP_S = 16, 3.0
_ASPECTS = ("cần giấy tờ gì", "mất bao lâu", "lệ phí bao nhiêu", "nộp ở đâu", "làm online được không")


def say(line: str) -> None:
    """One line of what was measured."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


@dataclass
class Tally:
    """What came back. Times in seconds from the moment a question was due."""

    times: list[float] = field(default_factory=list)
    failures: int = 0

    def report(self, what: str, seconds: float, worked: float) -> None:
        """One line; `worked` are the seconds of processor time that the server needed."""
        times = sorted(self.times) or [0.0]
        p50, p99 = (times[min(len(times) - 1, int(len(times) * share))] * 1000 for share in (0.5, 0.99))
        rate = len(self.times) / seconds
        say(
            f"{what}: {rate:.0f} answers/s, p50 {p50:.0f} ms, p99 {p99:.0f} ms, {self.failures} failures, "
            f"{worked / max(1, len(times)) * 1000:.1f} ms of processor time each"
        )


class Connections:
    """HTTP/1.1 connections that stay open, as few as needed: the client must not be the slower one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter, float]] = []

    async def post(self, question: str, accept: str) -> bool:
        """Ask; whether a whole answer came back."""
        reader, writer = await self._connection()
        body = json.dumps({"question": question}).encode()
        head = f"POST /v1/chat HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        fields = (await reader.readuntil(b"\r\n\r\n")).lower()
        content = await self._content(reader, fields)
        self._free.append((reader, writer, time.monotonic()))
        return fields.startswith(b"http/1.1 200") and b'"status"' in content

    async def _connection(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """One that was used a moment ago, else a new one: the server closes those that idle for five seconds."""
        if self._free:
            reader, writer, used = self._free.pop()
            if time.monotonic() - used < _IDLE_SECONDS:
                return reader, writer
            writer.close()
        return await asyncio.open_connection("127.0.0.1", self._port)

    @staticmethod
    async def _content(reader: asyncio.StreamReader, fields: bytes) -> bytes:
        if b"content-length: " in fields:
            return await reader.readexactly(int(fields.split(b"content-length: ")[1].split(b"\r\n")[0]))
        pieces = []
        while size := int(await reader.readline(), 16):
            pieces.append(await reader.readexactly(size + 2))
        await reader.readline()
        return b"".join(pieces)


async def open_loop(port: int, questions: Sequence[str], rate: float) -> Tally:
    """One question every 1/rate seconds."""
    connections, tally = Connections(port), Tally()
    begun = time.perf_counter()

    async def one(due: float, question: str) -> None:
        try:
            good = await connections.post(question, "application/json")
        except (OSError, asyncio.IncompleteReadError):
            good = False
        tally.failures += not good
        tally.times.append(time.perf_counter() - due)

    tasks = []
    for number, question in enumerate(questions):
        due = begun + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(one(due, question)))
    await asyncio.gather(*tasks)
    return tally


async def streams(port: int, questions: Sequence[str]) -> Tally:
    """All at once, each on a connection of its own."""
    tally = Tally()

    async def one(question: str) -> None:
        begun = time.perf_counter()
        try:
            good = await Connections(port).post(question, "text/event-stream")
        except (OSError, asyncio.IncompleteReadError):
            good = False
        tally.failures += not good
        tally.times.append(time.perf_counter() - begun)

    await asyncio.gather(*(one(question) for question in questions))
    return tally


class Questions:
    """Questions about all procedures, one stream of them for a whole run: what was asked before is in a cache."""

    def __init__(self, port: int) -> None:
        self._names: list[str] = []
        self._chance = random.Random(7)
        while True:
            address = f"http://127.0.0.1:{port}/v1/procedures?limit=200&offset={len(self._names)}"
            with urlopen(address) as response:
                page = json.load(response)["procedures"]
            if not page:
                break
            self._names += [one["name"][:120] for one in page]

    def new(self) -> str:
        """One that was most likely not asked before."""
        return f"{self._chance.choice(self._names)} {self._chance.choice(_ASPECTS)}"

    def some(self, count: int, repeats: float) -> list[str]:
        """Some, of which a share was asked before."""
        asked: list[str] = []
        for _ in range(count):
            again = asked and self._chance.random() < repeats
            asked.append(asked[int(len(asked) * self._chance.random() ** 3)] if again else self.new())
        return asked


async def capacity(port: int, questions: Questions, clients: int, seconds: float) -> Tally:
    """As many answers as there can be: every client asks again as soon as it was answered."""
    tally = Tally()
    until = time.perf_counter() + seconds

    async def one() -> None:
        connections = Connections(port)
        while time.perf_counter() < until:
            begun = time.perf_counter()
            tally.failures += not await connections.post(questions.new(), "application/json")
            tally.times.append(time.perf_counter() - begun)

    await asyncio.gather(*(one() for _ in range(clients)))
    return tally


async def measured(server: Served, options: argparse.Namespace) -> None:
    """All the measurements of one server."""
    port, questions = server.port, Questions(server.port)
    await capacity(port, questions, _WAITING, _WARM_UP_S)
    for share in options.repeats:
        asked = questions.some(int(options.rate * options.seconds), share)
        begun, work = time.perf_counter(), server.worked()
        tally = await open_loop(port, asked, options.rate)
        tally.report(f"open loop, {share:.0%} asked before", time.perf_counter() - begun, server.worked() - work)
    await fastest(server, questions, options.seconds)
    asked = questions.some(options.clients, 0.5)
    begun, work = time.perf_counter(), server.worked()
    tally = await streams(port, asked)
    tally.report(f"{options.clients} event streams at once", time.perf_counter() - begun, server.worked() - work)
    say(f"memory: {server.memory_mb():.0f} MB")
    if options.soak:
        await soaked(server, questions, options)


async def fastest(server: Served, questions: Questions, seconds: float) -> float:
    """Answers a second to new questions when there are always some waiting."""
    begun, work = time.perf_counter(), server.worked()
    tally = await capacity(server.port, questions, _WAITING, seconds)
    seconds = time.perf_counter() - begun
    tally.report(f"as fast as it can, {_WAITING} waiting, all new", seconds, server.worked() - work)
    return len(tally.times) / seconds


async def soaked(server: Served, questions: Questions, options: argparse.Namespace) -> None:
    """Memory under steady load; what it grows after the first quarter, when caches have filled, is a leak."""
    begun, held = time.monotonic(), list[tuple[float, float]]()
    while (passed := time.monotonic() - begun) < options.soak:
        await open_loop(server.port, questions.some(int(options.rate * 10), 0.5), options.rate)
        held.append((passed, server.memory_mb()))
        say(f"soak: {options.soak - passed:.0f} s left, memory {held[-1][1]:.0f} MB")
    settled = [memory for passed, memory in held if passed >= options.soak / 4] or [held[-1][1]]
    say(f"soak: {settled[0]:.0f} MB after a quarter, {settled[-1]:.0f} MB at the end, {max(settled):.0f} MB at most")


def compared(options: argparse.Namespace) -> None:
    """One worker and several over the same Chroma server."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        with chroma_server(place / "chroma", options.port + 1) as address:
            data = published_on(address, options.data, place / "data")
            rates = []
            for workers in (1, options.workers):
                with serving(data, options.port, workers, address) as server:
                    say(f"{workers} worker(s) and a Chroma server:")
                    questions = Questions(server.port)
                    uvloop.run(capacity(server.port, questions, _WAITING, _WARM_UP_S))
                    rates.append(uvloop.run(fastest(server, questions, options.seconds)))
    say(f"{options.workers} workers answer {rates[1] / rates[0]:.2f} times as many questions as one")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--repeats", type=float, nargs="+", default=[0.9, 0.0])
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--soak", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--chroma", action="store_true")
    options = parser.parse_args()
    if options.chroma:
        compared(options)
        return
    with serving(options.data, options.port, options.workers) as server:
        uvloop.run(measured(server, options))


if __name__ == "__main__":
    main()
