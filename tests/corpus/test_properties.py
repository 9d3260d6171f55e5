"""Whatever comes in, a reader ends in documents or in refusals of one line."""

import json

from formats import EXPORT, PLAN, crawled, record
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import glued
from corpus.chunking import chunks
from corpus.content import from_json, to_json
from corpus.document import Document
from corpus.errors import CorpusError
from corpus.fees import read_fees, read_time_limit
from corpus.guide import read_guide
from corpus.outline import tree_lines
from corpus.readers import read_file
from corpus.readers.labels import mended
from corpus.readers.layout import Word, page_text
from corpus.readers.lines import documents
from corpus.tables import read_table

quick = settings(
    max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = [
    "I.",
    "1.",
    "1.1.",
    "a)",
    "-",
    "+",
    "KẾ HOẠCH",
    "QUYẾT ĐỊNH:",
    "Điều 1.",
    "Phòng Kinh tế",
    "STT",
    "\t",
    "Căn cứ",
    "Số:",
    "/",
    "ngày 31/02/2026",
    "Nơi nhận:",
    "TM. CHỦ TỊCH",
    "PHỤ LỤC",
    "**",
    "(",
    "Thường xuyên",
    "  ",
    "²",
]
lines = st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=8).map((" ").join), max_size=30)
rows = st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=9).map(("\t").join), max_size=20)


def check(found) -> None:
    for document in outcome(found):
        assert isinstance(document, Document)
        chunks(document)
        tree_lines(document)
        assert from_json(json.loads(json.dumps(to_json(document)))) == document


def outcome(found) -> list[Document]:
    """The documents that were read; every refusal has one line."""
    read: list[Document] = []
    refusals: list[str] = []
    try:
        for item in found:
            if isinstance(item, Document):
                read.append(item)
            else:
                refusals.append(str(item))
    except CorpusError as error:
        refusals.append(str(error))
    assert not any("\n" in refusal for refusal in refusals)
    return read


@quick
@given(lines)
def test_any_lines_are_a_document_or_a_refusal(found):
    check(documents(found, "x"))


@quick
@given(
    st.lists(st.sampled_from(PLAN.split("\n")), max_size=50)
    | st.lists(st.sampled_from(EXPORT.split("\n")), max_size=40)
)
def test_a_shuffled_document_is_read_or_refused(found):
    check(documents(found, "x"))


@quick
@given(rows)
def test_any_table_is_read(found):
    table = read_table(mended(found), "Phụ lục")
    assert all(task.path.startswith("Phụ lục") for task in table.tasks)


@quick
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_fee_and_any_time_limit_are_read(fee, limit):
    assert read_fees("Phí", fee)
    read_time_limit(limit)


@quick
@given(st.text(max_size=200))
def test_any_markdown_is_a_guide_or_a_refusal(text):
    outcome(read_guide(part, "x") for part in [text])


@quick
@given(st.text(alphabet="Hình thức nộpThời gianPhí, lệ Mô tảTrực tiếp019().Tên giấybảnchính", max_size=120))
def test_any_glued_cells_are_cut_or_left(text):
    for part in (glued.channels, glued.dossier, glued.legal_bases):
        part(f"Hình thức nộpThời gianPhí, lệ phíMô tả{text}")
        part(text)


numbers = st.floats(0, 600, allow_nan=False)
words = st.builds(
    lambda t, x, y, w, h: Word(t, x, x + w, y, y + h),
    st.text(min_size=1, max_size=5),
    numbers,
    numbers,
    st.floats(0, 90),
    st.floats(1, 30),
)


@quick
@given(st.lists(words, max_size=60))
def test_any_words_on_a_page_become_lines(found):
    page = page_text(found, [])
    assert all(isinstance(line, str) for line in page.lines)


@quick
@given(st.dictionaries(st.sampled_from([*record(), *crawled()]), st.text(max_size=60) | st.none() | st.integers()))
def test_any_record_is_a_procedure_or_a_refusal(tmp_path, found):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(found), "utf-8")
    for item in read_file(path):
        assert isinstance(item, Document) or "\n" not in str(item)


@quick
@given(st.sampled_from([".txt", ".md", ".json", ".jsonl", ".jsonl.gz"]), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path, ending, data):
    path = tmp_path / f"x{ending}"
    path.write_bytes(data)
    outcome(read_file(path))
