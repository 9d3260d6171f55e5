"""What each part of the search is worth: `python -m eval.ablation --data DIR` leaves them out one at a time.

The ranking's weights stay as they were learned with everything there. Prints a table: the share of questions whose
right hit is first / in three / in five, as typed and without accents, and what the first place loses.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.assistant import AssistantParts
from bot.settings import Settings
from corpus.vietnamese import fold
from eval.gold import GoldQuestion
from eval.in_process import InProcess
from eval.left_out import PARTS, Index, Part
from eval.measures.wording import holds
from eval.question_set import read_set
from eval.shipped import set_path
from retrieval.question import read_question
from retrieval.search import Searcher

_SETS = ("procedures-a", "procedures-b", "plans")

Shares = tuple[float, float, float]


def measured(parts: AssistantParts, part: Part, golds: Sequence[GoldQuestion], *, accents: bool) -> Shares:
    """First, first three, first five of the questions that name a source, with a part left out."""
    known = InProcess(parts)
    searcher = Searcher(parts.store, Index(parts.index, part.generation), parts.encoder, part.ranker())
    ranks = []
    for gold in golds:
        text = gold.question if accents else fold(gold.question)
        hits = searcher.search(part.question(read_question(text, parts.restorer)), gold.commune).hits
        codes = known.alike(gold.codes)
        right = [
            bool(codes & {hit.unit.procedure_code, *hit.twins}) or any(holds(hit.chunk.text, w) for w in gold.evidence)
            for hit in hits
        ]
        ranks.append(right.index(True) if any(right) else len(hits) + 5)
    first, three, five = (sum(rank < n for rank in ranks) / max(len(ranks), 1) for n in (1, 3, 5))
    return first, three, five


def table(rows: Sequence[tuple[str, Sequence[Shares]]], columns: Sequence[str]) -> str:
    """The shares as Markdown; behind each row's the points that its first place loses against the first row."""
    lines = [f"| without | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    for number, (name, shares) in enumerate(rows):
        cells = []
        for mine, whole in zip(shares, rows[0][1], strict=True):
            told = " / ".join(f"{share:.3f}".removeprefix("0") for share in mine)
            cells.append(f"{told} ({100 * (mine[0] - whole[0]):+.1f})" if number else told)
        lines.append(f"| {'nothing' if not number else name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> int:
    """Measure every part over every set."""
    parser = argparse.ArgumentParser(prog="python -m eval.ablation", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("data"), help="data folder with everything published")
    parts = AssistantParts(Settings.model_construct(data=parser.parse_args().data))
    sets = {name: [g for g in read_set(set_path(name)).questions if g.names_source] for name in _SETS}
    columns = [f"{name}{'' if accents else ', no accents'}" for name in _SETS for accents in (True, False)]
    rows = []
    for part in PARTS:
        shares = [measured(parts, part, sets[name], accents=accents) for name in _SETS for accents in (True, False)]
        rows.append((part.name, shares))
        sys.stderr.write(f"{part.name} done\n")
    sys.stdout.write(table(rows, columns) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
