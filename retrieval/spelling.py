"""What somebody typed -> what was meant: slips of typing mended, then accents restored."""

from pathlib import Path

from retrieval.diacritics import Restorer
from retrieval.keyboard import Keyboard
from retrieval.syllables import SHIPPED


class Spelling:
    """Keyboard and accents over one syllable model."""

    def __init__(self, path: Path = SHIPPED) -> None:
        self._restorer = Restorer(path)
        self._keyboard = Keyboard(self._restorer.model)

    def restore(self, text: str) -> str:
        """The text as it was most likely meant; what is not certain stays as typed."""
        return self._restorer.restore(self._keyboard.repaired(text))
