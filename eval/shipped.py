"""The question sets and gates that come with the program."""

from pathlib import Path

SETS = Path(__file__).parent / "sets"
GATES = Path(__file__).parent / "gates.toml"


def set_path(name: str) -> Path:
    """A file as given, or the shipped set of that name: `samples` is eval/sets/samples.jsonl."""
    given = Path(name)
    shipped = SETS / f"{name}.jsonl"
    return shipped if not given.exists() and shipped.exists() else given
