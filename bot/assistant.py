"""The concrete parts that find and answer; assemble.py adds the channels, which a single question does not need."""

import importlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from bot.chat_model import ChatModel
from bot.chatbot import Chatbot
from bot.errors import WrongSetting
from bot.router import Router
from bot.settings import Settings
from bot.wording import Writer
from corpus.database import connect, migrate
from corpus.errors import StoreUnavailable
from corpus.store import DocumentStore
from retrieval.encoder import Encoder, StaticEncoder
from retrieval.errors import ModelUnavailable
from retrieval.index import LiveIndex
from retrieval.passages import PassageFinder
from retrieval.ranking import Ranker
from retrieval.search import Searcher
from retrieval.spelling import Spelling
from retrieval.vectors import Chroma


@dataclass(frozen=True)
class AssistantParts:
    """What finds and answers, each part made when first needed."""

    settings: Settings

    @cached_property
    def store(self) -> DocumentStore:
        """The store, its schema brought up to date. Raises StoreUnavailable."""
        folder = self.settings.data
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreUnavailable(
                f"{folder}: the data folder cannot be made ({reason}); choose another with --data"
            ) from error
        engine = connect(self.settings.store_url)
        migrate(engine)
        return DocumentStore(engine)

    @cached_property
    def encoder(self) -> Encoder:
        """The shipped encoder, or the one that the settings name."""
        folder = self.settings.encoder
        if folder is None:
            return StaticEncoder()
        return neural_encoder(folder, self.settings.encoder_query_prompt, self.settings.encoder_passage_prompt)

    @cached_property
    def chroma(self) -> Chroma:
        """Chroma, embedded or on a server."""
        return Chroma(self.settings.chroma_url)

    @cached_property
    def restorer(self) -> Spelling:
        """The accent restorer."""
        return Spelling()

    @cached_property
    def index(self) -> LiveIndex:
        """The live index."""
        return LiveIndex(self.store, self.settings.index_folder, self.chroma, self.encoder)

    @cached_property
    def searcher(self) -> Searcher:
        """The search."""
        return Searcher(self.store, self.index, self.encoder, Ranker())

    @cached_property
    def chatbot(self) -> Chatbot:
        """The assistant."""
        finder = PassageFinder(self.index, self.encoder)
        router, writer = Router(self.encoder if self.settings.encoder is None else None), self.writer
        return Chatbot(self.store, self.searcher, finder, router, self.restorer, self.settings.public_url, writer)

    @cached_property
    def writer(self) -> Writer | None:
        """What words answers with a chat model, where the settings name one. Raises WrongSetting."""
        return Writer(chat_model(self.settings)) if self.settings.chat_model else None

    def commune(self, named: str | None) -> str | None:
        """The commune of a question: the one named, the ward's own setting, or the only one there is."""
        return named or self.settings.default_commune or self.store.only_commune()

    @property
    def phrasings(self) -> tuple[Path, ...]:
        """Folders with the ward's own phrasings."""
        return (self.settings.phrasings_folder,)


def chat_model(settings: Settings) -> ChatModel:
    """The chat model that the settings name. Loaded by name: the default install lacks LangChain's chat models."""
    name, key = settings.chat_model or "", settings.chat_model_key
    langchain = _of_an_extra("bot.langchain_model", "langchain", f"MOTCUA_CHAT_MODEL={name}", WrongSetting)
    secret = key.get_secret_value() if key else None
    model: ChatModel = langchain.LangChainModel(name, settings.chat_model_url, secret, settings.chat_model_seconds)
    return model


def neural_encoder(folder: str, query_prompt: str, passage_prompt: str) -> Encoder:
    """Any sentence-transformers model. Loaded by name: importing it brings torch, which the default install lacks."""
    neural = _of_an_extra("retrieval.neural", "neural", f"MOTCUA_ENCODER={folder}", ModelUnavailable)
    encoder: Encoder = neural.NeuralEncoder(folder, query_prompt, passage_prompt)
    return encoder


def _of_an_extra(module: str, extra: str, setting: str, refusal: type[Exception]) -> ModuleType:
    """A module that only an extra of the package can load. Raises `refusal` that names the setting and the extra."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        raise refusal(f"{setting}: needs {error.name}; run `pip install motcua[{extra}]`") from error
