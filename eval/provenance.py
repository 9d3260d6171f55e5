"""What a run was made with: versions, settings and digests, so that a figure can be traced to its cause."""

import gzip
import hashlib
import json
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.assistant import AssistantParts
from corpus.database import DocumentRow, VersionRow, connect
from retrieval.generation import folder_of

_PACKAGES = ("motcua", "bm25s", "chromadb", "numpy", "pydantic", "safetensors", "sqlalchemy")

_CODE = (".py", ".json", ".npz", ".safetensors", ".tsv", ".txt")


def versions() -> dict[str, str]:
    """Python and the packages that decide what is found."""
    found = {"python": platform.python_version(), "system": sys.platform}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "source"
    return found


def code_digest() -> str:
    """A digest over the code and data of this program: a run that was interrupted is only resumed by the same."""
    summed = hashlib.sha256()
    root = Path(__file__).parent.parent
    for package in ("corpus", "retrieval", "bot", "eval"):
        for path in sorted((root / package).rglob("*")):
            if path.suffix in _CODE and path.is_file():
                summed.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return summed.hexdigest()[:16]


def corpus_digest(parts: AssistantParts) -> str:
    """A digest over the content of every document in force."""
    query = (
        select(DocumentRow.id, VersionRow.digest)
        .join(
            VersionRow,
            (VersionRow.document_id == DocumentRow.id) & (VersionRow.number == DocumentRow.version),
        )
        .where(DocumentRow.withdrawn_on.is_(None))
        .order_by(DocumentRow.id)
    )
    summed = hashlib.sha256()
    with Session(connect(parts.settings.store_url)) as session:
        for document, digest in session.execute(query):
            summed.update(f"{document}\x1f{digest}\n".encode())
    return summed.hexdigest()[:16]


def index_digest(parts: AssistantParts) -> str:
    """A digest over the units and entries of every live generation; the same content gives the same digest."""
    summed = hashlib.sha256()
    for scope in parts.store.scopes():
        if scope.generation is None:
            continue
        folder = folder_of(parts.settings.index_folder, scope.id, scope.generation)
        summed.update(_content(folder))
    return summed.hexdigest()[:16]


def configuration(parts: AssistantParts) -> dict[str, str | None]:
    """The settings that change answers; addresses and secrets are left out."""
    return {
        "encoder": parts.encoder.name,
        "default_commune": parts.settings.default_commune,
        "chroma": "server" if parts.settings.chroma_url else "embedded",
    }


def _content(folder: Path) -> bytes:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    named = json.dumps([manifest["scope"], manifest["encoder"], manifest["units"], manifest["entries"]])
    with gzip.open(folder / "units.json.gz", "rb") as file:
        units = file.read()
    return named.encode() + units + (folder / "entries.npz").read_bytes()
