"""Provinces and centrally run cities, folded: the 34 since 1 July 2025 and the 63 before, whose records still stand."""

import re
from collections import Counter

from corpus.vietnamese import folded_syllables

_NAMES = """
an giang, ba ria vung tau, bac giang, bac kan, bac lieu, bac ninh, ben tre, binh dinh, binh duong, binh phuoc,
binh thuan, ca mau, can tho, cao bang, da nang, dak lak, dak nong, dien bien, dong nai, dong thap, gia lai, ha giang,
ha nam, ha noi, ha tinh, hai duong, hai phong, hau giang, ho chi minh, hoa binh, hue, hung yen, khanh hoa, kien giang,
kon tum, lai chau, lam dong, lang son, lao cai, long an, nam dinh, nghe an, ninh binh, ninh thuan, phu tho, phu yen,
quang binh, quang nam, quang ngai, quang ninh, quang tri, soc trang, son la, tay ninh, thai binh, thai nguyen,
thanh hoa, thua thien hue, tien giang, tra vinh, tuyen quang, vinh long, vinh phuc, yen bai
"""
PROVINCES = frozenset(" ".join(name.split()) for name in _NAMES.split(","))
_AFTER_KIND = re.compile(rf"\b(?:tinh|thanh pho|tp) ({'|'.join(sorted(PROVINCES, key=len, reverse=True))})\b")


def known_province(text: str) -> str | None:
    """The province (folded) that a text names most often behind "tỉnh" or "thành phố"; None when it names none."""
    named = Counter(_AFTER_KIND.findall(" ".join(folded_syllables(text))))
    return named.most_common(1)[0][0] if named else None
