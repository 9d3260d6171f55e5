"""Which websites may speak for which commune."""

from urllib.parse import urlsplit

from starlette.requests import Request

from api.errors import OriginRefused
from bot.settings import Settings

_ANY = "*"


def all_origins(settings: Settings) -> list[str]:
    """Every website that may call the API for some commune."""
    return sorted({origin.rstrip("/") for origins in settings.web_origins.values() for origin in origins})


def check_origin(request: Request, commune: str | None, settings: Settings) -> None:
    """A page of another website may ask only for the communes that list it. Raises OriginRefused."""
    origin = request.headers.get("origin")
    if origin is None or urlsplit(origin).netloc == request.headers.get("host"):
        return
    allowed = [*settings.web_origins.get(_ANY, ()), *settings.web_origins.get(commune or _ANY, ())]
    if origin not in (one.rstrip("/") for one in allowed):
        raise OriginRefused(
            f"{origin} is not listed for {commune or 'questions without a commune'}; add it to MOTCUA_WEB_ORIGINS"
        )
