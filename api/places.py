"""Which commune a question is for, without asking the database each time."""

import time

import anyio

from bot.assemble import Parts

_LOOK_AGAIN_SECONDS = 1.0


class Places:
    """The communes that the store knows, read again when a second has passed."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: frozenset[str] = frozenset()
        self._usual: str | None = None
        self._looked = -_LOOK_AGAIN_SECONDS

    async def meant(self, named: str | None) -> str | None:
        """The commune named, known or not, else the one that a question is for without a name."""
        if time.monotonic() - self._looked >= _LOOK_AGAIN_SECONDS:
            await anyio.to_thread.run_sync(self._look)
        return named or self._usual

    async def commune(self, named: str | None) -> str | None:
        """The commune that is meant. Raises UnknownCommune."""
        chosen = await self.meant(named)
        if chosen is not None and chosen not in self._known:
            await anyio.to_thread.run_sync(self._parts.store.commune, chosen)
        return chosen

    def _look(self) -> None:
        self._known = frozenset(commune.id for commune in self._parts.store.communes())
        self._usual = self._parts.commune(None)
        self._looked = time.monotonic()
