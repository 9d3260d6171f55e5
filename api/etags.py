"""Pages and files that a browser need not fetch twice."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}


def tagged(request: Request, content: bytes, media_type: str, cache: str, status: int = 200) -> Response:
    """The content with its ETag (weak: it may be compressed on the way), or 304 where the browser has it already."""
    tag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": f"W/{tag}", "Cache-Control": cache}
    if status == 200 and _has(request, tag):
        # The answer it stands for is compressed further out; a 304 is not, and would not say so.
        return Response(status_code=304, headers={**headers, "Vary": "Accept-Encoding"})
    return Response(content, status, headers, media_type)


def _has(request: Request, tag: str) -> bool:
    """Whether the browser names a tag, weak or strong: RFC 9110 compares them weakly here."""
    given = ",".join(request.headers.getlist("if-none-match"))
    return any(one.strip().removeprefix("W/") in (tag, "*") for one in given.split(","))


@dataclass(frozen=True)
class Assets:
    """Static files, read once. Their addresses carry a digest, so that browsers may keep them for good."""

    files: dict[str, bytes]

    @classmethod
    def read(cls, folder: Path) -> "Assets":
        """All files of a folder."""
        return cls({path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix in _TYPES})

    def url(self, name: str) -> str:
        """The address of a file in its present state."""
        return f"/static/{name}?v={hashlib.blake2b(self.files[name], digest_size=6).hexdigest()}"

    def response(self, request: Request, name: str, cache: str | None = None) -> Response:
        """A file. Raises HTTPException 404."""
        if name not in self.files:
            raise HTTPException(404)
        kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "public, max-age=3600"
        return tagged(request, self.files[name], f"{_TYPES[Path(name).suffix]}; charset=utf-8", cache or kept)
