"""The live index answers from what is published, and exchanges it when something newer is."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import NATIONAL, DocumentStore
from retrieval.errors import IndexUnavailable
from retrieval.index import LiveIndex
from retrieval.publishing import publish, publish_stale
from retrieval.vectors import Chroma
from tests.retrieval.small_index import COMMUNE, WordEncoder, guide, published, the_scope


@pytest.fixture
def live(store: DocumentStore, tmp_path: Path) -> LiveIndex:
    return LiveIndex(store, tmp_path / "index", Chroma(), WordEncoder())


def eventually(happened: Callable[[], bool]) -> None:
    """Waits for what happens by itself within seconds."""
    for _ in range(100):
        if happened():
            return
        time.sleep(0.1)
    pytest.fail("it never happened")


def test_before_anything_is_published_it_says_what_to_do(live: LiveIndex) -> None:
    with pytest.raises(IndexUnavailable, match="motcua ingest"):
        live.generations(COMMUNE)


def test_what_is_published_is_opened_once(live: LiveIndex, store: DocumentStore, tmp_path: Path) -> None:
    name = published(store, tmp_path).generation
    (first,) = live.generations(COMMUNE)
    (second,) = live.generations(COMMUNE)
    assert first.manifest.generation == name
    assert first is second


def test_a_new_generation_is_seen_without_a_restart(live: LiveIndex, store: DocumentStore, tmp_path: Path) -> None:
    published(store, tmp_path)
    (before,) = live.generations(COMMUNE)
    store.save([guide(tmp_path, guide_text("Xe đạp để cạnh cửa."))], "guide")
    name = published(store, tmp_path).generation
    eventually(lambda: live.generations(COMMUNE)[0].manifest.generation == name)
    (after,) = live.generations(COMMUNE)
    assert len(after.units) == len(before.units) + 1


def test_an_opened_generation_goes_on_answering_after_another_took_its_place(
    live: LiveIndex, store: DocumentStore, tmp_path: Path
) -> None:
    published(store, tmp_path)
    (before,) = live.generations(COMMUNE)
    published(store, tmp_path)
    question = WordEncoder().encode_queries(["Xe máy để trong sân, không thu tiền."])
    assert before.vectors.query(question, 3).entries.shape == (1, 3)
    assert before.lexical.scores(["xe", "may"]).any()


def test_a_commune_is_searched_together_with_the_nation(live: LiveIndex, store: DocumentStore, tmp_path: Path) -> None:
    published(store, tmp_path)
    store.save([replace(guide(tmp_path), id="huong-dan-gui-xe", commune=None)], "guide")
    (national,) = [scope for scope in store.scopes() if scope.id == NATIONAL]
    publish(store, tmp_path / "index", Chroma(), WordEncoder(), (), national)
    assert [g.manifest.scope for g in live.generations(COMMUNE)] == [COMMUNE, NATIONAL]
    assert [g.manifest.scope for g in live.generations("xa-khac")] == [NATIONAL]
    assert [g.manifest.scope for g in live.generations(None)] == [NATIONAL]


def test_a_commune_without_documents_has_nothing_when_the_nation_has_nothing(
    live: LiveIndex, store: DocumentStore, tmp_path: Path
) -> None:
    published(store, tmp_path)
    assert the_scope(store).generation is not None
    with pytest.raises(IndexUnavailable):
        live.generations("xa-khac")


def test_only_so_many_communes_stay_open_and_those_asked_last_are_among_them(
    store: DocumentStore, tmp_path: Path
) -> None:
    names = ["xa-mot", "xa-hai", "xa-ba"]
    for name in names:
        store.save([replace(guide(tmp_path), id=f"huong-dan-{name}", commune=name)], "guide")
    publish_stale(store, tmp_path / "index", Chroma(), WordEncoder(), ())
    live = LiveIndex(store, tmp_path / "index", Chroma(), WordEncoder(), kept_open=2)
    one, two = (live.generations(name)[0] for name in names[:2])
    assert live.generations("xa-mot")[0] is one
    three = live.generations("xa-ba")[0]
    assert live.generations("xa-mot")[0] is one
    assert live.generations("xa-ba")[0] is three
    again = live.generations("xa-hai")[0]
    assert again is not two
    assert again.units == two.units


def guide_text(line: str) -> str:
    """The guide with one part more."""
    return f"""---
Tiêu đề: Hướng dẫn gửi xe
Loại: hướng dẫn
Cơ quan: UBND phường Mẫu
Ngày: 2026-07-02
---
# Hướng dẫn gửi xe

## Gửi xe máy
<!-- Cách hỏi: để xe máy ở đâu; có mất tiền gửi xe không -->
- Xe máy để trong sân, không thu tiền.

## Gửi ô tô
- Ô tô để ngoài cổng, bên trái.

## Gửi xe đạp
- {line}
"""
