"""Documents, versions and their time in force."""

from dataclasses import replace
from datetime import date

import pytest
from formats import PLAN, record
from sqlalchemy import text

from corpus.database import connect, migrate
from corpus.document import Document
from corpus.errors import StoreUnavailable, UnknownCommune, UnknownDocument
from corpus.readers.lines import documents
from corpus.record import procedure_document
from corpus.store import DocumentStore, Saved

LATER = date(2026, 7, 1)


def plan(text_: str = PLAN) -> Document:
    (document,) = documents(text_.split("\n"), "plan.txt")
    return document.for_commune("mau")


def older_plan() -> Document:
    text_ = PLAN.replace("12/KH-UBND", "11/KH-UBND").replace("05 tháng 02 năm 2026", "03 tháng 02 năm 2025")
    text_ = text_.replace("năm 2026", "năm 2025").replace("Kế hoạch này thay thế", "Xem thêm")
    return plan(text_)


def procedure(decision: str = "1/QĐ-MAU", **fields: str) -> Document:
    return procedure_document({**record(), "Số quyết định": decision, **fields})


def test_the_same_document_twice_is_stored_once(store):
    assert store.save([plan()], "a.txt") == Saved(new=1)
    assert store.save([plan()], "a.txt") == Saved(unchanged=1)
    assert store.counts() == {("mau", "plan"): 1}


def test_a_stored_document_comes_back_as_it_was(store):
    store.save([plan(), procedure()], "a.txt")
    assert store.document(plan().id) == plan()
    assert store.document(procedure().id) == procedure()


def test_a_procedure_under_a_new_decision_supersedes_the_old_one_and_both_are_kept(store):
    store.save([procedure("1/QĐ-MAU", **{"Ngày dữ liệu": "2025-01-31"})], "old.jsonl")
    assert store.save([procedure("2/QĐ-MAU", **{"Ngày dữ liệu": "2026-01-31"})], "new.jsonl") == Saved(changed=1)
    old, new = store.versions("tthc-9.000003")
    assert (old.decision, old.is_current, new.decision, new.is_current) == ("1/QĐ-MAU", False, "2/QĐ-MAU", True)
    assert store.document("tthc-9.000003").number == "2/QĐ-MAU"


def test_a_document_read_before_is_read_anew_once_it_has_changed(store):
    store.save([procedure()], "a")
    name = procedure().id
    before = store.document(name), store.chunks_of(name)
    assert (store.document(name), store.chunks_of(name)) == before
    changed = procedure("2/QĐ-MAU", **{"Trình tự thực hiện": "Nộp hai giấy phép cũ"})
    store.save([changed], "b")
    assert store.document(name) == changed
    assert "Nộp hai giấy phép cũ" in [chunk.text for chunk in store.chunks_of(name)]
    assert store.chunks_of("tthc-0.000000") == []


def test_the_only_commune_of_a_store_is_known_and_none_of_several(store):
    assert store.only_commune() is None
    store.save([procedure(), plan()], "a")
    assert store.only_commune() == "mau"
    store.save([replace(plan(), id="ke-hoach-khac", commune="xa-khac")], "b")
    assert store.only_commune() is None


def test_only_what_is_published_is_live(store):
    store.save([plan(), procedure()], "a")
    store.mark_published("mau", "000001-abc", 1)
    assert store.live(["mau", "national", "xa-khac"]) == {"mau": "000001-abc"}


def test_an_older_state_that_comes_in_late_does_not_replace_the_newer(store):
    store.save([procedure("2/QĐ-MAU", **{"Ngày dữ liệu": "2026-01-31"})], "new.jsonl")
    store.save([procedure("1/QĐ-MAU", **{"Ngày dữ liệu": "2025-01-31"})], "old.jsonl")
    assert store.document("tthc-9.000003").number == "2/QĐ-MAU"
    assert [version.is_current for version in store.versions("tthc-9.000003")] == [True, False]
    assert store.save([procedure("1/QĐ-MAU", **{"Ngày dữ liệu": "2025-01-31"})], "old.jsonl") == Saved(unchanged=1)


