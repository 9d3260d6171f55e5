"""A small soak: workers are killed with -9 while events come in twice and sends fail (the large one: tests/soak)."""

import os
import socket

import pytest

from tests.soak.channels import Plan, soak

POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"


def has_postgres() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 5432)) == 0


@pytest.mark.parametrize(("database", "workers"), [("", 1), (POSTGRES, 3)])
def test_no_answer_is_lost_and_a_kill_repeats_at_most_one(database: str, workers: int) -> None:
    if database and not has_postgres() and os.environ.get("CI") != "true":
        pytest.skip("no PostgreSQL server on 127.0.0.1:5432")
    result = soak(Plan(events=200, people=40, kills=2, workers=workers, database=database))
    assert (result.events, result.lost, result.refused) == (200, 0, 0)
    assert result.repeated <= 2
    assert result.out_of_order == 0
