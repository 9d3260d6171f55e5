"""A run: every reply to a set of questions, its scores, and what it was made with. Read and written as files.

`answers.jsonl` holds nothing that changes between two runs over the same data; times lie in `times.jsonl`, same order.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.errors import UnreadableRun
from eval.gold import GoldQuestion
from eval.reply import Reply
from eval.scoring import Fault, Score, Scored
from eval.variants import Variant

ANSWERS, TIMES, RUN, REPORT = "answers.jsonl", "times.jsonl", "run.json", "report.html"
_SHOWN = 600


@dataclass(frozen=True, slots=True)
class Record:
    """One question in one variant, what was answered, and its score.

    `typed` is the question as it was asked.
    """

    id: str
    variant: Variant
    typed: str
    gold: GoldQuestion
    status: str
    text: str
    code: str | None
    sources: tuple[dict[str, Any], ...]
    choices: tuple[dict[str, str | None], ...]
    found: tuple[dict[str, Any], ...]
    scored: Scored
    steps_ms: dict[str, float] = field(default_factory=dict)
    total_ms: float = 0.0


def recorded(gold: GoldQuestion, variant: Variant, typed: str, reply: Reply, scored: Scored) -> Record:
    """A reply and its score as they are kept."""
    return Record(
        id=gold.id,
        variant=variant,
        typed=typed,
        gold=gold,
        status=reply.status,
        text=reply.text,
        code=reply.code,
        sources=tuple(
            {"n": s.n, "document": s.document, "path": s.path, "quote": _shown(s.quote)} for s in reply.sources
        ),
        choices=tuple({"label": choice.label, "code": choice.code} for choice in reply.choices),
        found=tuple(
            {
                "codes": list(part.codes),
                "name": part.name,
                "document": part.document,
                "path": part.path,
                "score": part.score,
            }
            for part in reply.found or ()
        ),
        scored=scored,
        steps_ms={name: round(value, 3) for name, value in reply.steps_ms.items()},
        total_ms=round(reply.total_ms, 3),
    )


def answer_line(record: Record) -> str:
    """A record without its times, as one line of JSON."""
    content = {
        "id": record.id,
        "variant": record.variant.value,
        "question": record.typed,
        "gold": record.gold.model_dump(mode="json", exclude_defaults=True),
        "status": record.status,
        "text": record.text,
        "code": record.code,
        "sources": list(record.sources),
        "choices": list(record.choices),
        "found": list(record.found),
        "scores": {name: value for name, value in asdict(record.scored.score).items() if value is not None},
        "faults": [fault.value for fault in record.scored.faults],
        "right_ranks": list(record.scored.right_ranks),
        "invented": list(record.scored.invented),
        "said_forbidden": list(record.scored.said_forbidden),
        "missing": list(record.scored.missing),
        "bare": list(record.scored.bare),
        "confidence": record.scored.confidence,
    }
    return json.dumps(content, ensure_ascii=False)


def time_line(record: Record) -> str:
    """The times of a record as one line of JSON, in milliseconds."""
    content = {
        "id": record.id,
        "variant": record.variant.value,
        "total_ms": record.total_ms,
        "steps_ms": record.steps_ms,
    }
    return json.dumps(content, ensure_ascii=False)


def read_record(answer: str, times: str) -> Record:
    """A record from its two lines. Raises ValueError, KeyError or TypeError for anything else."""
    said, took = json.loads(answer), json.loads(times)
    if (said["id"], said["variant"]) != (took["id"], took["variant"]):
        raise ValueError("answers and times are not in the same order")
    scored = Scored(
        score=Score(**said["scores"]),
        faults=tuple(Fault(name) for name in said["faults"]),
        right_ranks=tuple(said["right_ranks"]),
        invented=tuple(said["invented"]),
        said_forbidden=tuple(said["said_forbidden"]),
        missing=tuple(said["missing"]),
        bare=tuple(said["bare"]),
        confidence=said["confidence"],
    )
    return Record(
        id=said["id"],
        variant=Variant(said["variant"]),
        typed=said["question"],
        gold=GoldQuestion.model_validate(said["gold"]),
        status=said["status"],
        text=said["text"],
        code=said["code"],
        sources=tuple(said["sources"]),
        choices=tuple(said["choices"]),
        found=tuple(said["found"]),
        scored=scored,
        steps_ms=took["steps_ms"],
        total_ms=took["total_ms"],
    )


def read_records(folder: Path) -> list[Record]:
    """The records of a finished run. Raises UnreadableRun."""
    try:
        answers = (folder / ANSWERS).read_text(encoding="utf-8").split("\n")
        times = (folder / TIMES).read_text(encoding="utf-8").split("\n")
        return [read_record(answer, took) for answer, took in zip(answers, times, strict=True) if answer]
    except OSError as error:
        raise UnreadableRun(f"{folder}: {error.strerror or error}; name the report folder of a finished run") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableRun(
            f"{folder}: not the run of this version ({error}); make it again with `motcua eval`"
        ) from error


def _shown(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}…"
