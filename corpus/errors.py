"""Everything that can go wrong in this package, as one tree."""


class CorpusError(Exception):
    """Base of this package's errors; the message is one line for the person who ran the command."""


class UnreadableFile(CorpusError):
    """A file that cannot be read as the format it claims to be."""


class MissingProgram(UnreadableFile):
    """A system program that a reader needs is not installed."""


class BrokenRecord(CorpusError):
    """A procedure record without the fields that make it one."""


class UnknownCommune(CorpusError):
    """A commune that nothing was ever ingested for."""


class UnknownDocument(CorpusError):
    """No document, section or chunk under that name."""


class StoreUnavailable(CorpusError):
    """The data folder or the database cannot be used."""
