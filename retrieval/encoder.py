"""Texts -> vectors. The shipped encoder is static: a table of word vectors, averaged; it needs no torch."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file

from retrieval.errors import ModelUnavailable
from retrieval.words import encoder_words

# The router and the search read the same question.
_QUESTIONS_KEPT = 64
SHIPPED = Path(__file__).parent / "model"

Vectors = npt.NDArray[np.float32]
"""One row per text, each of length 1 (all zeros for a text without a known word)."""


class Encoder(Protocol):
    """The seam to any embedding model. `name` identifies the weights: an index made with another name is refused."""

    name: str
    dimensions: int

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (len(texts), dimensions)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched, shape (len(texts), dimensions)."""
        ...


class StaticEncoder:
    """The encoder trained for this project (see model/README.md): the mean of the words' vectors.

    The files are those of sentence-transformers' StaticEmbedding and of model2vec, which load them too; reading them
    here takes a tenth of the time that importing either does, and a question asked in a terminal waits for it.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        weights, words = folder / "model.safetensors", folder / "tokenizer.json"
        try:
            self._vectors = load_file(weights)["embeddings"]
            tokenizer = json.loads(words.read_text(encoding="utf-8"))["model"]
            digest = hashlib.sha256(weights.read_bytes()).hexdigest()
        except (OSError, ValueError, KeyError, SafetensorError) as error:
            raise ModelUnavailable(
                f"{folder}: no encoder can be read ({error}); reinstall, or train one: `python -m retrieval.training`"
            ) from error
        self._rows: dict[str, int] = tokenizer["vocab"]
        self._rows.pop(tokenizer["unk_token"], None)
        self.dimensions = int(self._vectors.shape[1])
        self.name = f"motcua-static-{digest[:12]}"
        self._sum_kept = lru_cache(_QUESTIONS_KEPT)(self._sum)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return self._of_length_1(np.array([self._sum_kept(text) for text in texts]))

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""
        return self._of_length_1(np.array([self._sum(text) for text in texts]))

    def _sum(self, text: str) -> Vectors:
        rows = [self._rows[word] for word in encoder_words(text).split() if word in self._rows]
        return np.asarray(self._vectors[rows].sum(axis=0, dtype=np.float32))

    def _of_length_1(self, sums: Vectors) -> Vectors:
        sums = sums.reshape(-1, self.dimensions)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(sums / np.where(norms == 0, 1, norms), dtype=np.float32)
