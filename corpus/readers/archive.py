"""Limits on zipped documents (.docx, .xlsx) before any library unpacks them."""

import zipfile
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.files import check_size

MAX_ENTRIES = 5_000
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_RATIO = 200


def check_archive(path: Path) -> None:
    """Raises UnreadableFile for anything that is no zip file or unpacks to more than a document can be."""
    check_size(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise UnreadableFile(f"{path.name} is damaged or no Office file ({error}); save it again and retry") from error
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(
            f"{path.name} holds {len(entries)} parts, the limit is {MAX_ENTRIES}; save it again without attachments"
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > 20_000_000 and unpacked / packed > MAX_RATIO):
        raise UnreadableFile(
            f"{path.name} unpacks to {unpacked / 1e6:.0f} MB ({unpacked // packed} times its size), "
            "which no plan does; it was not opened"
        )
