"""How the web bears load: python tests/soak/web_load.py --data DIR [--rate 200] [--seconds 20] [--soak 600]

Starts `motcua serve` on loopback and asks it as citizens do: in an open loop (a question goes out when its time has
come, whether or not the one before is answered), then with many event streams at once, then for `--soak` seconds
while its memory is watched. `--repeats` is the share of questions that were asked before (0: every question is new).
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parents[2]
_IDLE_SECONDS = 3.0
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


def questions_of(port: int, count: int, repeats: float) -> list[str]:
    """Questions about all procedures; a share of them was asked before."""
    names: list[str] = []
    while True:
        address = f"http://127.0.0.1:{port}/v1/procedures?limit=200&offset={len(names)}"
        with urlopen(address) as response:
            page = json.load(response)["procedures"]
        if not page:
            break
        names += [one["name"][:120] for one in page]
    chance = random.Random(7)
    asked: list[str] = []
    for _ in range(count):
        if asked and chance.random() < repeats:
            asked.append(asked[int(len(asked) * chance.random() ** 3)])
        else:
            asked.append(f"{chance.choice(names)} {chance.choice(_ASPECTS)}")
    return asked


def processes(pid: int) -> list[psutil.Process]:
    """The server and its workers."""
    server = psutil.Process(pid)
    return [server, *server.children(recursive=True)]


def memory_mb(pid: int) -> float:
    """Their resident memory."""
    return float(sum(one.memory_info().rss for one in processes(pid)) / 2**20)


def worked(pid: int) -> float:
    """Their processor time in seconds."""
    return float(sum(one.cpu_times().user + one.cpu_times().system for one in processes(pid)))


async def measured(port: int, pid: int, options: argparse.Namespace) -> None:
    """All the measurements."""
    for share in options.repeats:
        questions = questions_of(port, int(options.rate * options.seconds), share)
        begun, work = time.perf_counter(), worked(pid)
        tally = await open_loop(port, questions, options.rate)
        tally.report(f"open loop, {share:.0%} asked before", time.perf_counter() - begun, worked(pid) - work)
    questions = questions_of(port, options.clients, 0.5)
    begun, work = time.perf_counter(), worked(pid)
    tally = await streams(port, questions)
    tally.report(f"{options.clients} event streams at once", time.perf_counter() - begun, worked(pid) - work)
    say(f"memory: {memory_mb(pid):.0f} MB")
    until = time.monotonic() + options.soak
    while time.monotonic() < until:
        await open_loop(port, questions_of(port, int(options.rate * 10), 0.9), options.rate)
        say(f"soak: {until - time.monotonic():.0f} s left, memory {memory_mb(pid):.0f} MB")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--port", type=int, default=8199)
    parser.add_argument("--rate", type=float, default=200.0)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--repeats", type=float, nargs="+", default=[0.9, 0.0])
    parser.add_argument("--clients", type=int, default=500)
    parser.add_argument("--soak", type=float, default=0.0)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    words = ["serve", "--data", options.data, "--port", str(options.port), "--workers", str(options.workers)]
    with subprocess.Popen([sys.executable, "-m", "api.cli", *words], cwd=ROOT, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(options.port)
            asyncio.run(measured(options.port, server.pid, options))
        finally:
            server.terminate()


def _wait(port: int) -> None:
    for _ in range(240):
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz") as response:
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError("the server is not ready after a minute")


if __name__ == "__main__":
    main()
