"""The ward's own sheet: address, opening hours, telephone, taken from the guides the ward wrote itself."""

import re

from corpus.chunking import Chunk, ChunkKind
from corpus.store import DocumentStore
from corpus.vietnamese import folded_syllables

_PLACES = ("dia chi", "gio lam viec", "thoi gian lam viec", "lich lam viec")
_CONTACTS = ("dien thoai", "duong day nong", "lien he")


def ward_chunks(store: DocumentStore, commune: str) -> list[Chunk]:
    """Parts of the ward's guides that say where and when, at most three."""
    guides = store.chunks(commune, kind=ChunkKind.GUIDE)
    wanted = [chunk for word in (*_PLACES, *_CONTACTS) for chunk in guides if _heading_has(chunk, word)]
    return list({chunk.id: chunk for chunk in wanted}.values())[:3]


def _heading_has(chunk: Chunk, words: str) -> bool:
    heading = " ".join(folded_syllables(chunk.text.splitlines()[0]))
    return re.match(rf"(?:\d+ )*(?!khong)(?:\w+ ){{0,2}}{words}\b", heading) is not None
