"""What every compared system is given, and how the result is told; the systems themselves are installed elsewhere."""

from dataclasses import replace
from datetime import UTC, datetime

from corpus.chunking import chunks
from eval.country import CHUNKS, plans
from eval.peers.__main__ import table
from eval.peers.material import Asked, Record, asked_of, smaller
from eval.peers.measured import Result, measure
from eval.shipped import SETS

RECORDS = [Record(f"1.{n:06d}", f"Thủ tục số {n}", f"Thủ tục số {n}\nHồ sơ") for n in range(50)]
ASKED = [Asked(f"hỏi {n}", f"hoi {n}", frozenset({f"1.{n:06d}", "9.000000"})) for n in range(20)]
RESULT = Result("Một Cửa", {"bm25s": "0.3"}, 240, 300, 100, 0.96, 1.0, 0.95, 1.0, 7.4, 2.0, 9.0, 400.0)


def test_a_smaller_material_still_holds_what_answers_its_questions():
    records, asked = smaller(RECORDS, ASKED, documents=15, questions=10)
    kept = {record.code for record in records}
    assert (len(records), len(asked)) == (15, 10)
    assert all(question.codes & kept for question in asked)
    assert smaller(RECORDS, ASKED, 15, 10) == (records, asked)


def test_procedures_of_one_name_are_right_together():
    twin = [
        Record("1.001193", "Thủ tục đăng ký khai sinh", ""),
        Record("2.999999", "Đăng ký khai sinh", ""),
        RECORDS[0],
    ]
    birth = next(asked for asked in asked_of([SETS / "procedures-a.jsonl"], twin) if "1.001193" in asked.codes)
    assert birth.codes >= {"1.001193", "2.999999"}
    assert birth.without_accents.isascii()


def test_results_are_told_as_a_table_with_date_and_versions():
    text = table([RESULT, replace(RESULT, name="BM25", first=0.1)], datetime(2026, 11, 20, tzinfo=UTC))
    assert "100 questions over 240 procedures, 20/11/2026" in text
    assert "| Một Cửa | .960 | 1.000 | .950 | 1.000 | 7 | 300 | 2.0 | 9.0 | 400 |" in text
    assert "Versions: bm25s 0.3" in text
    assert table([], datetime(2026, 11, 20, tzinfo=UTC)) == ""


class FirstCome:
    """Finds its documents in the order in which they came."""

    name = "Ai đến trước"
    packages: tuple[str, ...] = ("numpy",)

    def index(self, records: list[Record]) -> int:
        self.codes = [record.code for record in records]
        return len(records)

    def search(self, question: str) -> list[str]:
        return self.codes[:10]


def test_a_system_is_asked_every_question_in_both_forms():
    result = measure(FirstCome(), RECORDS, ASKED)
    assert (result.first, result.first_five, result.first_without_accents) == (0.05, 0.25, 0.05)
    assert (result.documents, result.questions, result.passages) == (50, 20, 50)


def test_a_simulated_commune_has_a_plan_as_long_as_a_real_one():
    made = list(plans(3))
    assert [name for name, _ in made] == ["xa-mau-0000", "xa-mau-0001", "xa-mau-0002"]
    assert all(len(chunks(plan)) == CHUNKS for _, plan in made)
    assert made[0][1].sections != made[1][1].sections
    assert made == list(plans(3))
