"""Ask every question of a set, score the replies, keep them.

A run that was interrupted goes on where it stopped.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from eval.errors import UnreadableRun
from eval.fixed_texts import fixed_texts
from eval.gold import GoldQuestion
from eval.reply import Assistant
from eval.run import ANSWERS, TIMES, Record, answer_line, read_record, recorded, time_line
from eval.scoring import scored
from eval.variants import Variant, varied

UNFINISHED = "unfinished"
_KEY = "key.json"

Asked = tuple[GoldQuestion, Variant, str]


@dataclass(frozen=True, slots=True)
class Job:
    """What to run.

    `key` names everything the replies depend on; only a run with the same key is gone on with.
    """

    questions: Sequence[GoldQuestion]
    variants: Sequence[Variant]
    folder: Path
    key: dict[str, object]

    @property
    def asked(self) -> list[Asked]:
        """Every question as it will be typed: variant by variant, in the order of the set."""
        return [
            (gold, variant, typed)
            for variant in self.variants
            for gold in self.questions
            if (typed := varied(gold, variant)) is not None
        ]


def run(job: Job, assistant: Assistant, progress: Callable[[Iterable[Asked], int], Iterable[Asked]]) -> list[Record]:
    """All records of a job, those of an interrupted run among them. Raises UnreadableRun when nothing can be written.

    `progress(items, done)` is given what is still to ask and how many were asked before, and hands the items on.
    """
    fixed = fixed_texts()
    asked = job.asked
    try:
        with _Kept(job) as kept:
            records = list(kept.before)
            for gold, variant, typed in progress(asked[len(records) :], len(records)):
                reply = assistant.reply(gold, typed)
                record = recorded(
                    gold,
                    variant,
                    typed,
                    reply,
                    scored(gold, typed, reply, assistant.alike(gold.codes), fixed),
                )
                kept.add(record)
                records.append(record)
    except OSError as error:
        raise UnreadableRun(
            f"{job.folder}: cannot be written ({error.strerror or error}); choose another with --report"
        ) from error
    return records


def finish(folder: Path, files: dict[str, str]) -> None:
    """Put the finished run in its place, the readable report last. Raises UnreadableRun."""
    unfinished = folder / UNFINISHED
    try:
        for name, content in files.items():
            (unfinished / name).write_text(content, encoding="utf-8")
        for name in (ANSWERS, TIMES, *files):
            (unfinished / name).replace(folder / name)
        shutil.rmtree(unfinished)
    except OSError as error:
        raise UnreadableRun(
            f"{folder}: cannot be written ({error.strerror or error}); choose another with --report"
        ) from error


class _Kept:
    """The folder of an unfinished run: what was asked before, and where each new record goes at once."""

    def __init__(self, job: Job) -> None:
        self._folder = job.folder / UNFINISHED
        key = json.dumps(job.key, sort_keys=True)
        self.before = tuple(_stored(self._folder, key))
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / _KEY).write_text(key, encoding="utf-8")

    def __enter__(self) -> "_Kept":
        """Both files hold exactly what is known; then new lines go to their ends."""
        self._answers = self._opened(ANSWERS, map(answer_line, self.before))
        self._times = self._opened(TIMES, map(time_line, self.before))
        return self

    def __exit__(self, *_failure: object) -> None:
        self._answers.close()
        self._times.close()

    def add(self, record: Record) -> None:
        """Keep a record; after a crash at most the last one is lost."""
        self._times.write(time_line(record) + "\n")
        self._answers.write(answer_line(record) + "\n")

    def _opened(self, name: str, lines: Iterable[str]) -> IO[str]:
        file = (self._folder / name).open("w", encoding="utf-8", newline="\n", buffering=1)
        file.writelines(f"{line}\n" for line in lines)
        return file


def _stored(folder: Path, key: str) -> Iterator[Record]:
    """The records of an interrupted run with the same key, up to the first line that was not written to its end."""
    key_file, answers, times = folder / _KEY, folder / ANSWERS, folder / TIMES
    if not (key_file.exists() and answers.exists() and times.exists()) or key_file.read_text(encoding="utf-8") != key:
        return
    said, took = (path.read_text(encoding="utf-8", errors="replace").split("\n")[:-1] for path in (answers, times))
    for answer, time in zip(said, took, strict=False):
        try:
            record = read_record(answer, time)
        except (ValueError, KeyError, TypeError):
            return
        yield record
