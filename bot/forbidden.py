"""What is refused by its very words: orders to the program, forgery and bribes, other people's data.

The router knows the many ways to say these; here stand only words that no question for a procedure holds. Accents
matter ("giá" is a price, "giả" a forgery), so the second and third kind are read in the form that was meant.
"""

import re
import unicodedata

from corpus.vietnamese import folded_syllables

_ATTACK = re.compile(
    r"ignore (?:all |the |any |your |ur )*(?:previous|above|prior|earlier|rules|instructions)|disregard (?:all|the|your|any)"
    r"|system ?prompt|developer mode|jailbreak|\bdan\b mode|do anything now|repeat (?:after me|everything above|the (?:text|words) above)"
    r"|\b(?:reveal|show|print|output|repeat|leak|dump|tell me|give me|display|send|read me|paste|summari[sz]e|extract)\b.{0,40}"
    r"\b(?:prompt|instructions?|tokens?|secrets?|passwords?|api.?keys?|env(?:ironment)?|config\w*|database|credentials|access.?key|private key|hidden rules|conversations?)\b"
    r"|pretend (?:to be|you|that)|act as (?:dan|root|an? (?:unrestricted|evil|hacker))|role ?play|you are now|from now on you|new instructions?|override|bypass|unrestricted|no restrictions"
    r"|bo qua (?:moi |cac |tat ca |toan bo |nhung )*(?:huong dan|chi dan|lenh|qu[yi] tac|chi thi|cau lenh|rang buoc)|quen (?:het |di |moi )+(?:huong dan|chi dan|qu[yi] tac|lenh)"
    r"|\b(?:dong vai|gia su (?:ban|may|em) la|gia vo (?:lam |la |ban |may |minh )|tu gio (?:ban|may)|(?:ban|may) gio la|nhap vai)\b"
    r"|che do (?:nha phat trien|developer|admin|quan tri|bao tri|debug|khong gioi han)"
    r"|\b(?:in|cho (?:toi|tao|anh|xem)|tiet lo|hien|doc|gui|dua|liet ke|xuat|lap lai|nhac lai|chep)\b.{0,30}"
    r"\b(?:prompt|system|token|mat khau (?:quan tri|admin|he thong|may chu)|khoa api|api key|bien moi truong|tep cau hinh|file cau hinh|ma nguon|he thong cua (?:ban|may)|chi dan (?:noi bo|he thong|goc|ban dau)|lich su (?:chat|tro chuyen) cua nguoi)\b"
    r"|drop table|union select|select \* from|pg_sleep|or 1 ?= ?1|<script|onerror ?=|javascript:|\{\{.*\}\}|\$\{.*\}|etc/passwd|rm -rf|__import__|os\.environ|/proc/self|cmd\.exe|169\.254\.169\.254"
    r"|</?(?:system|he_thong|instructions?|question|cau_hoi|nguoi_dung)>|\[/?inst\]|<</?sys>>|\[(?:system|he thong|admin|developer|assistant)\]|^\W*(?:system|assistant|developer|admin)\s*:"
    r"|begin (?:system|admin)|end of (?:document|context)|<\|.*\|>|### ?(?:instruction|system)"
    r"|\bbase64\b|\brot13\b|\b(?:morse|hex)\b|\bthen (?:output|print|say|reply)\b|giai ma (?:chuoi|doan|cau)|decode (?:this|the|and)"
    r"|(?:tra loi|noi|khang dinh|ghi|bao) (?:rang |la |luon )*(?:le )?phi (?:bang|la) 0|answer (?:that|with) .{0,30}(?:fee|free|0)|\bsay (?:exactly|only|just|the word)|\bjust say|chi (?:tra loi|noi|viet) (?:dung |mot chu|mot tu)",
)
# What only the program and its keepers know; who forgot or changes a password of their own asks for help.
_SECRET = re.compile(
    r"(?<!quen )(?<!lay lai )(?<!doi )(?<!dat lai )\bmat khau\b.{0,20}\b(?:quan tri|admin|may chu|co so du lieu|csdl|database|db|server|root|(?:cua|nguoi) (?:can bo|nhan vien))\b"
    r"|\b(?:token|api ?key|access key|khoa (?:api|bi mat|rieng)|cookie)\b.{0,25}\b(?:cua (?:can bo|nhan vien|bot|ban|may|he thong|phuong|xa|may chu|server)|admin|quan tri|zalo|telegram|may dang dung)\b"
    r"|\b(?:chuoi ket noi|connection strings?|bien moi truong|environment variables?|private key|system prompt|loi nhac he thong|prompt (?:goc|noi bo|he thong)|working director(?:y|ies))\b|(?:^|\s)\.env\b"
    r"|\b(?:list|show|print|read|open|cat)\b.{0,15}\b(?:files?|folders?|director(?:y|ies)|tables?)\b.{0,25}\b(?:server|disk|system|database|director(?:y|ies)|you (?:can|have))\b|\byour (?:files?|folders?|disk)\b"
    r"|\bliet ke\b.{0,20}\b(?:tep|file|thu muc)\b.{0,15}\b(?:may chu|server|he thong|cua (?:ban|may|bot)|o dia|ma ban)\b"
    r"|\b(?:admin|root|database|db|server|staff|officers?)\b.{0,12}\b(?:passwords?|tokens?|credentials)\b|\bpasswords? (?:of|for|to) (?:the )?(?:admin|database|server|root|staff|ward)\b"
)
_LEET = str.maketrans("013457@$", "oieastas")
_MIXED = re.compile(r"\b(?=\w*[a-z@$])(?=\w*[0-9@$])\w+", re.IGNORECASE)
_PAPER = (
    r"(?:(?:giấy|bằng|chứng chỉ|hồ sơ|sổ|thẻ|con dấu|dấu|chữ ký|hộ chiếu|hộ khẩu|căn cước|cccd|cmnd|bệnh án|hóa đơn)"
    r"(?: (?:tờ|khai sinh|chứng sinh|khám|sức khỏe|xác nhận|độc thân|khuyết tật|phép|lái|xe|cấp|đại học|đỏ|hồng|tạm trú|ra viện|kết hôn|công dân))*)"
)
_ILLEGAL = re.compile(
    rf"\b{_PAPER} (?:giả|dỏm|lậu)\b(?! mạo)|\b(?:mua|làm|xin|ký|xác nhận|cấp) {_PAPER} khống\b|\b(?:mua|bán) {_PAPER} (?:không cần|khỏi) (?:thi|khám|học)"
    r"|\b(?:cách|để|muốn|giúp\w*|chỉ) (?:\w+ ){0,3}(?:làm giả|giả mạo|giả chữ ký)\b|\blàm giả (?:giấy|sổ|con dấu|chữ ký|hồ sơ|căn cước|bằng)|\bkhai (?:gian|man|khống)\b"
    r"|\b(?:hối lộ|đút lót|lót tay|đút tiền|chạy (?:chọt|án|suất|hộ nghèo))\b|\bhộ nghèo giả\b"
    r"|\b(?:mua|bán|chế|làm|chế tạo|tự chế) (?:bom|thuốc nổ|mìn|súng|ma túy|cần sa)\b|\b(?:mua|bán) (?:thận|nội tạng)\b|\brửa tiền\b"
    r"|\b(?:viết|soạn|tạo|lập|làm|bày)\b.{0,15}\b(?:tin(?: nhắn)?|thư|email|thông báo|trang|web\w*|fanpage|công văn)\b.{0,15}\b(?:giả danh|mạo danh|giả làm|giả mạo)\b"
    r"|\b(?:sửa|đổi|ghép|chế)(?! ảnh| hình)\b.{0,40}\bphotoshop\b|\b(?:lấy|lén|dò|đánh cắp|xem) (?:trộm |lén |được )?(?:mã )?(?:otp|mật khẩu) của (?:mẹ|bố|ba|cha|vợ|chồng|ông|bà|anh|chị|người|hàng xóm|bạn gái|bạn trai)\b"
    r"|\bbuy (?:an? |some )?(?:\w+ )?(?:guns?|pistols?|rifles?|weapons?|explosives|cocaine|heroin|meth|weed|marijuana)\b|\b(?:make|cook) meth\b"
    r"|\b(?:fake|forge[ds]?|forging|counterfeit|bribe|launder)\b|\b(?:build|make) (?:a |an )?(?:\w+ )?bomb|phishing|malware|cook meth|\bsteal\b.{0,30}\b(?:tokens?|data|passwords?|otp)\b",
)
# Who reports such a thing is no culprit.
_REPORTED = re.compile(
    r"\b(?:tố cáo|tố giác|(?<!bị )phát hiện|trình báo|phản ánh|khiếu nại|nghi|lừa|bị người|bị kẻ|bị giả|bị mạo danh|báo ai|xử phạt|xử lý|báo cho ai)\b"
)
_SOMEBODY = r"(?:hàng xóm|người (?:khác|yêu|ta|dân)|vợ cũ|chồng cũ|chủ tịch|con nợ|thằng|những người|mọi người|tất cả)"
_PRIVATE = re.compile(
    r"\b(?:cho|tra|tìm|lấy|xin|gửi|đọc)\b.{0,40}\b(?:số (?:điện thoại|căn cước|cccd|cmnd|tài khoản|dt|đt|sđt)|địa chỉ nhà|thông tin (?:cá nhân|riêng))"
    rf".{{0,20}} (?:của |cua )?(?:\w+ )?{_SOMEBODY}\b"
    r"|\b(?:tra|tra cứu|kiểm tra|xem|coi)\b.{0,25}\b(?:tình trạng hôn nhân|nơi ở|địa chỉ|quê quán|ngày sinh)\b(?!.{0,12}\bcủa (?:tôi|mình|em|tui|cháu)\b)"
    r".{0,40}\b(?:theo|bằng|qua|từ) (?:cái )?(?:số|cccd|căn cước|cmnd|sđt|tên)\b"
    r"|\b(?:số điện thoại|số đt|sđt|số zalo|số|địa chỉ nhà) (?:riêng|cá nhân|nhà riêng) của (?!tôi|mình|tui|em\b|chúng|công ty|doanh nghiệp)"
    r"|\bdanh sách (?:số điện thoại|cccd|căn cước)\b"
    r"|\b(?:other (?:citizens?|users?|people)|someone else|my neighbou?r)(?:'s)?\b.{0,40}\b(?:data|address|phone|number|id|information|file|status)\b"
)


