"""Make every shipped model from the training texts: `python -m retrieval.training --texts FOLDER`."""

import argparse
import random
from pathlib import Path

from retrieval import phrasings
from retrieval.encoder import SHIPPED
from retrieval.training import encoder, texts


def pairs_from(folder: Path, *, seed: int = 7) -> list[texts.Pair]:
    """All training pairs of a folder laid out as model/README.md says."""
    documents = texts.procedures(folder / "procedures.jsonl.gz")
    names = {document.procedure.code: document.procedure.name for document in documents if document.procedure}
    blocks = phrasings.load_phrasings(phrasings.SHIPPED, phrasings.PLAN_LANGUAGE)
    return [
        *texts.phrasing_pairs(blocks, names, random.Random(seed)),
        *texts.record_pairs(documents),
        *texts.faq_pairs(folder / "legalrag-questions.jsonl.gz", names),
        *texts.law_pairs(folder / "legal-texts.jsonl.gz"),
        *texts.wiki_pairs(folder / "viwiki-2017.jsonl.gz"),
    ]


def main() -> None:
    """Train and save."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.training", description=__doc__)
    parser.add_argument("--texts", type=Path, required=True, help="folder with the training texts")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the model goes")
    options = parser.parse_args()
    pairs = pairs_from(options.texts)
    encoder.save(encoder.train(pairs, encoder.Recipe()), options.out)


if __name__ == "__main__":
    main()
