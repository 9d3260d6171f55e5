"""Task tables: groups, rows over page breaks, slid and glued cells."""

from corpus.activities import divided
from corpus.readers.labels import mended
from corpus.rows import is_header, is_row, values, whole_rows
from corpus.tables import NO_DEADLINE, NO_LEAD, SHIFTED, read_table

HEADER = "STT\tNhiệm vụ\tCơ quan chủ trì\tCơ quan phối hợp\tKết quả\tThời gian"
WIDE = "STT\tMục tiêu\tNhiệm vụ\tHoạt động\tSản phẩm\tChủ trì\tPhối hợp\tThời gian\tKinh phí"
UNIT, OTHER = "Phòng Kinh tế phường", "Phòng Văn hóa-Xã hội phường"


def read(*lines: str):
    return read_table(list(lines), "Phụ lục")


def names(units) -> list[str]:
    return [unit.name for unit in units]


def test_group_rows_become_headings_and_part_of_the_path():
    table = read(HEADER, "A\tChuẩn bị\t\t\t\t", "I\tGiống\t\t\t\t", f"1\tChọn cây\t{UNIT}\t\tBản kê\tQuý I/2026")
    (task,) = table.tasks
    assert (task.path, task.headings) == ("Phụ lục, A.I, dòng 1", ("Chuẩn bị", "Giống"))
    assert [(group.path, group.text) for group in table.groups] == [
        ("Phụ lục, A", "Chuẩn bị"),
        ("Phụ lục, A.I", "Giống"),
    ]


def test_a_row_goes_on_behind_a_repeated_header():
    (task,) = read(HEADER, f"1\tTrồng cây ở\t{UNIT}\t\t\tNăm 2026", HEADER, "\tcác hè phố\t\t\tHàng cây\t").tasks
    assert (task.task, task.product) == ("Trồng cây ở các hè phố", "Hàng cây")


def test_a_row_goes_on_behind_a_page_break_without_a_header():
    (task,) = read(HEADER, "1\tTrồng cây\tPhòng Kinh tế, Hạ tầng và\t\t\tNăm 2026", "\t", "\t\tĐô thị\t\t\t").tasks
    assert names(task.lead_units) == ["Phòng Kinh tế, Hạ tầng và Đô thị"]


def test_two_units_in_a_cell_are_two_units_and_one_name_for_each():
    first, second = read(
        HEADER,
        f"1\tMột\t{UNIT}; {OTHER}\tCác tổ dân phố\t\tNăm 2026",
        "2\tHai\tPhòng Văn hóa - Xã hội\t\t\tNăm 2026",
    ).tasks
    assert names(first.lead_units) == ["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"]
    assert names(second.lead_units) == ["Phòng Văn hóa - Xã hội"]
    assert first.lead_units[1].source == OTHER


def test_a_row_slid_to_the_left_is_read_by_what_its_cells_look_like():
    tasks = read(
        WIDE,
        f"1\tXanh\tTrồng\tĐào hố\tHố\t{UNIT}\tCác tổ dân phố\tThường xuyên\t",
        f"\tTưới cây\t\tNhật ký\t{UNIT}\tCác tổ dân phố\tThường xuyên\t\t",
    ).tasks
    assert names(tasks[1].lead_units) == ["Phòng Kinh tế"]
    assert (tasks[1].activity, tasks[1].product, tasks[1].deadline) == ("Tưới cây", "Nhật ký", "Thường xuyên")
    assert tasks[1].doubts == (SHIFTED,)


def test_two_activities_in_one_row_with_a_gap_are_two_tasks():
    row = f"1\tXanh\tTrồng\tĐào hố  Bón phân\tHố  Sổ\t{UNIT}  {OTHER}\tCác tổ dân phố\tQuý I/2026  Quý II/2026\t"
    first, second = read(WIDE, row).tasks
    assert (first.activity, names(first.lead_units), first.deadline) == ("Đào hố", ["Phòng Kinh tế"], "Quý I/2026")
    assert (second.activity, second.product, second.deadline) == ("Bón phân", "Sổ", "Quý II/2026")


def test_two_paragraphs_of_units_beside_one_activity_are_one_task():
    (task,) = read(WIDE, f"1\tXanh\tTrồng\tXây dựng kế hoạch và Tổ chức trồng\tHố\t{UNIT}  {OTHER}\t\tNăm 2026\t").tasks
    assert len(task.lead_units) == 2


def test_an_activity_waits_for_the_row_that_has_its_units():
    cells = {"activity": "Đào hố  Bón phân", "lead": UNIT, "source": "x"}
    pending: list[str] = []
    (part,) = divided(cells, "activity", pending, waits=True)
    assert (part["activity"], pending) == ("Đào hố", ["Bón phân"])


def test_what_the_source_does_not_say_is_a_doubt_and_a_warning():
    table = read(HEADER, "1\tTrồng cây\t\t\t\t\t", f"2\tTưới\t{UNIT}\t\tSổ\t")
    assert NO_LEAD in table.tasks[0].doubts
    assert table.tasks[1].doubts == (NO_DEADLINE,)
    assert any(warning.startswith("Phụ lục, dòng 2: ") for warning in table.warnings)


def test_html_and_markdown_in_cells_are_left_out():
    (task,) = read(HEADER, f"<b>1</b>\t<p>Trồng</p> <ul><li>cây</li></ul>\t**{UNIT}**\t\t*Hàng cây*\tNăm 2026").tasks
    assert (task.task, task.product, names(task.lead_units)) == ("Trồng cây", "Hàng cây", ["Phòng Kinh tế"])


def test_a_header_is_known_by_its_columns_when_its_label_is_unreadable():
    assert is_header(["S1T", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời gian"])
    assert not is_header(["1", "Trồng cây", "Phòng Kinh tế", "", "Năm 2026"])
    assert not is_header([])


def test_a_ruler_and_blank_rows_are_no_rows():
    columns, rows = whole_rows([HEADER, "---\t---\t---", f"1\tTrồng\t{UNIT}\t\t\tNăm 2026"])
    assert columns[:3] == ["label", "task", "lead"]
    assert len(rows) == 1
    assert is_row("---", inside=True)
    assert not is_row("---")
    assert values("  a  b") == ["", "a", "b"]


def test_misread_labels_are_mended_where_order_makes_it_certain():
    lines = ["II. NỘI DUNG CHÍNH", "e) Một", "ø) Hai", "1) Không đổi", "II. NHIỆM VỤ RIÊNG", "a) Một"]
    assert mended(lines) == ["II. NỘI DUNG CHÍNH", "e) Một", "g) Hai", "1) Không đổi", "III. NHIỆM VỤ RIÊNG", "a) Một"]
    rows = [HEADER, "B\tNhóm\t\t\t\t", "l\tNhỏ\t\t\t\t", "1\tMột\tx\t\t\t", "B\tHai\tx\t\t\t", "H\tNhóm sau\t\t\t\t"]
    assert [row.split("\t")[0] for row in mended(rows)][2:] == ["I", "1", "2", "II"]
