"""`motcua serve [--host] [--port] [--workers]`: API, widget, pages."""

import argparse
import sys
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from api.app import create_app
from api.trace import log_as_json
from bot.assemble import Parts
from bot.errors import WrongSetting
from bot.settings import Settings, load_settings


@dataclass(frozen=True)
class Application:
    """Makes the application inside the process that serves it; can be sent to a worker process."""

    settings: Settings

    def __call__(self) -> FastAPI:
        """The application with its logs."""
        log_as_json()
        return create_app(Parts(self.settings))


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port (default 8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes; more than one needs MOTCUA_CHROMA_URL")


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    settings = load_settings(data=options.data)
    if options.workers > 1 and not settings.chroma_url:
        raise WrongSetting(
            f"--workers {options.workers}: only one process may open the embedded index; "
            "run `chroma run` and set MOTCUA_CHROMA_URL"
        )
    Parts(settings).store  # noqa: B018 - a folder that cannot be used is refused here, in one line
    config = uvicorn.Config(
        Application(settings),
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
        Multiprocess(config, [listening]).run()
    else:
        uvicorn.Server(config).run(sockets=[listening])
    return 0
