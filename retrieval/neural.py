"""Any sentence-transformers model in place of the shipped encoder: `pip install motcua[neural]`.

Imported by `bot.assemble` alone, and only when MOTCUA_ENCODER names a model: it brings torch with it.
"""

from collections.abc import Sequence

import numpy as np
from sentence_transformers import SentenceTransformer

from retrieval.encoder import Vectors
from retrieval.errors import ModelUnavailable


class NeuralEncoder:
    """A sentence-transformers model. Prompts such as "query: " go before the texts as its makers ask for."""

    def __init__(self, model: str, query_prompt: str = "", passage_prompt: str = "") -> None:
        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"MOTCUA_ENCODER={model}: cannot be loaded ({error}); give a model folder"
            ) from error
        self._query_prompt = query_prompt
        self._passage_prompt = passage_prompt
        self.dimensions = int(self._model.get_sentence_embedding_dimension() or 0)
        self.name = f"sentence-transformers:{model}:{query_prompt!r}:{passage_prompt!r}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions."""
        return self._encode([self._query_prompt + text for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched."""
        return self._encode([self._passage_prompt + text for text in texts])

    def _encode(self, texts: list[str]) -> Vectors:
        vectors = self._model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimensions)
