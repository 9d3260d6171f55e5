"""The `motcua` command. Commands are loaded when called, so that `motcua --help` stays instant."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from bot.errors import BotError
from corpus.errors import CorpusError
from eval.errors import EvalError
from retrieval.errors import RetrievalError

COMMANDS = {
    "ingest": "read files or folders into the store and publish the index",
    "publish": "make the index again from the store",
    "search": "show what a question finds",
    "ask": "answer a question",
    "serve": "run the API, the web page and the citation pages",
    "worker": "answer what the channels have received",
    "telegram": "run the Telegram bot (polling)",
    "zalo": "log in to Zalo, or say how its tokens are",
    "eval": "score a question set and write a report",
    "mcp": "offer procedures and tasks as tools to other assistants",
    "key": "make, revoke or list API keys",
    "documents": "list what is stored",
    "show": "print a document, a section or a procedure",
    "communes": "list the communes that questions may name",
    "doctor": "say what is configured, what is missing and how to mend it",
}
MODULES = {"eval": "evaluate"}
"""Commands whose file has another name: a module `eval` would hide the builtin."""
OK, REFUSED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 something was refused, 2 wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return OK if words else WRONG_USAGE
    name, *rest = words
    if name not in COMMANDS:
        print(f"motcua: no command {name!r}; `motcua --help` lists them", file=sys.stderr)
        return WRONG_USAGE
    command = importlib.import_module(f"api.commands.{MODULES.get(name, name)}")
    parser = argparse.ArgumentParser(prog=f"motcua {name}", description=COMMANDS[name])
    _take_data(parser)
    command.configure(parser)
    options = _parsed(parser, rest)
    try:
        code = int(command.run(options))
        sys.stdout.flush()
        return code
    except (CorpusError, RetrievalError, BotError, EvalError) as error:
        print(f"motcua {name}: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print(f"motcua {name}: stopped", file=sys.stderr)
    except BrokenPipeError:
        # The reader went away (`motcua documents | head`); the interpreter must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED


def _take_data(parser: argparse.ArgumentParser) -> None:
    where = "folder of store and index (or MOTCUA_DATA; default ./data)"
    parser.add_argument("--data", metavar="DIR", help=where)


def _parsed(parser: argparse.ArgumentParser, words: list[str]) -> argparse.Namespace:
    """The options; --data may stand anywhere, behind a word such as `add` or `login` too."""
    anywhere = argparse.ArgumentParser(prog=parser.prog, add_help=False, allow_abbrev=False)
    _take_data(anywhere)
    common, rest = anywhere.parse_known_args(words)
    options = parser.parse_args(rest)
    options.data = common.data
    return options


def _overview() -> str:
    about = "Một Cửa: answers questions about administrative procedures, with sources."
    lines = ["usage: motcua COMMAND [options]", "", about, ""]
    lines += [f"  {name:<10} {what}" for name, what in COMMANDS.items()]
    return "\n".join([*lines, "", "`motcua COMMAND --help` shows the options of a command."])


if __name__ == "__main__":
    sys.exit(main())
