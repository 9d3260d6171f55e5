"""A procedure as the national portal publishes it -> `Procedure`.

The portal writes each procedure as about twenty Vietnamese fields; the text export and the JSON Lines export share
one layout inside the fields ("* Hình thức nộp: …", "[ case ]", "- item", "Số lượng: Bản chính: 1, Bản sao: 0").
"""

import re
from collections.abc import Mapping

from corpus.errors import BrokenRecord
from corpus.fees import read_fees, read_time_limit
from corpus.glued import is_glued
from corpus.procedure import (
    Channel,
    DossierCase,
    DossierItem,
    Fee,
    FeeKind,
    FeeState,
    LegalBasis,
    OnlineService,
    Procedure,
    TimeLimit,
)
from corpus.vietnamese import fold, nfc, one_line

CODE = "Mã thủ tục"
NAME = "Tên thủ tục"
CHANNELS = "Cách thức thực hiện"
DOSSIER = "Thành phần hồ sơ"
STEPS = "Trình tự thực hiện"
APPLICANTS = "Đối tượng thực hiện"
AGENCY = "Cơ quan thực hiện"
AUTHORITY = "Cơ quan có thẩm quyền"
LEVEL = "Cấp thực hiện"
PLACE = "Địa chỉ tiếp nhận HS"
RESULT = "Kết quả thực hiện"
CONDITIONS = "Yêu cầu, điều kiện thực hiện"
LEGAL_BASES = "Căn cứ pháp lý"
RELATED = "Thủ tục liên quan"
LIMIT = "Thời hạn giải quyết"
FEE = "Phí, lệ phí"

_CODE = re.compile(r"^\d\.\d{5,}[\w.\-]*$")
_OWN_CODE = re.compile(r"^QT[\w ./\-]+$")
ANY_CHANNEL = "Không phân theo hình thức nộp"
_CHANNEL_NAMES = {"ONLINE": "Trực tuyến", "POSTAL": "Dịch vụ bưu chính", "DIRECT": "Trực tiếp"}
_CHANNEL = re.compile(r"^\s*\*\s*Hình thức nộp\s*:\s*", re.MULTILINE)
_FIELD_LINE = re.compile(r"^\s*(Thời hạn giải quyết|Thời gian|Phí, lệ phí|Lệ phí|Phí|Mô tả)\s*:\s*(.*)$")
_QUANTITY = re.compile(r"Số lượng\s*:\s*Bản chính\s*:\s*(\d+)\s*,\s*Bản sao\s*:\s*(\d+)", re.IGNORECASE)
_COUNT = re.compile(r"^\s*(\d{1,2}) bản (chính|sao)(?:\s*(\d{1,2}) bản sao)?\s*$")
_FORM = re.compile(r"\b[Mm]ẫu(?: số)?\s+((?:[A-ZĐ0-9][\w.\-/]*)(?:\s?[-–]\s?\w+)*)")
_CASE = re.compile(r"^\s*\[\s*(.*?)\s*\]\s*$")
_HEADING = re.compile(r"^\s*\*\s*((?:Giấy tờ phải|Lưu ý|Hồ sơ)[^.;]{0,80}?)\s*:?\s*$")
_STEP = re.compile(r"^\s*[*+\-]?\s*(?:[a-zđ]\)\s*)?Bước\s*\d+", re.IGNORECASE)
_ITEM = re.compile(r"^\s*([*\-+•]|\d+[.)]|[a-zđ]\))\s+")
_BASIS = re.compile(r"^\s*\*?\s*(.*?)(?:\s*\(([^()]*\d[^()]*)\))?\s*$", re.DOTALL)
_ONLINE = re.compile(r"truc tuyen (?:(?:o |theo )?muc do )?(toan trinh|mot phan)")
_LEVEL_TOLD = re.compile(r"tuy\w*n (?:\w+ ){0,3}(?:to\w* tr|m\w* ph)", re.IGNORECASE)
_TOO_SMALL = re.compile(r"(?<![\d.,])(\d{1,3}) VNĐ\b")
_SPAN = re.compile(r"\d+\s*(?:\([^)]*\)\s*)?(?:ngày|giờ|tháng|năm|phút)|ngay (?:sau khi|trong ngày|khi)")
_OFFICES = (
    r"Sở|Bộ|Cục|Vụ|Chi cục|Ban|Ủy ban|UBND|Thủ tướng|Văn phòng|Trung tâm|Công an|Phòng|Chính phủ|Thuế|Tòa án|"
    r"Hội đồng|Viện"
)
_LISTED = re.compile(rf"[;\n]|,\s+(?=(?:{_OFFICES})\b)(?![^()]*\))")
_KIND = re.compile(
    r"^(?:Thông tư(?: liên tịch)?|Nghị định|Nghị quyết|Quyết định|Luật|Pháp lệnh|Bộ luật)?(?: ?số)?\s*:?\s*(?=\d)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\bsố\s+(\d+(?:\.\d+)?/\d{4}/[A-ZĐ]+[\w-]*)")
