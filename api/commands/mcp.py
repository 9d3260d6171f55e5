"""`motcua mcp`: the ward's procedures and tasks as tools for other assistants, over standard input and output."""

import argparse

from api.tools import tool_server
from bot.assemble import Parts
from bot.settings import load_settings


def configure(parser: argparse.ArgumentParser) -> None:
    """No options of its own."""


def run(options: argparse.Namespace) -> int:
    """Serve until the other side closes."""
    tool_server(Parts(load_settings(data=options.data))).run("stdio")
    return 0
