"""What the load test of the web runs: `motcua serve`, a Chroma server for several workers, and what they take up."""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).parents[2]
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port and its process."""

    port: int
    pid: int

    def memory_mb(self) -> float:
        """The resident memory of the server and its workers."""
        return float(sum(one.memory_info().rss for one in self._processes()) / 2**20)

    def worked(self) -> float:
        """Their processor time in seconds."""
        return float(sum(one.cpu_times().user + one.cpu_times().system for one in self._processes()))

    def _processes(self) -> list[psutil.Process]:
        server = psutil.Process(self.pid)
        return [server, *server.children(recursive=True)]


@contextmanager
def serving(data: Path, port: int, workers: int = 1, chroma: str | None = None) -> Iterator[Served]:
    """`motcua serve` over a data folder, ready to answer."""
    words = ["serve", "--data", str(data), "--port", str(port), "--workers", str(workers)]
    environment = dict(os.environ) | ({"MOTCUA_CHROMA_URL": chroma} if chroma else {})
    command = [sys.executable, "-m", "api.cli", *words]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/readyz")
            yield Served(port, server.pid)
        finally:
            server.terminate()


@contextmanager
def chroma_server(folder: Path, port: int) -> Iterator[str]:
    """`chroma run` over an empty folder: its address."""
    program = Path(sysconfig.get_path("scripts")) / "chroma"
    command = [sys.executable, str(program), "run", "--path", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/api/v2/heartbeat")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()


def published_on(chroma: str, data: Path, folder: Path) -> Path:
    """A copy of a store in a folder, published on a Chroma server."""
    folder.mkdir()
    shutil.copy(data / "motcua.db", folder)
    command = [sys.executable, "-m", "api.cli", "publish", "--data", str(folder)]
    subprocess.run(command, cwd=ROOT, env=dict(os.environ) | {"MOTCUA_CHROMA_URL": chroma}, check=True)
    return folder


def _wait(address: str) -> None:
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        try:
            with urlopen(address) as response:
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"{address} is not ready after {_PATIENCE_S} s")