# What only a victim or a witness says; "lừa" or "xử phạt" may be the culprit's own words.
_WITNESS = re.compile(
    r"\b(?:tố cáo|tố giác|(?<!bị )phát hiện|trình báo|phản ánh|nghi|bị giả|bị lừa|bị mạo danh|báo ai|báo cho ai|báo công an)\b"
)


def reports(question: str) -> bool:
    """Whether somebody reports a wrong or suspects one."""
    return _WITNESS.search(question.lower()) is not None


def forbidden(question: str, meant: str) -> str | None:
    """The route of a question that is refused by its words, or None; `meant` is the question with accents restored."""
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", question) if unicodedata.category(sign) != "Cf")
    readings = {text.lower() for text in (shown, question, " ".join(folded_syllables(shown)), _without_leet(shown))}
    if any(_ATTACK.search(reading) or _SECRET.search(reading) for reading in readings):
        return "attack"
    read = f"{question.lower()}\n{meant.lower()}"
    if _ILLEGAL.search(read) and not _REPORTED.search(read):
        return "refused_illegal"
    return "refused_private" if _PRIVATE.search(read) else None


def _without_leet(text: str) -> str:
    """Digits that stand for letters ("1gn0r3 4ll rul35") read as these; one such word alone may be a number plate."""
    mixed = _MIXED.findall(text)
    return _MIXED.sub(lambda word: word[0].translate(_LEET), text) if len(mixed) >= 3 else text