def test_a_citation_of_an_old_version_still_opens(store):
    store.save([procedure()], "a")
    chunk = store.chunks_of("tthc-9.000003")[1]
    changed = {"Trình tự thực hiện": "Nộp hai giấy phép cũ", "Tên thủ tục": "Đổi hai giấy phép"}
    store.save([procedure(**changed)], "b")
    found, current = store.chunk(chunk.id)
    assert (found.text, current) == (chunk.text, False)
    assert chunk.id in {c.id for c in store.chunks("national", expired=True)}
    assert chunk.id not in {c.id for c in store.chunks("national")}


@pytest.mark.parametrize("newer_first", [True, False])
def test_a_plan_that_names_an_older_one_replaces_it_in_either_order(store, newer_first):
    both = [plan(), older_plan()]
    for document in both if newer_first else reversed(both):
        store.save([document], "x")
    validity = store.validity(older_plan().id)
    assert (validity.replaced_by, validity.in_force_to) == (plan().id, date(2026, 2, 5))
    assert {chunk.document_id for chunk in store.chunks("mau", on=LATER)} == {plan().id}
    assert {chunk.document_id for chunk in store.chunks("mau", expired=True)} == {plan().id, older_plan().id}
    assert {chunk.document_id for chunk in store.chunks("mau", on=date(2025, 6, 1))} == {plan().id, older_plan().id}


def test_of_two_contradicting_documents_the_newer_in_force_comes_first(store):
    first = replace(plan(), replaces=())
    second = replace(older_plan(), in_force_from=date(2025, 2, 3))
    store.save([first, second], "x")
    assert store.newest_first([second.id, first.id], LATER) == [first.id, second.id]
    store.withdraw(first.id, date(2026, 3, 1))
    assert store.newest_first([second.id, first.id], LATER) == [second.id, first.id]


def test_a_withdrawn_document_is_found_only_when_asked_for(store):
    store.save([plan()], "x")
    before = store.scopes()[0].revision
    store.withdraw(plan().id, date(2026, 3, 1))
    assert store.chunks("mau", on=LATER) == []
    assert store.chunks("mau", on=date(2026, 2, 10)) != []
    assert store.chunks("mau", expired=True) != []
    assert store.scopes()[0].revision == before + 1
    assert not store.validity(plan().id).holds_on(LATER)


def test_unknown_names_are_refused_with_what_is_known(store):
    store.save([plan()], "x")
    for call in (store.document, store.validity, store.versions):
        with pytest.raises(UnknownDocument, match="motcua documents"):
            call("nothing")
    with pytest.raises(UnknownDocument):
        store.withdraw("nothing", LATER)
    with pytest.raises(UnknownDocument):
        store.chunk("nothing")
    with pytest.raises(UnknownCommune, match="mau"):
        store.commune("elsewhere")


def test_publishing_marks_the_revision_that_is_live(store):
    store.save([plan()], "x")
    (scope,) = store.scopes()
    assert scope.is_stale
    store.mark_published("mau", "g1", scope.revision)
    assert not store.scopes()[0].is_stale


def test_a_store_of_the_first_schema_is_brought_to_the_newest(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    migrate(engine)
    migrate(engine)
    with engine.connect() as connection:
        columns = {row[1] for row in connection.execute(text("PRAGMA table_info(documents)"))}
    engine.dispose()
    assert {"in_force_from", "in_force_to", "replaced_by", "replaces", "number"} <= columns


def test_a_database_that_cannot_be_written_is_one_line(tmp_path):
    engine = connect(f"sqlite:///{tmp_path / 'no' / 'folder' / 'a.db'}")
    with pytest.raises(StoreUnavailable) as error:
        migrate(engine)
    engine.dispose()
    assert "\n" not in str(error.value)


def test_communes_carry_the_name_that_their_documents_give(store):
    store.save([replace(plan(), place="Mẫu", province="Mẫu")], "x")
    assert (store.commune("mau").name, store.commune("mau").province) == ("Mẫu", "Mẫu")
    assert store.listed("mau")[0][0] == plan().id
    assert [document.id for document in store.documents("mau")] == [plan().id]


def test_the_store_is_empty_at_first(store):
    assert (store.scopes(), store.communes(), store.listed(), store.counts()) == ([], [], [], {})
    assert isinstance(store, DocumentStore)
