"""Other assistants use the ward's truth through the Model Context Protocol."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
from mcp.client import Client
from sqlalchemy import create_engine

from api.tools import tool_server
from bot.assemble import Parts
from tests.api.web_world import BIRTH, COMMUNE, with_settings


def used(ward: Parts, use: Callable[[Client], Awaitable[Any]]) -> Any:
    """What a client gets that is connected to the server in memory."""

    async def run() -> Any:
        async with Client(tool_server(ward)) as client:
            return await use(client)

    return anyio.run(run)


def called(ward: Parts, name: str, **arguments: object) -> Any:
    return used(ward, lambda client: client.call_tool(name, arguments))


def test_three_tools_are_offered_and_they_only_read(ward: Parts) -> None:
    tools = used(ward, lambda client: client.list_tools()).tools
    assert {tool.name for tool in tools} == {"search_procedures", "get_procedure", "who_does"}
    assert all(tool.annotations.read_only_hint for tool in tools)


def test_a_procedure_is_found_by_a_citizens_words_and_opened_by_its_code(ward: Parts) -> None:
    found = called(ward, "search_procedures", query="lam giay khai sinh cho con").structured_content
    assert BIRTH in [one["code"] for one in found["procedures"]]
    sheet = called(ward, "get_procedure", code=BIRTH, commune=COMMUNE).structured_content
    assert sheet["dossier"]
    assert all(field["url"].startswith("/c/") for field in sheet["fields"])


def test_addresses_are_whole_where_the_server_knows_its_own(ward: Parts) -> None:
    public = with_settings(ward, public_url="https://mau.example.vn/")
    found = called(public, "search_procedures", query="khai sinh").structured_content
    assert found["procedures"][0]["url"].startswith("https://mau.example.vn/thu-tuc/")


def test_who_does_names_lead_and_helping_offices(ward: Parts) -> None:
    found = called(ward, "who_does", commune=COMMUNE, limit=3).structured_content
    assert found["total"] >= 3
    assert all(task["lead"] for task in found["tasks"])


def test_an_unknown_code_or_commune_is_an_error_that_says_what_to_do(ward: Parts) -> None:
    for arguments in ({"code": "9.999"}, {"code": BIRTH, "commune": "khong-co"}):
        result = called(ward, "get_procedure", **arguments)
        assert result.is_error
        assert "search_procedures" in result.content[0].text or COMMUNE in result.content[0].text


def test_a_store_that_cannot_be_read_is_an_error_without_its_inner_words(ward: Parts, tmp_path: Path) -> None:
    class AwayWard(Parts):
        database = create_engine(f"sqlite:///{tmp_path / 'nowhere' / 'at-all.db'}")

    result = called(AwayWard(ward.settings), "get_procedure", code=BIRTH)
    assert result.is_error
    assert "try again" in result.content[0].text
    assert "sqlite" not in result.content[0].text
