"""Of a long section, the lines that answer; of a short one, all."""

from dataclasses import replace

import pytest

from bot.plan_lines import LONGEST, narrowed, told_lines
from corpus.chunking import ChunkKind
from retrieval.cues import cues_in
from retrieval.search import Hit
from tests.bot.found_hits import hit

OFFICE = "2. Phòng Văn hóa - Xã hội"
DUTIES = [
    "- Theo dõi, đôn đốc các đơn vị làm kế hoạch; định kỳ tổng hợp báo cáo.",
    "- Cung cấp thông tin cho báo chí về kết quả cải cách hành chính trên địa bàn phường.",
    "- Lập danh sách cán bộ đi học chuyển đổi số... Mời Zalo, Facebook đưa tin.",
    "- Tổ chức ít nhất 01 buổi tọa đàm trong năm; mời người dân dự.",
]
SECTION = "\n".join([OFFICE, *DUTIES])


def told(question: str, room: int = 220) -> list[str]:
    return told_lines(SECTION, question, cues_in(question), room).splitlines()


def test_a_section_that_fits_is_told_whole() -> None:
    assert told("ai cung cấp thông tin cho báo chí", 2000) == [OFFICE, *DUTIES]


@pytest.mark.parametrize(
    ("question", "line"),
    [("ai cung cấp thông tin cho báo chí", 1), ("năm nay mấy buổi tọa đàm", 3), ("danh sách đi học do ai lập", 2)],
)
def test_the_line_that_answers_is_told_under_the_office(question: str, line: int) -> None:
    lines = told(question)
    assert lines[0] == OFFICE
    assert DUTIES[line].startswith(lines[1][:40])


def test_a_question_that_says_no_more_than_the_heading_is_told_from_the_beginning() -> None:
    assert told("Phòng Văn hóa - Xã hội phải làm gì")[:2] == [OFFICE, DUTIES[0]]


def test_three_dots_and_semicolons_end_no_short_sentence() -> None:
    lines = told("cán bộ đi học chuyển đổi số")
    assert any("chuyển đổi số..." in line for line in lines)
    assert DUTIES[3] in told("tọa đàm mời người dân dự")


def test_a_number_in_front_of_a_line_is_no_sentence() -> None:
    text = "\n".join(
        ["2. Nội dung", "2.1. Tuyên truyền chủ trương của Đảng. Nói về tỉnh.", "2.2. " + "Việc khác. " * 40]
    )
    assert "2.1. Tuyên truyền chủ trương của Đảng." in told_lines(text, "chủ trương của Đảng", frozenset(), 200)


def test_what_is_told_never_outgrows_its_room() -> None:
    long = "\n".join([OFFICE, *(f"- Việc số {n} " + "rất dài " * 60 for n in range(9))])
    assert len(told_lines(long, "việc rất dài", frozenset(), 300)) <= 340


def test_a_line_found_nearly_as_well_stands_for_a_section_too_long_to_show() -> None:
    def part(place: str, text: str, score: float) -> Hit:
        made = hit(place, 1.0, kind=ChunkKind.SECTION, document_id="kh")
        return replace(made, unit=replace(made.unit, place=place), chunk=replace(made.chunk, text=text), score=score)

    long, line, other = (
        part("mục 3", "x" * (LONGEST + 1), 0.4),
        part("mục 3, điểm a", "a", 0.3),
        part("mục 4", "b", 0.39),
    )
    assert narrowed(long, (long, other, line)) is line
    assert narrowed(long, (long, other, replace(line, score=0.1))) is long
    short = replace(long, chunk=replace(long.chunk, text="ngắn"))
    assert narrowed(short, (short, line)) is short
