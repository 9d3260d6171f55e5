"""What a webhook call must be before anybody reads it; how it is refused when it is not."""

import hmac
import json
from typing import Any

from bot.errors import BotError

_AHEAD_MS = 300_000


class WebhookRefused(BotError):
    """A call that is not taken; `status` is its HTTP status. The message never holds what the call said."""

    status = 400


class BadBody(WebhookRefused):
    """Not the JSON that it should be."""


class Forbidden(WebhookRefused):
    """Not from whom it claims to be, or too long ago."""

    status = 403


class TooLarge(WebhookRefused):
    """Larger than any event."""

    status = 413


class Unknown(WebhookRefused):
    """An event that nobody here knows: acknowledged, so that it is not sent again, and left alone."""

    status = 200


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object of a body. Raises BadBody."""
    try:
        call = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadBody("malformed JSON") from error
    if not isinstance(call, dict):
        raise BadBody("no JSON object")
    return call


def check_secret(given: str | None, expected: str) -> None:
    """Compare a secret in constant time. Raises Forbidden."""
    if not hmac.compare_digest((given or "").encode(), expected.encode()):
        raise Forbidden("wrong secret")


def check_age(at_ms: int, now_ms: int, replay_ms: int) -> None:
    """Refuse what was signed long ago, or in the future: it may be a replay. Raises Forbidden."""
    if now_ms - at_ms > replay_ms or at_ms - now_ms > _AHEAD_MS:
        raise Forbidden("timestamp too far from now")
