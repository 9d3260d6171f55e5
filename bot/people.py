"""Who somebody is, without saying so: addresses become pseudonyms that only this installation can make."""

import hashlib
import hmac
from collections.abc import Mapping


class People:
    """Pseudonyms. `key` hides the addresses of every channel; without it each channel's own secret does.

    Whoever has the tables but not the key cannot try addresses out. A changed key makes everybody a stranger;
    what was stored before then only waits for its time to run out.
    """

    def __init__(self, key: str | None, secrets: Mapping[str, str]) -> None:
        self._key = key
        self._secrets = secrets

    def pseudonym(self, channel: str, user_key: str) -> str:
        """The pseudonym of an address, 32 hexadecimal digits."""
        key = self._key or self._secrets[channel]
        return hmac.new(key.encode(), f"{channel}:{user_key}".encode(), hashlib.sha256).hexdigest()[:32]
