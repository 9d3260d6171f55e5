"""`motcua key`, `motcua serve` and `motcua mcp` at the command line."""

import pickle
from argparse import Namespace
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from api.commands.serve import Application, configured
from bot.assemble import Parts
from tests.conftest import Ran


def test_a_key_is_shown_once_listed_without_its_secret_and_revoked(motcua: Callable[..., Ran]) -> None:
    made = motcua("key", "add", "portal", "--rate", "5/minute")
    assert (made.code, made.err) == (0, "")
    secret = made.out.strip()
    listed = motcua("key", "list").out
    assert "portal: valid" in listed
    assert "5/minute" in listed
    assert secret not in listed
    assert motcua("key", "revoke", "portal").code == 0
    assert "portal: revoked" in motcua("key", "list").out


@pytest.mark.parametrize("words", [("key", "add", "x", "--rate", "often"), ("key", "revoke", "nobody")])
def test_what_cannot_be_done_is_refused_in_one_line(motcua: Callable[..., Ran], words: tuple[str, ...]) -> None:
    ran = motcua(*words)
    assert ran.code == 1
    assert len(ran.err.splitlines()) == 1


def test_the_application_can_be_sent_to_a_worker_process(ward: Parts) -> None:
    assert isinstance(pickle.loads(pickle.dumps(Application(ward.settings)))(), FastAPI)


def test_telemetry_is_switched_on_by_one_setting(ward: Parts) -> None:
    settings = ward.settings.model_copy(update={"web_telemetry": True})
    assert isinstance(Application(settings)(), FastAPI)


def test_a_process_that_takes_long_to_load_is_not_taken_for_dead(ward: Parts) -> None:
    options = Namespace(host="127.0.0.1", port=0, workers=2)
    assert configured(options, ward.settings, None).timeout_worker_healthcheck >= 30
