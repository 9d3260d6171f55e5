"""Question -> ranked chunks: encoder, Chroma, BM25, ranking, publishing."""
