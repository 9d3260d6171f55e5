"""Ways in which citizens ask for a procedure, written by people and kept in data files.

A file holds blocks: `## 1.001193 · Thủ tục đăng ký khai sinh` (several codes with commas), then one phrasing a line
behind "- ". `## @ · …` stands for the usual words of plans and has no code. The shipped files lie in
`retrieval/phrasings/`; a ward adds its own in `DATA/phrasings/`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from corpus.vietnamese import nfc
from retrieval.errors import RetrievalError

SHIPPED = Path(__file__).parent / "phrasings"
PLAN_LANGUAGE = SHIPPED / "plans"
_BLOCK = re.compile(r"^##\s+(@|[\w.,\- ]+?)\s*·\s*(.+?)\s*$")


class BrokenPhrasings(RetrievalError):
    """A phrasings file with a line that is no block and no phrasing."""


@dataclass(frozen=True, slots=True)
class PhrasingBlock:
    """Ways to ask for one thing. The first of `codes` is the usual procedure."""

    codes: tuple[str, ...]
    name: str
    phrasings: tuple[str, ...]
    field: str


def read_phrasings(path: Path) -> list[PhrasingBlock]:
    """The blocks of one file. Raises BrokenPhrasings with the line's number."""
    blocks: list[PhrasingBlock] = []
    codes: tuple[str, ...] = ()
    name, lines = "", list[str]()

    def close() -> None:
        if codes and lines:
            blocks.append(PhrasingBlock(codes, name, tuple(dict.fromkeys(lines)), path.stem))
        lines.clear()

    for number, line in enumerate(nfc(path.read_text(encoding="utf-8")).splitlines(), 1):
        if match := _BLOCK.match(line):
            close()
            codes = tuple(code.strip() for code in match.group(1).split(",") if code.strip())
            name = match.group(2)
        elif line.startswith("- ") and codes:
            lines.append(line[2:].strip())
        elif line.strip() and not line.startswith("# "):
            raise BrokenPhrasings(f"{path}, line {number}: neither “## code · name” nor “- phrasing”: {line[:60]!r}")
    close()
    return blocks


def load_phrasings(*folders: Path) -> list[PhrasingBlock]:
    """Every block of every `.md` file in the folders, in a fixed order; a missing folder has none."""
    return [block for folder in folders for path in sorted(folder.glob("*.md")) for block in read_phrasings(path)]
