"""`motcua ask "q" [--commune ID] [--json] [--explain]`, or a batch with --input and --output."""

import argparse
import json
from pathlib import Path
from typing import Any

from api.batch import InputLine, run_batch
from api.records import answer_json
from bot.answer import Answer
from bot.assistant import AssistantParts
from bot.conversation import Conversation
from bot.settings import load_settings
from bot.turn import Turn
from retrieval.search import explained


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("question", nargs="?", help="the question")
    parser.add_argument("--commune", help="id of the commune that is asked")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    parser.add_argument("--explain", action="store_true", help="print every step on the way")
    parser.add_argument("--input", type=Path, metavar="FILE", help="questions, one JSON object a line")
    parser.add_argument("--output", type=Path, metavar="FILE", help="answers, one JSON object a line")


def run(options: argparse.Namespace) -> int:
    """Answer once, or for every line of a file."""
    batch = options.input is not None
    if batch == (options.question is not None) or batch != (options.output is not None):
        print("motcua ask: give a question, or --input with --output")
        return 2
    parts = AssistantParts(load_settings(data=options.data))
    commune = parts.commune(options.commune)

    def answer(line: InputLine) -> dict[str, Any]:
        return answer_json(parts.chatbot.ask(line.question, line.commune or commune, line.history))

    if batch:
        return run_batch(options.input, options.output, answer)
    turn = parts.chatbot.turn(options.question, commune, Conversation())
    if options.json:
        print(json.dumps({"id": None, **answer_json(turn.answered)}, ensure_ascii=False))
    else:
        print(_readable(turn.answered))
        if options.explain:
            print("\n".join(_explanation(turn)))
    return 0


def _readable(answer: Answer) -> str:
    lines = [answer.text]
    lines += [
        f"  ({number}) {option.label}"
        for number, option in enumerate(answer.options, 1)
        if option.label not in answer.text
    ]
    if answer.citations:
        lines += ["", "Nguồn:"]
        lines += [
            f"[{c.n}] {c.title}, {c.path}{f', số {c.number}' if c.number else ''} — {c.url}" for c in answer.citations
        ]
    return "\n".join(lines)


def _explanation(turn: Turn) -> list[str]:
    lines = ["", f"status: {turn.answered.status}", f"as read: {turn.text}"]
    if turn.question:
        lines.append(f"forms: {' | '.join(turn.question.forms)}; cues: {', '.join(sorted(turn.question.cues)) or '-'}")
    lines.append(f"aspects: {', '.join(turn.aspects) or '-'}")
    lines += [f"note: {note}" for note in turn.notes]
    if turn.found:
        lines.append(f"procedure {turn.found.procedure_probability:.3f}, part {turn.found.part_probability:.3f}")
        for hit in turn.found.hits[:6]:
            features = " ".join(f"{name}={value:.2f}" for name, value in explained(hit).items())
            place = hit.unit.procedure_code or hit.chunk.path
            lines.append(f"  {hit.score:.3f} raw {hit.raw:.2f} {place} {hit.unit.name[:70]} [{features}]")
    if turn.verdict:
        lines.append(f"decision: {turn.verdict.decision}")
    lines.append("ms: " + ", ".join(f"{name} {value:.1f}" for name, value in turn.answered.timings_ms.items()))
    return lines
