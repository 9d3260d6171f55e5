"""`motcua doctor`: what is configured, what is missing and how to mend it.

Exit code 0 when questions can be answered, 1 otherwise.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.assemble import Parts
from bot.errors import BotError
from bot.settings import Settings, load_settings
from corpus.errors import CorpusError
from corpus.readers.programs import run_limited
from corpus.store import NATIONAL
from retrieval.errors import RetrievalError
from retrieval.generation import open_generation

OK, OFF, FAULT = "ok", "off", "fault"
_OPTIONAL = {
    "Telegram": ("telegram_token",),
    "Zalo OA": ("zalo_app_id", "zalo_app_secret", "zalo_oa_secret"),
    "Zalo Bot": ("zalo_bot_token",),
}
"""Optional parts and the settings without which they do not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: `level` is "ok", "off" (works without) or "fault" (cannot answer); `mend` says what to do."""

    level: str
    subject: str
    text: str
    mend: str = ""


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Print every finding as it is made."""
    parts = Parts(load_settings(data=options.data))
    faults = 0
    for finding in examine(parts):
        faults += finding.level == FAULT
        print(f"{finding.level:<6} {finding.subject:<13} {finding.text}")
        if finding.mend:
            print(f"{'':<21}→ {finding.mend}")
    print("It cannot answer yet: mend what is marked “fault”, from the top." if faults else "It can answer.")
    return 1 if faults else 0


def examine(parts: Parts) -> Iterator[Finding]:
    """Everything there is to say, the needed parts first."""
    needed = list(_needed(parts))
    yield from needed
    if not any(finding.level == FAULT for finding in needed):
        yield _one_question(parts)
    yield _scans()
    yield _program("Word files", "soffice", "libreoffice-writer")
    for subject, names in _OPTIONAL.items():
        yield _optional(parts.settings, subject, names)
    yield _chat_model(parts)
    yield _links(parts.settings)


def _needed(parts: Parts) -> Iterator[Finding]:
    yield _folder(parts.settings.data)
    if not parts.settings.data.is_dir():
        return
    for subject, look in (
        ("store", _store),
        ("encoder", _encoder),
        ("accents", _accents),
        ("vectors", _chroma),
    ):
        try:
            yield Finding(OK, subject, look(parts))
        except (CorpusError, RetrievalError, BotError) as error:
            yield Finding(FAULT, subject, str(error))
            return
    yield from _scopes(parts)


def _folder(data: Path) -> Finding:
    where = data.resolve()
    if not data.exists():
        mend = "motcua ingest corpus/samples --commune phuong-mau, or name another folder with --data"
        return Finding(FAULT, "data folder", f"{where} does not exist yet", mend)
    try:
        with tempfile.TemporaryFile(dir=data):
            free = shutil.disk_usage(data).free / 1e9
    except OSError as error:
        reason = error.strerror or str(error)
        mend = "give this user the right to write there, or name another with --data"
        return Finding(FAULT, "data folder", f"{where} cannot be written ({reason})", mend)
    return Finding(OK, "data folder", f"{where}, {free:.1f} GB free")


def _store(parts: Parts) -> str:
    documents = sum(parts.store.counts().values())
    kind = (parts.settings.database_url or "sqlite").partition(":")[0]
    return f"{kind}, {documents} documents in force"


def _encoder(parts: Parts) -> str:
    return f"{parts.encoder.name}, {parts.encoder.dimensions} dimensions"


def _accents(parts: Parts) -> str:
    return f"“dang ky khai sinh” is read as “{parts.restorer.restore('dang ky khai sinh')}”"


def _chroma(parts: Parts) -> str:
    return f"Chroma server at {parts.settings.chroma_url}" if parts.chroma.is_server else "embedded Chroma"


def _scopes(parts: Parts) -> Iterator[Finding]:
    scopes = parts.store.scopes()
    if not scopes:
        yield Finding(FAULT, "documents", "none yet", "motcua ingest corpus/samples --commune phuong-mau")
    for scope in scopes:
        if scope.generation is None:
            yield Finding(FAULT, scope.id, "stored, but never published", "motcua publish")
            continue
        root = parts.settings.index_folder
        try:
            opened = open_generation(root, parts.chroma, parts.encoder, scope.id, scope.generation)
        except RetrievalError as error:
            yield Finding(FAULT, scope.id, str(error), "motcua publish")
            continue
        text = f"generation {scope.generation}, {opened.manifest.units} parts"
        stale = scope.is_stale
        yield Finding(OFF if stale else OK, scope.id, text, "newer documents wait: motcua publish" if stale else "")


def _one_question(parts: Parts) -> Finding:
    communes = [scope.id for scope in parts.store.scopes() if scope.id != NATIONAL]
    commune = parts.settings.default_commune or next(iter(communes), None)
    started = time.perf_counter()
    status = parts.chatbot.ask("đăng ký khai sinh", commune).status
    return Finding(OK, "a question", f"{status}, {(time.perf_counter() - started) * 1000:.0f} ms the first time")


def _scans() -> Finding:
    finding = _program("scans", "tesseract", "tesseract-ocr tesseract-ocr-vie")
    if finding.level == OFF:
        return finding
    listed = run_limited(["tesseract", "--list-langs"], timeout_s=20)
    if listed is None or b"vie" not in listed.output.split():
        mend = "sudo apt-get install tesseract-ocr-vie"
        return Finding(OFF, "scans", "tesseract is there, Vietnamese is not", mend)
    return finding


def _program(subject: str, name: str, packages: str) -> Finding:
    found = shutil.which(name)
    if found is None:
        return Finding(OFF, subject, f"{name} is not installed", f"sudo apt-get install {packages}")
    return Finding(OK, subject, found)


def _optional(settings: Settings, subject: str, names: tuple[str, ...]) -> Finding:
    missing = [f"MOTCUA_{name.upper()}" for name in names if not getattr(settings, name)]
    if not missing:
        return Finding(OK, subject, "set up")
    state = "not set up" if len(missing) == len(names) else "only half set up"
    return Finding(OFF, subject, state, f"to use it, set {', '.join(missing)}")


def _chat_model(parts: Parts) -> Finding:
    name = parts.settings.chat_model
    if not name:
        return Finding(OFF, "chat model", "none: answers are composed", "to use one, set MOTCUA_CHAT_MODEL")
    try:
        parts.writer  # noqa: B018 - made here, it says itself what it lacks
    except BotError as error:
        return Finding(OFF, "chat model", str(error), "answers are composed until then")
    return Finding(OK, "chat model", f"{name}, {parts.settings.chat_model_seconds:g} s for a text")


def _links(settings: Settings) -> Finding:
    if settings.public_url:
        return Finding(OK, "links", f"begin with {settings.public_url}")
    mend = "set MOTCUA_PUBLIC_URL before a channel outside the web page uses them"
    return Finding(OFF, "links", "citation links begin with /", mend)
