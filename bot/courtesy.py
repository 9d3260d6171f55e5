"""What people wrap a question in: greetings, "cho em hỏi chút ạ", thanks, a label, quotes."""

import re
import unicodedata

from corpus.vietnamese import fold, syllables

_WHO = r"(?:ad|adm|admin|bot|shop|anh chi|anh/chi|a/c|ac|anh|chi|em|co chu|co|chu|bac|ong ba|ong|ba|ban|cac (?:ban|anh|chi|bac|co)|can bo|moi nguoi|ca nha|phuong|xa|uy ban|toi|minh|chau|con|tui|e|a|c|m)"
_BIT = r"(?: (?:chut|ti|xiu|cai|voi|nhe|a|ah|la|ve|viec nay|dieu nay|cau nay|mot chut|mot ti|1 chut|tham|them|nay|vu nay|rang))*"
_LABEL = re.compile(
    rf"\W*(?:(?:cau(?: hoi)?(?: so)?(?: \d+)?|hoi|noi dung(?: hoi)?|van de|question|q)(?: cua {_WHO})?(?: nhu sau)?(?: la)? ?:|\d{{1,2}} ?[.)](?=\s))\s*"
)
_OPENING = re.compile(
    rf"(?:[\W_]*(?:(?:{_WHO} )*(?:xin |kinh )?(?:chao(?! moi (?!nguoi))|hello|hi|alo|helo)(?: buoi (?:sang|chieu|toi|trua))?(?: {_WHO})*(?: a| nhe)?"
    rf"|(?:{_WHO} )+(?:oi|a)(?! \w+ hoc)|da|thua(?: {_WHO})+|vang"
    rf"|(?:(?:lam on|vui long|xin|nho|phien|cho|{_WHO}) )*(?:cho|giup|chi|tu van)(?: (?:cho|giup))?(?: {_WHO})+ (?:hoi|biet|voi){_BIT}"
    rf"|(?:{_WHO} )?(?:cho|muon|can|dang can|co viec can|dinh|xin|xin phep) hoi{_BIT}"
    rf"|kinh (?:gui|thua)(?: \w+){{1,8}}(?=[,.:;\n])"
    rf")(?=[\W_]|$))+[\W_]*"
)
# It begins where a word ends: tried at every sign of a long row of dots, it would take seconds.
_CLOSING = re.compile(
    rf"(?<![\W_])(?:[\W_]+(?:(?:{_WHO} )?(?:xin )?(?:(?:chan thanh|tran trong|rat) )*(?:cam on|thanks?|thank you|tks|thanh kiu)(?: (?:{_WHO}|nhieu|rat nhieu|truoc|a|nhe|nha|nhiu|lam))*"
    rf"|(?:rat )?(?:mong|cho)(?: {_WHO})*(?: (?:duoc|som|nhan))*(?: {_WHO})* (?:tra loi|hoi am|phan hoi|giai dap|tu van|giup do|giup)(?: (?:som|giup|{_WHO}))*(?: a| nhe)?"
    rf"|(?:giup|chi|tu van|tra loi)(?: (?:giup|ho|gium))?(?: {_WHO})+ (?:voi|nhe|nha|a)(?: a| nhe)?|tran trong|voi a|please|pls"
    rf"))+[\W_]*$"
)

# Praise before thanks is no question.
_PRAISE = re.compile(
    r"(?:(?:da|vang|ok\w*|the|vay|u) )*(?:hay|gioi|tot|tuyet(?: voi)?|nhanh|duoc|hieu|ro|xong|biet)(?: (?:qua|lam|roi|ghe|that|the|nhi|nha|nhe|a))*"
)


def without_courtesy(text: str) -> str:
    """The question alone; without a label only, where nothing of two words would be left."""
    text = unicodedata.normalize("NFC", text)
    label = _LABEL.match(fold(text))
    if label and len(fold(text)) == len(text) and text[label.end() :].strip():
        text = text[label.end() :]
    folded = fold(text)
    if len(folded) != len(text):
        return text
    opening = _OPENING.match(folded)
    start = opening.end() if opening else 0
    closing = _CLOSING.search(folded, start)
    rest = text[start : closing.start() if closing else len(text)].strip(" \t\n\"'“”‘’«»")
    return text if len(syllables(rest)) < 2 or _PRAISE.fullmatch(fold(rest).rstrip(" ,.!")) else rest
