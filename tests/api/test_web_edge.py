"""What stands around every answer: problems, limits, keys, origins, headers, health."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.errors import ApiError, UnknownKey
from api.keys import PREFIX, Keys
from api.trace import log_as_json
from bot.assemble import Parts
from bot.errors import WrongSetting
from bot.settings import Settings
from tests.api.web_world import BIRTH, BIRTH_QUESTION, COMMUNE, with_settings

PORTAL = "https://mau.example.vn"
STRANGER = "https://other.example.vn"
HELLO = {"question": "xin chào", "commune": COMMUNE}


@pytest.fixture(scope="module")
def guarded(ward: Parts) -> Iterator[TestClient]:
    """Limited to five requests a minute, open for the website of phường Mẫu."""
    origins = {COMMUNE: [PORTAL]}
    settings = with_settings(
        ward, web_rate="5/minute", web_key_rate="7/minute", web_rate_exempt="", web_origins=origins
    )
    with TestClient(create_app(settings)) as client:
        yield client


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("GET", "/v1/nothing", None, 404),
        ("GET", "/v1/procedures/9.999999", None, 404),
        ("GET", "/v1/procedures?limit=0", None, 422),
        ("GET", "/v1/tasks?role=boss", None, 422),
        ("GET", "/v1/tasks?commune=khong-co", None, 404),
        ("PUT", "/v1/chat", {}, 405),
        ("POST", "/v1/chat", {"question": "x", "conversation_id": "no such name"}, 422),
        ("POST", "/v1/chat", {"question": "x" * 10_001}, 422),
        ("POST", "/v1/feedback", {"helpful": "maybe"}, 422),
        ("DELETE", "/v1/chat/!!", None, 422),
    ],
)
def test_every_refusal_is_a_problem_in_vietnamese(
    web: TestClient, method: str, path: str, sent: object, status: int
) -> None:
    response = web.request(method, path, json=sent)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]


def test_a_refused_value_is_named(web: TestClient) -> None:
    problem = web.post("/v1/chat", json={"question": 7}).json()
    assert [one["pointer"] for one in problem["errors"]] == ["/question"]


def test_broken_json_is_refused(web: TestClient) -> None:
    response = web.post("/v1/chat", content=b'{"question": ', headers={"Content-Type": "application/json"})
    assert response.status_code == 422


def test_a_lone_half_of_a_letter_is_refused_or_answered_but_breaks_nothing(web: TestClient) -> None:
    content = b'{"question": "a \\ud83d b"}'
    response = web.post("/v1/chat", content=content, headers={"Content-Type": "application/json"})
    assert response.status_code in (200, 422)


def test_too_large_a_body_is_refused_whether_or_not_its_length_is_stated(web: TestClient) -> None:
    large = json.dumps({"question": "x", "more": "y" * 70_000}).encode()
    stated = web.post("/v1/chat", content=large, headers={"Content-Type": "application/json"})
    unstated = web.post("/v1/chat", content=iter([large]), headers={"Content-Type": "application/json"})
    assert (stated.status_code, unstated.status_code) == (413, 413)
    assert stated.headers["content-type"] == "application/problem+json"


def test_somebody_with_a_browser_gets_a_page_instead(web: TestClient) -> None:
    for path in ("/c/0000000000000000", "/thu-tuc/9.99", "/nowhere", "/thu-tuc?trang=0", "/nhiem-vu?xa=khong-co"):
        response = web.get(path, headers={"Accept": "text/html"})
        assert response.status_code in (404, 422), path
        assert "18001096" in response.text


def test_a_client_is_told_what_is_left_and_then_refused(guarded: TestClient) -> None:
    answers = [guarded.get("/v1/communes") for _ in range(6)]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert answers[0].headers["ratelimit-policy"] == '"address";q=5;w=60'
    assert answers[0].headers["ratelimit"].startswith('"address";r=4;t=')
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert guarded.get("/healthz").status_code == 200


def test_a_key_has_a_share_of_its_own(guarded: TestClient, ward: Parts) -> None:
    secret = Keys(ward.database).make("portal", "2/minute")
    header = {"Authorization": f"Bearer {secret}"}
    answers = [guarded.get("/v1/communes", headers=header) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[0].headers["ratelimit-policy"] == '"key";q=2;w=60'


def test_a_key_that_was_never_made_is_refused(web: TestClient) -> None:
    response = web.get("/v1/communes", headers={"Authorization": f"Bearer {PREFIX}never-made"})
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"


def test_of_a_key_nothing_is_stored_that_opens_anything(ward: Parts) -> None:
    secret = Keys(ward.database).make("stored", None)
    file = ward.settings.data / "motcua.db"
    stored = b"".join(path.read_bytes() for path in file.parent.glob("motcua.db*"))
    assert secret.encode() not in stored


def test_a_revoked_key_opens_nothing(ward: Parts) -> None:
    keys = Keys(ward.database)
    secret = keys.make("leaver", None)
    assert keys.check(secret).name == "leaver"
    keys.revoke("leaver")
    with pytest.raises(UnknownKey):
        Keys(ward.database).check(secret)
    with pytest.raises(UnknownKey, match="leaver"):
        keys.revoke("leaver")
    with pytest.raises(ApiError, match="exists"):
        keys.make("leaver", None)


def test_a_website_asks_only_for_the_commune_that_lists_it(ward: Parts) -> None:
    with TestClient(create_app(with_settings(ward, web_origins={COMMUNE: [PORTAL]}))) as client:
        preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
        allowed = client.options("/v1/chat", headers={"Origin": PORTAL, **preflight})
        assert allowed.status_code == 200
        assert allowed.headers["access-control-allow-origin"] == PORTAL
        refused = client.options("/v1/chat", headers={"Origin": STRANGER, **preflight})
        assert "access-control-allow-origin" not in refused.headers
        answered = client.post("/v1/chat", json=HELLO, headers={"Origin": PORTAL})
        assert answered.status_code == 200
        assert answered.headers["access-control-allow-origin"] == PORTAL
        assert client.post("/v1/chat", json=HELLO, headers={"Origin": STRANGER}).status_code == 403
        elsewhere = {"question": "xin chào", "commune": "an-tuong"}
        assert client.post("/v1/chat", json=elsewhere, headers={"Origin": PORTAL}).status_code == 403
        assert client.post("/v1/chat", json=HELLO, headers={"Origin": "http://testserver"}).status_code == 200


def test_no_page_runs_inline_scripts_or_styles(web: TestClient) -> None:
    for path in ("/", "/thu-tuc", f"/thu-tuc/{BIRTH}", "/nhiem-vu", "/v1/communes", "/nowhere"):
        response = web.get(path)
        policy = response.headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert " style=" not in response.text
        assert " onclick=" not in response.text


def test_a_request_keeps_the_id_it_brings_and_gets_one_otherwise(web: TestClient) -> None:
    assert web.get("/healthz", headers={"X-Request-Id": "portal-12345"}).headers["x-request-id"] == "portal-12345"
    made = web.get("/healthz", headers={"X-Request-Id": "<script>"}).headers["x-request-id"]
    assert made.isalnum()


def test_the_log_names_route_and_status_but_not_what_was_asked(
    web: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="motcua.web"):
        web.get("/thu-tuc?q=bi-mat-cua-toi")
        web.post("/v1/chat", json={"question": "bi-mat-cua-toi", "commune": COMMUNE})
    records = [record for record in caplog.records if record.name == "motcua.web"]
    assert [(r.route, r.status) for r in records] == [("/thu-tuc", 200), ("/v1/chat", 200)]  # type: ignore[attr-defined]
    assert all("bi-mat" not in str(vars(record)) for record in records)


def test_what_breaks_is_logged_with_its_place_but_not_with_its_words(caplog: pytest.LogCaptureFixture) -> None:
    log_as_json()
    logger = logging.getLogger("uvicorn.error")
    logger.addHandler(caplog.handler)
    said = "bi-mat-cua-toi"
    try:
        raise ValueError(said)
    except ValueError:
        logger.exception("Exception in ASGI application")
    finally:
        logger.removeHandler(caplog.handler)
    assert said not in caplog.text
    assert "ValueError" in caplog.text
    assert "test_web_edge.py" in caplog.text


def test_pages_and_files_are_not_sent_twice(web: TestClient) -> None:
    for path in ("/widget.js", "/static/pages.css", f"/thu-tuc/{BIRTH}", "/"):
        first = web.get(path)
        again = web.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_texts_are_compressed(web: TestClient, encoding: str) -> None:
    response = web.get("/widget.js", headers={"Accept-Encoding": encoding})
    assert response.headers["content-encoding"] == encoding


def test_a_ready_server_says_so_part_by_part(web: TestClient) -> None:
    response = web.get("/readyz")
    assert response.status_code == 200
    assert set(response.json()["parts"]) == {"store", "encoder", "index"}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_monitor_may_ask_for_the_head_alone(web: TestClient, path: str) -> None:
    response = web.head(path)
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("path", ["/v1/communes/", "/v1/procedures/", "/healthz/"])
def test_a_path_with_a_slash_too_many_is_unknown(web: TestClient, path: str) -> None:
    response = web.get(path, follow_redirects=False)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_a_ward_that_has_only_its_own_documents_is_ready(parts: Parts) -> None:
    with TestClient(create_app(parts)) as client:
        response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["parts"]["index"].startswith(COMMUNE)


def test_a_server_without_documents_is_alive_but_not_ready(tmp_path: Path) -> None:
    with TestClient(create_app(Parts(Settings(_env_file=None, data=tmp_path)))) as client:
        assert client.get("/healthz").status_code == 200
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["status"] == "not_ready"


def test_prometheus_counts_answers_steps_and_requests(web: TestClient) -> None:
    web.post("/v1/chat", json={"question": BIRTH_QUESTION, "commune": COMMUNE})
    text = web.get("/metrics").text
    for name in (
        'motcua_answers_total{status="answered"}',
        'motcua_step_seconds_count{step="search"}',
        'motcua_http_requests_total{method="POST",route="/v1/chat",status="200"}',
        'motcua_published_revision{scope="national"}',
    ):
        assert name in text


@pytest.mark.parametrize("setting", [{"web_rate": "many"}, {"web_rate_store": "foo://x"}])
def test_a_setting_that_cannot_be_used_is_refused_at_the_start(ward: Parts, setting: dict[str, str]) -> None:
    with pytest.raises(WrongSetting, match="MOTCUA_WEB_RATE"):
        create_app(with_settings(ward, **setting))
