"""API keys for server-to-server use. Only their SHA-256 is stored: a key has 256 random bits, so no salt is needed."""

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.errors import ApiError, UnknownKey
from api.tables import KeyRow

PREFIX = "mc_"
_TRUSTED_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret. `rate` such as "100/minute", None for the usual one."""

    name: str
    rate: str | None
    made_at: datetime
    revoked_at: datetime | None


class Keys:
    """The keys that were made."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._trusted: dict[str, tuple[float, Key]] = {}

    def make(self, name: str, rate: str | None) -> str:
        """A new key; this is the only time that it is seen. Raises ApiError when the name is taken."""
        secret = PREFIX + secrets.token_urlsafe(32)
        row = {"name": name, "digest": _digest(secret), "rate": rate, "made_at": datetime.now(UTC)}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(KeyRow).values(**row))
        except IntegrityError as error:
            raise ApiError(f"a key named {name!r} exists already; choose another name") from error
        return secret

    def revoke(self, name: str) -> None:
        """A key that opens nothing any more, within half a minute in running servers. Raises UnknownKey."""
        with self._engine.begin() as connection:
            valid = (KeyRow.name == name) & KeyRow.revoked_at.is_(None)
            done = connection.execute(update(KeyRow).where(valid).values(revoked_at=datetime.now(UTC)))
        if not done.rowcount:
            raise UnknownKey(f"no valid key named {name!r}; `motcua key list` shows all")

    def all(self) -> list[Key]:
        """Every key, revoked ones too."""
        with self._engine.connect() as connection:
            return [
                Key(row.name, row.rate, row.made_at, row.revoked_at)
                for row in connection.execute(select(*KeyRow.__table__.c).order_by(KeyRow.name))
            ]

    def check(self, secret: str) -> Key:
        """The key with that secret. Raises UnknownKey."""
        digest = _digest(secret)
        moment, key = self._trusted.get(digest, (0.0, None))
        if key is not None and time.monotonic() - moment < _TRUSTED_SECONDS:
            return key
        with self._engine.connect() as connection:
            query = select(*KeyRow.__table__.c).where(KeyRow.digest == digest, KeyRow.revoked_at.is_(None))
            row = connection.execute(query).first()
        if row is None:
            self._trusted.pop(digest, None)
            raise UnknownKey("the API key is not valid")
        key = Key(row.name, row.rate, row.made_at, row.revoked_at)
        self._trusted[digest] = (time.monotonic(), key)
        return key


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
