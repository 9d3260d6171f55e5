"""One thread computes while others wait their turn; who waits for something else makes room."""

import threading

import pytest

from retrieval.one_at_a_time import computing, waiting

PATIENCE_S = 30


def started(*works: threading.Thread) -> None:
    for work in works:
        work.start()


def test_only_one_thread_computes() -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(200):
            with computing():
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    started(*threads)
    for thread in threads:
        thread.join(PATIENCE_S)
    assert most == 1


def test_who_waits_makes_room_and_goes_on_alone_afterwards() -> None:
    other_was_in, go = threading.Event(), threading.Event()

    def other() -> None:
        go.wait(PATIENCE_S)
        with computing():
            other_was_in.set()

    thread = threading.Thread(target=other)
    thread.start()
    with computing():
        go.set()
        assert not other_was_in.wait(0.05)
        with waiting():
            assert other_was_in.wait(PATIENCE_S)
    thread.join(PATIENCE_S)
    assert not thread.is_alive()


def test_within_itself_it_is_not_taken_twice_and_outside_of_it_waiting_is_nothing() -> None:
    with waiting():
        pass
    with computing(), computing():
        pass
    with computing(), waiting(), waiting():
        pass
    with computing():
        pass


def test_a_failure_lets_the_next_one_compute() -> None:
    with pytest.raises(ValueError, match="broken"), computing():
        raise ValueError("broken")
    with pytest.raises(ValueError, match="broken"), computing(), waiting():
        raise ValueError("broken")
    done = threading.Event()

    def next_one() -> None:
        with computing():
            done.set()

    thread = threading.Thread(target=next_one)
    thread.start()
    assert done.wait(PATIENCE_S)
    thread.join(PATIENCE_S)
