"""Train the static encoder: word vectors whose mean puts a question next to the procedure it asks for.

Reads from top to bottom. Contrastive training in batches: every question must find its own passage among all the
others of its batch (InfoNCE, both directions). Half of the questions lose their accents, some lose words.
"""

import random
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import torch
from model2vec import StaticModel
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import WhitespaceSplit
from torch.nn.functional import cross_entropy, normalize
from tqdm import tqdm

from retrieval.training.texts import Pair
from retrieval.words import encoder_words

FILES = ("config.json", "model.safetensors", "modules.json", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the weights."""

    dimensions: int = 256
    words: int = 56_000
    epochs: int = 3
    batch: int = 1024
    learning_rate: float = 0.05
    temperature: float = 0.05
    without_accents: float = 0.5
    dropped_words: float = 0.1
    seed: int = 7


def tokenizer_for(texts: list[str], size: int) -> Tokenizer:
    """A tokenizer that knows the commonest words; anything else is no word at all."""
    counts = Counter(word for text in texts for word in set(text.split()))
    words = [word for word, count in counts.most_common(size - 1) if count >= 2]
    tokenizer = Tokenizer(WordLevel({"[UNK]": 0} | {word: i for i, word in enumerate(words, 1)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer


def train(pairs: list[Pair], recipe: Recipe, *, quiet: bool = False) -> StaticModel:
    """A model2vec model with int8 weights."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    questions = [encoder_words(pair.question) for pair in pairs]
    passages = [encoder_words(pair.passage) for pair in pairs]
    tokenizer = tokenizer_for([*questions, *passages], recipe.words)
    question_ids, passage_ids = _ids(tokenizer, questions), _ids(tokenizer, passages)
    marked = {i for word, i in tokenizer.get_vocab().items() if not word.isascii()}
    groups = {group: i for i, group in enumerate(dict.fromkeys(pair.group for pair in pairs))}
    group_ids = np.array([groups[pair.group] for pair in pairs])

    model = StaticEmbedding(tokenizer, embedding_dim=recipe.dimensions)
    torch.nn.init.normal_(model.embedding.weight, std=0.05)
    optimizer = torch.optim.Adam(model.parameters(), lr=recipe.learning_rate)
    steps = recipe.epochs * (len(pairs) // recipe.batch)
    progress = tqdm(total=steps, desc="encoder", disable=quiet)
    step = 0
    for epoch in range(recipe.epochs):
        order = np.random.default_rng(recipe.seed + epoch).permutation(len(pairs))
        for start in range(0, len(pairs) - recipe.batch + 1, recipe.batch):
            chosen = order[start : start + recipe.batch]
            asked = _bag(model, [_worn(question_ids[i], marked, recipe, rng) for i in chosen])
            found = _bag(model, [passage_ids[i] for i in chosen])
            scores = asked @ found.T / recipe.temperature
            same = torch.tensor(group_ids[chosen][:, None] == group_ids[chosen][None, :])
            scores = scores.masked_fill(same.fill_diagonal_(False), -1e4)
            right = torch.arange(len(chosen))
            loss = (cross_entropy(scores, right) + cross_entropy(scores.T, right)) / 2
            for group in optimizer.param_groups:
                group["lr"] = recipe.learning_rate * (1 - step / steps)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            step += 1
            progress.update()
            progress.set_postfix(loss=f"{loss.item():.3f}")
    progress.close()
    weights = model.embedding.weight.detach().numpy()
    return StaticModel(_int8(weights), tokenizer, {"normalize": False}, max_length=None)


def _int8(weights: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Rounded to a byte each; the few largest values are clipped so that the many small ones keep their detail."""
    scale = np.quantile(np.abs(weights), 0.9995) / 127
    rounded: npt.NDArray[np.int8] = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    return rounded


def _ids(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    encoded = tokenizer.encode_batch_fast(texts, add_special_tokens=False)
    return [[i for i in item.ids if i] or [0] for item in encoded]


def _worn(ids: list[int], marked: set[int], recipe: Recipe, rng: random.Random) -> list[int]:
    """A question as people type it: often without accents, sometimes without a word."""
    if rng.random() < recipe.without_accents:
        ids = [i for i in ids if i not in marked] or ids
    return [i for i in ids if rng.random() >= recipe.dropped_words] or ids


def _bag(model: StaticEmbedding, texts: list[list[int]]) -> torch.Tensor:
    offsets = np.cumsum([0, *(len(text) for text in texts[:-1])])
    features = {
        "input_ids": torch.tensor([i for text in texts for i in text]),
        "offsets": torch.from_numpy(offsets),
    }
    return normalize(model(features)["sentence_embedding"], dim=-1)


def save(model: StaticModel, folder: Path) -> None:
    """Weights, tokenizer and configuration, loadable by model2vec and by sentence-transformers; other files stay."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made:
        model.save_pretrained(Path(made), model_name="motcua-static")
        for name in FILES:
            shutil.copyfile(Path(made) / name, folder / name)
