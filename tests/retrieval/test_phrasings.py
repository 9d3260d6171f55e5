"""Phrasings are read block by block, the shipped ones without a flaw, and none gives away a question of the sets."""

import json
import re
from pathlib import Path

import pytest

from corpus.vietnamese import folded_syllables, nfc
from retrieval.phrasings import PLAN_LANGUAGE, SHIPPED, BrokenPhrasings, load_phrasings, read_phrasings

SETS = Path(__file__).parents[2] / "eval" / "sets"
FILES = sorted(SHIPPED.rglob("*.md"))
_CODE = re.compile(r"\d\.\d{6}")


def written(folder: Path, text: str) -> Path:
    path = folder / "ho-tich.md"
    path.write_text(text, encoding="utf-8")
    return path


def folded(text: str) -> str:
    return " ".join(folded_syllables(text))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_parses_and_every_block_has_a_code_and_clean_phrasings(path: Path) -> None:
    blocks = read_phrasings(path)
    assert blocks
    for block in blocks:
        assert all(code == "@" or _CODE.match(code) for code in block.codes), block.codes
        assert block.phrasings, block.name
        wrong = [text for text in block.phrasings if not folded(text) or nfc(text) != text or text != text.strip()]
        assert wrong == []


def test_plan_language_is_kept_apart_from_procedures() -> None:
    assert {code for block in load_phrasings(PLAN_LANGUAGE) for code in block.codes} == {"@"}
    assert "@" not in {code for block in load_phrasings(SHIPPED) for code in block.codes}


def test_no_question_of_the_sets_is_a_phrasing() -> None:
    """Or the sets would measure what was learned by heart."""
    known = {folded(text) for block in load_phrasings(SHIPPED, PLAN_LANGUAGE) for text in block.phrasings}
    asked = {
        record["question"]: f"{path.name} {record['id']}"
        for path in sorted(SETS.glob("*.jsonl"))
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    }
    assert asked
    assert {question: where for question, where in asked.items() if folded(question) in known} == {}


def test_a_block_has_its_codes_its_name_and_each_phrasing_once(tmp_path: Path) -> None:
    path = written(tmp_path, "# Hộ tịch\n## 1.001193, 2.000528 · Khai sinh\n- báo sinh\n\n- báo sinh\n- khai đẻ \n")
    (block,) = read_phrasings(path)
    assert (block.codes, block.name, block.field) == (("1.001193", "2.000528"), "Khai sinh", "ho-tich")
    assert block.phrasings == ("báo sinh", "khai đẻ")


def test_a_block_without_phrasings_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path, "## 1.000001 · Không có gì\n## 1.000002 · Có\n- có\n")
    assert [block.codes for block in read_phrasings(path)] == [("1.000002",)]


def test_decomposed_letters_are_read_in_one_form(tmp_path: Path) -> None:
    (block,) = read_phrasings(written(tmp_path, "## 1.000001 · Tên\n- ba\u0301o sinh\n"))
    assert block.phrasings == ("báo sinh",)


@pytest.mark.parametrize(
    ("text", "line"),
    [("## 1.1 · Tên\nbáo sinh\n", 2), ("- báo sinh\n", 1), ("## 1.1 · Tên\n- a\n\n## thiếu dấu chấm\n", 4)],
)
def test_a_line_that_is_neither_is_named_with_its_number(tmp_path: Path, text: str, line: int) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BrokenPhrasings, match=f"ho-tich.md, line {line}: neither") as caught:
        read_phrasings(path)
    assert "\n" not in str(caught.value)


def test_folders_are_read_in_order_and_a_missing_one_has_none(tmp_path: Path) -> None:
    written(tmp_path, "## 1.000001 · Tên\n- báo sinh\n")
    assert load_phrasings(tmp_path / "missing") == []
    assert [block.name for block in load_phrasings(tmp_path, tmp_path / "missing")] == ["Tên"]
    assert load_phrasings(SHIPPED) == load_phrasings(SHIPPED)
