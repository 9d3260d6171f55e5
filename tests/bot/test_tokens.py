"""The token keeper against a simulated Zalo whose refresh tokens work once."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from sqlalchemy import Engine, select, update

from bot.channels import SendLater
from bot.tables import TokenRow
from bot.tokens import App, TokenKeeper, TokensLost, begin_login
from tests.bot.channel_world import Clock, postgres, sqlite
from tests.simulators.server import Served
from tests.simulators.zalo_oa import APP_ID, APP_SECRET, ZaloOaServer


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with sqlite(tmp_path) if request.param == "sqlite" else postgres() as made:
        yield made


@pytest.fixture
def zalo() -> ZaloOaServer:
    return ZaloOaServer()


@pytest.fixture
def app(zalo: ZaloOaServer) -> Iterator[App]:
    with Served(zalo.app) as served:
        yield App(APP_ID, APP_SECRET, served.url)


def run(engine: Engine, app: App, clock: Clock, use: Callable[[TokenKeeper], Coroutine[Any, Any, Any]]) -> Any:
    async def go() -> Any:
        async with httpx.AsyncClient() as http:
            return await use(TokenKeeper(engine, app, http, clock))

    return asyncio.run(go())


def row(engine: Engine) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(TokenRow.__table__)).one()


def log_in(engine: Engine, app: App, zalo: ZaloOaServer, clock: Clock) -> None:
    login = begin_login(app, "https://phuongmau.gov.vn/zalo")
    query = parse_qs(urlsplit(login.url).query)
    assert login.verifier not in login.url
    assert query["redirect_uri"] == ["https://phuongmau.gov.vn/zalo"]
    zalo.login_codes["code-1"] = query["code_challenge"][0]
    run(engine, app, clock, lambda keeper: keeper.log_in("code-1", login.verifier))


def test_a_login_with_pkce_stores_the_first_pair(engine: Engine, app: App, zalo: ZaloOaServer) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)
    token = run(engine, app, clock, lambda keeper: keeper.token())
    assert (token.access, token.generation) == (zalo.access, 1)
    assert zalo.refreshes == 1


def test_a_login_code_without_its_verifier_is_worth_nothing(engine: Engine, app: App, zalo: ZaloOaServer) -> None:
    zalo.login_codes["code-1"] = "another challenge"
    with pytest.raises(TokensLost, match="motcua zalo login"):
        run(engine, app, Clock(), lambda keeper: keeper.log_in("code-1", "guessed"))


def test_before_the_first_login_the_way_out_is_said(engine: Engine, app: App) -> None:
    with pytest.raises(TokensLost, match="motcua zalo login"):
        run(engine, app, Clock(), lambda keeper: keeper.token())


def test_a_token_about_to_run_out_is_renewed_and_the_pair_before_it_kept(
    engine: Engine, app: App, zalo: ZaloOaServer
) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)
    clock.forward(hours=25)
    token = run(engine, app, clock, lambda keeper: keeper.token())
    kept = row(engine)
    assert token.access == kept.access == zalo.access
    assert kept.refresh == zalo.refresh
    assert (kept.previous_access, kept.previous_refresh) == ("access-2", "refresh-2")


def test_many_who_need_a_new_token_at_once_cause_one_renewal(engine: Engine, app: App, zalo: ZaloOaServer) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)

    async def many() -> set[str]:
        async with httpx.AsyncClient() as http:
            keepers = [TokenKeeper(engine, app, http, clock) for _ in range(6)]
            tokens = await asyncio.gather(*(keeper.renewed(1) for keeper in keepers for _ in range(3)))
        return {token.access for token in tokens}

    assert asyncio.run(many()) == {zalo.access}
    assert (zalo.refreshes, zalo.refused_refreshes) == (2, 0)


def test_a_renewer_that_died_holds_nobody_up_for_long(engine: Engine, app: App, zalo: ZaloOaServer) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)
    with engine.begin() as connection:
        connection.execute(update(TokenRow).values(renewing_by="dead", renewing_until_ms=clock.now - 1))
    assert run(engine, app, clock, lambda keeper: keeper.renewed(1)).generation == 2


def test_the_pair_before_is_tried_when_the_newest_does_not_work(engine: Engine, app: App, zalo: ZaloOaServer) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)
    with engine.begin() as connection:
        values = {"refresh": "never valid", "previous_refresh": zalo.refresh}
        connection.execute(update(TokenRow).values(values))
    assert run(engine, app, clock, lambda keeper: keeper.renewed(1)).access == zalo.access


def test_lost_tokens_are_said_and_shown_until_somebody_logs_in(engine: Engine, app: App, zalo: ZaloOaServer) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)
    zalo.refuse_refresh = True
    with pytest.raises(TokensLost, match="motcua zalo login"):
        run(engine, app, clock, lambda keeper: keeper.renewed(1))
    keeper = TokenKeeper(engine, app, httpx.AsyncClient(), clock)
    assert keeper.alarm() == "Invalid refresh token"
    log_in(engine, app, zalo, clock)
    assert keeper.alarm() is None


def test_an_alarm_is_given_two_weeks_before_the_refresh_token_dies(
    engine: Engine, app: App, zalo: ZaloOaServer
) -> None:
    clock = Clock()
    keeper = TokenKeeper(engine, app, httpx.AsyncClient(), clock)
    assert keeper.alarm() is not None
    log_in(engine, app, zalo, clock)
    clock.forward(days=75)
    assert keeper.alarm() is None
    clock.forward(days=2)
    assert keeper.alarm() == "còn 13 ngày"


def test_an_oauth_server_that_cannot_be_reached_loses_nothing(engine: Engine, zalo: ZaloOaServer, app: App) -> None:
    clock = Clock()
    log_in(engine, app, zalo, clock)
    with pytest.raises(SendLater):
        run(engine, App(APP_ID, APP_SECRET, "http://127.0.0.1:9"), clock, lambda keeper: keeper.renewed(1))
    assert run(engine, app, clock, lambda keeper: keeper.renewed(1)).generation == 2
