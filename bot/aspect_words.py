"""The words by which a question names what it wants to know, on folded syllables.

ASKING words ask for a thing ("nộp ở đâu"); NAMING words only name it and are often part of the story ("nộp hồ sơ").
A group in brackets that captures is a gap: what stands in it belongs to the subject of the question.
"""

from enum import StrEnum


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
    BENEFIT = "mức được hưởng"
    DEADLINE = "hạn phải nộp"
    VALIDITY = "thời hạn sử dụng"
    PROXY = "làm thay, ủy quyền"


TOLD = frozenset({Aspect.PROXY, Aspect.BENEFIT, Aspect.DEADLINE, Aspect.VALIDITY})
"""What no typed part of a record holds: its sentences tell it, or nothing does."""


# They keep their accents: folded like a word of the patterns, never meant by it: "nhiều" is not "nhiêu", "động" not "đồng", "mặt" not "mất".
OTHER_WORDS = frozenset(["nhiều", "đắt", "đất", "động", "đông", "dòng", "tiên", "tiến", "tiện", "mặt", "mát", "mắt", "mật", "tôn", "tồn", "hét", "già", "giả", "cổ", "cô", "cờ", "đầu", "dấu", "dầu", "đậu", "đấu", "máy", "mây", "đau", "vợ", "nhân", "nhãn", "bán", "bạn", "bàn", "trẻ", "hán", "hàn", "hân"])  # fmt: skip

_NO = r"(?:khong|ko|k|hong|hok|hông|hem|hay)\b"
_CAN = rf"(?:duoc|dc) (?:a |the )?{_NO}"
_UNIT = r"(?:ngay|hom|tuan|thang|bua|buoi|gio)"
_MUCH = r"(?:bao nhieu|bao nhiu|bn|nhieu|nhiu)"
_MONEY = r"(?:tien|dong|xu|chuc|tram|nghin|ngan|trieu|cu|lit|k)"
_COUNTED = r"(?! (?:ngay|lau|thang|hom|tuan|buoi|bua|gio|phut|nam|tuoi|ban|bo|to|tam|cai|loai|nguoi|lan|hinh|anh|giay|buoc|met|m2|phan|khau|diem|cho|noi|xe|ho|thanh vien)\b)"
_AMOUNT = rf"(?:(?:{_MUCH}|may) {_MONEY}\b{_COUNTED}|{_MUCH}{_COUNTED}\b)"
_PAY = r"(?:het|ton|mat|dong|nop|tra|thu|chi|phi|gia|tinh)"
_LONG = rf"(?:bao lau|(?:may|bao nhieu|bn) {_UNIT})"
_WHEN = r"(?:khi nao|bao gio|chung nao|luc nao|hom nao|ngay nao|bua nao)"
_OWED = r"(?:luong|cong|vien|hoc|thue|su dung|bao hiem|coc|dat coc|phat|dien|nuoc|nha|ho tro|tro cap|den bu|boi thuong|tuat)"
_AID = r"(?:ho tro|tro cap|phu cap|boi thuong|den bu|boi duong|che do|mai tang phi|tien tuat|tien tho cung|uu dai)"
_REMOTE = r"(?:online|onl|truc tuyen|qua mang|tren mang|dich vu cong|vneid|buu dien|buu chinh|(?:tren|bang|qua) (?:dien thoai|app|ung dung|zalo|may tinh)|ngoi (?:o )?nha)"
_PAPER = r"(?:so (?:ho khau|do|hong|tam tru)|giay(?! phep)|anh|hinh|ban (?:goc|chinh|sao|photo|cong chung)|don|to khai|cccd|can cuoc|cmnd|chung minh|bang (?:cap|lai|tot)|ho chieu|hop dong|hoa don|xac nhan|chung nhan|bien ban|ly lich)"
_GOING = r"(?:nop|den|toi|ra|len|lam|xin|gap|lay|di|gui|ve|qua|xuong|vo|vao|mua|dua)"
_LEVEL = r"(?:phuong|xa|huyen|tinh|quan|so|bo|cong an|uy ban|ubnd|thanh pho|trung tam|toa)"
_KIN = r"(?:ong ba|ong|ba|con|chau|chong|vo|anh|chi|me|bo|cha|nguoi (?:than|nha|khac|quen))"


