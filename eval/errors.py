"""Everything that can go wrong in this package, as one tree."""


class EvalError(Exception):
    """Base of this package's errors; the message is one line for the person who ran the command."""


class BrokenSet(EvalError):
    """A question set that cannot be used; `problems` names every one of them with its line."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{name}: {len(problems)} problem(s); mend them and run again, nothing was written")
        self.problems = problems


class UnreadableSet(EvalError):
    """A file that cannot be opened as a question set or a spreadsheet."""


class UnreadableRun(EvalError):
    """A report folder without a finished run in it, or one that cannot be written."""


class BrokenGates(EvalError):
    """A file of gates that cannot be understood."""


class AssistantUnreachable(EvalError):
    """A running server that does not answer as the contract says."""
