"""Everything that can go wrong in this package, as one tree."""


class RetrievalError(Exception):
    """Base of this package's errors; the message is one line for the person who runs the server."""


class EncoderMismatch(RetrievalError):
    """An index was made with another encoder than the one configured."""


class IndexUnavailable(RetrievalError):
    """Nothing is published yet, or what is published cannot be opened."""


class PublishingFailed(RetrievalError):
    """A new generation could not be written; the old one goes on serving."""


class ModelUnavailable(RetrievalError):
    """An encoder, language model or re-ranker cannot be loaded."""
