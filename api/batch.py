"""`--input questions.jsonl --output results.jsonl`: one process, one JSON line per question, same order."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import BotError
from corpus.errors import CorpusError
from retrieval.errors import RetrievalError


class InputLine(BaseModel):
    """One question of a batch."""

    model_config = ConfigDict(extra="ignore")

    id: str | int | None = None
    question: str
    commune: str | None = None
    history: list[str] = Field(default_factory=list)


class BrokenInput(BotError):
    """A batch file that cannot be read or written."""


def run_batch(source: Path, target: Path, work: Callable[[InputLine], dict[str, Any]]) -> int:
    """Work through a file of questions; a broken line gives a result with status "error" and exit code 1."""
    refused = 0
    partial = target.with_name(target.name + ".part")
    try:
        lines = source.read_text(encoding="utf-8-sig").splitlines()
        with partial.open("w", encoding="utf-8") as file:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                result, message = _one(line, number, source, work)
                if message:
                    refused += 1
                    sys.stderr.write(f"{message}\n")
                file.write(json.dumps(result, ensure_ascii=False) + "\n")
        os.replace(partial, target)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8"
        name = getattr(error, "filename", None) or source
        raise BrokenInput(f"{name}: {reason}; check the path and its rights") from error
    return 1 if refused else 0


def _one(
    line: str, number: int, source: Path, work: Callable[[InputLine], dict[str, Any]]
) -> tuple[dict[str, Any], str | None]:
    identity: Any = number
    try:
        record = json.loads(line)
        identity = record.get("id", number) if isinstance(record, dict) else number
        item = InputLine.model_validate(record)
        return {"id": identity, **work(item)}, None
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        reason = f"field {where or 'line'}: {error.errors()[0]['msg']}"
    except ValueError as error:
        reason = f"broken JSON ({error})"
    except (CorpusError, RetrievalError, BotError) as error:
        reason = str(error)
    message = f"{source}, line {number}: {reason}"
    return {"id": identity, "status": "error", "text": reason, "hits": [], "citations": []}, message
