"""Several processes answer side by side from one published index, count together and outlive one another."""

import itertools
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.conftest import COMMUNE, ROOT, SAMPLES, Ran

PATIENCE_S = 60
WORKERS = 2
QUESTION = {"question": "đăng ký kết hôn lệ phí bao nhiêu", "commune": COMMUNE}


@pytest.fixture
def served(motcua: Callable[..., Ran], tmp_path: Path) -> Iterator[tuple[str, int]]:
    """The address of a server of two processes over the samples, and the id of its own process."""
    assert motcua("ingest", SAMPLES, "--commune", COMMUNE).code == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--data", str(tmp_path / "data"), "--port", str(port), "--workers", str(WORKERS)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen([sys.executable, "-m", "api.cli", *words], cwd=ROOT, stdout=quiet, stderr=quiet) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            until(lambda: len(children(server.pid)) >= WORKERS and ready(address), "both processes answer")
            yield address, server.pid
        finally:
            server.terminate()


def until(condition: Callable[[], bool], what: str) -> None:
    given_up = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < given_up, f"waited in vain: {what}"
        time.sleep(0.05)


def ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz").status_code == 200
    except httpx.HTTPError:
        return False


def children(pid: int) -> list[int]:
    """The processes that answer: what else Python starts beside them is no `spawn_main`."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [int(one) for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


def counted(address: str, name: str) -> int:
    found = re.search(rf"^{re.escape(name)} ([\d.]+)$", httpx.get(f"{address}/metrics").text, re.MULTILINE)
    return int(float(found.group(1))) if found else 0


def test_all_give_the_same_answer_and_any_of_them_tells_what_all_have_counted(served: tuple[str, int]) -> None:
    address, _ = served
    asked = 12
    answers = [httpx.post(f"{address}/v1/chat", json=QUESTION).json() for _ in range(asked)]
    assert len({(answer["status"], answer["text"]) for answer in answers}) == 1
    assert "1.000894" in answers[0]["text"]
    said = {counted(address, 'motcua_answers_total{status="answered"}') for _ in range(6)}
    assert said == {asked}
    assert counted(address, f'motcua_published_revision{{scope="{COMMUNE}"}}') > 0


def test_questions_of_one_that_died_wait_no_longer(served: tuple[str, int]) -> None:
    address, pid = served
    waiting = "motcua_answers_waiting"
    is_over = threading.Event()

    def ask_on(person: int) -> None:
        for number in itertools.count():
            if is_over.is_set():
                return
            asked = {"question": f"{QUESTION['question']}, người thứ {person}, lần {number}", "commune": COMMUNE}
            with suppress(httpx.HTTPError):
                httpx.post(f"{address}/v1/chat", json=asked)

    with ThreadPoolExecutor() as people:
        for person in range(4):
            people.submit(ask_on, person)
        try:
            until(lambda: counted(address, waiting) > 0, "a question is being worked on")
            first = children(pid)
            subprocess.run(["kill", "-9", *map(str, first)], check=True)
        finally:
            is_over.set()
    until(lambda: len(set(children(pid)) - set(first)) >= WORKERS and ready(address), "others have taken their places")
    until(lambda: counted(address, waiting) == 0, "nobody is waiting any more")


def test_none_outlives_a_parent_that_was_killed(served: tuple[str, int]) -> None:
    _, pid = served
    left = children(pid)
    subprocess.run(["kill", "-9", str(pid)], check=True)
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in left), "the processes end by themselves")


def test_a_conversation_goes_on_in_whichever_process(served: tuple[str, int]) -> None:
    address, _ = served
    name = httpx.post(f"{address}/v1/chat", json=QUESTION).json()["conversation_id"]
    for _ in range(6):
        again = {"question": "mấy ngày thì xong", "commune": COMMUNE, "conversation_id": name}
        assert "1.000894" in httpx.post(f"{address}/v1/chat", json=again).json()["text"]


def test_what_is_published_meanwhile_is_soon_known_to_all(
    served: tuple[str, int], motcua: Callable[..., Ran], tmp_path: Path
) -> None:
    address, _ = served
    guide = tmp_path / "gui-xe.md"
    guide.write_text("# Gửi xe ở chợ Mẫu\n\n## Giá gửi xe đạp\nGửi xe đạp mất hai nghìn đồng.\n", encoding="utf-8")
    assert motcua("ingest", guide, "--commune", COMMUNE).code == 0
    asked = {"question": "gửi xe đạp ở chợ Mẫu mất bao nhiêu tiền", "commune": COMMUNE}

    def known_to_all() -> bool:
        texts = [httpx.post(f"{address}/v1/chat", json=asked).json()["text"] for _ in range(8)]
        return all("hai nghìn" in text for text in texts)

    until(known_to_all, "the new document is answered from")


def test_one_that_dies_is_replaced(served: tuple[str, int]) -> None:
    address, pid = served
    first = children(pid)
    subprocess.run(["kill", "-9", str(first[0])], check=True)
    until(lambda: len(set(children(pid)) - {first[0]}) >= WORKERS, "another process has taken its place")
    until(lambda: ready(address), "the server answers")
    assert httpx.post(f"{address}/v1/chat", json=QUESTION).json()["status"] == "answered"
