"""`motcua serve [--host] [--port] [--workers]`: API, widget, pages."""

import argparse
import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.metrics import shared_counts
from api.trace import log_as_json
from bot.assemble import Parts
from bot.settings import Settings, load_settings


@dataclass(frozen=True)
class Application:
    """Makes the application inside the process that serves it; can be sent to a worker process."""

    settings: Settings
    counts: Path | None = None

    def __call__(self) -> FastAPI:
        """The application with its logs."""
        log_as_json()
        return create_app(Parts(self.settings), self.counts)


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


def _served(options: argparse.Namespace, settings: Settings, counts: Path | None) -> int:
    config = uvicorn.Config(
        Application(settings, counts),
        factory=True,
        host=options.host,
        port=options.port,
        workers=options.workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        forwarded_allow_ips=settings.web_trusted_proxies,
    )
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
        Multiprocess(config, [listening]).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])
    return 0
