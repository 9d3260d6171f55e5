"""What somebody typed -> what was meant: slips of typing mended, then accents restored."""

from functools import lru_cache
from pathlib import Path

from retrieval.diacritics import Restorer
from retrieval.keyboard import Keyboard
from retrieval.syllables import SHIPPED

# A message is restored for the router, for the search and with the one before it.
_KEPT = 256


class Spelling:
    """Keyboard and accents over one syllable model."""

    def __init__(self, path: Path = SHIPPED) -> None:
        self._restorer = Restorer(path)
        self._keyboard = Keyboard(self._restorer.model)
        self._restored = lru_cache(_KEPT)(self._restore)

    def restore(self, text: str) -> str:
        """The text as it was most likely meant; what is not certain stays as typed."""
        return self._restored(text)

    def _restore(self, text: str) -> str:
        return self._restorer.restore(self._keyboard.repaired(text))
