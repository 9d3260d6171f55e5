"""The tokens of a Zalo OA: renewed by one process at a time, stored before they are used, the pair before
them kept.

A refresh token works once. Whoever renews therefore holds a lock in the database, writes the new pair down
first and uses it afterwards; everybody else waits for the new pair to appear. (Zalo OAuth v4: access token
about 25 hours, refresh token three months.)
"""

import asyncio
import base64
import hashlib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from sqlalchemy import Engine, insert, or_, select, update

from bot.channels import SendLater
from bot.errors import BotError
from bot.queueing import Clock, now_ms
from bot.tables import TokenRow

logger = logging.getLogger("motcua.channels")
_LOCK_MS = 30_000
_EARLY_MS = 600_000
_DAY_MS = 86_400_000
_REFRESH_LIVES_MS = 90 * _DAY_MS
_ALARM_MS = 14 * _DAY_MS
_WAIT_S = 0.1


class TokensLost(BotError):
    """Neither the refresh token nor the one before it works any more: somebody must log in again."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and the generation of the pair it belongs to."""

    access: str
    generation: int


@dataclass(frozen=True, slots=True)
class App:
    """The Zalo app that an OA is linked to, and where its OAuth server stands."""

    id: str
    secret: str
    oauth_url: str = "https://oauth.zaloapp.com"


