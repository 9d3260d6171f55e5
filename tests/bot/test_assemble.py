"""The parts are made when they are needed, each once, and what cannot be made says why."""

import sys
from pathlib import Path

import pytest

from bot.assemble import Parts
from bot.assistant import neural_encoder
from bot.settings import Settings
from corpus.errors import StoreUnavailable
from retrieval.encoder import StaticEncoder
from retrieval.errors import ModelUnavailable


def made(folder: Path, **given: object) -> Parts:
    return Parts(Settings(_env_file=None, data=folder, **given))  # type: ignore[call-arg, arg-type]


def test_nothing_is_made_before_it_is_needed(tmp_path: Path) -> None:
    made(tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_a_part_is_made_once_and_the_store_is_ready(tmp_path: Path) -> None:
    parts = made(tmp_path / "deep" / "data")
    assert parts.store is parts.store
    assert parts.store.communes() == []
    assert (tmp_path / "deep" / "data" / "motcua.db").exists()


def test_the_shipped_encoder_serves_when_none_is_named(tmp_path: Path) -> None:
    assert isinstance(made(tmp_path).encoder, StaticEncoder)


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="--data") as caught:
        _ = made(tmp_path / "data").store
    assert "\n" not in str(caught.value)


@pytest.mark.skipif("sentence_transformers" in sys.modules, reason="motcua[neural] is installed here")
def test_another_encoder_without_its_packages_says_what_to_install() -> None:
    with pytest.raises(ModelUnavailable, match=r"MOTCUA_ENCODER=bge-m3.*(?:motcua\[neural\]|model folder)"):
        neural_encoder("bge-m3", "", "")


def test_a_wards_phrasings_lie_in_its_data_folder(tmp_path: Path) -> None:
    assert made(tmp_path).phrasings == (tmp_path / "phrasings",)


def test_without_settings_no_channel_is_open(tmp_path: Path) -> None:
    assert made(tmp_path).channels == ()
    assert made(tmp_path).zalo_tokens is None


@pytest.mark.parametrize(
    ("named", "default", "meant"),
    [("an-tuong", "phuong-mau", "an-tuong"), (None, "an-tuong", "an-tuong"), (None, None, "phuong-mau")],
)
def test_a_question_belongs_to_the_commune_named_or_set_or_the_only_one(
    parts: Parts, named: str | None, default: str | None, meant: str
) -> None:
    settings = parts.settings.model_copy(update={"default_commune": default})
    assert Parts(settings).commune(named) == meant


def test_with_nothing_stored_no_commune_is_meant(tmp_path: Path) -> None:
    assert made(tmp_path).commune(None) is None
