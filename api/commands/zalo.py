"""`motcua zalo login|status|webhook`: the right to send as the Zalo OA; where the Zalo bot's events go."""

import argparse
import asyncio
from urllib.parse import parse_qs, urlsplit

from bot.assemble import Parts
from bot.connecting import zalo_oauth
from bot.errors import WrongSetting
from bot.settings import load_settings
from bot.tokens import TokenKeeper, TokensLost, begin_login
from bot.zalo_bot import ZaloBot


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("action", choices=("login", "status", "webhook"), help="what to do")


def run(options: argparse.Namespace) -> int:
    """Log in, say how the tokens are, or announce the Zalo bot's webhook."""
    parts = Parts(load_settings(data=options.data))
    if options.action == "webhook":
        asyncio.run(_announce(parts))
        return 0
    keeper = parts.zalo_tokens
    if keeper is None:
        raise WrongSetting("MOTCUA_ZALO_APP_ID is not set; developers.zalo.me shows it")
    if options.action == "login":
        return _log_in(parts, keeper)
    alarm = keeper.alarm()
    print(f"Zalo OA: {alarm or 'quyền gửi tin còn hiệu lực'}")
    return 1 if alarm else 0


def _log_in(parts: Parts, keeper: TokenKeeper) -> int:
    """Login in the browser (PKCE); the address that the browser ends at is pasted back here."""
    app = zalo_oauth(parts.settings)
    if app is None or not parts.settings.zalo_redirect_url:
        raise WrongSetting("MOTCUA_ZALO_REDIRECT_URL is not set; give the address registered for the Zalo app")
    login = begin_login(app, parts.settings.zalo_redirect_url)
    print(f"1. Mở bằng trình duyệt, đăng nhập và chọn OA:\n{login.url}\n2. Dán địa chỉ trình duyệt dừng lại vào đây:")
    query = parse_qs(urlsplit(input().strip()).query)
    code, state = query.get("code", [""])[0], query.get("state", [""])[0]
    if state != login.state or not code:
        raise TokensLost("that address is not the answer to this login; run `motcua zalo login` again")
    asyncio.run(_exchange(keeper, code, login.verifier))
    print("Đã lưu quyền gửi tin. Từ nay hệ thống tự gia hạn.")
    return 0


async def _exchange(keeper: TokenKeeper, code: str, verifier: str) -> None:
    await keeper.log_in(code, verifier)


async def _announce(parts: Parts) -> None:
    channel = next((channel for channel in parts.channels if isinstance(channel, ZaloBot)), None)
    if channel is None or not channel.uses_webhook or not parts.settings.public_url:
        raise WrongSetting("needs MOTCUA_ZALO_BOT_TOKEN, MOTCUA_ZALO_BOT_WEBHOOK_SECRET and MOTCUA_PUBLIC_URL")
    url = f"{parts.settings.public_url.rstrip('/')}/webhooks/zalo-bot"
    try:
        await channel.announce(url)
    finally:
        await channel.close()
    print(f"Zalo Bot gửi tin đến {url}")
