"""`motcua serve [--host] [--port] [--workers]`: API, widget, pages."""

import argparse
import multiprocessing
import os
import signal
import sys
import threading
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.metrics import shared_counts
from api.trace import log_as_json
from api.workers import Workers, of_each
from bot.assemble import Parts
from bot.settings import Settings, load_settings

_PATIENCE_S = 30  # A process answers nobody before it has loaded its modules: 15 s on one busy core.


@dataclass(frozen=True)
class Application:
    """Makes the application inside the process that serves it; can be sent to a worker process."""

    settings: Settings
    counts: Path | None = None

    def __call__(self) -> FastAPI:
        """The application with its logs."""
        log_as_json()
        if (parent := multiprocessing.parent_process()) is not None:
            threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
        return create_app(Parts(self.settings), self.counts)


def _end_with(parent: BaseProcess) -> None:
    """Nobody would replace or stop a process whose parent was killed, and its port would stay taken."""
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes that answer side by side (default 1)")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    settings = load_settings(data=options.data)
    Parts(settings).store  # noqa: B018 - a folder that cannot be used is refused here, in one line
    with shared_counts() if options.workers > 1 else nullcontext() as counts:
        return _served(options, settings, counts)


def configured(options: argparse.Namespace, settings: Settings, counts: Path | None) -> uvicorn.Config:
    """How the server runs."""
    return uvicorn.Config(
        Application(settings, counts),
        factory=True,
        host=options.host,
        port=options.port,
        workers=options.workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=_PATIENCE_S,
        forwarded_allow_ips=settings.web_trusted_proxies,
    )


def _served(options: argparse.Namespace, settings: Settings, counts: Path | None) -> int:
    config = configured(options, settings, counts)
    try:
        listening = config.bind_socket()
    except SystemExit:
        print(f"motcua serve: port {options.port} is taken; choose another with --port", file=sys.stderr)
        return 1
    print(f"Một Cửa: http://{options.host}:{options.port}/", flush=True)
    print("Thử hỏi: “Đăng ký khai sinh cần giấy tờ gì?” hoặc “nop phi le phi online the nao”", flush=True)
    if options.workers > 1:
        if settings.web_rate_store.startswith("memory:"):
            print("Each process counts requests for itself; MOTCUA_WEB_RATE_STORE=redis://… counts them together.")
        Workers(config, of_each(listening, options.workers), counts).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])
    return 0
