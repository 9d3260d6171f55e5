"""What a question is after, read off its words: who does a task, who signed, which number, which date…"""

import re
from enum import StrEnum

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
    DUTY = "duty"
    PLAN = "plan"


_PATTERNS = {
    Cue.LEAD: r"chu tri|dau moi|phu trach|(?:don vi|co quan|phong|ban|bo phan|ben) (?:nao|gi|mo)|ai (?:lam|lo|chiu|to chuc|thuc hien|tham muu)"
    r"|giao (?:cho )?(?:ai|don vi|phong)|trach nhiem cua|nhiem vu cua",
    Cue.COORDINATING: r"phoi hop",
    Cue.DEADLINE: r"thoi han|thoi gian|khi nao|bao gio|luc nao|chung nao|thang may|quy may|han chot|deadline|xong truoc|ngay nao",
    Cue.PRODUCT: r"san pham|ket qua|dau ra|ra cai gi",
    Cue.SIGNER: r"ai (?:la nguoi )?ky\b|nguoi ky|ky (?:ten|ban hanh|thay|boi)|chuc vu|lanh dao nao|ai (?:da )?ban hanh|do ai ky",
    Cue.HEADER: r"so may|so bao nhieu|so hieu|so ky hieu|ky hieu|ngay (?:nao|may|thang|ban hanh|ky)|ban hanh (?:ngay|khi|luc|hoi)|ten (?:day du )?(?:cua )?(?:ke hoach|van ban)",
    Cue.BASIS: r"can cu|dua (?:vao|tren|theo)|co so phap ly|theo (?:van ban|ke hoach|quyet dinh|nghi quyet) nao",
    Cue.RECIPIENTS: r"noi nhan|gui (?:cho|den|toi|bao cao)|bao cao (?:cho|ve|gui)|(?:ai|don vi nao|co quan nao) (?:duoc )?nhan",
    Cue.BUDGET: r"kinh phi|ngan sach|nguon (?:tien|chi|von)|tien (?:dau|o dau|lay|tuyen truyen|lam|cho|nao|nam)|lay tien|chi tra|ai tra tien|(?:ton|het) tien|du toan",
    Cue.PURPOSE: r"muc dich|de lam gi|nham (?:muc|lam|gi|den gi)|nham gi|vi sao|tai sao|lam ke hoach .{0,20}(?:gi|chi)|y nghia|muc tieu chung|duoc (?:cai )?gi\b",
    Cue.AUDIENCE: r"doi tuong|(?:nham|huong|danh) (?:toi|den|cho|vao) (?:nhung )?ai|cho (?:nhung )?ai|nhung ai|(?:la )?nguoi duoc tuyen truyen|ai duoc tuyen truyen|toi nhung ai",
    Cue.MEANS: r"hinh thuc|bang cach nao|cach nao|kenh nao|nhung kenh|mang xa hoi nao|mxh nao|qua dau|o dau|phuong tien|bang gi|nen tang nao|trang nao|loai hinh",
    Cue.CONTENT: r"noi dung|(?:tuyen truyen|noi|ve) (?:ve )?(?:nhung )?(?:gi|cai gi|van de gi|dieu gi)\b|gom nhung gi|linh vuc nao|mang nao",
    Cue.DEMANDS: r"yeu cau|phai (?:dam bao|bao dam|dat yeu cau)|doi hoi",
    Cue.TARGETS: r"chi tieu|muc tieu|phan dau|(?:phai )?dat (?:bao nhieu|may|muc)|ty le|bao nhieu (?:%|phan tram)|may (?:%|phan tram)|% (?:nao|bao)|toi thieu|it nhat",
    Cue.FIGURE: r"(?:bao nhieu|may|muc)(?: ?%| phan tram| pt)|ty le|chi tieu|dat (?:bao nhieu|may)|toi thieu|it nhat|bao nhieu|phan dau",
    Cue.DUTY: r"(?:lam|co|phai|chiu|duoc giao) (?:nhung |cac |trach )*(?:nhiem )?(?:viec )?(?:gi|nhung gi|viec gi|nhiem vu)|nhiem vu (?:gi|cua)|trach nhiem|viec cua",
    Cue.PLAN: r"ke hoach|tuyen truyen|cai cach hanh chinh|cchc|chi tieu|muc tieu|phu luc|nhiem vu|truyen thanh|chuyen muc|tap huan"
    r"|par index|papi|sipas|pci|chuyen doi so|cbccvc|can bo cong chuc|to dan pho|fanpage|de an 06|hoi thi|cuoc thi|doi thoai",
}  # fmt: skip
_COMPILED = {cue: re.compile(rf"\b(?:{pattern})(?!\w)") for cue, pattern in _PATTERNS.items()}


def cues_in(question: str) -> frozenset[Cue]:
    """Every cue of a question; accents do not matter."""
    folded = " ".join(folded_syllables(question))
    return frozenset(cue for cue, pattern in _COMPILED.items() if pattern.search(folded))
