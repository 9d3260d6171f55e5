"""`motcua ingest PATH... [--commune ID]`."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from bot.assistant import AssistantParts
from bot.settings import load_settings
from corpus.errors import CorpusError
from corpus.ingest import FileReport, check_commune, files_under, ingest_file
from corpus.store import Saved
from retrieval.publishing import publish_stale


def configure(parser: argparse.ArgumentParser) -> None:
    """Options."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file or folder")
    parser.add_argument("--commune", help="id of the commune the documents belong to, such as an-tuong")


def run(options: argparse.Namespace) -> int:
    """Read everything, then publish what changed."""
    parts = AssistantParts(load_settings(data=options.data))
    commune = check_commune(options.commune)
    store = parts.store
    reports: list[FileReport | None] = []
    for path in files_under(options.paths):
        if isinstance(path, CorpusError):
            print(path, file=sys.stderr)
            reports.append(None)
            continue
        report = _with_progress(parts, path, commune)
        reports.append(report)
        _print(report)
    saved = [report.saved for report in reports if report]
    refused = sum(1 if report is None else len(report.refusals) for report in reports)
    new, changed, same = (sum(getattr(s, name) for s in saved) for name in ("new", "changed", "unchanged"))
    print(f"{len(reports)} file(s): {new} new, {changed} changed, {same} unchanged, {refused} refused")
    published = publish_stale(
        store,
        parts.settings.index_folder,
        parts.chroma,
        parts.encoder,
        parts.phrasings,
        before=lambda scope: print(f"publishing {scope.id} …", file=sys.stderr),
    )
    for scope in published:
        print(f"published {scope.scope}: {scope.units} parts found by {scope.entries} texts")
    return 1 if refused else 0


def _with_progress(parts: AssistantParts, path: Path, commune: str | None) -> FileReport:
    """Read one file; long work shows a bar on a terminal."""
    report = FileReport(path, Saved(), (), (), ())
    with tqdm(desc=path.name, unit=" documents", delay=1.5, disable=not sys.stderr.isatty(), leave=False) as bar:
        for report in ingest_file(parts.store, path, commune):
            total = report.saved.new + report.saved.changed + report.saved.unchanged
            bar.update(total - bar.n)
    return report


def _print(report: FileReport) -> None:
    saved = report.saved
    counts = [
        f"{n} {word}"
        for n, word in ((saved.new, "new"), (saved.changed, "changed"), (saved.unchanged, "unchanged"))
        if n
    ]
    if counts:
        title = f" ({report.titles[0]})" if len(report.titles) == 1 else ""
        print(f"{report.path}: {', '.join(counts)}{title}")
    for warning in report.warnings[:5]:
        print(f"{report.path}: note: {warning}", file=sys.stderr)
    if len(report.warnings) > 5:
        print(
            f"{report.path}: note: {len(report.warnings) - 5} more; `motcua show` prints them with the document",
            file=sys.stderr,
        )
    for refusal in report.refusals:
        print(refusal, file=sys.stderr)
