"""Addresses within the pages: they keep the commune, the language and the filters that somebody chose."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request

from api.words import Language

PER_PAGE = 50


def turning(request: Request, page: int, total: int) -> dict[str, str]:
    """Addresses of the pages before and after."""
    given = [(name, value) for name, value in request.query_params.items() if name != "trang" and value]
    turned = {"previous": page - 1, "next": page + 1}
    return {
        name: "?" + urlencode([*given, ("trang", str(number))], errors="replace")
        for name, number in turned.items()
        if 1 <= number <= last_page(total)
    }


def last_page(total: int) -> int:
    """The number of the last page of a list."""
    return max(1, -(-total // PER_PAGE))


def kept_commune(request: Request) -> str | None:
    """The commune that the links of a page keep to; "" stands for the whole country where the chat said so."""
    commune = request.query_params.get("xa")
    said_by_chat = request.url.path == "/" or request.url.path.startswith("/c/")
    return commune if commune or said_by_chat else None


def linker(language: Language, commune: str | None) -> Any:  # noqa: ANN401 - a function for templates
    """Makes a path into a link that keeps language and commune."""

    def link(path: str) -> str:
        names = [name for name, _ in parse_qsl(urlsplit(path).query)]
        more = [("xa", commune)] if commune is not None and "xa" not in names else []
        if language is not Language.VI:
            more.append(("lang", language.value))
        return f"{path}{'&' if '?' in path else '?'}{urlencode(more, errors='replace')}" if more else path

    return link


def other_language(request: Request, language: Language) -> str:
    """The same page in the other language."""
    given = [(name, value) for name, value in request.query_params.items() if name != "lang"]
    query = urlencode(given if language is Language.EN else [*given, ("lang", "en")], errors="replace")
    return f"?{query}" if query else request.url.path
