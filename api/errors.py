"""Everything that can go wrong in this package, as one tree."""

from bot.errors import BotError


class ApiError(BotError):
    """Base of this package's errors; the message is one line for whoever called."""


class UnknownKey(ApiError):
    """An API key that was never made or is revoked."""


class OriginRefused(ApiError):
    """A website that may not speak for this commune."""


class TooManyRequests(ApiError):
    """More requests than allowed. `retry_after` in seconds, `headers` say what is allowed."""

    def __init__(self, message: str, retry_after: int, headers: dict[str, str]) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.headers = headers


class AnswerTooSlow(ApiError):
    """An answer that took longer than allowed."""


class UnknownProcedure(ApiError):
    """No procedure under that code."""
