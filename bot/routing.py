"""Messages that end without a source: greetings, emergencies, somebody's own file, attacks, other people's business.

The router (router.py) says what kind of message it is. Words that sound alarming are often part of a procedure ("nhà
cháy mất giấy khai sinh, làm lại ở đâu"), so the search's evidence has a say as well, and an emergency asks for no paper.
"""

import re
from dataclasses import dataclass

from bot import replies
from bot.answer import AnswerStatus
from bot.router import Routed
from corpus.vietnamese import folded_syllables


@dataclass(frozen=True, slots=True)
class Ending:
    """A question's ending that needs no source."""

    status: AnswerStatus
    text: str
    name: str


_ENDINGS = {
    "greeting": (AnswerStatus.GREETING, replies.GREETING),
    "thanks": (AnswerStatus.GREETING, replies.THANKS),
    "goodbye": (AnswerStatus.GREETING, replies.GOODBYE),
    "who_are_you": (AnswerStatus.GREETING, replies.WHO_AM_I),
    "handover": (AnswerStatus.GREETING, replies.HANDOVER),
    "delete_data": (AnswerStatus.GREETING, replies.DATA_DELETED),
    "file_status": (AnswerStatus.OUT_OF_SCOPE, replies.FILE_STATUS),
    "legal_advice": (AnswerStatus.OUT_OF_SCOPE, replies.LEGAL_ADVICE),
    "job_market": (AnswerStatus.OUT_OF_SCOPE, replies.OFF_TOPIC),
    "off_topic": (AnswerStatus.OUT_OF_SCOPE, replies.OFF_TOPIC),
    "other_commune": (AnswerStatus.OUT_OF_SCOPE, replies.OTHER_COMMUNE),
    "abuse": (AnswerStatus.REFUSED, replies.ABUSE),
    "refused_illegal": (AnswerStatus.REFUSED, replies.REFUSED_ILLEGAL),
    "refused_private": (AnswerStatus.REFUSED, replies.REFUSED_PRIVATE),
    "attack": (AnswerStatus.REFUSED, replies.REFUSED),
    "admin_unknown": (AnswerStatus.NO_ANSWER, replies.NO_ANSWER),
    **{
        f"emergency_{name}": (AnswerStatus.EMERGENCY, f"{text}\n{replies.EMERGENCY_AFTER}")
        for name, text in replies.EMERGENCY.items()
    },
    **{name: (AnswerStatus.OUT_OF_SCOPE, text) for name, text in replies.OTHER_AUTHORITY.items()},
}
_PAPER = re.compile(
    r"\b(?:giay|thu tuc|ho so|tro cap|xac nhan|dang ky|cap lai|lam lai|cap doi|khai tu|khai bao|ho tro|bao hiem|che do|don|trich luc|boi thuong|"
    r"mai tang|nhan con|so do|so hong|can cuoc|cccd|cmnd|bang lai|mien giam|xin cap|dk|ly hon|nuong tuu|phep|chung nhan|chung tu|bien so)\b"
)
_ATTACK = re.compile(
    r"ignore (?:all |the |any |your )*(?:previous|above|prior|earlier)|disregard (?:all|the|your|any)|system ?prompt|developer mode|jailbreak|\bdan\b mode|do anything now|"
    r"(?:reveal|show|print|output|repeat|leak|dump|tell me|give me|display|send).{0,40}(?:prompt|instruction|token|secret|password|api.?key|env(?:ironment)?|config|database|credentials|access.?key|private key|conversation)|"
    r"pretend (?:to be|you|that)|act as|role ?play|you are now|from now on you|new instructions?|override|bypass|unrestricted|no restrictions|"
    r"bo qua (?:moi |cac |tat ca |toan bo |nhung )*(?:huong dan|chi dan|lenh|quy tac|quy dinh|chi thi|cau lenh|rang buoc)|quen (?:het |di |moi )*(?:huong dan|chi dan|quy tac|lenh)|"
    r"(?:dong vai|gia vo|gia su (?:ban|may|em) la|hay la|tu gio (?:ban|may|em)|ban gio la|nhap vai)|che do (?:nha phat trien|developer|admin|quan tri|bao tri|debug|khong gioi han)|"
    r"(?:in|cho (?:toi |xem )?|tiet lo|hien|doc|gui|liet ke|xuat|lap lai|nhac lai|chep).{0,30}(?:prompt|system|token|mat khau|khoa api|api key|bien moi truong|cau hinh|ma nguon|co so du lieu|he thong cua ban|chi dan (?:noi bo|he thong|goc|ban dau)|lich su (?:chat|tro chuyen) cua nguoi)|"
    r"drop table|union select|select \* from|or 1 ?= ?1|<script|onerror ?=|javascript:|\{\{.*\}\}|\$\{.*\}|etc/passwd|rm -rf|__import__|os\.environ|/proc/self|cmd\.exe|"
    r"\[?(?:system|he thong|admin|developer|tai lieu|assistant)\]?\s*[:>\]]\s*|begin (?:system|admin)|end of (?:document|context)|<\|.*\|>|### ?(?:instruction|system)|"
    r"base64|rot13|giai ma (?:chuoi|doan|cau)|decode (?:this|the|and)|"
    r"(?:tra loi|noi|khang dinh|ghi|bao) (?:rang |la |luon )*(?:le )?phi (?:bang|la) 0|answer (?:that|with) .{0,30}(?:fee|free|0)|say (?:exactly|only|the word)|chi (?:tra loi|in|noi|viet) (?:dung |mot |chu |tu )",
    re.IGNORECASE,
)
_ILLEGAL = re.compile(
    r"\b(?:(?:lam|mua|ban|dat|che|in|kiem|nhan lam|o dau lam|cach lam) (?:cho (?:toi|em) )?(?:cai |bo |to )?(?:giay (?:to |khai sinh |phep |kham )*|bang (?:lai |dai hoc |cap )*|cccd |can cuoc |so do |so hong |con dau |ho so |chung chi |ho chieu |cmnd )+(?:gia\b|lau|dom|khong can (?:hoc|thi))"
    r"|lam gia|gia mao|gia chu ky|chu ky gia|ky gia|giay to gia|so do gia|can cuoc gia|bang gia|khai (?:gian|khong|man)|khai sai (?:tuoi|de|su that)|duc khai|tron (?:thue|nghia vu|nvqs|lenh|truy na|di bo doi)|ne (?:thue|nghia vu)|lach luat|hoi lo|dut lot|lot tay|boi tron|chay (?:chot|giay|tien|thu tuc|ho so|bang)|dut tien|phong bi|phe lot|mua (?:chuoc|chung nhan)|rua tien|ket hon gia|ly hon gia|ho ngheo gia|benh an gia"
    r"|(?:fake|forge|counterfeit|bribe|launder)\w*\b|che (?:bom|thuoc no|sung)|lam (?:bom|thuoc no|sung)|mua (?:sung|ma tuy)|ban (?:than|ma tuy|noi tang)|danh bac|ca do|hack|build a bomb|make a bomb|phishing|malware|steal)\b"
)
_PRIVATE = re.compile(
    r"\b(?:cho|tra|tim|xem|biet|lay|doc|xin|gui|liet ke|danh sach|provide|give|list).{0,40}(?:so (?:dien thoai|can cuoc|cccd|cmnd|tai khoan|dt|sdt)|dia chi nha|thong tin (?:ca nhan|rieng)|ngay sinh|luong|tai khoan|que quan|ho so).{0,20} cua (?:ong|ba|anh|chi|co|chu|hang xom|nguoi (?:khac|yeu|ta|dan|cu)|vo cu|chong cu|chu tich|can bo|con no|thang|ke|nha|nhung nguoi|cac|moi nguoi|tat ca|dan)"
    r"|\b(?:other (?:citizens?|users?|people)|someone else|my neighbou?r).{0,40}(?:data|address|phone|number|id|information|file)|danh sach (?:so dien thoai|cccd|can cuoc|nguoi dan|cong dan|ho dan)"
)


