"""Every fixed text that the assistant may say, as one list: what they say needs no source."""

import re

from bot import replies

_CUT = re.compile(r"\{\w+\}|\n|; ")


def fixed_texts() -> tuple[str, ...]:
    """The texts of bot/replies.py, the longest first, and their pieces: an answer may use a part of one."""
    found: set[str] = set()
    for name, value in vars(replies).items():
        if name.startswith("_"):
            continue
        texts = [value] if isinstance(value, str) else list(value.values()) if isinstance(value, dict) else []
        pieces = [piece.strip() for text in texts for piece in _CUT.split(text)]
        found |= {piece for piece in (*pieces, *texts) if len(piece) > 3}
    return tuple(sorted(found, key=lambda text: (-len(text), text)))
