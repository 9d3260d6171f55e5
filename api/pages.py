"""Pages that need neither chat nor JavaScript: citations, procedures, tasks, and the page of the assistant itself."""

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.catalogue import Catalogue
from api.duties import Asked, Role, as_csv, as_xlsx, chosen, units
from api.errors import UnknownProcedure
from api.etags import Assets, tagged
from api.finding import Wanted, find_procedures
from api.library import Library
from api.links import PER_PAGE, kept_commune, last_page, linker, other_language, turning
from api.passages import passage
from api.records import procedure_json, procedure_line_json, sheet_url, task_json
from api.standing import day, standing, today
from api.words import LABELS, Language
from bot import replies
from bot.assemble import Parts
from bot.settings import Settings

_FOLDER = FilePath(__file__).parent / "templates"
_READING = ["GET", "HEAD"]
_FRESH = "public, max-age=0, must-revalidate"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Text = Annotated[str | None, Query(max_length=300)]
PageNumber = Annotated[int, Query(ge=1, le=2000)]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Pages:
    """Renders templates."""

    environment: Environment
    settings: Settings

    @classmethod
    def over(cls, settings: Settings, assets: Assets) -> "Pages":
        """Pages that use these static files."""
        environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
        )
        environment.globals.update(asset=assets.url, day=day, sheet_url=sheet_url, replies=replies)
        return cls(environment, settings)

    def render(self, request: Request, template: str, values: dict[str, Any], status: int = 200) -> Response:
        """A page in the language of `?lang=`, with its ETag."""
        language = Language.EN if request.query_params.get("lang") == "en" else Language.VI
        logo = self.settings.web_logo if (self.settings.web_logo or "").startswith("https://") else None
        html = self.environment.get_template(template).render(
            {
                "w": LABELS[language],
                "lang": language.value,
                "title": self.settings.web_title,
                "logo": logo,
                "link": linker(language, kept_commune(request) if status == 200 else None),
                "other_url": other_language(request, language),
                **values,
            }
        )
        return tagged(request, html.encode("utf-8", "replace"), "text/html; charset=utf-8", _FRESH, status)

    def failure(self, request: Request, status: int) -> Response:
        """An error for somebody with a browser."""
        return self.render(request, "failure.html", {"status": status}, status)


@router.api_route("/", methods=_READING)
async def home(request: Request, xa: Text = None) -> Response:
    """The assistant, full page."""
    parts = _parts(request)

    def find() -> dict[str, Any]:
        communes = parts.store.communes()
        named = xa if xa in {one.id for one in communes} else None
        # An address with an empty ?xa= asks for the whole country.
        return {"communes": communes, "commune": named if xa is not None else parts.commune(None)}

    return _pages(request).render(request, "home.html", await run_in_threadpool(find))


@router.api_route("/c/{chunk_id}", methods=_READING)
async def citation(chunk_id: str, request: Request) -> Response:
    """The quote behind a citation, in its place. Raises UnknownDocument."""
    library: Library = request.app.state.library

    def read() -> dict[str, Any]:
        source = library.source(chunk_id)
        link = source.edition.document.source_url
        return {
            "source": source,
            "document": source.edition.document,
            "standing": standing(source, today()),
            "passage": passage(source),
            "original": link if link and link.startswith(("https://", "http://")) else None,
            "task": next((t for t in source.edition.document.tasks if t.path == source.chunk.path), None),
        }

    return _pages(request).render(request, "citation.html", await run_in_threadpool(read))


@router.api_route("/thu-tuc", methods=_READING)
async def procedures(
    request: Request,
    q: Text = None,
    linh_vuc: Annotated[str | None, Query(alias="linh-vuc", max_length=200)] = None,
    cap: Text = None,
    xa: Text = None,
    trang: PageNumber = 1,
) -> Response:
    """Procedures by field, and a search that works without JavaScript."""
    parts, catalogue = _parts(request), _catalogue(request)
    wanted = Wanted(q or None, linh_vuc or None, cap or None, xa or None)

    def find() -> dict[str, Any]:
        found = find_procedures(parts, catalogue, wanted)
        everything = catalogue.procedures(wanted.commune)
        page = min(trang, last_page(len(found)))
        start = (page - 1) * PER_PAGE
        return {
            "wanted": wanted,
            "browsing": not (wanted.typed or wanted.sector or wanted.level),
            "total": len(found),
            "lines": [procedure_line_json(line) for line in found[start : start + PER_PAGE]],
            "sectors": _counted(line.sector for line in everything),
            "levels": _counted(line.level for line in everything),
            "communes": parts.store.communes(),
            "turning": turning(request, page, len(found)),
        }

    return _pages(request).render(request, "procedures.html", await run_in_threadpool(find))


