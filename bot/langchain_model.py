"""LangChain's chat models behind the seam of chat_model.py. The only file that imports them.

`pip install "motcua[langchain]"`; which model is said by MOTCUA_CHAT_MODEL ("openai:qwen2.5-7b-instruct" with
MOTCUA_CHAT_MODEL_URL for any OpenAI-compatible server, "ollama:…", "google_genai:…" as `init_chat_model` names them).
"""

import asyncio
import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from langchain.chat_models import init_chat_model
from langchain_core.messages import HumanMessage, SystemMessage

from bot.errors import ChatModelFailed, WrongSetting

_LONGEST = 4000
"""Letters after which a model is not listened to any more."""


class LangChainModel:
    """Any chat model that LangChain knows, streamed, each text within `seconds` from the first word to the last."""

    def __init__(self, name: str, url: str | None, key: str | None, seconds: float) -> None:
        # A server of one's own asks for no key, but OpenAI's client insists on having one.
        keyless = "none" if url and name.startswith("openai") else None
        given: dict[str, Any] = {"base_url": url, "api_key": key or keyless}
        try:
            self._model = init_chat_model(
                name,
                temperature=0,
                max_retries=0,
                timeout=seconds,
                **{option: value for option, value in given.items() if value},
            )
        except Exception as error:  # Whatever the provider's package says is wrong with the name or the key.
            raise WrongSetting(f"MOTCUA_CHAT_MODEL={name}: {str(error).splitlines()[0]}") from error
        self._seconds = seconds

    def write(self, instructions: str, message: str, goes_well: Callable[[str], bool]) -> str:
        """As the protocol says."""
        try:
            writing = self._streamed(instructions, message, goes_well)
            text = asyncio.run_coroutine_threadsafe(writing, _loop()).result()
        except TimeoutError as error:
            raise ChatModelFailed(f"nothing complete after {self._seconds:g} s") from error
        except Exception as error:  # Each provider raises errors of its own; the composed answer stands for all.
            raise ChatModelFailed(type(error).__name__) from error
        if not text.strip():
            raise ChatModelFailed("nothing written")
        return text

    async def _streamed(self, instructions: str, message: str, goes_well: Callable[[str], bool]) -> str:
        text = ""
        async with asyncio.timeout(self._seconds):
            async for chunk in self._model.astream([SystemMessage(instructions), HumanMessage(message)]):
                text += chunk.text
                if len(text) > _LONGEST or not goes_well(text):
                    break
        return text


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One loop for all texts of this process: LangChain keeps connections open, and they belong to one loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat-model", daemon=True).start()
    return loop
