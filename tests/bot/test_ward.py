"""The ward's own sheet says where and when."""

from bot.assemble import Parts
from bot.ward import ward_chunks
from corpus.chunking import ChunkKind

COMMUNE = "phuong-mau"


def headings(parts: Parts) -> list[str]:
    return [chunk.path for chunk in ward_chunks(parts.store, COMMUNE)]


def test_address_and_hours_come_first(parts: Parts) -> None:
    assert headings(parts)[:2] == ["Địa chỉ", "Giờ làm việc của Trung tâm Phục vụ hành chính công"]


def test_no_more_than_three_parts_are_given_and_each_once(parts: Parts) -> None:
    chunks = ward_chunks(parts.store, COMMUNE)
    assert len(chunks) <= 3
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    assert {chunk.kind for chunk in chunks} == {ChunkKind.GUIDE}


def test_a_ward_without_guides_has_no_sheet(parts: Parts) -> None:
    assert ward_chunks(parts.store, "xa-khac") == []


def test_the_third_part_says_how_to_reach_the_ward(parts: Parts) -> None:
    assert headings(parts)[2] == "Điện thoại, đường dây nóng, thư điện tử"
