"""A set is read as a whole: either every line is right, or every problem is listed with its line."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.errors import BrokenSet, UnreadableSet
from eval.gold import Expected
from eval.question_set import read_set
from eval.shipped import SETS

GOOD = {"id": "a", "question": "làm khai sinh", "expect": "answered", "codes": ["1.001193"]}


def problems(path: Path) -> tuple[str, ...]:
    with pytest.raises(BrokenSet) as caught:
        read_set(path)
    return caught.value.problems


@pytest.mark.parametrize("path", sorted(SETS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_shipped_set_is_sound(path: Path):
    assert read_set(path).questions


def test_enough_questions_are_shipped():
    def count(*names: str) -> int:
        return sum(len(read_set(SETS / f"{name}.jsonl").questions) for name in names)

    assert count("samples") >= 250
    assert count("plans") >= 150
    assert count("procedures-a", "procedures-b") >= 400


def test_every_problem_is_named_with_its_line(tmp_path: Path):
    path = tmp_path / "hong.jsonl"
    lines = [
        json.dumps(GOOD).encode(),
        b"{broken",
        b"",
        b'{"id": "b", "question": "x y", "expect": "answered"}',
        b'{"id": "c", "question": "   ", "expect": "maybe", "wrong": 1}',
        b'{"id": "a", "question": "kh\xc3\xa1c", "expect": "refused"}',
        b'{"id": "d", "question": "l\xc3\xa0m khai sinh?", "expect": "refused"}',
        b'{"id": "e", "question": "\xff\xfe", "expect": "refused"}',
        b"[1, 2]",
        b"[" * 50_000,
        b'{"id": "f", "question": "z", "expect": "answered", "codes": [""]}',
    ]
    path.write_bytes(b"\n".join(lines))
    told = problems(path)
    numbers = [int(line.split(":")[0].removeprefix("line ")) for line in told]
    assert numbers == sorted(numbers)
    assert set(numbers) == {2, 4, 5, 6, 7, 8, 9, 10, 11}
    assert sum(number == 5 for number in numbers) == 3
    assert any("empty gold" in line for line in told)
    assert any("unknown field 'wrong'" in line for line in told)
    assert any("id 'a' was used in line 1" in line for line in told)
    assert any("the same question as line 1" in line for line in told)
    assert all("\n" not in line for line in told)


def test_an_empty_file_is_no_set(tmp_path: Path):
    path = tmp_path / "rong.jsonl"
    path.write_bytes(b"\n\n")
    assert problems(path) == ("line 1: the set holds no question",)


def test_a_file_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(UnreadableSet, match="khong-co"):
        read_set(tmp_path / "khong-co.jsonl")


def test_mixed_normal_forms_are_noted_and_compared_alike(tmp_path: Path):
    apart = unicodedata.normalize("NFD", json.dumps(GOOD, ensure_ascii=False))
    path = tmp_path / "nfd.jsonl"
    path.write_text(apart, encoding="utf-8")
    assert [note.split(":")[0] for note in read_set(path).notes] == ["line 1"]
    path.write_text(apart + "\n" + json.dumps(GOOD | {"id": "b"}, ensure_ascii=False), encoding="utf-8")
    assert problems(path) == ("line 2: the same question as line 1; drop one of them",)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path):
    path = tmp_path / "windows.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode() + b"\r\n")
    assert read_set(path).questions[0].expect is Expected.ANSWERED


def test_a_hundred_thousand_rows_are_read(tmp_path: Path):
    path = tmp_path / "lon.jsonl"
    row = '{{"id": "{0}", "question": "câu hỏi số {0}", "expect": "greeting"}}\n'
    path.write_text("".join(row.format(number) for number in range(100_000)), encoding="utf-8")
    assert len(read_set(path).questions) == 100_000


def test_the_same_question_may_be_asked_after_another_history(write_set: Callable[..., Path]):
    first = GOOD | {"history": ["chào"]}
    assert len(read_set(write_set(first, GOOD | {"id": "b", "history": ["kết hôn"]})).questions) == 2
