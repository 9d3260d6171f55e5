"""Files and folders -> the store. Every file gets one line of report; a refusal never stops the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.document import Document, DocumentKind
from corpus.errors import CorpusError, UnknownCommune, UnreadableFile
from corpus.header import commune_named
from corpus.readers import Read, is_readable, read_file
from corpus.store import DocumentStore, Saved
from corpus.vietnamese import slug

_BATCH = 250
_COMMUNE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file. `refusals` and `warnings` are one line each."""

    path: Path
    saved: Saved
    titles: tuple[str, ...]
    refusals: tuple[str, ...]
    warnings: tuple[str, ...]


def check_commune(commune: str | None) -> str | None:
    """A commune's id as it may be written. Raises UnknownCommune."""
    if commune is not None and (not _COMMUNE.match(commune) or commune == "national"):
        raise UnknownCommune(
            f"{commune!r} is no commune id; write its name without accents and with hyphens, such as an-tuong"
        )
    return commune


def files_under(paths: list[Path]) -> Iterator[Path | UnreadableFile]:
    """Every file to read; folders are walked in order, files in them that no reader knows are passed over."""
    for path in paths:
        if path.is_dir():
            found = [file for file in sorted(path.rglob("*")) if file.is_file() and is_readable(file)]
            if not found:
                yield UnreadableFile(f"{path}: no file in this folder that can be read")
            yield from found
        elif path.exists():
            yield path
        else:
            yield UnreadableFile(f"{path}: no such file or folder")


def ingest_file(store: DocumentStore, path: Path, commune: str | None) -> Iterator[FileReport]:
    """Read one file into the store, a batch at a time; yields the report so far after each batch, the last is final."""
    saved, titles, refusals, warnings = Saved(), list[str](), list[str](), list[str]()
    batch: dict[str, Document] = {}

    def report() -> FileReport:
        return FileReport(path, saved, tuple(titles[:5]), tuple(refusals), tuple(warnings))

    try:
        for item in read_file(path):
            document = _accepted(item, commune, refusals, warnings)
            if document is None:
                continue
            titles.append(document.title)
            batch[document.id] = document
            if len(batch) >= _BATCH:
                saved += store.save(list(batch.values()), path.name)
                batch.clear()
                yield report()
    except CorpusError as error:
        refusals.append(str(error))
    if batch:
        saved += store.save(list(batch.values()), path.name)
    yield report()


def _accepted(item: Read, commune: str | None, refusals: list[str], warnings: list[str]) -> Document | None:
    if isinstance(item, CorpusError):
        refusals.append(str(item))
        return None
    document = item
    if document.kind is DocumentKind.PROCEDURE:
        return document.for_commune(commune) if commune else document
    named = commune_named(document.title) or commune_named(document.issuer or "")
    home = commune or (slug(named) if named else None)
    if home is None:
        refusals.append(f"{document.title}: says no commune; ingest it with --commune")
        return None
    if commune and named and slug(named) != commune and slug(named) not in commune:
        warnings.append(f"the document names {named}, but it was ingested for {commune}")
    warnings.extend(document.warnings)
    return replace(document.for_commune(home), place=named or document.place)
