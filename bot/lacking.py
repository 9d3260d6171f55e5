"""Whether a short question is about a paper of the procedure talked about: "nếu mất giấy chứng sinh thì sao".

Alone it reads like a wish for that paper, or like another office's business ("khám sức khỏe ở đâu").
"""

import re

from bot.conversation import FILLER
from bot.router import Routed
from corpus.vietnamese import fold, new_tone, syllables

_LACKS = re.compile(
    r"\b(?:(?:bị |làm |đánh |rơi )?mất|không (?:có|còn)|chưa có|thiếu|quên|thất lạc"
    r"|(?:hết|quá) hạn|(?:bị|làm) (?:rách|hỏng))\b"
)
# Who wants to get it again asks for another procedure.
_GETS = re.compile(r"\b(?:(?:làm|đk) lại|xin|cấp|đổi|báo|đăng ký|khai báo|trình báo|muốn làm|làm giấy)\b")
_ANY_PAPER = re.compile(r"\b(?:hồ sơ|giấy tờ|thủ tục)\b")
_LEAST_RUN = 2
_NOTHING = (FILLER - {"can", "so", "ho", "cong"}) | {"thay", "nay"}


def papers_named(question: str, routed: Routed) -> tuple[str, ...]:
    """What a question may call a paper without wanting a new one; accents restored before.

    It must lack the paper, or the router must take it for none of ours.
    """
    words = " ".join(syllables(new_tone(question)))
    if _GETS.search(words) or not (_LACKS.search(words) or routed.family == "outside"):
        return ()
    words = _ANY_PAPER.sub(" , ", _LACKS.sub(" , ", words))
    kept = ["," if fold(word) in _NOTHING or word == "cần" else word for word in words.split()]
    runs = [part.split() for part in " ".join(kept).split(",")]
    return tuple(" ".join(run) for run in runs if len(run) >= _LEAST_RUN)


def is_asked_for(papers: tuple[str, ...], dossier: str, name: str) -> bool:
    """Whether one of these papers stands in a procedure's dossier and is not what its name tells."""
    wanted, own = _spaced(dossier), _spaced(name)
    return any(f" {paper} " in wanted and f" {paper} " not in own for paper in papers)


def _spaced(text: str) -> str:
    return f" {' '.join(syllables(new_tone(text)))} "
