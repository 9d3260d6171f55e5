"""An assistant that says what it was told to say."""

from collections.abc import Iterable

from eval.gold import GoldQuestion
from eval.reply import FoundPart, Reply, Source

BIRTH, DEATH = "1.001193", "1.000656"


def found(*codes: str, text: str = "Đăng ký khai sinh") -> tuple[FoundPart, ...]:
    """Hits with these codes, surest first."""
    return tuple(FoundPart((code,), code, f"tthc-{code}", "Tên", text, 0.9 - n / 10) for n, code in enumerate(codes))


def source(quote: str, n: int = 1) -> Source:
    """A cited source."""
    return Source(n, "tthc-1.001193", "Đăng ký khai sinh", None, None, None, "Phí, lệ phí", quote)


RIGHT = Reply(
    status="answered",
    text="Thủ tục đăng ký khai sinh (mã 1.001193) [1]\nLệ phí: 8.000 đồng [1]",
    code=BIRTH,
    sources=(source("Thủ tục đăng ký khai sinh. Lệ phí 8000 đồng"),),
    found=found(BIRTH, DEATH),
    steps_ms={"route": 0.1, "search": 2.0},
    total_ms=2.5,
)
LOST = Reply(status="no_answer", text="Tôi chưa tìm thấy.", found=found(DEATH), total_ms=1.0)


class Scripted:
    """Gives the replies it was made with, by question; what it was not told of it does not know."""

    def __init__(self, replies: dict[str, Reply], stop_after: int | None = None) -> None:
        self.replies = replies
        self.asked: list[str] = []
        self.stop_after = stop_after

    def reply(self, gold: GoldQuestion, question: str) -> Reply:
        if self.stop_after is not None and len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked.append(question)
        return self.replies.get(gold.question, LOST)

    def alike(self, codes: tuple[str, ...]) -> frozenset[str]:
        return frozenset(codes)

    def names(self, codes: Iterable[str]) -> dict[str, str]:
        return {code: "Đăng ký khai sinh" for code in codes if code == BIRTH}
