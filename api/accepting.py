"""What a client would rather have, by its Accept header (RFC 9110, 12.5.1)."""

from starlette.requests import Request

EVENTS = "text/event-stream"
_JSON = "application/json"


def wants_events(request: Request) -> bool:
    """Whether it names events and likes them no less than JSON; who names neither gets JSON."""
    liked = dict(_liked(one) for one in ",".join(request.headers.getlist("accept")).split(","))
    return liked.get(EVENTS, 0.0) > 0 and liked[EVENTS] >= liked.get(_JSON, 0.0)


def _liked(entry: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in entry.split(";"))
    weight = next((one.removeprefix("q=") for one in parameters if one.startswith("q=")), "1")
    try:
        return name, float(weight)
    except ValueError:
        return name, 0.0