_FIRE = re.compile(
    r"\b(?:cháy|hỏa hoạn|bốc khói|phát lửa|lửa (?:bén|lan|bùng)|chay nha|nha chay|dang chay|hoa hoan|boc khoi)\b"
)
# Where a life may hang on it, words speak before the router does.
_URGENT = {
    "emergency_medical": re.compile(
        r"\b(?:tai nan .{0,40}\bmau|mau ra nhieu|chay nhieu mau|chay mau nhieu|ngung tho|bat tinh)\b"
    ),
    "emergency_self_harm": re.compile(r"\b(?:rach (?:co )?tay|cat co tay|muon tu tu|dinh tu tu|khong muon song nua)\b"),
    "emergency_police": re.compile(r"\b(?:chem nhau|dang (?:danh nhau|bi cuop|bi danh)|cam dao (?:doa|duoi|chem))\b"),
    "emergency_rescue": re.compile(r"\b(?:chet duoi|dang duoi nuoc)\b"),
}
_SURELY = 0.9
_OWN_FILE = re.compile(
    r"\b(?:den dau|toi dau|xong chua|duoc chua|co chua|duyet chua|ra chua|tien do|tinh trang|tra giup|tra ho|kiem tra (?:giup|ho)|"
    r"ktra|ma ho so|ma so ho so|bien nhan|qua hen|tre hen|hen tra)\b"
)


