"""Bytes of a file -> text, within limits, with one clear line for everything that is no text."""

from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.vietnamese import nfc

MAX_TEXT_BYTES = 32 * 1024 * 1024
MAX_FILE_BYTES = 128 * 1024 * 1024
MAX_PAGES = 400


def check_size(path: Path, limit: int = MAX_FILE_BYTES) -> int:
    """The file's size in bytes. Raises UnreadableFile for a missing, unreadable, empty or oversize file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        reason = error.strerror or error
        raise UnreadableFile(f"{path}: cannot be read ({reason}); check the path and its rights") from error
    if size > limit:
        over = f"{size / 1e6:.0f} MB is over the limit of {limit / 1e6:.0f} MB"
        raise UnreadableFile(f"{path}: {over}; split it into parts")
    if size == 0:
        raise UnreadableFile(f"{path}: the file is empty; copy it again from its source")
    return size


def read_bytes(path: Path, limit: int = MAX_TEXT_BYTES) -> bytes:
    """The file's bytes. Raises UnreadableFile for a missing, unreadable, empty or oversize file."""
    check_size(path, limit)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise UnreadableFile(f"{path}: cannot be read ({reason}); check the path and its rights") from error
    if not data.strip():
        raise UnreadableFile(f"{path}: the file is empty; copy it again from its source")
    return data


def read_text(path: Path) -> str:
    """The file's text in NFC. Raises UnreadableFile when it is binary or not UTF-8."""
    return decode(read_bytes(path), str(path))


def decode(data: bytes, name: str) -> str:
    """UTF-8 (with or without a byte-order mark) to text in NFC."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"{name}: UTF-16 text; save it as UTF-8 and ingest it again")
    if b"\x00" in data[:65536]:
        raise UnreadableFile(f"{name}: binary data, not text; give the file the ending of its real format")
    try:
        return nfc(data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"))
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: not UTF-8 (byte {error.start + 1}); "
            "save it as UTF-8, text in old TCVN3 or VNI fonts must be converted first"
        ) from error
