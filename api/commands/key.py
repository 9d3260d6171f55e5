"""`motcua key add NAME | revoke NAME | list`: API keys for servers that ask on citizens' behalf."""

import argparse

from limits import parse

from api.keys import Keys
from bot.assemble import Parts
from bot.errors import WrongSetting
from bot.settings import load_settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    actions = parser.add_subparsers(dest="action", required=True)
    add = actions.add_parser("add", help="make a key and show it once")
    add.add_argument("name", help="who it is for, such as portal-an-tuong")
    add.add_argument("--rate", help="requests it may make, such as 600/minute (default MOTCUA_WEB_KEY_RATE)")
    revoke = actions.add_parser("revoke", help="make a key useless")
    revoke.add_argument("name")
    actions.add_parser("list", help="list all keys")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    keys = Keys(Parts(load_settings(data=options.data)).database)
    if options.action == "add":
        _check(options.rate)
        print(keys.make(options.name, options.rate))
    elif options.action == "revoke":
        keys.revoke(options.name)
        print(f"{options.name}: revoked; running servers stop taking it within half a minute")
    else:
        for key in keys.all():
            state = f"revoked {key.revoked_at:%Y-%m-%d}" if key.revoked_at else "valid"
            print(f"{key.name}: {state}, made {key.made_at:%Y-%m-%d}, {key.rate or 'usual rate'}")
    return 0


def _check(rate: str | None) -> None:
    if rate is None:
        return
    try:
        parse(rate)
    except ValueError as error:
        raise WrongSetting(f"--rate {rate}: is no rate; write it as 600/minute") from error
