"""The web application: API, widget, pages. `create_app` is handed its parts and puts the layers around them."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.concurrency import run_in_threadpool
from starlette_compress import CompressMiddleware

from api import chat, feedback, health, lookups, pages, webhooks
from api.answering import Answering
from api.catalogue import Catalogue
from api.conversations import Conversations
from api.etags import Assets
from api.keys import Keys
from api.library import Library
from api.metrics import Metrics
from api.openapi import described
from api.origins import Cors, all_origins
from api.places import Places
from api.problems import handle_problems
from api.rates import RateLimit, Rates
from api.shield import BodyLimit, Shield, security_headers
from api.trace import Trace
from bot.assemble import Parts
from retrieval.errors import IndexUnavailable

STATIC = Path(__file__).parent / "static"
_NO_TELEMETRY = TelemetryConfig(tracing=False, metrics=False, logs=False)
_EXPOSED = ["X-Request-Id", "RateLimit", "RateLimit-Policy", "Retry-After"]


def create_app(parts: Parts, counts: Path | None = None) -> FastAPI:
    """The application over the given parts; `counts` is where several processes count together.

    Raises StoreUnavailable, WrongSetting.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm_up, parts, app.state.catalogue)
        yield
        app.state.desk.threads.shutdown(wait=False, cancel_futures=True)

    settings = parts.settings
    app = FastAPI(
        title="Một Cửa",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        telemetry=TelemetryConfig(auto_configure=True, logs=False) if settings.web_telemetry else _NO_TELEMETRY,
    )
    _furnish(app, parts, counts)
    for router in (chat.router, feedback.router, lookups.router, health.router, pages.router, webhooks.router):
        app.include_router(router)
    handle_problems(app)
    described(app)
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limit=settings.web_body_bytes)
    app.add_middleware(RateLimit, rates=app.state.rates, keys=app.state.keys)
    app.add_middleware(CompressMiddleware, zstd=False)
    app.add_middleware(
        Cors,
        allow_origins=all_origins(settings),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Content-Type", "Accept"],
        expose_headers=_EXPOSED,
    )
    app.add_middleware(Shield, headers=app.state.security_headers)
    app.add_middleware(Trace, metrics=app.state.metrics)
    return app


def _furnish(app: FastAPI, parts: Parts, counts: Path | None) -> None:
    """What the routes work with."""
    settings, store = parts.settings, parts.store
    engine = parts.database
    state: Any = app.state
    state.parts = parts
    state.engine = engine
    state.metrics = Metrics(parts, counts)
    state.rates = Rates(settings)
    state.keys = Keys(engine)
    state.library = Library(store, engine)
    state.catalogue = Catalogue(store, engine)
    state.places = Places(parts)
    state.conversations = Conversations(engine, settings.web_conversation_hours)
    state.assets = Assets.read(STATIC)
    state.pages = pages.Pages.over(settings, state.assets)
    state.security_headers = security_headers(settings)
    answering = Answering(parts, state.conversations, settings.web_cached_answers)
    threads = ThreadPoolExecutor(settings.web_answer_threads, "answer")
    state.desk = chat.Desk(answering, threads, settings.web_answer_seconds, state.metrics)


def _warm_up(parts: Parts, catalogue: Catalogue) -> None:
    """The first citizen does not wait for models and lists to load."""
    catalogue.procedures()
    try:
        parts.chatbot.ask("đăng ký khai sinh")
    except IndexUnavailable:
        return
