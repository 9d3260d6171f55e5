"""Accents are put back, and nothing else is touched."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.vietnamese import fold
from retrieval.diacritics import Restorer
from retrieval.errors import ModelUnavailable
from retrieval.syllables import SHIPPED, SyllableModel
from retrieval.training.diacritics import Recipe, save, train


@pytest.fixture(scope="module")
def restorer():
    return Restorer()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lam giay khai sinh o dau", "làm giấy khai sinh ở đâu"),
        ("dang ky ket hon can giay to gi", "đăng ký kết hôn cần giấy tờ gì"),
        ("xin cap lai so ho khau bi mat", "xin cấp lại sổ hộ khẩu bị mất"),
        ("muc huong tro cap nguoi cao tuoi", "mức hưởng trợ cấp người cao tuổi"),
    ],
)
def test_a_bare_question_gets_its_accents(restorer, typed, meant):
    assert restorer.restore(typed) == meant


def test_half_of_the_accents_are_enough_and_stay(restorer):
    assert restorer.restore("đăng ký kết hon can giấy to gì") == "đăng ký kết hôn cần giấy tờ gì"


def test_an_accent_that_is_surely_wrong_is_replaced(restorer):
    assert restorer.restore("giầy tờ đăng ký khai sinh") == "giấy tờ đăng ký khai sinh"


@pytest.mark.parametrize(
    "text",
    [
        "Mẹ cháu bán cá, con ở với bà ngoại.",
        "Tôi xin nghỉ phép năm",
        "hoà giải viên ở cơ sở",
        "Sổ đỏ của ông bà ngoại",
    ],
)
def test_a_question_with_its_accents_stays_letter_for_letter(restorer, text):
    assert restorer.restore(text) == text


@pytest.mark.parametrize(
    "kept",
    [
        "1.001193",
        "905/QD-BNV",
        "ten.toi@gmail.com",
        "https://dichvucong.gov.vn/dang-ky",
        "100m2",
        "CCCD",
        "VNeID",
    ],
)
def test_codes_addresses_and_abbreviations_are_kept(restorer, kept):
    assert restorer.restore(f"lam giay {kept} o dau") == f"làm giấy {kept} ở đâu"


def test_case_blanks_and_signs_are_kept(restorer):
    typed = "  Dang ky\tKet HOn: can\n\ngi?!  "
    restored = restorer.restore(typed)
    assert restored == "  Đăng ký\tKết HÔn: cần\n\ngì?!  "
    assert fold(restored) == fold(typed)


def test_a_question_in_capitals_gets_its_accents_too(restorer):
    assert restorer.restore("DANG KY KET HON O DAU") == "ĐĂNG KÝ KẾT HÔN Ở ĐÂU"


@pytest.mark.parametrize("text", ["", " ", "\n", "???", "😀😀", "12345", "qwrtz xkcd", "привет", "你好", "\ufffd"])
def test_what_holds_no_vietnamese_comes_back_as_it_was(restorer, text):
    assert restorer.restore(text) == text


def test_a_very_long_text_keeps_its_length(restorer):
    text = "lam giay khai sinh " * 500
    assert len(restorer.restore(text)) == len(text)


def test_the_same_question_gives_the_same_answer(restorer):
    typed = "thu tuc tach thua dat cho con"
    assert len({restorer.restore(typed) for _ in range(5)} | {Restorer().restore(typed)}) == 1


def test_the_shipped_model_is_no_larger_than_five_megabytes():
    assert SHIPPED.stat().st_size <= 5_000_000


def test_a_missing_or_damaged_model_is_named(tmp_path):
    damaged = tmp_path / "broken.npz"
    damaged.write_bytes(b"no model")
    for path in (damaged, tmp_path / "missing.npz"):
        with pytest.raises(ModelUnavailable, match=path.name):
            SyllableModel(path)


def _write(path: Path, records: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def test_training_twice_gives_the_same_file_that_restores_what_it_read(tmp_path):
    _write(tmp_path / "procedures.jsonl.gz", [{"Tên thủ tục": "Cấp giấy phép nuôi ốc hương"}] * 20)
    _write(
        tmp_path / "legal-texts.jsonl.gz",
        [{"name": "luat", "text": "Điều 1. Nuôi ốc hương\nở đầm phá."}] * 20,
    )
    _write(tmp_path / "legalrag-questions.jsonl.gz", [{"question": "Ai được nuôi ốc hương?"}])
    _write(tmp_path / "viwiki-2017.jsonl.gz", [{"title": "Ốc", "text": "Ốc hương sống ở biển."}] * 20)
    recipe = Recipe(pairs=40_000, triples=40_000)
    first, second = tmp_path / "first.npz", tmp_path / "second.npz"
    for path in (first, second):
        save(train(tmp_path, recipe), path)
    assert first.read_bytes() == second.read_bytes()
    assert Restorer(first).restore("nuoi oc huong o bien") == "nuôi ốc hương ở biển"
