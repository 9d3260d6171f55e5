from tests.bot.golden_messages import GOLDEN, rendered


def test_every_message_looks_as_in_the_golden_file() -> None:
    """After a change that is meant: `python -m tests.bot.golden_messages`, and read the difference."""
    assert rendered() == GOLDEN.read_text("utf-8")
