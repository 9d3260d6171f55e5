"""Everything that can go wrong in this package, as one tree."""


class BotError(Exception):
    """Base of this package's errors; the message is one line for the person who runs the server."""


class WrongSetting(BotError):
    """A setting that cannot be used."""


class ChatModelFailed(BotError):
    """The chat model gave nothing usable; the composed answer stands."""
