"""Threads that compute one after the other.

Python runs one thread at a time, and threads that fight over which it is lose a quarter of their time. So one computes
until it has finished or waits for something outside of Python; the next one goes on meanwhile.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_COMPUTES = threading.Lock()
_own = threading.local()


@contextmanager
def computing() -> Iterator[None]:
    """The calling thread computes; no other thread does so within this block."""
    if _is_computing():
        yield
        return
    with _COMPUTES:
        _own.computes = True
        try:
            yield
        finally:
            _own.computes = False


@contextmanager
def waiting() -> Iterator[None]:
    """The calling thread waits for what needs no Python, such as Chroma's search: another one may compute."""
    if not _is_computing():
        yield
        return
    _own.computes = False
    _COMPUTES.release()
    try:
        yield
    finally:
        _COMPUTES.acquire()
        _own.computes = True


def _is_computing() -> bool:
    return getattr(_own, "computes", False)
