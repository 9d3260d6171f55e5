"""`POST /v1/chat`: a question in, a cited answer out, at once or as a stream of events."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Annotated, Any

import anyio
import orjson
from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import StreamingResponse
from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.accepting import EVENTS, wants_events
from api.answering import Answering
from api.conversations import Conversations, new_name
from api.errors import AnswerTooSlow
from api.metrics import Metrics
from api.models import ChatAnswer, ChatRequest
from api.origins import check_origin
from api.places import Places
from api.problems import documented
from api.rates import Rates
from api.records import answer_json
from api.trace import log
from bot import replies
from bot.answer import Answer, AnswerStatus
from bot.assemble import Parts

_PING_SECONDS = 10.0
_EVENTS = """Trả lời câu hỏi, kèm nguồn. Gửi `Accept: text/event-stream` để nhận từng phần:

| sự kiện | dữ liệu |
| --- | --- |
| `status` | `{"step", "text"}`: đang làm gì |
| `delta` | `{"text"}`: đoạn tiếp theo của câu trả lời |
| `citations` | `{"citations": […]}`: các nguồn |
| `done` | toàn bộ câu trả lời, như khi nhận JSON |
"""
_EXAMPLE = 'event: delta\ndata: {"text": "Hồ sơ gồm: [1]\\n"}\n\n'

router = APIRouter(tags=["Hỏi đáp"])


@dataclass(frozen=True)
class Desk:
    """Where questions are handed in: as many at a time as `threads` has, each within its time."""

    answering: Answering
    threads: ThreadPoolExecutor
    seconds: float
    metrics: Metrics

    async def answer(self, question: str, commune: str | None, name: str | None) -> tuple[str, Answer]:
        """The conversation's name and the answer. Raises AnswerTooSlow and what `Answering.answer` raises."""
        work = partial(self.answering.answer, question, commune, name)
        with self.metrics.waiting.track_inprogress():
            try:
                async with asyncio.timeout(self.seconds):
                    kept, answer = await asyncio.get_running_loop().run_in_executor(self.threads, work)
            except TimeoutError as error:
                raise AnswerTooSlow("Câu hỏi này mất quá nhiều thời gian; xin thử lại sau ít phút.") from error
        self.metrics.answer(answer)
        return kept, answer


@router.post(
    "/v1/chat",
    summary="Hỏi một câu",
    description=_EVENTS,
    response_model=None,
    responses={
        200: {
            "model": ChatAnswer,
            "description": "Câu trả lời",
            "content": {"text/event-stream": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
        **documented(400, 403, 404, 413, 422, 429, 503),
    },
)
async def chat(body: ChatRequest, request: Request) -> Response:
    """Answer a question. The result is that of `motcua ask`, with the conversation's id."""
    parts: Parts = request.app.state.parts
    places: Places = request.app.state.places
    desk: Desk = request.app.state.desk
    rates: Rates = request.app.state.rates
    check_origin(request, await places.meant(body.commune), parts.settings)
    commune = await places.commune(body.commune)
    if body.conversation_id and rates.counts(request.client.host if request.client else "?"):
        await rates.conversation(body.conversation_id)
    if wants_events(request):
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        events = _events(desk, body.question, commune, body.conversation_id)
        return StreamingResponse(events, media_type=EVENTS, headers=headers)
    name, answer = await desk.answer(body.question, commune, body.conversation_id)
    content = orjson.dumps({"conversation_id": name, **answer_json(answer)})
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


@router.delete(
    "/v1/chat/{conversation_id}",
    status_code=204,
    summary="Xóa một cuộc trò chuyện",
    description="Quên những gì đã nói trong cuộc trò chuyện. Không có cuộc trò chuyện đó thì cũng trả lời 204.",
    responses=documented(422, 429, 503),
)
async def forget(
    conversation_id: Annotated[
        str, Path(pattern=r"^[A-Za-z0-9_-]{8,64}$", description="Mã cuộc trò chuyện", examples=["kq3mUQ6mZ1T9xw2B"])
    ],
    request: Request,
) -> Response:
    """Delete a conversation on request."""
    conversations: Conversations = request.app.state.conversations
    await anyio.to_thread.run_sync(conversations.forget, conversation_id)
    return Response(status_code=204)


async def _events(desk: Desk, question: str, commune: str | None, name: str | None) -> AsyncIterator[bytes]:
    """The answer as events. An error that shows up after the first event ends as an answer with status "error"."""
    yield _event("status", {"step": "search", "text": "Đang tìm trong văn bản…"})
    work = asyncio.create_task(desk.answer(question, commune, name))
    try:
        while not (await asyncio.wait({work}, timeout=_PING_SECONDS))[0]:
            yield KEEPALIVE_COMMENT
        found, answer = work.result()
    except Exception as error:  # The status is sent already: whatever it is, the citizen gets a last event.
        # Its message may hold what was asked, its place does not.
        place = traceback.extract_tb(error.__traceback__)[-1]
        reason = {"reason": type(error).__name__, "place": f"{PurePath(place.filename).name}:{place.lineno}"}
        log.error("answer failed while streaming", extra=reason)
        found, answer = name or new_name(), Answer(AnswerStatus.ERROR, replies.ERROR)
    finally:
        work.cancel()
    result = {"conversation_id": found, **answer_json(answer)}
    for line in answer.text.splitlines(keepends=True):
        yield _event("delta", {"text": line})
    yield _event("citations", {"citations": result["citations"]})
    yield _event("done", result)


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=orjson.dumps(data).decode())
