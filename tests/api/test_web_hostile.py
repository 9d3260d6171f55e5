"""Requests that a well-meaning client hardly sends: odd headers, guessed keys, many addresses, odd letters."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.exc import DataError, OperationalError

from api.app import create_app
from api.catalogue import TaskLine
from api.duties import as_xlsx
from api.keys import PREFIX, Keys
from api.library import Source
from api.rates import subscriber
from bot.assemble import Parts
from tests.api.web_world import BIRTH, COMMUNE, with_settings

PORTAL = "https://mau.example.vn"
HELLO = {"question": "xin chào", "commune": COMMUNE}
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def open_for_portal(ward: Parts) -> Iterator[TestClient]:
    """Open for the website of phường Mẫu, whose address staff wrote in a way that no browser does."""
    origins = {COMMUNE: ["https://Mau.Example.vn:443/"]}
    with TestClient(create_app(with_settings(ward, web_origins=origins, web_rate_exempt="testclient"))) as client:
        yield client


@pytest.fixture
def limited(ward: Parts) -> Iterator[TestClient]:
    """Three requests a minute."""
    with TestClient(create_app(with_settings(ward, web_rate="3/minute", web_rate_exempt=""))) as client:
        yield client


@pytest.mark.parametrize(
    "origin", ["http://[", "http://[::1", "null", "", "x", "http://testserver.", "http://a@testserver"]
)
def test_an_origin_that_is_no_website_of_ours_is_refused_however_odd(web: TestClient, origin: str) -> None:
    response = web.post("/v1/chat", json=HELLO, headers={"Origin": origin})
    assert (response.status_code, response.headers["content-type"]) == (403, PROBLEM)


def test_a_website_is_known_however_its_address_is_written_in_the_settings(open_for_portal: TestClient) -> None:
    answered = open_for_portal.post("/v1/chat", json=HELLO, headers={"Origin": PORTAL})
    assert answered.status_code == 200
    assert answered.headers["access-control-allow-origin"] == PORTAL


def test_a_refused_preflight_is_a_problem_and_allows_nobody(open_for_portal: TestClient) -> None:
    asked = {"Origin": "https://other.example.vn", "Access-Control-Request-Method": "POST"}
    response = open_for_portal.options("/v1/chat", headers=asked)
    assert (response.status_code, response.headers["content-type"]) == (400, PROBLEM)
    assert response.json()["status"] == 400
    assert "access-control-allow-origin" not in response.headers
    assert "Origin" in response.headers["vary"]
    assert open_for_portal.options("/v1/chat", headers={**asked, "Origin": PORTAL}).status_code == 200


def test_guessed_keys_are_counted_like_other_requests(limited: TestClient) -> None:
    guesses = [limited.get("/v1/communes", headers={"Authorization": f"Bearer {PREFIX}{n}"}) for n in range(4)]
    assert [one.status_code for one in guesses] == [401, 401, 401, 429]
    assert guesses[0].headers["ratelimit"].startswith('"address";r=2;t=')
    assert limited.get("/v1/communes").status_code == 429


def test_a_key_while_the_database_is_away_is_a_problem_that_says_when_to_come_back(ward: Parts) -> None:
    app = create_app(ward)
    app.state.keys._engine = create_engine("sqlite:////nowhere/at/all.db")
    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/v1/communes", headers={"Authorization": f"Bearer {PREFIX}x"})
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("testclient", "testclient"),
    ],
)
def test_all_addresses_of_one_subscriber_count_as_one(address: str, counted_as: str) -> None:
    assert subscriber(address) == counted_as


def test_addresses_without_number_from_one_network_are_limited_together(ward: Parts) -> None:
    app = create_app(with_settings(ward, web_rate="3/minute", web_rate_exempt=""))
    statuses = [TestClient(app, client=(f"2001:db8::{n}", 5000)).get("/v1/communes").status_code for n in range(1, 5)]
    assert statuses == [200, 200, 200, 429]


def test_an_address_that_is_not_counted_is_known_on_either_kind_of_socket(ward: Parts) -> None:
    app = create_app(with_settings(ward, web_rate="1/minute", web_rate_exempt="127.0.0.1,2001:db8::5"))
    for address in ("127.0.0.1", "::ffff:127.0.0.1", "2001:db8::5"):
        client = TestClient(app, client=(address, 5000))
        assert [client.get("/v1/communes").status_code for _ in range(2)] == [200, 200], address


def test_a_file_is_known_by_its_tag_weak_or_strong_alone_or_in_a_list(web: TestClient) -> None:
    weak = web.get("/widget.js").headers["etag"]
    strong = weak.removeprefix("W/")
    for named in (weak, strong, f'"other", {strong}', f'W/"other",{weak}', "*"):
        for method in ("GET", "HEAD"):
            response = web.request(method, "/widget.js", headers={"If-None-Match": named})
            assert response.status_code == 304, (method, named)
            assert "Accept-Encoding" in response.headers["vary"]
    twice = web.get("/widget.js", headers=[("If-None-Match", '"other"'), ("If-None-Match", weak)])
    assert twice.status_code == 304
    assert web.get("/widget.js", headers={"If-None-Match": '"other"'}).status_code == 200


def test_feedback_names_a_procedure_and_a_commune_that_exist(web: TestClient) -> None:
    for odd in ({"procedure_code": "<b>0912345678</b>"}, {"procedure_code": "\x00"}, {"commune": "khong-co"}):
        response = web.post("/v1/feedback", json={"helpful": True, **odd})
        assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)
    assert web.post("/v1/feedback", json={"helpful": True, "procedure_code": BIRTH}).status_code == 201


def test_a_website_may_rate_where_it_may_ask(ward: Parts) -> None:
    settings = with_settings(ward, default_commune=COMMUNE, web_origins={COMMUNE: [PORTAL]})
    with TestClient(create_app(settings)) as client:
        for path, sent in (("/v1/chat", {"question": "xin chào"}), ("/v1/feedback", {"helpful": True})):
            assert client.post(path, json=sent, headers={"Origin": PORTAL}).is_success, path


def test_a_sector_is_found_whichever_way_its_letters_are_put_together(web: TestClient) -> None:
    sectors = [one["sector"] for one in web.get("/v1/procedures").json()["procedures"] if one["sector"]]
    accented = next(one for one in sectors if unicodedata.normalize("NFD", one) != one)
    found = [
        web.get("/v1/procedures", params={"sector": unicodedata.normalize(form, accented)}).json()["total"]
        for form in ("NFC", "NFD")
    ]
    assert found[0] == found[1] > 0


@dataclass
class StrictLibrary:
    """A store that cannot look for some texts, as PostgreSQL cannot look for NUL."""

    error: Exception

    def source(self, chunk_id: str) -> Source:
        raise self.error


@pytest.mark.parametrize(("kind", "status"), [(DataError, 422), (OperationalError, 503)])
def test_what_no_database_can_hold_is_the_callers_fault_and_no_outage(
    ward: Parts, kind: type[DataError] | type[OperationalError], status: int
) -> None:
    app = create_app(ward)
    app.state.library = StrictLibrary(kind("select secret", {}, Exception("text fields cannot contain NUL")))
    with TestClient(app) as client:
        response = client.get("/v1/sources/%00")
    assert response.status_code == status
    assert "secret" not in response.text


def test_a_task_with_a_control_character_is_written_to_excel_all_the_same(web: TestClient) -> None:
    tasks: list[TaskLine] = web.app.state.catalogue.tasks(COMMUNE)  # type: ignore[attr-defined]
    odd = replace(tasks[0], task=replace(tasks[0].task, task="Lập\x0bdanh sách"))
    assert as_xlsx([odd]).startswith(b"PK")


def test_a_method_that_is_none_is_counted_under_one_name(web: TestClient) -> None:
    assert web.request("CHUYEN-RIENG", "/v1/communes").status_code == 405
    counted = web.get("/metrics").text
    assert 'method="other"' in counted
    assert "CHUYEN-RIENG" not in counted


def test_a_channel_that_is_not_set_up_is_a_problem_like_any_other(web: TestClient) -> None:
    response = web.post("/webhooks/telegram", json={})
    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)


def test_a_key_of_another_scheme_is_no_key(ward: Parts, limited: TestClient) -> None:
    secret = Keys(ward.database).make("scheme", None)
    assert (
        limited.get("/v1/communes", headers={"Authorization": f"Basic {secret}"})
        .headers["ratelimit"]
        .startswith('"address"')
    )
