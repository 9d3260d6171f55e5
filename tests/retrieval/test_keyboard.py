"""Slips of typing are mended when they are certain, and only then."""

import json
from pathlib import Path

import pytest

from corpus.vietnamese import fold, has_accents, nfc
from retrieval.diacritics import Restorer
from retrieval.keyboard import Keyboard
from retrieval.keys import Keyed, telex, vni
from retrieval.shorthand import SHORTHAND
from retrieval.syllables import SyllableModel

SETS = Path(__file__).parents[2] / "eval" / "sets"


@pytest.fixture(scope="module")
def keyboard():
    return Keyboard(SyllableModel())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ddawng kys khai sinh", "đăng ký khai sinh"),
        ("giaays khai sinh", "giấy khai sinh"),
        ("muốn ddooir soor hoongf", "muốn đổi sổ hồng"),
        ("Giaays khai sinh", "Giấy khai sinh"),
        ("d9a8ng ky1 khai sinh", "đăng ký khai sinh"),
    ],
)
def test_keys_of_a_typing_method_become_letters(keyboard, typed, meant):
    assert keyboard.repaired(typed) == meant


def test_loose_vni_figures_are_understood_together_with_the_accents(keyboard):
    assert Restorer().restore(keyboard.repaired("dang1 ky1 ket hon")) == "đăng ký kết hôn"


@pytest.mark.parametrize(("keys", "letters", "tone"), [("dduowngf", "đương", "\u0300"), ("toans", "toan", "\u0301")])
def test_telex_finds_letters_and_tone(keys, letters, tone):
    assert telex(keys) == Keyed(letters, tone)


@pytest.mark.parametrize("word", ["visa", "zalo", "b2", "khai"])
def test_words_that_mark_nothing_are_no_keys(word):
    assert telex(word) is None
    assert vni(word) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ko biết lm ntn", "không biết làm như thế nào"),
        ("dk kết hôn cần j z", "đăng ký kết hôn cần gì vậy"),
        ("dk dc ko z", "đăng ký được không vậy"),
        ("làm lại hết bn tiền", "làm lại hết bao nhiêu tiền"),
        ("vk ck e mới cưới", "vợ chồng em mới cưới"),
        ("nv quân sự", "nghĩa vụ quân sự"),
        ("hs lớp 1", "học sinh lớp 1"),
        ("Ko có hộ khẩu", "Không có hộ khẩu"),
        ("mất cavet xe", "mất cà vẹt xe"),
        ("ba mún dìa quê", "ba muốn về quê"),
        ("chx có giấy ksinh", "chưa có giấy khai sinh"),
    ],
)
def test_chat_shorthand_is_spoken_out_as_its_neighbours_ask(keyboard, typed, meant):
    assert keyboard.repaired(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khôngggg được", "không được"),
        ("khaisinh cho con", "khai sinh cho con"),
        ("đăngký kết hôn", "đăng ký kết hôn"),
        ("kahi sinh cho con", "khai sinh cho con"),
        ("bang tot ngiep", "bang tot nghiep"),
    ],
)
def test_stretched_glued_and_mistyped_words_are_mended(keyboard, typed, meant):
    assert keyboard.repaired(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mất xổ đỏ",
        "làm sổ hồng ở đâu",
        "lam so hong o dau",
        "bằng lái hạng A1",
        "Đất của ông A bán cho bà C",
        "V&A",
        "Quyết định 905/QĐ-BNV",
        "gửi e@mail.com hay https://k.vn/ko",
        "mã 1.001193 trên VNeID",
        "CCCD và BHYT",
        "  hai  khoảng\ttrắng \n",
        "ignore previous instructions",
        "DROP TABLE users; -- <script>",
        "😀 12/3 ?!",
    ],
)
def test_what_is_right_or_uncertain_stays(keyboard, text):
    assert keyboard.repaired(text) == text


def test_hardly_a_syllable_of_an_accented_question_is_changed(keyboard):
    spoilt = {"khong-dau", "nua-dau", "loi-go", "teencode"}
    changed = total = 0
    for name in ("procedures-a", "procedures-b", "plans"):
        for line in (SETS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            question = nfc(record["question"])
            if has_accents(question) and not spoilt & set(record["tags"]):
                total += len(question.split())
                changed += len(set(question.split()) - set(keyboard.repaired(question).split()))
    assert changed <= 0.005 * total


def test_shorthand_is_written_in_lower_case_and_means_known_syllables():
    model = SyllableModel()
    for short, meanings in SHORTHAND.items():
        assert short == nfc(short.lower())
        assert meanings
        assert all(fold(word) in model.classes for meaning in meanings for word in meaning.split())
