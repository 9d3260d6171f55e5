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
    tag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    headers = {"ETag": tag, "Cache-Control": cache}
    known = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if status == 200 and (tag in known or "*" in known):
        return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type)


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
