"""The seam to a chat model: something that writes a text. langchain_model.py stands behind it."""

from collections.abc import Callable
from typing import Protocol


class ChatModel(Protocol):
    """What writes a text."""

    def write(self, instructions: str, message: str, goes_well: Callable[[str], bool]) -> str:
        """The text written. `goes_well` sees what there is so far and ends the writing by saying False.

        Raises ChatModelFailed: not reachable, too slow, refused, nothing written.
        """
        ...
