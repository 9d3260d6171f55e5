"""A procedure's record -> statements, one per thing asked, each resting on one source field."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot import replies
from bot.aspects import Aspect
from corpus import portal
from corpus.procedure import Channel, Fee, FeeState, Procedure
from corpus.vietnamese import one_line

_SENTENCE = re.compile(r"(?<=[.;])\s+")
_ASIDE = re.compile(
    r"\W*(?:\([ivx\d.a-z]{1,4}\)\s*)?(?:Lưu ý|Ghi chú|Trường hợp|Văn bản ủy quyền|Nếu |Việc nộp)", re.IGNORECASE
)
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
    lines = []
    for case in sorted(procedure.dossier, key=lambda case: _is_aside(case.name)):
        if case.name:
            lines.append(f"{shortened(case.name, _CASE)}:")
        for item in sorted(case.items, key=lambda item: _is_aside(item.text)):
            counts = [
                f"{count} {word}" for count, word in ((item.originals, "bản chính"), (item.copies, "bản sao")) if count
            ]
            lines.append(f"• {item.text.rstrip(';. ')}" + (f" ({', '.join(counts)})" if counts else ""))
    return Statement("Hồ sơ gồm", "", portal.DOSSIER, tuple(lines))


def _is_aside(text: str | None) -> bool:
    """Remarks and papers for particular cases: what everybody needs comes before them."""
    return bool(text and _ASIDE.match(text))


def _fee(procedure: Procedure) -> Statement:
    said = _by_channel(procedure, lambda channel: "; ".join(_fee_text(fee) for fee in channel.fees))
    if not said or all(text == replies.FEE_NOT_PUBLISHED for _, text in said):
        return Statement("Phí, lệ phí", replies.FEE_NOT_PUBLISHED, portal.CHANNELS)
    return _channelled("Phí, lệ phí", said, portal.CHANNELS)


def _fee_text(fee: Fee) -> str:
    if fee.state is FeeState.NOT_PUBLISHED:
        return replies.FEE_NOT_PUBLISHED
    if fee.state is FeeState.AMOUNT:
        amount = f"{fee.amount:,}".replace(",", ".") + " đồng"
        return f"{amount}{_aside(fee.text)}" if fee.text else amount
    return one_line(fee.text or "")


def _aside(text: str) -> str:
    """What the source adds to an amount: "/trang" belongs to it, anything longer goes in brackets."""
    text = one_line(text)
    return text if text.startswith("/") else f" ({text})"


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
    texts = list(dict.fromkeys(text for _, text in said))
    if len(texts) == 1:
        return Statement(label, one_line(texts[0]), field)
    return Statement(label, "", field, tuple(f"• {name}: {one_line(text)}" for name, text in said))


def _place(procedure: Procedure) -> Statement:
    ways = ", ".join(dict.fromkeys(channel.name.lower() for channel in procedure.channels))
    also = Statement("• Cách nộp", ways, portal.CHANNELS) if ways else None
    place = procedure.receiving_place
    if place:
        return Statement("Nơi nộp", shortened(place, 260), portal.PLACE, also=also)
    if procedure.agencies:
        agencies = shortened("; ".join(procedure.agencies), 240)
        return Statement("Cơ quan thực hiện", agencies, portal.AGENCY, also=also)
    return Statement("Nơi nộp", replies.PLACE_NOT_PUBLISHED, portal.CHANNELS, also=also)


def _online(procedure: Procedure) -> Statement:
    names = list(dict.fromkeys(channel.name for channel in procedure.channels))
    if "Trực tuyến" in names:
        return Statement("Nộp trực tuyến", replies.ONLINE_YES, portal.CHANNELS)
    ways = ", ".join(name.lower() for name in names) or replies.NOT_STATED
    return Statement("Cách nộp", f"nguồn chỉ ghi: {ways}", portal.CHANNELS)


def _steps(procedure: Procedure) -> Statement:
    if not procedure.steps:
        return Statement("Trình tự", replies.NOT_STATED, portal.STEPS)
    lines = tuple(f"• {_bare(step)}" for step in procedure.steps)
    return Statement("Trình tự thực hiện", "", portal.STEPS, lines)


def _bare(step: str) -> str:
    return re.sub(r"^(?:[*+\-•]\s*)+", "", one_line(step))


def _conditions(procedure: Procedure) -> Statement:
    if not procedure.conditions:
        return Statement("Yêu cầu, điều kiện", replies.NO_CONDITIONS, portal.NAME)
    return Statement("Yêu cầu, điều kiện", "", portal.CONDITIONS, _lines(procedure.conditions))


def _lines(text: str) -> tuple[str, ...]:
    parts = [line.strip() for line in text.splitlines() if line.strip()]
    return tuple(f"• {_bare(part)}" for part in parts)


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
}
