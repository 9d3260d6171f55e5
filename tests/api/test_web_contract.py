"""The OpenAPI description: complete, in Vietnamese, and true: nothing answers otherwise than it says."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from api.app import create_app
from bot.assemble import Parts
from corpus.vietnamese import has_accents
from tests.api.web_world import serving

PROMISED = {
    ("post", "/v1/chat"),
    ("delete", "/v1/chat/{conversation_id}"),
    ("post", "/v1/feedback"),
    ("get", "/v1/procedures"),
    ("get", "/v1/procedures/{code}"),
    ("get", "/v1/tasks"),
    ("get", "/v1/sources/{chunk_id}"),
    ("get", "/v1/communes"),
    ("get", "/healthz"),
    ("get", "/readyz"),
    ("get", "/metrics"),
}


TAKING_NOTHING = {"/healthz", "/readyz", "/v1/communes", "/metrics"}
REQUESTS = [
    (*one, mode)
    for one in sorted(PROMISED)
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or one[1] not in TAKING_NOTHING
]


@pytest.fixture(scope="module")
def described(ward: Parts) -> Iterator[Any]:
    with serving(create_app(ward)) as address:
        yield schemathesis.openapi.from_url(f"{address}/openapi.json")


def operations(web: TestClient) -> dict[tuple[str, str], dict[str, Any]]:
    paths = web.get("/openapi.json").json()["paths"]
    return {(method, path): one for path, methods in paths.items() for method, one in methods.items()}


def test_everything_promised_is_described_and_nothing_else(web: TestClient) -> None:
    assert set(operations(web)) == PROMISED


def test_every_operation_and_parameter_is_explained_in_vietnamese_with_an_example(web: TestClient) -> None:
    for name, operation in operations(web).items():
        assert has_accents(operation["summary"]), name
        assert has_accents(operation["description"]), name
        for parameter in operation.get("parameters", ()):
            assert has_accents(parameter["description"]), (name, parameter)


def test_every_error_is_described_as_a_problem(web: TestClient) -> None:
    for name, operation in operations(web).items():
        if name[1].startswith("/v1/"):
            errors = {s: one["content"] for s, one in operation["responses"].items() if s >= "400"}
            assert {"401", "429", "503"} <= set(errors), name
            assert all(set(content) == {"application/problem+json"} for content in errors.values())


@pytest.mark.parametrize(("method", "path", "mode"), REQUESTS)
def test_no_request_breaks_the_server_or_gets_an_undocumented_answer(
    described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    def check(case: Any) -> None:
        case.call_and_validate()

    check()