def attack_ending(question: str) -> Ending | None:
    """The refusal of what is asked for in so many words: instructions to the program, forgery, other people's data."""
    folded = " ".join(folded_syllables(question))
    if _ATTACK.search(question.lower()) or _ATTACK.search(folded):
        return _ending("attack")
    if _ILLEGAL.search(folded):
        return _ending("refused_illegal")
    return _ending("refused_private") if _PRIVATE.search(folded) else None


def ending_at_once(question: str, routed: Routed) -> Ending | None:
    """The ending of a message that needs no search, or None."""
    folded = " ".join(folded_syllables(question))
    if not folded:
        return Ending(AnswerStatus.NO_ANSWER, replies.EMPTY, "empty")
    if (refused := attack_ending(question)) is not None:
        return refused
    if routed.route == "file_status" and routed.probability >= _SURELY and _OWN_FILE.search(folded):
        return _ending(routed.route)
    if _PAPER.search(folded):
        return None
    urgent = next((name for name, words in _URGENT.items() if words.search(folded)), None)
    if urgent is not None:
        return _ending(urgent)
    if routed.family == "emergency" and (routed.probability >= 0.5 or routed.asks < 0.15):
        return _ending("emergency_fire" if _FIRE.search(question.lower()) else routed.route)
    if (routed.family == "talk" or routed.route in ("attack", "abuse")) and routed.probability >= 0.45:
        return _ending(routed.route)
    return None


def ending_after_search(routed: Routed, evidence: float) -> Ending | None:
    """The ending of a message that the search answers less surely than the router knows it; `evidence` is 0 to 1."""
    if routed.family in ("asking", "emergency") or routed.probability < 0.5:
        return None
    return _ending(routed.route) if evidence < 0.3 + 0.65 * routed.probability else None


def ending_without_evidence(routed: Routed | None) -> Ending:
    """What to say when nothing was found: what the router takes it for, or an honest no."""
    if routed is None or routed.family in ("asking", "emergency"):
        return _ending("admin_unknown")
    return _ending(routed.route)


def _ending(name: str) -> Ending:
    status, text = _ENDINGS[name]
    return Ending(status, text, name)
