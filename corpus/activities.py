"""One row that holds several activities -> the cells of each.

It happens where a table was drawn without a line between two activities, or where text recognition lost the line: the
cells then hold two values with a gap between them, and at times the units of an activity stand in the next row.
"""

import re

from corpus.rows import GAP, values
from corpus.units import is_units
from corpus.vietnamese import one_line

PARTED = "hai hoạt động dính trong một ô của nguồn; ghép với đơn vị và thời gian theo thứ tự"

# What an activity of a plan begins with, where one follows another without any mark between them.
_VERBS = (
    "Ban hành|Bố trí|Cải thiện|Cập nhật|Chuẩn hóa|Chuyển|Công khai|Duy trì|Đảm bảo|Đánh giá|Đăng tải|Đẩy mạnh|"
    "Điều chỉnh|"
    "Đổi mới|Hoàn thiện|Hướng dẫn|Kết nối|Khảo sát|Kiểm tra|Lồng ghép|Mở rộng|Nâng cao|Nâng cấp|Nghiên cứu|Phát triển|"
    "Phối hợp|Phổ biến|Rà soát|Sửa đổi|Tăng cường|Tham mưu|Theo dõi|Thực hiện|Tiếp nhận|Tiếp tục|Tổ chức|Triển khai|"
    "Tuyên truyền|Ứng dụng|Xây dựng"
)
_BEGINS = re.compile(rf"(?<=[\w.;])\s+(?=(?:{_VERBS})\b)")
_COLUMNS = ("product", "lead", "coordinating", "deadline")


def divided(cells: dict[str, str], main: str, pending: list[str], *, waits: bool) -> list[dict[str, str]]:
    """The activities of a row, each with its cells. `waits`: a row below has units but no activity of its own.

    `main` is the column whose values count ("activity", else "task"). What is left over goes to `pending`.
    """
    leads = [value for value in values(cells.get("lead", "")) if value]
    count = len(leads) if all(is_units(lead) for lead in leads) else 1
    texts = values(cells.get(main, "").strip())
    agreed = any(len(values(cells.get(name, ""))) == count for name in ("coordinating", "deadline"))
    if not agreed:  # Several units in one cell are several units of one activity.
        count = 1
    if waits and len(texts) not in (count, count + waits):
        texts = _at_verbs(cells.get(main, ""), count + waits)
    if (len(texts) == 1 and count <= 1) or len(texts) not in (count, count + waits):
        return [{**cells, "lead": "; ".join(leads)}]
    pending += texts[count:]
    if count == 1:
        return [{**cells, main: texts[0], "lead": "; ".join(leads)}]
    columns = {name: _fitted(cells.get(name, ""), count) for name in _COLUMNS}
    certain = all(len(values(cells.get(name, ""))) == count for name in (main, *_COLUMNS))
    doubt = "; ".join(filter(None, (cells.get("doubt"), None if certain else PARTED)))
    return [
        {**cells, main: texts[n], **{name: found[n] for name, found in columns.items()}, "doubt": doubt}
        for n in range(count)
    ]


def takes_pending(cells: dict[str, str], main: str, pending: list[str]) -> dict[str, str]:
    """A row with units but without an activity, or with the end of one: its activity is the one that waits."""
    doubt = "; ".join(filter(None, (cells.get("doubt"), PARTED)))
    text = f"{pending.pop(0)} {cells.get(main, '')}".rstrip()
    return {**cells, main: text, "doubt": doubt, "source": f"{text}\n{cells['source']}"}


def _at_verbs(text: str, count: int) -> list[str]:
    """The text cut where an activity begins without a mark, when that gives the number looked for."""
    whole = one_line(text)
    parts = _BEGINS.split(whole)
    return parts if len(parts) == count else [whole]


def _fitted(cell: str, count: int) -> list[str]:
    """One value for each activity; a single value holds for all of them."""
    found = values(cell)
    if len(found) == count:
        return found
    if count == 2 and len(found) == 1:
        words = cell.split()
        begins = [i for i in range(1, len(words)) if words[i].istitle() and words[i - 1][-1].isalpha()]
        if len(begins) == 1:
            return [" ".join(words[: begins[0]]), " ".join(words[begins[0] :])]
    return [cell.replace(GAP, "; ").strip("; ")] * count
