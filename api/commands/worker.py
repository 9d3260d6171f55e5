"""`motcua worker`: answer what the channels have received; also polls the channels that have no webhook."""

import argparse
import asyncio
import os

from api.polling import work
from bot.assemble import Parts
from bot.channels import Poller
from bot.errors import WrongSetting
from bot.settings import load_settings

BEHIND_WEBHOOKS = 5
"""Niceness of a worker: an answer may wait, but a webhook must be taken within 2 s even on two busy cores."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("--no-polling", action="store_true", help="leave the fetching of events to another worker")


def run(options: argparse.Namespace) -> int:
    """Work until stopped."""
    parts = Parts(load_settings(data=options.data))
    if not parts.channels:
        raise WrongSetting("no channel is configured; set MOTCUA_TELEGRAM_TOKEN or the MOTCUA_ZALO_* settings")
    pollers = [
        channel
        for channel in parts.channels
        if isinstance(channel, Poller) and not channel.uses_webhook and not options.no_polling
    ]
    if hasattr(os, "nice"):
        os.nice(BEHIND_WEBHOOKS)
    print("Kênh: " + ", ".join(channel.name for channel in parts.channels), flush=True)
    asyncio.run(work(parts, pollers))
    return 0
