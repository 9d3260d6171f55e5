"""The error trees: one base per package, so that a caller can catch a package's errors by one name."""

import importlib
import inspect

import pytest

BASES = {
    "corpus": "CorpusError",
    "retrieval": "RetrievalError",
    "bot": "BotError",
    "eval": "EvalError",
    "api": "ApiError",
}


def _errors(package: str) -> dict[str, type[Exception]]:
    module = importlib.import_module(f"{package}.errors")
    members = inspect.getmembers(module, inspect.isclass)
    return {name: one for name, one in members if one.__module__ == module.__name__}


@pytest.mark.parametrize("package", BASES)
def test_every_error_of_a_package_descends_from_its_base(package: str) -> None:
    errors = _errors(package)
    base = errors[BASES[package]]
    roots = {one for one in errors.values() if not set(one.__bases__) & set(errors.values())}
    assert roots == {base}
    assert [name for name, one in errors.items() if not issubclass(one, base)] == []


@pytest.mark.parametrize("package", BASES)
def test_every_error_says_in_its_docstring_when_it_is_raised(package: str) -> None:
    assert [name for name, one in _errors(package).items() if not one.__doc__] == []


def test_errors_that_callers_catch_keep_their_names() -> None:
    known = {name for package in BASES for name in _errors(package)}
    assert known >= {
        "BrokenRecord",
        "ChatModelFailed",
        "EncoderMismatch",
        "IndexUnavailable",
        "MissingProgram",
        "ModelUnavailable",
        "PublishingFailed",
        "StoreUnavailable",
        "UnknownCommune",
        "UnknownDocument",
        "UnreadableFile",
        "WrongSetting",
    }
