"""The ward that the tests of the web ask."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from bot.assemble import Parts
from tests.api.web_world import make_ward, with_settings


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """Phường Mẫu, published. Tests write nothing but conversations, ratings and keys into it."""
    return make_ward(tmp_path_factory.mktemp("ward"))


@pytest.fixture(scope="session")
def web(ward: Parts) -> Iterator[TestClient]:
    """A browser that follows no redirect and keeps no cookie."""
    uncounted = with_settings(ward, web_rate_exempt="testclient")
    with TestClient(create_app(uncounted), follow_redirects=False) as client:
        yield client
