"""A whole country for measuring: communes that do not exist, each with a plan as long as a real one."""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from corpus.document import Document, Section
from corpus.structure import read_plan

COMMUNES = 3_321
PREFIX = "xa-mau-"
CHUNKS = 60
_SAMPLE = Path(__file__).parent.parent / "corpus" / "samples" / "ke-hoach-tuyen-truyen-cchc-2026.txt"
_SUBJECTS = (
    "thủy lợi nội đồng",
    "phòng cháy rừng",
    "chợ phiên cuối tuần",
    "trường mầm non",
    "đường liên thôn",
    "hồ sơ sức khỏe",
    "tiêm phòng đàn trâu bò",
    "thu gom rác thải",
    "câu lạc bộ người cao tuổi",
    "đèn chiếu sáng ngõ xóm",
)


def plans(communes: int) -> Iterator[tuple[str, Document]]:
    """(commune id, its plan), each with CHUNKS sections of its own wording; the same on every run."""
    sample = read_plan(_SAMPLE.read_text(encoding="utf-8"), _SAMPLE.name)
    texts = [section.text for section in sample.sections if section.level > 0 and not section.is_heading]
    for number in range(communes):
        chance = random.Random(number)
        sections = tuple(_section(order, chance.choice(texts), chance) for order in range(CHUNKS))
        name = f"{PREFIX}{number:04d}"
        bare = replace(sample, sections=sections, tasks=(), legal_bases=(), title=f"Kế hoạch công tác xã số {number}")
        yield name, bare.for_commune(name)


def question(chance: random.Random) -> str:
    """A question about such a plan."""
    return f"{chance.choice(_SUBJECTS)} ở thôn {chance.randrange(1, 40)} ai làm, bao giờ xong"


def _section(order: int, text: str, chance: random.Random) -> Section:
    subject, hamlet, day = chance.choice(_SUBJECTS), chance.randrange(1, 40), chance.randrange(1, 29)
    words = f"{text} Riêng {subject} ở thôn {hamlet} xong trước ngày {day}/{chance.randrange(1, 13)}/2026."
    return Section(f"Phần II, mục {order + 1}", 3, str(order + 1), words)
