"""The router tells kinds of messages apart, whatever their accents."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.router import FOLDER, Routed, Router, RouterUnavailable, family_of, slots_of
from bot.routing import ending_without_evidence
from corpus.vietnamese import fold, folded_syllables
from retrieval.encoder import StaticEncoder

SETS = Path(__file__).parents[2] / "eval" / "sets"


@pytest.fixture(scope="module")
def router() -> Router:
    return Router()


@pytest.mark.parametrize(
    ("message", "family"),
    [
        ("xin chào", "talk"),
        ("cảm ơn nhé", "talk"),
        ("gặp cán bộ", "talk"),
        ("cháy nhà", "emergency"),
        ("có người bị tai nạn chảy máu nhiều", "emergency"),
        ("đăng ký khai sinh cần giấy tờ gì", "asking"),
        ("đơn vị nào chủ trì tuyên truyền cải cách hành chính", "asking"),
        ("hồ sơ của tôi đến đâu rồi", "outside"),
        ("kể chuyện cười đi", "outside"),
        ("đồ ngu", "refused"),
    ],
)
def test_a_message_is_of_its_family_with_and_without_accents(router: Router, message: str, family: str) -> None:
    assert router.route(message).family == family
    assert router.route(fold(message)).family == family


@pytest.mark.parametrize("text", ["", "😀", "a" * 10_000, "我想办理", "\x00"])
def test_any_text_has_a_route_with_a_probability(router: Router, text: str) -> None:
    routed = router.route(text)
    assert 0 <= routed.asks <= 1
    assert 0 < routed.probability <= 1.0001
    assert family_of(routed.route) == routed.family


def test_a_question_for_a_procedure_asks_and_small_talk_does_not(router: Router) -> None:
    assert router.route("đăng ký tạm trú nộp ở đâu").asks > 0.8
    assert router.route("xin chào").asks < 0.2


@pytest.mark.parametrize("message", ["nhà tôi đang cháy cứu với"])
def test_a_fire_is_for_the_fire_brigade(router: Router, message: str) -> None:
    assert router.route(message).route == "emergency_fire"


def test_every_route_of_the_model_has_an_ending() -> None:
    with np.load(FOLDER / "routes.npz") as arrays:
        names = json.loads(str(arrays["names"]))
    assert len(names) > 20
    for name in names:
        assert ending_without_evidence(Routed(name, family_of(name), 1.0, 0.0)).text


def test_words_keep_their_slots_without_accents_and_have_more_with_them() -> None:
    assert set(slots_of("dang ky").tolist()) < set(slots_of("Đăng ký").tolist())
    assert set(slots_of("giấy giả").tolist()) != set(slots_of("giấy giá").tolist())
    assert slots_of("ky dang").tolist() != slots_of("dang ky").tolist()


def test_missing_or_damaged_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(RouterUnavailable, match="reinstall motcua"):
        Router(folder=tmp_path)
    (tmp_path / "routes.npz").write_bytes(b"no weights")
    with pytest.raises(RouterUnavailable, match="cannot be read"):
        Router(folder=tmp_path)


class OtherEncoder(StaticEncoder):
    """The shipped one under another name."""

    def __init__(self) -> None:
        super().__init__()
        self.name = "other"


def test_weights_made_with_another_encoder_are_refused() -> None:
    with pytest.raises(RouterUnavailable, match=r"bot\.routes\.train"):
        Router(OtherEncoder())


def test_no_example_is_a_question_of_the_sets() -> None:
    """Or the sets would measure what was learned by heart. A greeting of a word or two has no other form."""
    examples = {
        " ".join(folded_syllables(line))
        for path in FOLDER.glob("*.md")
        for line in path.read_text("utf-8").splitlines()
        if line.startswith("- ")
    }
    asked = [
        json.loads(line)["question"] for path in SETS.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()
    ]
    assert asked
    folded = {" ".join(folded_syllables(question)) for question in asked}
    assert {question for question in folded & examples if len(question.split()) > 2} == set()


@pytest.mark.parametrize(
    ("message", "route"),
    [
        ("nhà bên có người bị chém", "emergency_police"),
        ("bà nội té xuống gọi không trả lời", "emergency_medical"),
        ("thằng bé bị cha dượng đánh mỗi đêm", "emergency_child"),
        ("em không thiết sống nữa", "emergency_self_harm"),
        ("nước lũ dâng tới mái nhà", "emergency_rescue"),
        ("tra cứu hồ sơ ở trang nào", "guide"),
        ("phường mình nghỉ trưa mấy giờ", "ward"),
    ],
)
def test_everyday_words_find_their_route(router: Router, message: str, route: str) -> None:
    assert router.route(message).route == route