_APPLICANT = re.compile(r",\s+(?=[A-ZĐ])(?![^()]*\))")
_NOTHING = {
    "",
    "khong co thong tin",
    "khong",
    "khong co",
    "khong quy dinh",
    "khong yeu cau",
    "khong co yeu cau",
    "khong co yeu cau dieu kien",
    "khong co yeu cau, dieu kien",
}
_LONGEST_NOTHING = 60


def read_record(record: Mapping[str, object]) -> Procedure:
    """A procedure from one record of the portal's export. Raises BrokenRecord without a code or a name."""
    given = {key: value for key, value in record.items() if value is not None}
    return read_fields({nfc(str(key)).strip(): nfc(str(value)).strip() for key, value in given.items()})


def read_fields(fields: Mapping[str, str]) -> Procedure:
    """The same of fields in Unicode NFC, as `Procedure.fields` holds them."""
    code, name = fields.get(CODE, ""), one_line(fields.get(NAME, ""))
    if not is_national_code(code) and not _OWN_CODE.match(code):
        raise BrokenRecord(f"record without a procedure code in “{CODE}” (found {code!r})")
    if not name:
        raise BrokenRecord(f"record {code} has no “{NAME}”")
    channels, doubts = _channels(fields.get(CHANNELS, ""))
    if not channels and (LIMIT in fields or FEE in fields):
        channels = (_any_channel(fields),)
    doubts += tuple(
        f"“{field}” bị dính ô trong nguồn, giữ nguyên văn" for field, value in fields.items() if is_glued(value)
    )
    return Procedure(
        code=code,
        name=name,
        decision=_said(fields, "Số quyết định"),
        level=_said(fields, "Cấp thực hiện"),
        sector=_said(fields, "Lĩnh vực"),
        category=_said(fields, "Loại thủ tục"),
        channels=channels,
        dossier=_dossier(fields.get(DOSSIER, "")),
        steps=_steps(fields.get(STEPS, "")),
        applicants=tuple(_APPLICANT.split(fields[APPLICANTS])) if _said(fields, APPLICANTS) else (),
        agencies=_listed(fields, AGENCY),
        competent_authority=_said(fields, "Cơ quan có thẩm quyền"),
        receiving_place=_said(fields, PLACE),
        result=_said(fields, RESULT),
        conditions=_said(fields, CONDITIONS),
        legal_bases=_legal_bases(fields.get(LEGAL_BASES, "")),
        related=_listed(fields, RELATED),
        online=_online(fields),
        fields=tuple(fields.items()),
        doubts=doubts,
    )


def is_national_code(code: str) -> bool:
    """Whether a code is one of the national database ("1.001193"), not a department's own ("QT 01/CX-HCTP")."""
    return bool(_CODE.match(code))


def _any_channel(fields: Mapping[str, str]) -> Channel:
    """Where a source gives one time limit and one fee for every way to hand in."""
    limit, fee = fields.get(LIMIT, ""), fields.get(FEE, "")
    source = "\n".join(f"{name}: {value}" for name, value in ((LIMIT, limit), (FEE, fee)) if value)
    fees = read_fees(FEE, one_line(fee)) if fee else ()
    if fold(fee).strip(" .") == "khong":  # Here a person wrote that there is none.
        fees = (Fee(FeeKind.PHI_LE_PHI, FeeState.TEXT, None, one_line(fee)),)
    return Channel(ANY_CHANNEL, read_time_limit(one_line(limit)), fees, None, source)


def _said(fields: Mapping[str, str], name: str) -> str | None:
    value = fields.get(name, "")
    return None if _is_nothing(value) else value


def _is_nothing(value: str) -> bool:
    """Whether a field says in so many words that it has nothing to say; a long one says something."""
    return len(value) <= _LONGEST_NOTHING and fold(value).strip(" .") in _NOTHING


def _is_unknown(text: str) -> bool:
    return fold(text[:_LONGEST_NOTHING]).strip(" .").startswith("khong co thong tin")


def _listed(fields: Mapping[str, str], name: str) -> tuple[str, ...]:
    value = _said(fields, name)
    parts = (one_line(re.sub(r"^\s*[-+*•]\s+", "", part)) for part in _LISTED.split(value or ""))
    return tuple(part for part in parts if part)


def _channels(text: str) -> tuple[tuple[Channel, ...], tuple[str, ...]]:
    channels, doubts = [], []
    for block in _CHANNEL.split(text)[1:]:
        channel = _channel(block)
        channels.append(channel)
        if any(int(re.sub(r"\D", "", found)) for found in _TOO_SMALL.findall(channel.source)):
            doubts.append(f"{channel.name}: mức thu trong nguồn ghi thiếu phần nghìn")
        if re.search(r"^Thời gian: \d+$", channel.source, re.MULTILINE):
            doubts.append(f"{channel.name}: nguồn ghi thời gian không có đơn vị")
        if re.search(r"^Phí, lệ phí: Miễn phí$", channel.source, re.MULTILINE):
            doubts.append(f"{channel.name}: trang cổng ghi “Miễn phí” cả khi chỉ chưa công bố mức thu")
    if text and not channels and not _is_nothing(text):
        doubts.append(f"“{CHANNELS}” giữ nguyên văn, không tách được theo hình thức nộp")
    return tuple(channels), tuple(dict.fromkeys(doubts))