@router.api_route("/thu-tuc/{code:path}", methods=_READING)
async def procedure(code: str, request: Request, xa: Text = None) -> Response:
    """The sheet of a procedure. Raises UnknownProcedure, UnknownCommune."""
    library: Library = request.app.state.library
    parts, catalogue = _parts(request), _catalogue(request)

    def read() -> dict[str, Any]:
        if xa:
            parts.store.commune(xa)
        line = catalogue.procedure(code, xa or None)
        if line is None:
            raise UnknownProcedure(f"no procedure {code!r}")
        edition = library.newest(line.document_id)
        sheet = procedure_json(line, edition)
        return {
            "sheet": sheet,
            "document": edition.document,
            "read_on": edition.read_on,
            "sources": {field["name"]: field["url"] for field in sheet["fields"]},
        }

    return _pages(request).render(request, "procedure.html", await run_in_threadpool(read))


@router.api_route("/nhiem-vu", methods=_READING)
async def tasks(
    request: Request,
    xa: Text = None,
    don_vi: Annotated[str | None, Query(alias="don-vi", max_length=200)] = None,
    vai_tro: Annotated[str | None, Query(alias="vai-tro", max_length=20)] = None,
    q: Text = None,
    trang: PageNumber = 1,
) -> Response:
    """Which office does what."""
    parts, catalogue = _parts(request), _catalogue(request)
    asked = _asked(don_vi, vai_tro, q)

    def find() -> dict[str, Any]:
        if xa:
            parts.store.commune(xa)
        everything = catalogue.tasks(xa or None)
        found = chosen(everything, asked)
        page = min(trang, last_page(len(found)))
        start = (page - 1) * PER_PAGE
        with_tasks = {line.commune for line in catalogue.tasks()}
        return {
            "asked": asked,
            "commune": xa or None,
            "communes": [one for one in parts.store.communes() if one.id in with_tasks],
            "units": units(everything),
            "total": len(found),
            "tasks": [task_json(line) for line in found[start : start + PER_PAGE]],
            "query": urlencode([(k, v) for k, v in request.query_params.items() if k not in ("trang", "lang") and v]),
            "turning": turning(request, page, len(found)),
        }

    return _pages(request).render(request, "tasks.html", await run_in_threadpool(find))


@router.api_route("/nhiem-vu.{ending}", methods=_READING)
async def tasks_file(
    ending: str,
    request: Request,
    xa: Text = None,
    don_vi: Annotated[str | None, Query(alias="don-vi", max_length=200)] = None,
    vai_tro: Annotated[str | None, Query(alias="vai-tro", max_length=20)] = None,
    q: Text = None,
) -> Response:
    """The same rows as CSV or XLSX."""
    write, media = {"csv": (as_csv, "text/csv; charset=utf-8"), "xlsx": (as_xlsx, _XLSX)}.get(ending, (None, ""))
    if write is None:
        raise HTTPException(404)
    parts, catalogue = _parts(request), _catalogue(request)

    def make() -> bytes:
        if xa:
            parts.store.commune(xa)
        return write(chosen(catalogue.tasks(xa or None), _asked(don_vi, vai_tro, q)))

    content = await run_in_threadpool(make)
    return Response(
        content,
        media_type=media,
        headers={"Content-Disposition": f'attachment; filename="nhiem-vu.{ending}"'},
    )


@router.api_route("/widget.js", methods=_READING)
async def widget(request: Request) -> Response:
    """The one script that a website embeds."""
    assets: Assets = request.app.state.assets
    response = assets.response(request, "widget.js", "public, max-age=600, stale-while-revalidate=86400")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@router.api_route("/static/{name}", methods=_READING)
async def static(name: str, request: Request) -> Response:
    """A static file."""
    assets: Assets = request.app.state.assets
    return assets.response(request, name)


def _asked(unit: str | None, role: str | None, words: str | None) -> Asked:
    return Asked(unit or None, Role(role) if role in list(Role) else None, words or None)


def _counted(names: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - any iterable of names
    counts: dict[str, int] = {}
    for name in names:
        if name:
            counts[name] = counts.get(name, 0) + 1
    return sorted(counts.items())


def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


def _catalogue(request: Request) -> Catalogue:
    catalogue: Catalogue = request.app.state.catalogue
    return catalogue


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages
