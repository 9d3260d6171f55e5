"""One vocabulary tells the forms of a matter, in the record's words and in citizens' words."""

import pytest

from bot.forms import Form, forms_asked, forms_of, without_forms

NAMES = [
    ("Cấp lại thẻ căn cước", {Form.AGAIN}),
    ("Cấp bản sao trích lục hộ tịch", {Form.COPY}),
    ("Cấp đổi thẻ căn cước", {Form.EXCHANGE}),
    ("Gia hạn tạm trú", {Form.EXTEND}),
    ("Thủ tục thay đổi, cải chính hộ tịch", {Form.CHANGE}),
    ("Tạm ngừng kinh doanh của hộ kinh doanh", {Form.PAUSE}),
    ("Chấm dứt hoạt động hộ kinh doanh", {Form.END}),
    ("Chuyển nơi hưởng trợ cấp thất nghiệp", {Form.MOVE}),
    ("Thủ tục đăng ký kết hôn có yếu tố nước ngoài", {Form.FOREIGN}),
]
ASKED = [
    ("còn bị mất thì sao", Form.AGAIN),
    ("xin thêm mấy bản sao", Form.COPY),
    ("thẻ hết hạn rồi", Form.EXCHANGE),
    ("muốn ở tiếp thêm thời gian", Form.EXTEND),
    ("bị ghi sai tên mẹ", Form.CHANGE),
    ("nghỉ bán vài tháng", Form.PAUSE),
    ("nghỉ hẳn luôn", Form.END),
    ("thế muốn dẹp luôn thì sao", Form.END),
    ("quán ế quá, trả giấy phép", Form.END),
    ("chuyển vào tỉnh khác", Form.MOVE),
    ("chồng là người Úc", Form.FOREIGN),
]


@pytest.mark.parametrize(("name", "forms"), NAMES)
def test_a_name_tells_its_form(name: str, forms: set[Form]) -> None:
    assert forms_of(name) == forms


@pytest.mark.parametrize(("question", "form"), ASKED)
def test_citizens_words_tell_the_same_forms(question: str, form: Form) -> None:
    assert form in forms_asked(question)


def test_every_form_has_an_example_here() -> None:
    assert set().union(*(forms for _, forms in NAMES)) == {form for _, form in ASKED} == set(Form)


@pytest.mark.parametrize("name", ["Đăng ký khai sinh", "Cấp giấy phép xây dựng", "Nội dung đối với việc sử dụng đất"])
def test_a_plain_name_has_no_form(name: str) -> None:
    assert forms_of(name) == frozenset()


@pytest.mark.parametrize(
    "question", ["mất bao lâu", "ông mất hôm qua", "mẹ tôi qua đời", "lý lịch tư pháp", "người lao động", "xã Mỹ Tho"]
)
def test_words_that_only_look_alike_ask_for_no_form(question: str) -> None:
    assert forms_asked(question) == ()


def test_forms_come_in_the_order_in_which_they_are_named_last() -> None:
    assert forms_asked("mất giấy khai sinh, xin bản sao hay đăng ký lại") == (Form.COPY, Form.AGAIN)


def test_beside_its_forms_a_question_may_say_nothing() -> None:
    assert without_forms("đăng ký lại hoặc xin bản sao giấy khai sinh").split() == [
        "hoặc",
        "xin",
        "giấy",
        "khai",
        "sinh",
    ]
