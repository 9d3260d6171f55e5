"""What a question is after, read off its words: who does a task, who signed, which number, which date…"""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from corpus.vietnamese import folded_syllables


class Cue(StrEnum):
    """A thing that questions to a plan ask for."""

    LEAD = "lead"
    COORDINATING = "coordinating"
    DEADLINE = "deadline"
    PRODUCT = "product"
    SIGNER = "signer"
    HEADER = "header"
    BASIS = "basis"
    RECIPIENTS = "recipients"
    BUDGET = "budget"
    PURPOSE = "purpose"
    AUDIENCE = "audience"
    MEANS = "means"
    CONTENT = "content"
    DEMANDS = "demands"
    TARGETS = "targets"
    FIGURE = "figure"
    NUMBER = "number"
    DUTY = "duty"
    PLAN = "plan"


# Folded words that questions are put with; they say nothing of what is asked about.
_PUT_WITH = (
    "ai gi nao dau sao may bao nhieu khi la co duoc khong thi ma o cho ve cua cac nhung va voi de phai can muon hoi xin a "
    "nhe em anh chi toi minh nay do ra lam vao theo tu the nhu hay hoac cai viec luc gio moi mot trong tren tai den toi "
    "cung se da dang lo giao don vi phong nam phuong xa"
)
QUESTION_WORDS = frozenset(_PUT_WITH.split())
_PATTERNS = {
    Cue.LEAD: r"chu tri|dau moi|phu trach|(?:don vi|co quan|phong|(?<!van )ban|bo phan|ben) (?:nao|gi|mo)"
    r"|(?<!cho )(?<!toi )(?<!den )(?<!nhung )(?<!bao )(?<!dung )(?<!voi )ai(?= (?!ky\b|duoc\b|phoi hop|la\b|tra tien)\w)|(?:do|thuoc|cua|giao|giao cho) ai$"
    r"|giao (?:cho )?(?:ai|don vi|phong)|trach nhiem cua|nhiem vu cua",
    Cue.COORDINATING: r"phoi hop|(?:don vi|ai|phong) (?:nao )?(?:ho tro|cung lam|tham gia cung)",
    Cue.DEADLINE: r"thoi han|thoi gian(?! thuc(?! hien))|khi nao|bao gio|luc nao|chung nao|bao lau|(?:thang|quy|nam|ky|dip|moc|giai doan|thoi diem|tuan|hom) (?:nao|may)"
    r"|may (?:ky|lan)|lich|han (?:chot|cuoi|nop|ra|cua)|deadline|xong truoc|ngay (?:nao|may|bao nhieu)",
    Cue.PRODUCT: r"san pham(?! truyen thong)|(?<!tu )(?<!o )(?<!lay )dau ra|(?:co |ra )?ket qua (?:la |phai |dat |cuoi |can )|ket qua gi|ra (?:cai gi|van ban gi|giay gi)|nop (?:ra )?(?:cai )?gi",
    Cue.SIGNER: r"ai (?:la nguoi )?ky\b|nguoi ky|ky (?:ten|ban hanh|thay|boi|voi)|chuc (?:vu|danh|gi)|tu cach gi|lanh dao nao|ai (?:da )?ban hanh|do ai ky",
    Cue.HEADER: r"so may|(?<!tien )so bao nhieu|so hieu|so ky hieu|ky hieu|ngay (?:nao|may|bao nhieu|thang|ban hanh|ky)|ban hanh (?:ngay|khi|luc|hoi)|ten (?:day du )?(?:cua )?(?:ke hoach|van ban)"
    r"|(?:ke hoach|van ban|quyet dinh|qd) (?:nay )?(?:co hieu luc|cho giai doan)|ra (?:ngay|hom|luc) nao",
    Cue.NUMBER: r"(?:quyet dinh|qd|nghi quyet|nq|chi thi|ket luan|van ban|ke hoach|huong dan|nghi dinh|luat|tieu chuan|iso)(?: so)? (?:nao|may|bao nhieu|gi)|so may|so bao nhieu|so hieu",
    Cue.BASIS: r"can cu|dua (?:vao|tren|theo)|co so (?:phap ly|cho ke hoach|de (?:lap|lam|ban hanh))|lam co so|theo (?:van ban|ke hoach|quyet dinh|nghi quyet) nao",
    Cue.RECIPIENTS: r"noi nhan|gui (?:cho|den|toi|bao cao|ai|so|phong)|bao cao (?:cho|ve|gui|ai)|(?:ai|don vi nao|co quan nao) (?:duoc )?nhan",
    Cue.BUDGET: r"kinh phi|ngan sach|nguon (?:tien|chi|von)|(?<!co )tien (?:dau|o dau|lay|tuyen truyen|lam|cho|nao|nam|tu dau)|lay tien|chi tra|ai tra tien|(?:bo tri|ton|het|tieu) tien|du toan|bao nhieu (?:tien|trieu|ty)",
    Cue.PURPOSE: r"muc dich|de lam gi|nham (?:muc|lam|gi|den gi)|nham gi|vi sao|tai sao|lam ke hoach .{0,20}(?:gi|chi)|y nghia|muc tieu chung|duoc (?:cai )?gi\b",
    Cue.AUDIENCE: r"doi tuong|(?:nham|huong|danh) (?:toi|den|cho|vao) (?:nhung )?ai|(?<!giao )cho (?:nhung )?ai|nhung ai|(?:la )?nguoi duoc tuyen truyen|ai duoc tuyen truyen|toi nhung ai",
    Cue.MEANS: r"hinh thuc|bang cach nao|cach nao|kenh (?:nao|gi)|nhung kenh|(?:mang xa hoi|mxh) (?:nao|gi)|(?<!ket )qua dau|o dau|(?:cho|noi) nao|phuong tien|nen tang nao|trang nao|loai hinh",
    Cue.CONTENT: r"noi dung|(?:tuyen truyen|noi|ve) (?:ve )?(?:nhung )?(?:gi|cai gi|van de gi|dieu gi)\b|gom nhung gi|linh vuc nao|mang nao",
    Cue.DEMANDS: r"yeu cau|phai (?:dam bao|bao dam|dat yeu cau)|doi hoi",
    Cue.TARGETS: r"chi tieu|muc tieu|phan dau|(?:phai )?dat (?:bao nhieu|may|muc)|ty le|(?:bao nhieu|may) phan tram|toi thieu|it nhat",
    Cue.FIGURE: r"(?:bao nhieu|may|muc)(?: phan tram| pt)|ty le|chi tieu|dat (?:bao nhieu|may|muc)|toi thieu|it nhat|bao nhieu|phan dau|may (?:cuoc|buoi|lan|bai|tin|nguoi|lop|hoi nghi|don vi)",
    Cue.DUTY: r"(?:lam|co|phai|chiu|duoc giao|giao|giup \w+ \w+) (?:nhung |cac |trach )*(?:nhiem )?(?:viec )?(?:gi|nhung gi|viec gi|nhiem vu)|nhiem vu (?:gi|cua)|trach nhiem|viec cua|viec gi|tham gia (?:gi|kieu gi|the nao|nhu the nao)",
    Cue.PLAN: r"ke hoach|tuyen truyen|cai cach hanh chinh|cchc|chi tieu|muc tieu|phu luc|nhiem vu|truyen thanh|chuyen muc|tap huan"
    r"|par index|papi|sipas|pci|chuyen doi so|cbccvc|can bo cong chuc|to dan pho|fanpage|de an 06|hoi thi|cuoc thi|doi thoai",
}  # fmt: skip
# A telephone number is no number of a document.
_OTHER_NUMBER = re.compile(r"dien thoai|duong day nong|hotline|sdt|tai khoan")
_COMPILED = {cue: re.compile(rf"\b(?:{pattern})(?!\w)") for cue, pattern in _PATTERNS.items()}


def cues_in(question: str) -> frozenset[Cue]:
    """Every cue of a question; accents do not matter."""
    folded = " ".join(folded_syllables(question.replace("%", " phần trăm ")))
    found = {cue for cue, pattern in _COMPILED.items() if pattern.search(folded)}
    if _OTHER_NUMBER.search(folded):
        found -= {Cue.HEADER, Cue.NUMBER}
    if Cue.BUDGET in found:  # "Tiền ở đâu" asks for no channel.
        found -= {Cue.MEANS}
    return frozenset(found)


def subject_words(words: Sequence[str]) -> frozenset[str]:
    """The folded words of a question that say what it is about: neither a cue's nor such as questions are put with."""
    return _subject(" ".join(words))


# Several features of every generation that is searched ask this of the same question.
@lru_cache(maxsize=1_024)
def _subject(rest: str) -> frozenset[str]:
    for cue, pattern in _COMPILED.items():
        if cue is not Cue.PLAN:
            rest = pattern.sub(" ", rest)
    return frozenset(rest.split()) - QUESTION_WORDS
