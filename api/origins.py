"""Which websites may speak for which commune."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response

from api.errors import OriginRefused
from api.problems import problem
from bot.settings import Settings

_ANY = "*"
_USUAL_PORTS = (("https://", ":443"), ("http://", ":80"))


def all_origins(settings: Settings) -> list[str]:
    """Every website that may call the API for some commune."""
    return sorted({_as_sent(origin) for origins in settings.web_origins.values() for origin in origins})


def check_origin(request: Request, commune: str | None, settings: Settings) -> None:
    """A page of another website may ask only for the communes that list it. Raises OriginRefused."""
    origin, host = request.headers.get("origin"), request.headers.get("host")
    if origin is None or (host and origin.partition("://")[2] == host):
        return
    allowed = [*settings.web_origins.get(_ANY, ()), *settings.web_origins.get(commune or _ANY, ())]
    if origin not in map(_as_sent, allowed):
        raise OriginRefused(
            f"{origin} is not listed for {commune or 'questions without a commune'}; add it to MOTCUA_WEB_ORIGINS"
        )


class Cors(CORSMiddleware):
    """Cross-origin answers; a preflight that is refused is a problem like every other error."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """What a browser asks before it asks."""
        told = super().preflight_response(request_headers)
        if told.status_code != 400:
            return told
        kept = {name: value for name, value in told.headers.items() if not name.startswith("content-")}
        return problem(400, bytes(told.body).decode(), headers=kept)


def _as_sent(origin: str) -> str:
    """An origin as browsers write it: small letters, no slash, no port that goes without saying."""
    written = origin.rstrip("/").lower()
    for scheme, port in _USUAL_PORTS:
        if written.startswith(scheme):
            written = written.removesuffix(port)
    return written