class TokenKeeper:
    """Hands out access tokens. Safe to use from several tasks and processes."""

    def __init__(self, engine: Engine, app: App, http: httpx.AsyncClient, clock: Clock = now_ms) -> None:
        self._engine = engine
        self._app = app
        self._http = http
        self._clock = clock
        self._name = secrets.token_hex(8)

    async def token(self) -> Token:
        """A token that has not run out. Raises TokensLost, SendLater."""
        row = await asyncio.to_thread(self._row)
        if row.access_until_ms - _EARLY_MS < self._clock():
            return await self.renewed(row.generation)
        return Token(row.access, row.generation)

    async def renewed(self, generation: int) -> Token:
        """A token newer than a generation that Zalo no longer takes. Raises TokensLost, SendLater."""
        deadline = self._clock() + 2 * _LOCK_MS
        while self._clock() < deadline:
            row = await asyncio.to_thread(self._row)
            if row.generation > generation:
                return Token(row.access, row.generation)
            if await asyncio.to_thread(self._locked, generation):
                return await self._renew(row)
            await asyncio.sleep(_WAIT_S)
        raise SendLater("another process is renewing the tokens and does not finish", 30, whole_channel=True)

    async def _renew(self, row: Any) -> Token:  # noqa: ANN401 - a row of the table
        """Renew under the lock; the pair before is tried when the newest one was never valid."""
        reasons: list[str] = []
        for refresh in dict.fromkeys((row.refresh, row.previous_refresh)):
            if not refresh:
                continue
            answer = await self._ask({"refresh_token": refresh, "grant_type": "refresh_token"}, row.generation)
            if "access_token" in answer:
                token = await asyncio.to_thread(self._keep, answer, row)
                logger.info("zalo tokens renewed, generation %d", token.generation)
                return token
            reasons.append(_reason(answer))
        await asyncio.to_thread(self._unlock, row.generation, reasons[0])
        raise TokensLost(f"Zalo refuses to renew the tokens ({reasons[0]}); run `motcua zalo login`")

    async def log_in(self, code: str, verifier: str) -> Token:
        """Exchange the code of a login for the first pair. Raises TokensLost, SendLater."""
        form = {"code": code, "code_verifier": verifier, "grant_type": "authorization_code"}
        answer = await self._ask(form, None)
        if "access_token" not in answer:
            raise TokensLost(f"Zalo did not take the login code ({_reason(answer)}); run `motcua zalo login` again")
        return await asyncio.to_thread(self._keep, answer, None)

    async def _ask(self, form: Mapping[str, str], generation: int | None) -> dict[str, Any]:
        url = f"{self._app.oauth_url}/v4/oa/access_token"
        try:
            response = await self._http.post(
                url, data={**form, "app_id": self._app.id}, headers={"secret_key": self._app.secret}
            )
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            if generation is not None:
                await asyncio.to_thread(self._unlock, generation, None)
            raise SendLater(f"Zalo OAuth: {type(error).__name__}", 10, whole_channel=True) from error
        if not isinstance(answer, dict) or response.status_code >= 500:
            if generation is not None:
                await asyncio.to_thread(self._unlock, generation, None)
            raise SendLater(f"Zalo OAuth: HTTP {response.status_code}", 10, whole_channel=True)
        return answer

    def alarm(self) -> str | None:
        """Why somebody should log in soon, in one line; None when all is well."""
        with self._engine.connect() as connection:
            row = connection.execute(select(TokenRow.__table__).where(TokenRow.app_id == self._app.id)).first()
        if row is None:
            return "chưa đăng nhập lần nào"
        if row.trouble:
            return str(row.trouble)
        left = row.obtained_ms + _REFRESH_LIVES_MS - self._clock()
        return f"còn {max(0, left) // _DAY_MS} ngày" if left < _ALARM_MS else None

    # --- the row ---

    def _row(self) -> Any:  # noqa: ANN401
        with self._engine.connect() as connection:
            row = connection.execute(select(TokenRow.__table__).where(TokenRow.app_id == self._app.id)).first()
        if row is None:
            raise TokensLost(f"no tokens for the Zalo app {self._app.id}; run `motcua zalo login`")
        return row

    def _locked(self, generation: int) -> bool:
        now = self._clock()
        free = or_(TokenRow.renewing_by.is_(None), TokenRow.renewing_until_ms < now)
        statement = update(TokenRow).where(TokenRow.app_id == self._app.id, TokenRow.generation == generation, free)
        with self._engine.begin() as connection:
            taken = connection.execute(statement.values(renewing_by=self._name, renewing_until_ms=now + _LOCK_MS))
            return taken.rowcount == 1

    def _unlock(self, generation: int, trouble: str | None) -> None:
        ours = (
            TokenRow.app_id == self._app.id,
            TokenRow.generation == generation,
            TokenRow.renewing_by == self._name,
        )
        with self._engine.begin() as connection:
            connection.execute(update(TokenRow).where(*ours).values(renewing_by=None, trouble=trouble))

    def _keep(self, answer: Mapping[str, Any], row: Any) -> Token:  # noqa: ANN401
        now = self._clock()
        values = {
            "access": str(answer["access_token"]),
            "refresh": str(answer["refresh_token"]),
            "access_until_ms": now + int(answer.get("expires_in") or 90_000) * 1000,
            "obtained_ms": now,
            "renewing_by": None,
            "renewing_until_ms": 0,
            "trouble": None,
        }
        with self._engine.begin() as connection:
            known = select(TokenRow.generation, TokenRow.access, TokenRow.refresh).where(
                TokenRow.app_id == self._app.id
            )
            before = connection.execute(known).first() if row is None else row
            if before is None:
                connection.execute(insert(TokenRow).values(app_id=self._app.id, generation=1, **values))
                return Token(str(values["access"]), 1)
            kept = {"previous_access": before.access, "previous_refresh": before.refresh}
            newer = update(TokenRow).where(TokenRow.app_id == self._app.id)
            connection.execute(newer.values(generation=before.generation + 1, **values, **kept))
            return Token(str(values["access"]), before.generation + 1)


def _reason(answer: Mapping[str, Any]) -> str:
    return str(answer.get("error_name") or answer.get("error") or "no token in the answer")


@dataclass(frozen=True, slots=True)
class Login:
    """One login on its way (PKCE, RFC 7636): what is kept here, and the address to open in a browser."""

    verifier: str
    state: str
    url: str


def begin_login(app: App, redirect_url: str) -> Login:
    """Prepare a login; its address carries only a digest of the verifier."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = {"app_id": app.id, "redirect_uri": redirect_url, "code_challenge": challenge, "state": state}
    return Login(verifier, state, f"{app.oauth_url}/v4/oa/permission?{urlencode(query)}")
