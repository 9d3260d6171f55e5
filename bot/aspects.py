"""What a question wants to know of a procedure: fee, time, papers, place…"""

import re
from enum import StrEnum

from corpus.vietnamese import folded_syllables


class Aspect(StrEnum):
    """A thing that is asked of a procedure."""

    DOSSIER = "hồ sơ"
    FEE = "phí, lệ phí"
    TIME = "thời hạn"
    PLACE = "nơi nộp"
    ONLINE = "nộp trực tuyến"
    STEPS = "các bước"
    CONDITIONS = "điều kiện"
    RESULT = "kết quả"
    LEGAL = "căn cứ pháp lý"
    APPLICANTS = "đối tượng"
    AGENCY = "cơ quan giải quyết"


_PATTERNS = {
    Aspect.FEE: r"(?:le |an |mat |ton |thu |dong |nop )?phi(?! van de| ly| chinh phu| dia gioi| nong| kim| van)\b|(?:bao nhieu|may|het|ton|mat|dong|tra|thu|nop|co) (?:bao nhieu |bn |may )?(?:tien|dong|xu|nghin|ngan)\b"
    r"|(?:bn|nhieu) tien|gia (?:bao nhieu|ca|the nao)|mien phi|bao tien|tien nong",
    Aspect.TIME: r"bao lau|(?:may|bao nhieu|bn) (?:ngay|hom|tuan|thang|bua|gio)\b|thoi han|thoi gian (?:giai quyet|bao lau|xu ly|lam|cho|nhan)?|(?:khi nao|bao gio|chung nao|luc nao|hom nao|ngay nao|bua nao) (?:thi )?(?:co|xong|lay|duoc|nhan|tra)"
    r"|lau (?:khong|ko|k|hong|hok|lam|the)\b|lay (?:lien|ngay)|co (?:lien|ngay)|trong ngay|giai quyet nhanh|doi lau|cho lau",
    Aspect.DOSSIER: r"giay to|ho so(?! cua toi| cua em)|(?:can|phai|mang|dem|cam|chuan bi|nop|kem|co|gom) (?:co |theo |mang |nop |chuan bi |nhung |them |cac |cai )*(?:gi|j|giay|giay gi|nhung gi|loai giay|thu gi)\b|to khai|mau don|don (?:xin|tu|gi)|bieu mau|thanh phan|may ban|(?<!cap )(?<!thuc )ban sao|(?<!sao y )(?<!tu )ban chinh|giay gi|giay j",
    Aspect.PLACE: r"o dau|cho nao|noi nao|(?:nop|den|toi|ra|len|lam|xin|gap|lay|di) (?:o )?dau\b|phuong nao|xa nao|co quan nao|cho mo|o mo\b|dia chi|dia diem|noi nop|dau vay|dau z|ben nao|phong nao|den dau|nop (?:don |ho so )?cho ai|gap ai|ai nhan|uy ban hay cong an|cong an hay uy ban",
    Aspect.ONLINE: r"online|onl\b|truc tuyen|qua mang|tren mang|dich vu cong|vneid|o nha (?:lam|nop)|buu dien|buu chinh",
    Aspect.STEPS: r"cac buoc|tung buoc|trinh tu|quy trinh|buoc (?:nao|gi|dau)|buoc \d|thu tu|dien ra",
    Aspect.CONDITIONS: r"dieu kien|yeu cau gi|du tuoi|(?:bao nhieu|may|bn) tuoi|truong hop nao|khi nao (?:thi )?(?:duoc|phai|bi)|co bat buoc|bat buoc|co can (?:phai )?(?:co )?(?!gi|giay|j)",
    Aspect.RESULT: r"(?:nhan|duoc cap|duoc nhan|cap|tra) (?:duoc |cho |ve )*(?:giay|cai|to|the) (?:gi|nao|j)|xong (?:thi )?(?:duoc|dc|co) (?:nhan |cap )?(?:giay |cai )?(?:gi|j)|ket qua|nhan duoc gi|duoc cap (?:cai )?gi|cap cho (?:cai )?gi|ra giay gi|tra ve gi",
    Aspect.LEGAL: r"can cu|luat nao|nghi dinh nao|thong tu nao|van ban nao|quy dinh (?:o|tai) (?:dau|luat|van ban)|co so phap ly|phap ly|theo quyet dinh nao",
    Aspect.APPLICANTS: r"(?:nhung )?ai (?:duoc|phai|co the|la nguoi|thuoc)|doi tuong|ai duoc (?:lam|huong|cap|nop)|di thay|lam thay|nop thay|uy quyen duoc|(?:lam|nop) ho(?! (?:chieu|kinh|khau|tich|ngheo|can|so|so|con|gia)\b)",
    Aspect.AGENCY: r"ai (?:giai quyet|cap|duyet|ky|xu ly|co tham quyen)|tham quyen|cap nao (?:giai quyet|lam)|don vi nao (?:giai quyet|cap|xu ly)",
}  # fmt: skip
_COMPILED = {aspect: re.compile(rf"\b(?:{pattern})\b") for aspect, pattern in _PATTERNS.items()}


def aspects_in(question: str) -> tuple[Aspect, ...]:
    """Every aspect that a question names, in the order in which it names them; accents do not matter.

    Of two that share words the longer one is meant: "được cấp giấy gì" asks for the result, not for papers to bring.
    """
    folded = " ".join(folded_syllables(question))
    spans = {aspect: match.span() for aspect, pattern in _COMPILED.items() if (match := pattern.search(folded))}
    meant = [aspect for aspect, span in spans.items() if not any(_covers(other, span) for other in spans.values())]
    return tuple(sorted(meant, key=lambda aspect: spans[aspect]))


def _covers(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def without_aspects(question: str) -> str:
    """The folded question without the words that name an aspect: what is left is what it is about."""
    folded = " ".join(folded_syllables(question))
    for pattern in _COMPILED.values():
        folded = pattern.sub(" ", folded)
    return " ".join(folded.split())
