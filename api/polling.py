"""Runs a worker with the channels that fetch their events, until the process is told to stop."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import suppress

from bot.assemble import Parts
from bot.channels import Poller
from bot.errors import BotError


async def work(parts: Parts, pollers: Sequence[Poller]) -> None:
    """Work until SIGTERM or SIGINT. Raises the BotError that ended a poller."""
    exchange = parts.exchange
    worker = exchange.worker()

    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(NotImplementedError):  # Windows knows no signal handlers in a loop.
            loop.add_signal_handler(name, worker.stop)
    working = asyncio.create_task(worker.run())
    polling = [asyncio.create_task(poller.poll(exchange.store)) for poller in pollers]
    try:
        await asyncio.wait([working, *polling], return_when=asyncio.FIRST_COMPLETED)
        for task in (working, *polling):
            if task.done() and isinstance(error := task.exception(), BotError):
                raise error
    finally:
        worker.stop()
        for task in polling:
            task.cancel()
        await asyncio.gather(working, *polling, return_exceptions=True)
        for channel in parts.channels:
            await channel.close()
