"""The assistant behind a URL, asked through `POST /v1/chat`. Only what citizens see can be judged there."""

import time
from collections.abc import Iterable
from datetime import date

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from eval.errors import AssistantUnreachable
from eval.gold import GoldQuestion
from eval.reply import Choice, Reply, Source


class _Citation(BaseModel):
    n: int
    document_id: str
    title: str
    path: str
    quote: str
    number: str | None = None
    issued_on: date | None = None
    as_of: date | None = None


class _Procedure(BaseModel):
    code: str


class _Option(BaseModel):
    label: str
    code: str | None = None


class ChatResult(BaseModel):
    """What the contract promises of `POST /v1/chat`; what else a server sends is not looked at."""

    model_config = ConfigDict(extra="ignore")

    conversation_id: str
    status: str
    text: str
    citations: tuple[_Citation, ...] = ()
    procedure: _Procedure | None = None
    options: tuple[_Option, ...] = ()
    timings_ms: dict[str, float] = {}

    def as_reply(self, total_ms: float) -> Reply:
        """The result as the measures see it."""
        return Reply(
            status=self.status,
            text=self.text,
            code=self.procedure.code if self.procedure else None,
            sources=tuple(
                Source(c.n, c.document_id, c.title, c.number, c.issued_on, c.as_of, c.path, c.quote)
                for c in self.citations
            ),
            choices=tuple(Choice(option.label, option.code) for option in self.options),
            found=None,
            steps_ms=dict(self.timings_ms),
            total_ms=total_ms,
        )


class OnServer:
    """Asks a running server, one question after the other."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def reply(self, gold: GoldQuestion, question: str) -> Reply:
        """Answer a question in a conversation of its own. Raises AssistantUnreachable."""
        conversation: str | None = None
        for earlier in gold.history:
            conversation = self._ask(earlier, gold.commune, conversation).conversation_id
        started = time.perf_counter()
        result = self._ask(question, gold.commune, conversation)
        return result.as_reply((time.perf_counter() - started) * 1000)

    def alike(self, codes: tuple[str, ...]) -> frozenset[str]:
        """A server does not tell which procedures are the same elsewhere."""
        return frozenset(codes)

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        """Nor what a procedure is called."""
        return {}

    def _ask(self, question: str, commune: str | None, conversation: str | None) -> ChatResult:
        body = {"question": question, "commune": commune, "conversation_id": conversation}
        try:
            response = self._client.post(
                "/v1/chat", json={name: value for name, value in body.items() if value is not None}
            )
            response.raise_for_status()
            return ChatResult.model_validate_json(response.content)
        except httpx.HTTPError as error:
            reason = str(error).partition("\n")[0] or type(error).__name__
            raise AssistantUnreachable(f"{self._client.base_url}: {reason}; is `motcua serve` running?") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise AssistantUnreachable(
                f"{self._client.base_url}: its answer is not as the contract says ({where}: {first['msg']})"
            ) from error
