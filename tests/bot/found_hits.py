"""Hits made by hand, for what decides on them."""

from corpus.chunking import Chunk, ChunkKind
from retrieval.entries import Unit
from retrieval.evidence import COLUMN, FEATURES
from retrieval.search import Found, Hit


def hit(
    name: str,
    raw: float,
    code: str | None = None,
    *,
    kind: ChunkKind = ChunkKind.PROCEDURE,
    standing: int = 0,
    document_id: str | None = None,
    twins: tuple[str, ...] = (),
    phrasing: float = 0.0,
) -> Hit:
    """A hit with a name, a score and how close its nearest phrasing is."""
    document = document_id or f"tthc-{code or name}"
    features = [0.0] * len(FEATURES)
    features[COLUMN["dense_phrasing"]] = phrasing
    chunk = Chunk(f"c-{code or name}", document, kind, name, name, name, 0, code)
    unit = Unit(document, kind, chunk.id, document, code, name, name, 0, standing)
    return Hit(unit, chunk, 0.5, raw, twins, tuple(features))


def found(*hits: Hit, procedure: float = 0.0, part: float = 0.0) -> Found:
    """What was found, and how sure the best procedure and the best other part are."""
    return Found(hits, procedure, part)
