"""A real Chromium, a real server and a strange website that embeds the widget."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from api.app import create_app
from bot.assemble import Parts
from tests.api.web_world import COMMUNE, make_ward, serving, with_settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
_PORTAL = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng của phường</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Trang tin phường Mẫu</h1><p>Tin tức của phường.</p><p><a href="/b">Trang khác</a></p></main>
<script src="{address}/widget.js" data-commune="{commune}" {more}></script></body></html>"""


@dataclass(frozen=True)
class World:
    """Addresses of the assistant's server and of the website that embeds it."""

    server: str
    portal: str
    ward: Parts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium these tests are skipped, but never where everything has to be there."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        for item in items:
            if Path(item.path).parent == Path(__file__).parent:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    server_address: list[str] = []

    async def portal(request: Request) -> HTMLResponse:
        more = request.query_params.get("more", "")
        html = _PORTAL.format(address=server_address[0], commune=COMMUNE, more=more)
        policy = (
            f"default-src 'none'; script-src {server_address[0]}; connect-src {server_address[0]}; img-src https: http:"
        )
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def stranger(request: Request) -> HTMLResponse:
        """Any page at all: its HTML and its policy are in its address."""
        html = request.query_params["html"].replace("{server}", server_address[0])
        policy = request.query_params.get("policy", "").replace("{server}", server_address[0])
        return HTMLResponse(html, headers={"Content-Security-Policy": policy} if policy else {})

    ward = make_ward(tmp_path_factory.mktemp("ward"))
    routes = [Route("/", portal), Route("/b", portal), Route("/c", stranger)]
    with serving(Starlette(routes=routes)) as website:
        open_for_it = with_settings(ward, web_origins={COMMUNE: [website]})
        with serving(create_app(open_for_it)) as server:
            server_address.append(server)
            yield World(server, website, ward)


@pytest.fixture(params=[320, 768, 1440])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1024, "height": 760}, locale="vi-VN", reduced_motion="reduce")
    yield context
    assert context.cookies() == []
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which no script fails and no policy is broken."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    yield page
    assert complaints == []


def shot(page: Page, name: str) -> None:
    """A screenshot for people to look at."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
