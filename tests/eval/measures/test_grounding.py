"""Numbers that no source holds, and citations that do not carry their sentence."""

from eval.fixed_texts import fixed_texts
from eval.measures.grounding import invented_numbers, unsupported

FIXED = fixed_texts()


def test_numbers_of_the_quote_in_any_spelling_are_no_inventions():
    quote = "Thời hạn giải quyết: 05 ngày làm việc; Phí: 1500000 VNĐ; ngày 31/07/2026"
    said = "Thời hạn: 5 ngày làm việc [1]\nPhí: 1.500.000 đồng [1]\nTừ ngày 31/07/2026 [12]"
    assert invented_numbers(said, [quote], FIXED) == ()


def test_a_number_of_nowhere_is_an_invention():
    assert invented_numbers("Lệ phí: 8.000 đồng [1]", ["Lệ phí: 0 VNĐ ()"], FIXED) == ("8000",)
    assert invented_numbers("Trong 7 ngày", ["17 ngày"], FIXED) == ("7",)


def test_counting_a_list_and_fixed_texts_invent_nothing():
    said = "1. Đăng ký khai sinh\n2. Đăng ký lại khai sinh\nGọi tổng đài 18001096."
    assert invented_numbers(said, [], FIXED) == ()


def test_a_statement_is_carried_by_the_quote_it_cites_not_by_another():
    quotes = {1: "Tờ khai đăng ký khai sinh theo mẫu", 2: "Lệ phí: 8000 VNĐ"}
    assert unsupported("• Tờ khai đăng ký khai sinh [1]", quotes, "", FIXED) == ([], 1)
    bare, count = unsupported("• Tờ khai đăng ký khai sinh [2]", quotes, "", FIXED)
    assert (len(bare), count) == (1, 1)


def test_a_line_without_a_mark_rests_on_the_one_before():
    quotes = {1: "Giấy chứng sinh; Tờ khai theo mẫu"}
    bare, count = unsupported("Giấy tờ: [1]\n• Giấy chứng sinh\n• Hộ chiếu nước ngoài", quotes, "", FIXED)
    assert ([claim.text for claim in bare], count) == (["Hộ chiếu nước ngoài"], 2)


def test_a_wrong_number_is_not_carried_however_like_the_words_are():
    bare, _ = unsupported("Thời hạn giải quyết 7 ngày làm việc [1]", {1: "Thời hạn giải quyết 5 ngày làm việc"}, "", ())
    assert len(bare) == 1


def test_what_the_program_says_of_itself_needs_no_source():
    fee = "cơ sở dữ liệu chưa công bố mức thu; xin hỏi Trung tâm Phục vụ hành chính công hoặc tổng đài 18001096"
    bare, _ = unsupported(f"Lệ phí: {fee} trước khi nộp [1]", {1: "Phí: 0 VNĐ ()"}, "", FIXED)
    assert bare == []
