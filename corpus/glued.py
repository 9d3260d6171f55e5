"""Crawled portal pages whose table cells were glued together -> the same letters with a line for every cell.

"Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến1Miễn phí(…)" can be cut where the pattern is certain. Where it is
not, the text stays as it is and the caller says so.
"""

import re

_CHANNELS_HEADER = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_CHANNEL = r"Trực tuyến|Trực tiếp|Dịch vụ bưu chính"
_ROW = re.compile(rf"({_CHANNEL})(?=\d|Không có thông tin)")
_CELLS = re.compile(
    r"^(?P<limit>Không có thông tin|\d+(?: ?(?:ngày làm việc|ngày|giờ|tháng|năm))?)"
    r"(?P<fee>Miễn phí|Không có thông tin|(?<!\d)[\d.,]+ (?:VNĐ|Việt Nam Đồng|USD|đồng))?"
    r"(?P<text>.*)$",
    re.DOTALL,
)
_COUNT = re.compile(r"(?<!\d)(\d{1,2} bản chính(?:\s*\d{1,2} bản sao)?|\d{1,2} bản sao)")
_BASES_HEADER = "Tên văn bản pháp lýMã văn bản"
_NUMBER = r"(?<!QH)(?<!QH\d)(?:Thông tư số |Nghị định số )?\d+(?:\.\d+)?/\d{4}/[A-ZĐ]+(?:-[A-ZĐ]+)*\d{0,2}"
_BASIS = re.compile(rf"\s*(.+?)({_NUMBER})(?=\s*[A-ZĐ][a-zà-ỹ]|\s*$)", re.DOTALL)
_TAIL = re.compile(r"(?:Mã: KQ[\w.]+)?Từ khóa.*$", re.DOTALL)


def is_glued(text: str) -> bool:
    """Whether a field is a table whose cells were glued together."""
    return text.startswith((_CHANNELS_HEADER, _BASES_HEADER)) or "Tên giấy tờMẫu đơn, tờ khaiSố lượng" in text


def channels(text: str) -> str | None:
    """The table of channels, one cell a line; None when it cannot be cut with certainty."""
    parts = _ROW.split(text.removeprefix(_CHANNELS_HEADER))
    if parts[0].strip() or len(parts) < 3:
        return None
    lines: list[str] = []
    for name, rest in zip(parts[1::2], parts[2::2], strict=True):
        cells = _CELLS.match(rest.strip())
        if cells is None or re.match(r"\d", cells["text"]):
            return None
        note, text = _bracketed(cells["text"].strip())
        lines += [f"* Hình thức nộp: {name}", f"Thời gian: {cells['limit']}"]
        lines.append(f"Phí, lệ phí: {cells['fee'] or ''} {note}".rstrip())
        if text:
            lines.append(f"Mô tả: {text}")
    return "\n".join(lines)


def _bracketed(text: str) -> tuple[str, str]:
    """The brackets that a text opens with, and what follows them."""
    depth = 0
    for index, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            end = index + 1 if letter == ")" else index
            return text[:end], text[end:].strip()
    return "", text


def dossier(text: str) -> str | None:
    """The tables of papers, case by case, each paper with its count; None when it cannot be cut with certainty."""
    heads = list(re.finditer(r"Tên giấy tờMẫu đơn, tờ khaiSố lượng", text))
    if not heads:
        return None
    lines: list[str] = []
    case = text[: heads[0].start()]
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : following.start() if following else len(text)]
        pieces = _COUNT.split(body)
        if case.strip(" -"):
            lines.append(f"[ {case.strip()} ]")
        for paper, count in zip(pieces[0::2], pieces[1::2], strict=False):
            if not paper.strip():
                return None
            lines += [f"- {paper.strip().removeprefix('- ')}", f"  {count}"]
        case = pieces[-1]
    return None if case.strip() else "\n".join(lines)


def legal_bases(text: str) -> str | None:
    """The table of legal bases, one a line as "name (number)"; None when it cannot be cut with certainty."""
    body = text.removeprefix(_BASES_HEADER)
    found, at = [], 0
    while match := _BASIS.match(body, at):
        found.append(f"* {' '.join(match.group(1).split())} ({match.group(2)})")
        at = match.end()
    return "\n".join(found) if found and not body[at:].strip() else None


def result(text: str) -> str:
    """The result without the page's own controls behind it."""
    return _TAIL.sub("", text).strip()