def _channel(block: str) -> Channel:
    first, *lines = block.strip().splitlines()
    values: dict[str, list[str]] = {}
    current: list[str] = []
    crawled = False
    for line in lines:
        match = _FIELD_LINE.match(line)
        if match and not ("Mô tả" in values and match.group(1) in values):
            name, value = match.group(1), match.group(2).strip()
            if name == "Thời gian":
                name, crawled = LIMIT, True
            elif crawled:  # The portal's page shows "Miễn phí" wherever its data holds nothing but a zero.
                value = re.sub(r"^Miễn phí", "0 VNĐ", value)
            current = values.setdefault(name, [])
            current.append(value)
        else:
            current.append(line.strip())
    limit = read_time_limit(" ".join(values.pop(LIMIT, [])))
    note = "\n".join(values.pop("Mô tả", [])).strip() or None
    fees = tuple(fee for label, value in values.items() for fee in read_fees(label, " ".join(value)))
    if limit.text is None and note:
        limit = TimeLimit(_limit_in_note(note))
    name = _CHANNEL_NAMES.get(first.strip().upper(), first.strip())
    return Channel(name, limit, fees, note, f"* Hình thức nộp: {block.strip()}")


def _limit_in_note(note: str) -> str | None:
    """The sentences of the note that hold time limits, where the coded field says OTHER."""
    sentences = (sentence.strip() for sentence in re.split(r"(?<=[.;])\s+|\n", note))
    return "\n".join(sentence for sentence in sentences if _SPAN.search(sentence)) or None


def _dossier(text: str) -> tuple[DossierCase, ...]:
    if _is_unknown(text):
        return ()
    cases: list[tuple[str | None, list[DossierItem]]] = []
    lines: list[str] = []

    def close(originals: int | None, copies: int | None) -> None:
        item = " ".join(lines).strip()
        lines.clear()
        if not item:
            return
        if not cases:
            cases.append((None, []))
        form = _FORM.search(item)
        cases[-1][1].append(DossierItem(item, originals, copies, form.group(0).rstrip(".") if form else None))

    for line in text.splitlines():
        case, quantity = _CASE.match(line) or _HEADING.match(line), _QUANTITY.search(line)
        count = _COUNT.match(line)
        if case:
            close(None, None)
            cases.append((re.sub(r"^[*\-+]\s*", "", case.group(1)).rstrip(": ") or None, []))
        elif count:
            first = int(count.group(1))
            copies = int(count.group(3)) if count.group(3) else first if count.group(2) == "sao" else 0
            close(first if count.group(2) == "chính" else 0, copies)
        elif quantity:
            close(int(quantity.group(1)), int(quantity.group(2)))
        elif re.match(r"^\s*-\s", line):
            close(None, None)
            lines.append(re.sub(r"^\s*(?:[-+*•]\s*)+", "", line).strip())
        else:
            lines.append(line.strip())
    close(None, None)
    return tuple(DossierCase(name, tuple(items)) for name, items in cases if items)


def _steps(text: str) -> tuple[str, ...]:
    """The steps in order: split at "Bước n" where the source numbers them so, else at its own bullets or lines.

    Of two kinds of bullets the one that comes first is the outer one, and the others belong to the step above them.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(_STEP.match(line) for line in lines):
        starts = [bool(_STEP.match(line)) for line in lines]
    else:
        kinds = [match.group(1)[-1] if (match := _ITEM.match(line)) else "" for line in lines]
        outer = next((kind for kind in kinds if kind and kinds.count(kind) > 1), None)
        starts = [kind == outer if outer else True for kind in kinds]
    steps: list[str] = []
    for line, begins in zip(lines, starts, strict=True):
        if steps and not begins:
            steps[-1] += "\n" + line
        else:
            steps.append(line)
    return tuple(steps)


def _legal_bases(text: str) -> tuple[LegalBasis, ...]:
    if _is_unknown(text):
        return ()
    bases = []
    for line in re.split(r"\n\s*[*\-]\s+|^\s*[*\-]\s+", text):
        match = _BASIS.match(line.strip())
        if match and match.group(1):
            named = _NUMBERED.search(match.group(1))
            number = _KIND.sub("", match.group(2)) if match.group(2) else named.group(1) if named else None
            bases.append(LegalBasis(one_line(match.group(1)), number))
    return tuple(bases)


def _online(fields: Mapping[str, str]) -> OnlineService:
    """The level that the source names, in its own field or where channels and steps are told."""
    field = fold(fields.get("Mức độ cung cấp dịch vụ công trực tuyến", ""))
    told = f"{fields.get(CHANNELS, '')}\n{fields.get(STEPS, '')}"
    # Folding a text takes longer than to see that it tells of no level.
    told = fold(told) if _LEVEL_TOLD.search(told) else ""
    found = set(re.findall(r"toan trinh|mot phan", field)) or set(_ONLINE.findall(told))
    if len(found) != 1:
        return OnlineService.UNKNOWN
    return OnlineService.TOAN_TRINH if "toan trinh" in found else OnlineService.MOT_PHAN