def _gap(words: int) -> str:
    return rf"((?: \w+){{0,{words}}}?)"


# Words of asking that tell why somebody asks.
STORY = (
    r"khong (?:biet|ro|thay) (?:cha|bo|me|chong|vo|con|nguoi|ai|no)\b(?: \w+){0,4}? (?:o dau|la ai|di dau)",
    r"(?:khong|chang|cha|chua) (?:co|con) (?:dong|xu|tien) (?:nao|gi)",
)


ASKING = {
    Aspect.FEE: (
        rf"{_PAY}(?: (?:khoang|co|chung|cho|tam|mat|la|them|tien|phi|le|het|tong|cong|kem))* {_AMOUNT}",
        rf"{_MUCH} (?:la )?{_MONEY}\b{_COUNTED}|(?<!\bxe )may (?:tien|dong|xu|chuc|tram|nghin|ngan|trieu)\b{_COUNTED}",
        rf"(?:co|phai|can|bi) (?:\w+ )??(?:mat|ton|dong|nop|tra|thu|chi) (?:them |cai )?(?:tien(?! {_OWED})|phi|dong nao|xu nao|khoan (?:nao|gi|tien))",
        rf"(?:mat|ton|dong|tra|nop|thu) (?:tien|phi|khoan) (?:gi\b|nao|{_NO})",
        rf"co ton kem|ton kem (?:gi|lam|nhieu|bao|the nao|{_NO})|(?:đắt|mac|re|ton nhiều|ton nhieu|het nhiều|het nhieu|mat nhiều) {_NO}",
        r"le phi|muc (?:phi|thu)|bieu phi|(?<!\bvien )(?<!\bhoc )(?<!\bchi )(?<!\bkinh )phi (?:la|bao nhieu|the nao|ra sao|nhu nao|may)",
        rf"chi phi{_gap(6)} (?:{_MUCH}|the nao|ra sao)|gia (?:{_MUCH}{_COUNTED}|ca|the nao|may)",
        rf"(?:duoc |co )?mien phi {_NO}|(?:co|duoc)(?: duoc)? mien phi|bao tien|tien nong",
        rf"(?:{_MUCH}|may {_MONEY})(?: tien| dong)? (?:mot|1|moi) (?:ban|trang|cuon|to|lan|giay|bo|cai|the|chu ky)",
    ),
    Aspect.BENEFIT: (
        rf"(?:duoc|linh|lanh|(?:se|minh|toi|em|thang|thi) nhan|huong)(?: (?:nhan|huong|linh|lanh|ho tro|tro cap|cap|chi|tra|den|boi thuong|khoang|ve|moi|hang|mot|thang))* (?:{_AMOUNT}|may thang(?! tuoi))(?: (?:moi|mot|1|hang) thang| luong)?",
        rf"{_AID}((?: (?!(?:het|ton|mat|dong|nop|(?<!\bchi )phi|gia|phai|khong)\b)\w+){{0,10}}?) (?:{_AMOUNT}|may thang luong)",
        rf"{_AID} chi phi{_gap(4)} (?:la )?{_AMOUNT}|may thang luong",
        rf"muc (?:huong|tro cap|ho tro|boi thuong|phu cap|chi tra|luong huu|den bu|thuong)(?:{_gap(10)} {_AMOUNT})?",
        rf"(?:nha nuoc|xa|phuong) cho(?: \w+)?? {_AMOUNT}",
        rf"(?:nha nuoc|duoc|co) (?:\w+ )??(?:cho|ho tro|linh|lanh|nhan)(?: duoc)? tien{_gap(3)} {_NO}",
        r"(?:co|duoc) (?:ho tro|huong|nhan|tro cap)(?: duoc)? (?:nhung |che do |khoan |quyen loi )*(?:gi|nao)\b",
    ),
    Aspect.TIME: (
        rf"bao lau|(?<!\bduoc )(?<!\bhuong )(?<!\bnghi )(?:may|bao nhieu|bn) {_UNIT}\b(?! (?:luong|tuoi))",
        r"thoi (?:gian|han) (?:giai quyet|xu ly|lam(?! viec)|cho|tra|cap|thuc hien|bao lau|may|bao nhieu ngay|ra)",
        rf"{_WHEN} (?:thi |la |moi )*(?:co|xong|lay|nhan|tra|ra|duoc (?:lay|nhan|tra|co)\b)",
        rf"(?:doi|cho) (?:den |toi |phai )*(?:{_WHEN}|may {_UNIT}|lau)|lau (?:khong|ko|k|hong|hok|lam|the)\b",
        r"(?:lay|co) (?:lien|ngay)\b|trong ngay|giai quyet nhanh|nhanh nhat|lam nhanh",
    ),
    Aspect.DEADLINE: (
        rf"trong (?:vong |thoi han |thoi gian )?{_LONG} (?:thi |la )?(?:\w+ )??(?:phai|can|bi|khong bi|khong tre|la tre|qua han|het han)",
        rf"{_LONG} (?:thi |la |moi )*(?:phai(?! (?:cho|doi|dong|mat|ton|tra|giai quyet|xu ly))|bat buoc|bi (?:phat|coi|tinh|tre|qua)|la tre|qua han|tre han|het han)",
        rf"(?:bao|nop|khai|dang ky){_gap(3)} trong (?:vong )?{_LONG}(?! (?:thi |la )?(?:co|xong|lay|nhan|ra|duoc)\b)",
        rf"(?:bao )?truoc (?:it nhat |toi thieu )?{_LONG}",
        rf"{_LONG} (?:sau|ke tu|tu) (?:khi|luc|ngay)(?! (?:nop|gui|nhan|lam))",
        rf"han (?:chot|nop|cuoi|dang ky|khai)|het han (?:nop|dang ky)|cham nhat(?: {_LONG})?|con kip",
        rf"(?:qua|(?:bi|nop|khai|dang ky|lam) (?:tre|muon)) {_LONG}|{_WHEN} (?:thi |la )?het han|nop{_gap(4)} {_WHEN}(?! (?:thi |la |moi )*(?:co|xong|lay|nhan|tra|ra|duoc)\b)",
    ),
    Aspect.VALIDITY: (
        rf"(?:gia tri|hieu luc|su dung|(?<!\bxay )dung|xai)(?: (?:duoc|trong|toi|la|den|trong vong))* (?:bao lau|(?:may|bao nhieu|bn) (?:nam|thang|ngay)|{_WHEN})",
        r"thoi han(?: (?:su dung|hieu luc|la|duoc))* (?:may|bao nhieu|bn) nam",
        r"(?:bao lau|may nam) (?:thi |la |phai )*(?:het (?:han|hieu luc)|doi|gia han|cap lai)",
    ),
    Aspect.DOSSIER: (
        r"(?:can|phai|mang|dem|cam|chuan bi|kem|nop|gom|bo sung|trinh|doi hoi) (?:co |theo |mang |nop |chuan bi |nhung |them |cac |cai |du |ve |kem |dem |may |loai )*(?:gi|j|giay(?: (?:gi|to|nao|j|ma))?|nhung gi|loai giay|thu gi|ho so (?:gi|nao|j))\b",
        r"ho so (?:gom|bao gom|gi|nao|j|ra sao|the nao|nhu (?:the )?nao|nhung|can|sao|la gi|co (?:gi|nhung)|day du)",
        r"(?:nhung|cac|gom|chuan bi|thu tuc|can|phai co) (?:nhung |cac |loai |bo |may )*(?:ho so|giay to)(?: (?:gi|nao))?",
        r"giay to (?:gi|nao|j|can|gom|the nao|ra sao|sao)|giay ma|(?<!\bxin )(?<!\blam )(?<!\bcap )(?<!\bnhan )(?<!\bra )giay (?:gi|j)\b|don gi\b|may (?:bo|ban|tam|to|loai giay|anh|cai (?:anh|hinh))\b",
        r"mau don|bieu mau|(?:theo )?mau (?:nao|gi|to khai)|to khai (?:mau|nao|gi|o dau)",
        rf"(?:co (?:can|phai|bat buoc|doi)|(?:phai|can) (?:co|mang|dem|nop|kem|cam|trinh))((?: (?!(?:xin|lam|doi|sua|cap|chup)\b)\w+){{0,3}}?) {_PAPER}\b{_gap(6)} (?:{_NO}|nua)",
    ),
    Aspect.PLACE: (
        r"o dau|(?:cho|noi|ben) nao|o mo\b|cho mo|dau (?:vay|z)\b",
        rf"{_GOING}(?: o|((?: (?!(?:{_GOING}|o)\b)\w+){{0,4}}?)) (?<!\blan )(?<!\bban )(?<!\bbat )(?<!\bom )dau\b(?! (?:tien|tu|thau|gia|noi|moi|mui|hieu)\b)",
        rf"(?:nop|dua|gui|trinh|bao|khai bao){_gap(7)} (?:cho|voi|gap) ai\b|(?:gap|lien he|hoi|tim) ai\b|ai nhan",
        rf"{_LEVEL} hay (?:la |len |ra |toi |qua |o |nop )*{_LEVEL}",
        rf"(?:o|tai) (?:day|do|que|noi tam tru|{_LEVEL}|\w+ khac)(?: \w+)?? {_CAN}|phai ve (?:que|noi|tan)",
        r"(?:dia chi|dia diem|noi|cho) (?:nop|tiep nhan|nhan ho so|lam thu tuc)(?: ho so)?",
        r"(?:phuong|xa|co quan|phong) nao(?: nhan| nop)?|(?:o|den|toi|len|ra|qua|gap) (?:don vi|bo phan|quay) nao|(?:don vi|bo phan|quay) nao (?:nhan|tiep)",
        rf"(?:thu (?:bay|7|hai|sau)|t7|cuoi tuan|chu nhat|ngoai gio){_gap(2)} (?:nhan|lam|mo cua|nghi|tiep)\b(?: ho so)?|gio lam viec|may gio (?:lam|mo|dong|nghi)",
    ),
    Aspect.ONLINE: (
        rf"{_REMOTE}{_gap(5)} {_CAN}|co (?:the )?(?:nop|lam|dang ky|khai|gui|nhan|xin){_gap(3)} {_REMOTE}",
        rf"{_REMOTE} (?:the nao|ra sao|lam sao|kieu gi|nhu nao)|cach (?:nop|lam|dang ky|khai|gui){_gap(5)} {_REMOTE}",
        r"(?:khoi|khong can|khong phai|khong muon) (?:len|den|ra|toi) (?:phuong|xa|uy ban|truc tiep)|o nha (?:lam|nop)",
    ),
    Aspect.STEPS: (
        r"(?:cac|tung) buoc|trinh tu|buoc (?:nao|gi|dau|\d)|dien ra (?:the nao|nhu|ra sao)|(?:tu dau|lam gi) truoc",
        r"quy trinh (?:lam|the nao|ra sao|cap|nhu|dang ky|xin|thuc hien|cua|nop|gom|giai quyet)|thu tu (?:lam|the nao|cac)",
        r"(?:dau tien|truoc tien) (?:thi )?(?:phai |can )?lam gi|roi (?:toi|den|lam|sao nua) gi",
    ),
    Aspect.CONDITIONS: (
        r"(?<!\bdu )(?<!\bco )(?<!\bkhong )(?<!\bgia dinh )(?<!\bhoan canh )dieu kien(?! (?:kho khan|kinh te|gia dinh|di lai|suc khoe|song)\b)",
        rf"dieu kien (?:gi|nao|ra sao|the nao|la gi)|du dieu kien (?:gi|nao|chua|{_NO})|tieu (?:chuan|chi) (?:gi|nao|la|the nao)",
        r"yeu cau (?:gi|nao|ra sao|the nao)|(?:dap ung|dat|du) (?:nhung |cac )*yeu cau|du tuoi (?:chua|nao|khong|ko)|(?:bao nhieu|may|bn) tuoi",
        r"truong hop nao|khi nao (?:thi )?(?:moi )?(?:duoc(?! (?:lay|nhan|tra|co)\b)|phai|bi)|the nao (?:thi |la )+(?:duoc|duoc coi|coi|ho)",
        r"co bat buoc|bat buoc(?: \w+){0,6}? (?:khong|ko|hong|hok)\b|co can (?:phai )?(?:co )?(?!gi|giay|j)",
    ),
    Aspect.RESULT: (
        r"(?:nhan|duoc cap|duoc nhan|cap|tra) (?:duoc |cho |ve |lai )*(?:giay|cai|to|the) (?:gi|nao|j)|(?:nhan|cap) (?:duoc |cho |lai |ve )+(?:cai )?gi",
        r"xong (?:thi |roi )?(?:co )?(?:duoc|dc|co) (?:nhan |cap |phat |tra )?(?:giay |cai |so |the |to )?(?:gi|j|nao|khong|ko)\b|xong (?:thi |roi )?(?:co )?(?:duoc|dc) (?:phat|cap|giao)",
        r"ket qua (?:la|cua thu tuc|gi|nhan duoc)|ra giay gi|tra ve gi",
    ),
    Aspect.LEGAL: (
        r"can cu (?:phap ly|vao|theo|luat)|(?:luat|nghi dinh|thong tu|van ban|dieu luat) nao|co so phap ly",
        r"quy dinh (?:o|tai|trong) (?:dau|luat|van ban|nghi dinh|thong tu|dieu)|theo (?:quyet dinh|quy dinh) nao",
    ),
    Aspect.APPLICANTS: (
        r"nhung ai\b|(?:nhung )?ai (?:moi )?(?:duoc|phai|co the|thuoc)|(?:nhung )?doi tuong (?:nao|duoc|la ai|gom|thuc hien|ap dung|huong)|(?:nhung )?nguoi nao (?:duoc|phai|co the)|nhung nguoi nao",
        rf"(?:doi tuong|nguoi){_gap(8)} la (?:nhung )?ai\b",
    ),
    Aspect.PROXY: (
        rf"(?:di|lam|nop|khai|ky|nhan|lay|dang ky){_gap(4)} (?:thay|gium|dum|giup|ho(?! (?:chieu|kinh|khau|tich|ngheo|can|so|con|gia|ca|kd)\b))\b{_gap(8)} {_CAN}|(?:di|lam|nop) thay|(?:lam|nop) ho(?! (?:chieu|kinh|khau|tich|ngheo|can|so|con|gia|ca|kd)\b)",
        rf"uy quyen{_gap(8)} {_CAN}|(?:uy quyen duoc|duoc uy quyen)|nho (?:nguoi|ai|con|ban|chau){_gap(8)} {_CAN}",
        rf"{_KIN} (?:co )?(?:the )?(?:di|lam|nop|khai|dang ky|ky|nhan|lay){_gap(4)} cho{_gap(4)} {_CAN}",
    ),
    Aspect.AGENCY: (
        r"ai (?:la nguoi |se |co quyen )?(?:giai quyet|cap|duyet|ky|xu ly|quyet dinh|phe duyet|co tham quyen)",
        r"(?:cap|don vi|co quan|so|bo|phong|nganh|ben) nao (?:co |se )?(?:tham quyen|giai quyet|cap|lam|duyet|xu ly|ky|phu trach|quan ly|quyet dinh|phe duyet)",
        rf"tham quyen{_gap(10)} (?:la ai|cua ai|(?:thuoc )?ve ai|thuoc ai|(?:cap|co quan) nao)",
    ),
}  # fmt: skip
NAMING = {
    Aspect.FEE: r"(?<!\bvien )(?<!\bhoc )(?<!\ban )(?<!\bkinh )(?<!\bchi )(?<!\blang )(?<!\bhiem )(?<!\btang )(?<!\bhoat )phi(?! (?:van de|ly|chinh phu|dia gioi|nong|kim|van|vu|loi nhuan|thuong mai)\b)",
    Aspect.TIME: r"(?<!\bhet )(?<!\bhan )thoi han(?! su dung)|thoi gian(?! (?:qua|gan|truoc|nay|thai|dai|lam viec)\b)",
    Aspect.DOSSIER: r"ho so(?! (?:cua toi|cua em|goc|bi|da)\b)|giay to(?! bi)|to khai|don xin|(?<!\bcap )(?<!\bthuc )ban sao|(?<!\bsao y )(?<!\btu )ban chinh|thanh phan(?! dan toc)",
    Aspect.PLACE: r"dia chi(?= (?:o|cua|phuong|xa|trung tam|uy ban|nao|lam)\b|$)",
    Aspect.ONLINE: r"online|onl|truc tuyen|qua mang|tren mang|dich vu cong|vneid|buu dien|buu chinh",
    Aspect.STEPS: r"quy trinh",
    Aspect.RESULT: r"ket qua",
    Aspect.LEGAL: r"(?<!\btro giup )phap ly|can cu",
    Aspect.APPLICANTS: r"doi tuong(?! (?:bao tro|chinh sach|yeu the)\b)",
    Aspect.AGENCY: r"tham quyen",
}  # fmt: skip
