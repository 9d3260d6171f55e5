"""Feeds damaged files of every format to the readers for a while; run as a script: python tests/corpus/fuzz.py MINUTES.

Every file must end in documents or in refusals of one line; anything else is printed with the seed that made it.
"""

import gzip
import random
import re
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from formats import sample_files

from corpus.document import Document
from corpus.errors import CorpusError
from corpus.outline import tree_lines
from corpus.readers import read_file

SLOWEST_S = 240.0
_BITS = (
    b"\x00",
    b"\xff",
    b"\t",
    b"\n",
    b"STT\t",
    b"<table>",
    b"%PDF",
    b"{",
    b"]",
    b"\xe1\xbb\x99",
    b"I. ",
    b"- ",
    b"99999999",
)
_WORDS = (
    *("\t", "\t\t\t\t", "\n\n", "STT\tNhiệm vụ\tChủ trì\n", "I. ", "1.1. ", "Điều 5. ", "a) ", "- ", "PHỤ LỤC\n"),
    *(
        "QUYẾT ĐỊNH:\n",
        "Nơi nhận:\n",
        "TM. ỦY BAN NHÂN DÂN\n",
        "ngày 31/02/2026",
        "**",
        "<b>",
        "</td><td colspan=9999>",
    ),
    *("(", "Bước 9", "[ ", " ]", "0 VNĐ (", "Tên giấy tờMẫu đơn, tờ khaiSố lượng", "\u0301", "\u200f", "９", "²", "𝟗"),
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes cut, doubled, swapped or written over in a few places."""
    data = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        if not data:
            return b""
        at = chance.randrange(len(data))
        span = min(len(data) - at, chance.choice((1, 4, 64, 1024)))
        kind = chance.randrange(5)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + span]
        elif kind == 2:
            data[at:at] = data[at : at + span]
        elif kind == 3:
            data[at:at] = chance.choice(_BITS) * chance.choice((1, 3, 200))
        else:
            data[at : at + span] = bytes(chance.randrange(256) for _ in range(span))
    return bytes(data[: chance.randrange(1, len(data) + 1)] if data and chance.random() < 0.1 else data)


def reworded(text: str, chance: random.Random) -> str:
    """Valid text with lines and pieces cut, doubled, moved or made very long."""
    for _ in range(chance.randrange(1, 10)):
        if not text:
            return text
        at = chance.randrange(len(text))
        span = chance.choice((1, 5, 40, 400))
        piece = text[at : at + span]
        kind = chance.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + span :]
        elif kind == 1:
            text = text[:at] + piece * chance.choice((2, 3, 500)) + text[at:]
        elif kind == 2:
            text = text[:at] + chance.choice(_WORDS) + text[at:]
        else:
            lines = text.splitlines(keepends=True)
            chance.shuffle(lines)
            text = "".join(lines)
    return text


def reshaped(xml: str, chance: random.Random) -> str:
    """XML with whole elements left out or doubled, so that it stays well formed."""
    for _ in range(chance.randrange(1, 6)):
        found = list(re.finditer(r"<(w:(?:p|tc|tr|r|tblGrid|tcPr)|c|row|si)\b[^>]*>.*?</\1>", xml, re.DOTALL))
        if not found:
            return xml
        hit = chance.choice(found)
        again = "" if chance.random() < 0.5 else hit.group(0) * chance.choice((2, 3, 50))
        xml = xml[: hit.start()] + again + xml[hit.end() :]
    return xml


def inside_archive(data: bytes, chance: random.Random, scratch: Path) -> bytes:
    """A zipped document whose parts are damaged, while the archive itself is whole."""
    source, target = scratch / "in.zip", scratch / "out.zip"
    source.write_bytes(data)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            hit = (
                name.endswith(("document.xml", "sheet1.xml", "sharedStrings.xml", "styles.xml"))
                and chance.random() < 0.7
            )
            if hit and chance.random() < 0.6:
                part = reshaped(part.decode("utf-8"), chance).encode()
            elif hit:
                part = damaged(part, chance)
            new.writestr(name, part)
    return target.read_bytes()


def variant(path: Path, chance: random.Random, scratch: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix in (".docx", ".xlsx") and chance.random() < 0.7:
        return inside_archive(data, chance, scratch)
    if path.name.endswith(".gz") and chance.random() < 0.7:
        return gzip.compress(damaged(gzip.decompress(data), chance))
    if path.suffix in (".txt", ".md", ".html", ".json", ".jsonl") and chance.random() < 0.75:
        return reworded(data.decode("utf-8"), chance).encode()
    return damaged(data, chance)


def tried(path: Path) -> str:
    """What became of a file: "read", "refused", or a complaint."""
    try:
        for item in read_file(path):
            if isinstance(item, Document):
                tree_lines(item)
            elif "\n" in str(item):
                return f"a refusal of more than one line: {item!r}"
    except CorpusError as error:
        return "refused" if "\n" not in str(error) else f"a refusal of more than one line: {error!r}"
    except Exception as error:  # What the fuzzer looks for.
        return f"{type(error).__name__}: {error}"
    return "read"


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    end = time.monotonic() + minutes * 60
    counts: Counter[tuple[str, str]] = Counter()
    slowest, complaints = (0.0, ""), 0
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        samples = sample_files(scratch)
        while time.monotonic() < end:
            chance = random.Random(seed)
            source = chance.choice(samples)
            target = scratch / f"try{''.join(source.suffixes)}"
            target.write_bytes(variant(source, chance, scratch))
            started = time.monotonic()
            result = tried(target)
            took = time.monotonic() - started
            slowest = max(slowest, (took, f"{source.name}, seed {seed}"))
            if result not in ("read", "refused") or took > SLOWEST_S:
                complaints += 1
                print(f"seed {seed}, {source.name}: {result} after {took:.0f} s", flush=True)
                result = "complaint"
            counts[source.suffix, result] += 1
            seed += 1
    for (suffix, result), count in sorted(counts.items()):
        print(f"{suffix:6} {result:10} {count}")
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    total = f"{sum(counts.values())} files, {complaints} complaints"
    print(f"{total}, slowest {slowest[0]:.1f} s ({slowest[1]}), {memory:.0f} MB at most")


if __name__ == "__main__":
    main()
