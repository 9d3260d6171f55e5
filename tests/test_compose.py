"""The container set-up: it parses, holds together, and publishes nothing but the API."""

import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


def test_the_api_runs_beside_a_chroma_server_on_named_volumes(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["api"]["environment"]["MOTCUA_CHROMA_URL"] == "http://chroma:8000"
    mounted = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert mounted == set(compose["volumes"])


def test_the_chroma_server_is_as_new_as_the_client(compose: dict[str, Any]) -> None:
    assert compose["services"]["chroma"]["image"].rsplit(":", 1)[1] == version("chromadb")


def test_only_the_api_is_published_and_only_on_loopback(compose: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert list(published) == ["api"]
    assert all(port.startswith("127.0.0.1:") for port in published["api"])


def test_databases_start_only_when_asked_for(compose: dict[str, Any]) -> None:
    optional = {name for name, service in compose["services"].items() if service.get("profiles")}
    assert optional == {"postgres", "redis"}


def test_docker_itself_accepts_the_file() -> None:
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode != 0:
        # Without the plugin the tests above are what there is.
        return
    done = subprocess.run([docker, "compose", "config", "--quiet"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_image_runs_without_root_and_keeps_its_data_on_a_volume() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert "USER motcua" in lines
    assert "VOLUME /data" in lines
    assert lines.index("USER motcua") > max(n for n, line in enumerate(lines) if line.startswith("RUN"))


def test_everything_the_image_copies_exists_and_is_sent_to_docker() -> None:
    sent = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    assert {
        "pyproject.toml",
        "constraints.txt",
        "README.md",
        "LICENSE",
        "corpus",
        "retrieval",
        "bot",
        "eval",
        "api",
    } == set(sent)
    assert [name for name in sent if not (ROOT / name).exists()] == []
