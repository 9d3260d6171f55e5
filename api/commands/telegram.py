"""`motcua telegram`: fetch the Telegram bot's messages and answer them; `--webhook` has them pushed."""

import argparse
import asyncio

from api.polling import work
from bot.assemble import Parts
from bot.errors import WrongSetting
from bot.settings import load_settings
from bot.telegram import Telegram


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument(
        "--webhook",
        action="store_true",
        help="tell Telegram to push to MOTCUA_PUBLIC_URL, then end (see `motcua serve`)",
    )


def run(options: argparse.Namespace) -> int:
    """Poll until stopped."""
    parts = Parts(load_settings(data=options.data))
    channel = next((channel for channel in parts.channels if isinstance(channel, Telegram)), None)
    if channel is None:
        raise WrongSetting("MOTCUA_TELEGRAM_TOKEN is not set; @BotFather gives a token")
    if options.webhook:
        if not channel.uses_webhook or not parts.settings.public_url:
            raise WrongSetting("a webhook needs MOTCUA_TELEGRAM_WEBHOOK_SECRET and MOTCUA_PUBLIC_URL")
        asyncio.run(_announce(channel, f"{parts.settings.public_url.rstrip('/')}/webhooks/telegram"))
        return 0
    if channel.uses_webhook:
        raise WrongSetting("MOTCUA_TELEGRAM_WEBHOOK_SECRET is set, so messages are pushed; unset it to poll")
    print("Telegram: đang nhận tin. Dừng bằng Ctrl-C.", flush=True)
    asyncio.run(work(parts, [channel]))
    return 0


async def _announce(channel: Telegram, url: str) -> None:
    try:
        await channel.announce(url)
    finally:
        await channel.close()
    print(f"Telegram gửi tin đến {url}")
