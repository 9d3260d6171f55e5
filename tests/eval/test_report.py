"""The report, opened in a real browser: one page, nothing fetched, nothing that runs, readable on a phone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from scripted import LOST, RIGHT, Scripted

from eval.evaluation import Order, evaluate
from eval.gates import Checked, Gate
from eval.gold import GoldQuestion
from eval.question_set import QuestionSet
from eval.reply import Reply
from eval.report.words import amount, milliseconds, percent, points
from eval.variants import Variant

playwright = pytest.importorskip("playwright.sync_api") if os.environ.get("CI") != "true" else None
if playwright is None:
    from playwright import sync_api as playwright

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NASTY = '<script>document.title="no"</script><img src="http://127.0.0.1:9/x.png" onerror="document.title=1">'


def still(items: list[object], done: int) -> list[object]:
    return items


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything in it: variants, gates, a comparison, and texts that try to run."""
    folder = tmp_path_factory.mktemp("report")
    tags = ("ho-tich", "khong-dau")
    questions = tuple(
        GoldQuestion(id=f"q{n}", question=f"hỏi {n} {NASTY}", expect="answered", codes=("1.001193",), tags=tags)
        for n in range(9)
    )
    spare = tuple(GoldQuestion(id=f"k{n}", question=f"chào {n}", expect="greeting", tags=("chao",)) for n in range(3))
    question_set = QuestionSet("mẫu nhỏ", "0", questions + spare)
    nasty = Reply("clarify", NASTY)
    replies = {gold.question: RIGHT for gold in questions[:4]} | {questions[5].question: nasty}
    before = Order(question_set, folder / "trước", {"versions": {"python": "3"}})
    evaluate(before, Scripted(replies), still)
    gates = (Gate("mẫu nhỏ", Variant.PLAIN, "status", ">=", 0.2), Gate("mẫu nhỏ", Variant.PLAIN, "right", ">=", 0.9))
    now = Order(
        question_set,
        folder / "nay",
        {"versions": {"python": "3"}},
        tuple(Variant),
        gates=gates,
        earlier=folder / "trước",
    )
    return evaluate(now, Scripted(replies | {questions[6].question: RIGHT, questions[0].question: LOST}), still).report


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Debian's Chromium; skips where it is missing, never in CI."""
    if not CHROMIUM.exists() and os.environ.get("CI") != "true":
        pytest.skip("Chromium is not on this machine")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


def test_the_page_fetches_nothing_and_complains_of_nothing(report: Path, browser: object):
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(report.as_uri())
    assert asked == [report.as_uri()]
    assert said == []
    assert page.title() == "Chất lượng trợ lý Một Cửa: mẫu nhỏ"
    assert page.locator("script, img, iframe, link").count() == 0
    page.close()


def test_failures_come_before_charts_and_show_both_sides(report: Path, browser: object):
    page = browser.new_page()
    page.goto(report.as_uri())
    sections = page.locator("main > section").evaluate_all("all => all.map(one => one.id)")
    assert sections == ["tom-tat", "nguong", "so-sanh", "loi", "bieu-do", "so-lieu", "cach-do"]
    first = page.locator("#loi details.failure").first
    assert "Điều đúng" in first.inner_text()
    assert "Trợ lý:" in first.inner_text()
    assert page.locator("#nguong tr.bad").count() == 1
    assert "Chưa đạt" in page.locator("#nguong").inner_text()
    assert "Đăng ký khai sinh" in page.locator("#loi").inner_text()
    assert page.locator("#bieu-do figure svg").count() >= 4
    page.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_sticks_out_of_the_screen(report: Path, browser: object, width: int):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_no_text_is_cut_off_in_a_chart(report: Path, browser: object):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(report.as_uri())
    beyond = page.evaluate(
        """[...document.querySelectorAll("figure svg text")].filter(text => {
            const inner = text.getBoundingClientRect(), outer = text.closest("svg").getBoundingClientRect();
            return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.bottom > outer.bottom + 1;
        }).map(text => text.textContent)"""
    )
    assert beyond == []
    page.close()


def test_figures_are_written_the_vietnamese_way():
    assert percent(0.9312) == "93,1\u00a0%"
    assert percent(1.0) == "100\u00a0%"
    assert amount("length", 479.6) == "480"
    assert (points(-0.012), points(0.0), points(0.05)) == ("−1,2", "0,0", "+5,0")
    assert (milliseconds(1310), milliseconds(12.4), milliseconds(0.25)) == (
        "1,3\u00a0giây",
        "12\u00a0ms",
        "0,2\u00a0ms",
    )


def test_a_gate_without_a_figure_does_not_hold():
    assert not Checked(Gate("a", Variant.TYPO, "status", ">=", 0.1), None).holds
