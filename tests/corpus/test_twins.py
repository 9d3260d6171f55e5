"""The same plan as Word file, print and scan gives the same tasks and sections (twins.py has the full figures)."""

import pytest
from twins import letter_share, letters, only, pdf_twin, scanned, section_paths, share, task_facts, word_twin


@pytest.fixture(scope="module")
def twins(tmp_path_factory, shared, programs):
    """The first seed plan with a task table, its Word file and its print."""
    folder = tmp_path_factory.mktemp("twins")
    source = next(shared.glob("seeds/002_*.txt"))
    word = folder / "twin.docx"
    word_twin(source.read_text("utf-8"), word)
    return source, word, pdf_twin(word, folder)


def test_the_word_twin_gives_the_same_tasks_and_sections(twins):
    source, word, _ = (only(path) for path in twins)
    assert task_facts(word) == task_facts(source)
    assert section_paths(word) == section_paths(source)


def test_the_printed_twin_gives_the_same_tasks_and_sections(twins):
    source, _, printed = (only(path) for path in twins)
    assert share(task_facts(source), task_facts(printed)) >= 0.99
    assert share(section_paths(source), section_paths(printed)) >= 0.99


def test_two_scanned_pages_keep_their_letters(twins, tmp_path):
    *_, printed = twins
    scan = tmp_path / "scan.tif"
    scanned(printed, scan, pages=2)
    pages = letters(only(scan))
    text = letters(only(printed))[: len(pages)]
    assert letter_share(text[: len(pages) - 200], pages) >= 0.995
