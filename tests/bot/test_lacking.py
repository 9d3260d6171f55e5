"""A paper that a procedure asks for belongs to that procedure, as long as nobody wants a new one."""

import pytest

from bot.lacking import is_asked_for, papers_named
from bot.router import Routed

DOSSIER = "Giấy chứng sinh do cơ sở y tế cấp. Giấy khám sức khoẻ. Thẻ căn cước. Giấy khai sinh của cha mẹ."
NAME = "Thủ tục đăng ký khai sinh"
ASKING = Routed("procedure", "asking", 0.9, 0.9)
HOSPITAL = Routed("hospital", "outside", 0.9, 0.1)


@pytest.mark.parametrize(
    ("question", "routed", "of_it"),
    [
        ("còn nếu mất giấy chứng sinh thì sao", ASKING, True),
        ("không có giấy chứng sinh thì làm sao", ASKING, True),
        ("nếu mất căn cước thì lấy gì thay", ASKING, True),
        ("thế thẻ căn cước hết hạn thì sao", ASKING, True),
        ("cần khám sức khỏe không", HOSPITAL, True),
        ("khám sức khỏe ở đâu", HOSPITAL, True),
        ("khám sức khỏe ở đâu", ASKING, False),
        ("còn mất căn cước thì làm lại ở đâu", ASKING, False),
        ("xin cấp giấy chứng sinh", ASKING, False),
        ("mất giấy khai sinh thì sao", ASKING, False),
        ("còn mất bằng lái thì sao", ASKING, False),
        ("hồ sơ em nộp xong chưa", HOSPITAL, False),
    ],
)
def test_a_paper_of_the_dossier_is_asked_of(question: str, routed: Routed, of_it: bool) -> None:
    assert is_asked_for(papers_named(question, routed), DOSSIER, NAME) == of_it
