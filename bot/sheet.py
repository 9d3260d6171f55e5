"""A procedure's record -> statements, one per thing asked, each resting on one source field."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot import replies
from bot.aspects import Aspect
from corpus import portal
from corpus.procedure import Channel, DossierCase, DossierItem, Fee, FeeState, Procedure
from corpus.vietnamese import one_line

_SENTENCE = re.compile(r"(?<=[.;])\s+")
_ASIDE = re.compile(
    r"\W*(?:\([ivx\d.a-z]{1,4}\)\s*)?"
    r"(?:Lưu ý|Ghi chú|(?:Trong |Đối với )?trường hợp|Người (?:được )?[uủ][ỷy] quyền|Văn bản ủy quyền|Nếu |Việc nộp)",
    re.IGNORECASE,
)
# "10 VNĐ (/bản)": thousands, or another currency, were lost when it was typed in.
_DOUBTFUL = re.compile(r"\d{1,3} ?VNĐ\b")
_OPENING = re.compile(r"^(?:[*+\-•]\s*|\(?(?:\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*|\d{1,2}\.\s+)+")
_OF_ALL = 700  # Letters on a phone, for all channels together.
_REMARK = re.compile(r"\W*(?:Lưu ý|Ghi chú)", re.IGNORECASE)
_CASE = 160  # A case of a whole paragraph would leave a phone no room for its papers.
_OVERVIEW = (Aspect.DOSSIER, Aspect.PLACE, Aspect.TIME, Aspect.FEE)


@dataclass(frozen=True, slots=True)
class Statement:
    """Something said and the procedure field it rests on. `lines` below `text` may be cut for length.

    `also` is said with it but rests on another field.
    """

    label: str
    text: str
    field: str
    lines: tuple[str, ...] = ()
    also: "Statement | None" = None


def statements(procedure: Procedure, aspects: tuple[Aspect, ...]) -> list[Statement]:
    """What the record says of each aspect; of none in particular: papers, place, time and fee."""
    return [_SAY[aspect](procedure) for aspect in (aspects or _OVERVIEW)]


def shortened(text: str, limit: int) -> str:
    """Whole sentences up to `limit` letters, else whole words and an ellipsis."""
    text = one_line(text)
    if len(text) <= limit:
        return text
    kept = ""
    for sentence in _SENTENCE.split(text):
        if len(kept) + len(sentence) + 1 > limit:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) >= limit // 3 else text[:limit].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def _dossier(procedure: Procedure) -> Statement:
    if not procedure.dossier:
        return Statement("Hồ sơ", replies.DOSSIER_NOT_PUBLISHED, portal.DOSSIER)
    # Among papers that are counted, one counted as none is a remark.
    counts = any(item.originals or item.copies for case in procedure.dossier for item in case.items)
    for_all: list[str] = []
    lines: list[str] = []
    for case in sorted(procedure.dossier, key=_lateness):
        late = [is_aside(item.text) or (counts and item.originals == item.copies == 0) for item in case.items]
        # The portal repeats a paper for each of its channels.
        papers = list(
            dict.fromkeys(_paper(item) for item, is_late in zip(case.items, late, strict=True) if not is_late)
        )
        asides = list(dict.fromkeys(_paper(item) for item, is_late in zip(case.items, late, strict=True) if is_late))
        if _is_for_all(case, procedure):
            for_all, papers = [*for_all, *papers], []
        head = [f"{shortened(case.name.rstrip(':; '), _CASE)}:"] if case.name and (papers or asides) else []
        lines += [*head, *papers, *asides]
    # The form to fill in is what everybody needs first.
    for_all.sort(key=lambda paper: not paper.startswith("• Tờ khai"))
    return Statement("Hồ sơ gồm", "", portal.DOSSIER, (*for_all, *lines))


def _is_for_all(case: DossierCase, procedure: Procedure) -> bool:
    """Papers under a remark, or under the only case though it is named after a particular one, are needed by all."""
    return is_aside(case.name) and (len(procedure.dossier) == 1 or _REMARK.match(case.name or "") is not None)


def _lateness(case: DossierCase) -> int:
    """What is handed in by everybody first, then what is only shown, then particular cases and remarks."""
    return 2 if is_aside(case.name) else int("xuất trình" in (case.name or "").lower())


def _paper(item: DossierItem) -> str:
    counted = ((item.originals, "bản chính"), (item.copies, "bản sao"))
    counts = ", ".join(f"{count} {word}" for count, word in counted if count)
    return f"• {bare(item.text).rstrip(';. ')}" + (f" ({counts})" if counts else "")


def is_aside(text: str | None) -> bool:
    """Remarks and papers for particular cases: what everybody needs comes before them."""
    return bool(text and _ASIDE.match(text))


def _fee(procedure: Procedure) -> Statement:
    said = _by_channel(procedure, lambda channel: _listed(_fee_text(fee) for fee in channel.fees))
    if not said or all(text == replies.FEE_NOT_PUBLISHED for _, text in said):
        return Statement("Phí, lệ phí", replies.FEE_NOT_PUBLISHED, portal.CHANNELS)
    return _channelled("Phí, lệ phí", said, portal.CHANNELS)


def _fee_text(fee: Fee) -> str:
    if fee.state is FeeState.NOT_PUBLISHED:
        return replies.FEE_NOT_PUBLISHED
    if fee.state is FeeState.AMOUNT:
        amount = f"{fee.amount:,}".replace(",", ".") + " đồng"
        text = bare(fee.text or "")
        return text if re.search(rf"(?<![\d.,]){amount}", text) else f"{amount}{_aside(text)}"
    text = bare(fee.text or "")
    return replies.FEE_DOUBTFUL.format(fee=text) if _DOUBTFUL.match(text) else text


def _aside(text: str) -> str:
    """What the source adds to an amount: "/trang" belongs to it, anything longer goes in brackets."""
    return text if not text or text.startswith("/") else f" ({text})"


def _time(procedure: Procedure) -> Statement:
    said = _by_channel(procedure, lambda channel: channel.time_limit.text or "")
    if not any(text for _, text in said):
        return Statement("Thời hạn giải quyết", replies.TIME_NOT_PUBLISHED, portal.CHANNELS)
    return _channelled("Thời hạn giải quyết", [(name, text) for name, text in said if text], portal.CHANNELS)


def _by_channel(procedure: Procedure, say: Callable[[Channel], str]) -> list[tuple[str, str]]:
    """(channel, what it says); a channel listed several times says each thing once."""
    pairs = dict.fromkeys((channel.name, say(channel)) for channel in procedure.channels)
    return list(pairs)


def _channelled(label: str, said: list[tuple[str, str]], field: str) -> Statement:
    """One line for all channels, or one for those that say the same."""
    channels: dict[str, list[str]] = {}
    written: dict[str, str] = {}
    for name, text in said:
        plain = one_line(text).rstrip(". ")
        channels.setdefault(plain, []).append(name)
        written.setdefault(plain, one_line(text))
    texts: dict[frozenset[str], list[str]] = {}
    for plain, names in channels.items():
        texts.setdefault(frozenset(names), []).append(plain)
    told = [(channels[plains[0]], _listed(written[plain] for plain in plains)) for plains in texts.values()]
    if len(told) == 1:
        return Statement(label, told[0][1], field)
    lines = [f"• {', '.join(dict.fromkeys(names))}: {text}" for names, text in told]
    room = shares([len(line) for line in lines], _OF_ALL)
    return Statement(label, "", field, tuple(map(shortened, lines, room)))


def _listed(texts: Iterable[str]) -> str:
    """Texts in one line; one alone keeps its own full stop."""
    several = list(texts)
    return several[0] if len(several) == 1 else "; ".join(text.rstrip(".; ") for text in several)


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """Letters for each of several texts: what the short ones leave goes to the long ones."""
    given = [0] * len(wanted)
    for left, number in zip(range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True):
        given[number] = min(wanted[number], room // left)
        room -= given[number]
    return given


def _place(procedure: Procedure) -> Statement:
    ways = ", ".join(dict.fromkeys(channel.name.lower() for channel in procedure.channels))
    also = Statement("• Cách nộp", ways, portal.CHANNELS) if ways else None
    place = procedure.receiving_place
    if place:
        return Statement("Nơi nộp", shortened(bare(place), 260), portal.PLACE, also=also)
    if procedure.agencies:
        agencies = shortened("; ".join(procedure.agencies), 240)
        return Statement("Cơ quan thực hiện", agencies, portal.AGENCY, also=also)
    return Statement("Nơi nộp", replies.PLACE_NOT_PUBLISHED, portal.CHANNELS, also=also)


def _online(procedure: Procedure) -> Statement:
    names = list(dict.fromkeys(channel.name for channel in procedure.channels))
    if "Trực tuyến" in names:
        return Statement("Nộp trực tuyến", replies.ONLINE_YES, portal.CHANNELS)
    ways = ", ".join(name.lower() for name in names) or replies.NOT_STATED
    return Statement("Cách nộp", replies.ONLY_WAYS.format(ways=ways), portal.CHANNELS)


def _steps(procedure: Procedure) -> Statement:
    if not procedure.steps:
        return Statement("Trình tự", replies.NOT_STATED, portal.STEPS)
    lines = tuple(f"• {bare(step)}" for step in procedure.steps)
    return Statement("Trình tự thực hiện", "", portal.STEPS, lines)


def bare(text: str) -> str:
    """In one line, without the bullets and numbers it opens with."""
    return _OPENING.sub("", one_line(text))


def _conditions(procedure: Procedure) -> Statement:
    if not procedure.conditions:
        return Statement("Yêu cầu, điều kiện", replies.NO_CONDITIONS, portal.NAME)
    return Statement("Yêu cầu, điều kiện", "", portal.CONDITIONS, _lines(procedure.conditions))


def _lines(text: str) -> tuple[str, ...]:
    parts = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(f"• {bare(part)}" for part in parts)


def _result(procedure: Procedure) -> Statement:
    return Statement("Kết quả", shortened(procedure.result or replies.NOT_STATED, 300), portal.RESULT)


def _legal(procedure: Procedure) -> Statement:
    if not procedure.legal_bases:
        return Statement("Căn cứ pháp lý", replies.NOT_STATED, portal.NAME)
    names = [f"• {shortened(basis.name, 160)}" + _number(basis.name, basis.number) for basis in procedure.legal_bases]
    return Statement("Căn cứ pháp lý", "", portal.LEGAL_BASES, tuple(names))


def _number(name: str, number: str | None) -> str:
    return f" ({number})" if number and number not in name else ""


def _applicants(procedure: Procedure) -> Statement:
    text = ", ".join(procedure.applicants) or replies.NOT_STATED
    return Statement("Đối tượng thực hiện", text, portal.APPLICANTS if procedure.applicants else portal.NAME)


def _agency(procedure: Procedure) -> Statement:
    if procedure.agencies:
        return Statement("Cơ quan thực hiện", shortened("; ".join(procedure.agencies), 300), portal.AGENCY)
    if procedure.competent_authority:
        return Statement("Cơ quan có thẩm quyền", shortened(procedure.competent_authority, 300), portal.AUTHORITY)
    return Statement("Cấp thực hiện", procedure.level or replies.NOT_STATED, portal.LEVEL)


def _unsaid(label: str, text: str) -> Callable[[Procedure], Statement]:
    return lambda _: Statement(label, text, portal.NAME)


_SAY: dict[Aspect, Callable[[Procedure], Statement]] = {
    Aspect.DOSSIER: _dossier,
    Aspect.FEE: _fee,
    Aspect.TIME: _time,
    Aspect.PLACE: _place,
    Aspect.ONLINE: _online,
    Aspect.STEPS: _steps,
    Aspect.CONDITIONS: _conditions,
    Aspect.RESULT: _result,
    Aspect.LEGAL: _legal,
    Aspect.APPLICANTS: _applicants,
    Aspect.AGENCY: _agency,
    Aspect.PROXY: _unsaid("Làm thay, ủy quyền", replies.PROXY_NOT_STATED),
    Aspect.BENEFIT: _unsaid("Mức được hưởng", replies.BENEFIT_NOT_STATED),
    Aspect.DEADLINE: _unsaid("Hạn phải nộp", replies.DEADLINE_NOT_STATED),
    Aspect.VALIDITY: _unsaid("Thời hạn sử dụng", replies.VALIDITY_NOT_STATED),
}
