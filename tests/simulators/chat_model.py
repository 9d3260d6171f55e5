"""An OpenAI-compatible chat server that says what it was told to say, streamed, or misbehaves as it was told to."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

HANGS, RATE_LIMITED, BROKEN, GARBAGE, CUT_OFF, DRIPS = "hangs", "429", "500", "garbage", "cut off", "drips"


class ChatModelSimulator:
    """`says` is the next text, or one of the misbehaviours; `asked` holds what it was sent."""

    def __init__(self) -> None:
        self.says = ""
        self.asked: list[list[dict[str, str]]] = []
        self.sent = 0
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._complete, methods=["POST"])])

    async def _complete(self, request: Request) -> Response:
        body = await request.json()
        self.asked.append(body["messages"])
        if self.says == RATE_LIMITED:
            return JSONResponse({"error": {"message": "slow down", "type": "rate"}}, 429, {"Retry-After": "60"})
        if self.says == BROKEN:
            return JSONResponse({"error": {"message": "oops", "type": "server"}}, 500)
        if self.says == GARBAGE:
            return Response(b"<html>proxy error</html>", media_type="text/event-stream")
        return StreamingResponse(self._events(), media_type="text/event-stream")

    async def _events(self) -> AsyncIterator[str]:
        if self.says == HANGS:
            await asyncio.sleep(5)
        words = ["chữ "] * 400 if self.says == DRIPS else self.says.split(" ")
        for place, word in enumerate(words):
            if self.says == DRIPS:
                await asyncio.sleep(0.05)
            if self.says == CUT_OFF and place == 1:
                return
            self.sent += 1
            delta = {"role": "assistant", "content": word if place == 0 else f" {word}"}
            choice = {"index": 0, "delta": delta, "finish_reason": None}
            yield f"data: {json.dumps({'id': 'x', 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"
            await asyncio.sleep(0)
        yield "data: [DONE]\n\n"
