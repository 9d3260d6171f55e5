"""Several processes that answer side by side, each with a queue of connections of its own."""

import socket
from collections.abc import Callable
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead
from uvicorn import Config
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process


class Workers(Multiprocess):
    """Keeps the processes going; of one that died no question is waiting any more."""

    def __init__(self, config: Config, sockets: list[socket.socket], counts: Path | None) -> None:
        super().__init__(config, sockets)
        self._listening = sockets
        self._counts = counts

    def init_processes(self) -> None:
        """Begin one process for every socket."""
        for own in self._listening:
            process = Process(self.config, [own])
            process.start()
            self.processes.append(process)

    def keep_subprocess_alive(self) -> None:
        """Replace who died."""
        before = {one.pid for one in self.processes}
        self._one_by_one(super().keep_subprocess_alive)
        for gone in before - {one.pid for one in self.processes}:
            mark_process_dead(gone, str(self._counts))  # type: ignore[no-untyped-call]

    def restart_all(self) -> None:
        """Replace all."""
        self._one_by_one(super().restart_all)

    def _one_by_one(self, work: Callable[[], None]) -> None:
        """uvicorn gives every process the same sockets: it is shown each process alone, with its own."""
        processes = self.processes
        for place, own in enumerate(self._listening):
            self.sockets, self.processes = [own], [processes[place]]
            try:
                work()
            finally:
                processes[place] = self.processes[0]
        self.sockets, self.processes = self._listening, processes


def of_each(listening: socket.socket, count: int) -> list[socket.socket]:
    """A socket for each process at the address of one that is bound, which is closed.

    From one queue, the process that wakes first takes every connection that waits, and the others none. Where the
    system has no such sockets (Windows), all share the one.
    """
    if not hasattr(socket, "SO_REUSEPORT"):
        return [listening] * count
    address, family = listening.getsockname(), listening.family
    listening.close()
    return [_bound(family, address) for _ in range(count)]


def _bound(family: socket.AddressFamily, address: tuple[str, int]) -> socket.socket:
    one = socket.socket(family)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    one.bind(address)
    one.set_inheritable(True)
    return one
