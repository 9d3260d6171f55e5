"""Every message as each channel shows it, for golden/messages.txt; run as a script it writes the file anew.

python -m tests.bot.golden_messages
"""

import json
from pathlib import Path

import httpx
from sqlalchemy import create_engine

from bot import replies
from bot.answer import Option
from bot.channels import Channel, Choice, Link, Reply
from bot.quota import Limits
from bot.telegram import Telegram, TelegramAccount
from bot.tokens import App, TokenKeeper
from bot.zalo_bot import ZaloBot, ZaloBotAccount
from bot.zalo_oa import ZaloApp, ZaloOa

GOLDEN = Path(__file__).parent / "golden" / "messages.txt"
_URL = "https://phuongmau.gov.vn/c/1.001193-"
_BIRTH = (
    "Thủ tục: Đăng ký khai sinh (mã 1.001193) [1]\n"
    "Hồ sơ gồm: [2]\n"
    "• Tờ khai đăng ký khai sinh (1 bản chính)\n"
    "• Giấy chứng sinh <bản gốc> (1 bản chính)\n"
    "Phí, lệ phí: Miễn lệ phí & không thu thêm. [3]\n"
    "Dữ liệu cập nhật ngày 31/07/2026."
)
_OPTIONS = (Option("Đăng ký khai sinh", "1.001193"), Option("Đăng ký lại khai sinh", "1.004884"))
_RATINGS = (Choice(replies.RATE_GOOD, "#r:c3d4:+"), Choice(replies.RATE_BAD, "#r:c3d4:-"))


def scenes() -> dict[str, Reply]:
    """Everything that is said, by name: what an answer looks like, then every fixed text."""
    numbered = "\n".join(
        [replies.CLARIFY, *(f"{n}. {o.label}" for n, o in enumerate(_OPTIONS, 1)), replies.CLARIFY_HOW]
    )
    long_text = "\n".join(
        [
            _BIRTH,
            *(f"• Bước {n}: nộp và nhận giấy tờ theo hướng dẫn tại nơi tiếp nhận hồ sơ. [2]" for n in range(1, 60)),
        ]
    )
    shown = {
        "answer with sources": Reply(_BIRTH, _links(3), (), _RATINGS),
        "answer with other forms": Reply(f"{_BIRTH}\n{replies.OTHER_FORMS}", _links(3), _choices(), _RATINGS),
        "question back": Reply(numbered, (), _choices()),
        "long answer": Reply(long_text, _links(3), (), _RATINGS),
        "first answer": Reply(f"{replies.AI_NOTICE}\n\n{replies.NO_ANSWER}"),
        "welcome": Reply(
            replies.WELCOME,
            choices=tuple(Choice(text, f"#o:a1b2:{n}") for n, text in enumerate(replies.SAMPLE_QUESTIONS, 1)),
        ),
        "thumb down": Reply(
            replies.RATE_WHY, choices=tuple(Choice(text, f"#w:{n}") for n, text in enumerate(replies.RATE_REASONS, 1))
        ),
        "ticket opened": Reply(
            replies.TICKET_OPENED.format(code="K7M2", hours="giờ hành chính"), choices=(Choice(replies.RESUME, "#k"),)
        ),
        "ticket opened after two failures": Reply(
            replies.TICKET_AFTER_FAILURES + replies.TICKET_OPENED.format(code="K7M2", hours="giờ hành chính"),
            choices=(Choice(replies.RESUME, "#k"),),
        ),
        "ticket waiting": Reply(
            replies.TICKET_WAITING.format(code="K7M2", hours="giờ hành chính"), choices=(Choice(replies.RESUME, "#k"),)
        ),
        "ticket resumed": Reply(replies.RESUMED.format(code="K7M2")),
        "ticket notice to staff": Reply(
            replies.TICKET_NOTICE.format(code="K7M2", channel="zalo_oa", question="làm lại khai sinh ở đâu")
        ),
        "ticket answered": Reply(replies.TICKET_REPLY.format(code="K7M2", text="Mời ông/bà đến bàn số 3.")),
        "ticket closed": Reply(replies.TICKET_CLOSED.format(code="K7M2")),
        "ticket unknown": Reply(replies.TICKET_UNKNOWN.format(code="K7M2")),
        "ticket usage": Reply(replies.TICKET_USAGE),
    }
    return shown | {name.lower().replace("_", " "): Reply(text) for name, text in _fixed().items()}


def _fixed() -> dict[str, str]:
    names = [
        "GREETING",
        "THANKS",
        "GOODBYE",
        "WHO_AM_I",
        "NO_ANSWER",
        "EMPTY",
        "ERROR",
        "FILE_STATUS",
        "LEGAL_ADVICE",
        "OFF_TOPIC",
        "REFUSED",
        "REFUSED_ILLEGAL",
        "REFUSED_PRIVATE",
        "ABUSE",
        "PERSONAL_DATA",
        "DATA_DELETED",
        "EMERGENCY_AFTER",
        "COMMANDS_HELP",
        "ASK_PROCEDURE",
        "ASK_UNIT",
        "ATTACHMENT",
        "LOCATION",
        "FORM_SENT",
        "STALE_OPTION",
        "RATED",
        "ENGLISH_NONE",
    ]
    texts = {name: str(getattr(replies, name)) for name in names}
    texts |= {f"emergency {name}": f"{text}\n{replies.EMERGENCY_AFTER}" for name, text in replies.EMERGENCY.items()}
    return texts | {f"other authority {name}": text for name, text in replies.OTHER_AUTHORITY.items()}


def _links(count: int) -> tuple[Link, ...]:
    return tuple(Link(n, f"Đăng ký khai sinh, phần {n}", f"{_URL}{n}") for n in range(1, count + 1))


def _choices() -> tuple[Choice, ...]:
    return tuple(Choice(option.label, f"#o:a1b2:{n}") for n, option in enumerate(_OPTIONS, 1))


def rendered() -> str:
    """The whole file."""
    keeper = TokenKeeper(create_engine("sqlite://"), App("1", "2"), httpx.AsyncClient())
    channels: list[Channel] = [
        ZaloOa(ZaloApp("1", "2"), keeper, httpx.AsyncClient(), Limits()),
        Telegram(TelegramAccount("1:x")),
        ZaloBot(ZaloBotAccount("1:x"), httpx.AsyncClient()),
    ]
    lines = ["Every message as it is shown. Buttons stand in [ ]; → is what they send or open.", ""]
    for name, reply in scenes().items():
        lines += [f"{'=' * 12} {name}", ""]
        for channel in channels:
            messages = channel.render(reply, None)
            for number, message in enumerate(messages, 1):
                count = f" ({number} of {len(messages)})" if len(messages) > 1 else ""
                lines += [f"--- {channel.name}{count}", *_shown(json.loads(message.body)), ""]
    return "\n".join(lines)


def _shown(body: dict) -> list[str]:  # type: ignore[type-arg]
    lines = [body.get("html") or body["text"]]
    for button in body.get("attachment", {}).get("payload", {}).get("buttons", []):
        target = button["payload"]["url"] if button["type"] == "oa.open.url" else button["payload"]
        lines.append(f"[ {button['title']} ] → {target}")
    for row in body.get("keyboard", []):
        lines.append("   ".join(f"[ {label} ] → {target}" for label, _, target in row))
    return lines


if __name__ == "__main__":
    GOLDEN.write_text(rendered(), "utf-8")
