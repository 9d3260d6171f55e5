"""The widget when the server is slow, refuses or answers nonsense, and when the citizen changes their mind."""

import time
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import World, shot
from tests.browser.test_widget import QUESTION, answered, answers, ask, opened

ANSWER: dict[str, Any] = {
    "conversation_id": "abcdefgh12", "status": "answered", "text": "Trả lời [1].", "citations": [], "options": [],
    "procedure": None, "more": None, "timings_ms": {},
}  # fmt: skip


def intercept(page: Page, world: World, replies: list[dict[str, Any]], pattern: str = "**/v1/chat") -> list[str]:
    """The server's next answers are these, then its own; gives the bodies that were sent."""
    sent: list[str] = []

    def reply(route: Route) -> None:
        if route.request.method == "OPTIONS" or not replies:
            return route.continue_()
        sent.append(route.request.post_data or "")
        values = replies.pop(0)
        headers = {"Access-Control-Allow-Origin": world.portal, **values.pop("headers", {})}
        return route.fulfill(headers=headers, **values)

    page.route(pattern, reply)
    return sent


@pytest.mark.parametrize(
    "nonsense",
    [
        {"status": 200, "body": "<html>proxy</html>", "headers": {"Content-Type": "text/html"}},
        {"status": 200, "json": {}},
        {"status": 200, "json": None},
        {"status": 500, "body": "trouble"},
        {"status": 503, "json": {"title": "busy"}, "headers": {"Retry-After": "1"}},
        {"status": 200, "body": "event: done\ndata: {}\n\n", "headers": {"Content-Type": "text/event-stream"}},
        {"status": 200, "body": "event: delta\ndata: {", "headers": {"Content-Type": "text/event-stream"}},
    ],
)
def test_nonsense_is_asked_again_and_never_shown(page: Page, world: World, nonsense: dict[str, Any]) -> None:
    sent = intercept(page, world, [nonsense])
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    assert len(sent) == 1
    expect(answers(page)).to_have_count(1)
    expect(answers(page).first).to_contain_text("1.001193")


def test_half_an_answer_is_marked_as_unfinished(page: Page, world: World) -> None:
    half = 'event: delta\ndata: {"text": "Thủ t"}\n\n'
    intercept(page, world, [{"status": 200, "body": half, "headers": {"Content-Type": "text/event-stream"}}])
    opened(page, world)
    ask(page, QUESTION)
    expect(page.locator("mot-cua .it .text.wait")).to_contain_text("Thủ t")
    answered(page)
    expect(page.locator("mot-cua .wait")).to_have_count(0)


def test_who_asks_too_fast_is_told_so_and_asks_again_with_a_button(page: Page, world: World) -> None:
    intercept(page, world, [{"status": 429, "json": {}}])
    opened(page, world)
    ask(page, QUESTION)
    expect(answers(page).first).to_contain_text("hỏi hơi nhanh")
    shot(page, "widget-busy")
    page.get_by_role("button", name="Gửi lại").press("Enter")
    answered(page)
    expect(page.get_by_label("Câu hỏi của ông/bà")).to_be_focused()


def test_a_question_cleared_while_it_is_answered_leaves_no_trace(page: Page, world: World) -> None:
    held: list[Route] = []
    page.route("**/v1/chat", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    opened(page, world)
    ask(page, QUESTION)
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("button", name="Xóa trò chuyện").click()
    with page.expect_request(lambda request: request.method == "DELETE" and "abcdefgh12" in request.url):
        held[0].fulfill(headers={"Access-Control-Allow-Origin": world.portal}, json=ANSWER)
    page.wait_for_timeout(200)
    expect(page.locator("mot-cua .pair")).to_have_count(0)
    expect(page.locator("mot-cua [role=status]")).to_have_text("Đã xóa cuộc trò chuyện.")
    kept = page.evaluate("JSON.stringify(Object.values(localStorage))")
    assert "abcdefgh12" not in kept


def test_a_question_waits_for_the_one_before_it(page: Page, world: World) -> None:
    held: list[Route] = []
    page.route("**/v1/chat", lambda route: held.append(route) if route.request.method == "POST" else route.continue_())
    opened(page, world)
    ask(page, QUESTION)
    ask(page, "mất mấy ngày?")
    page.wait_for_timeout(500)
    assert len(held) == 1
    held[0].fulfill(headers={"Access-Control-Allow-Origin": world.portal}, json=ANSWER)
    answered(page, 1)
    page.wait_for_timeout(300)
    assert (held[1].request.post_data_json or {})["conversation_id"] == ANSWER["conversation_id"]


def test_a_second_tab_does_not_ask_what_the_first_is_asking(page: Page, world: World, context: BrowserContext) -> None:
    held: list[Route] = []
    context.route(
        "**/v1/chat", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    opened(page, world)
    ask(page, QUESTION)
    other = context.new_page()
    other.goto(world.portal)
    other.wait_for_timeout(500)
    assert len(held) == 1
    held[0].fulfill(headers={"Access-Control-Allow-Origin": world.portal}, json=ANSWER)
    answered(page)
    answered(other)
    page.wait_for_timeout(300)
    assert len(held) == 1


def test_what_was_left_unanswered_long_ago_is_offered_again(page: Page, world: World) -> None:
    opened(page, world)
    page.evaluate(
        """() => {
            const key = Object.keys(localStorage).find(name => name.includes("phuong-mau"));
            const at = Date.now() - 2 * 3600e3;
            const said = [{ key: "a", question: "b", at }];
            localStorage.setItem(key, JSON.stringify({ id: null, open: true, at, said }));
        }"""
    )
    page.reload()
    expect(page.get_by_role("button", name="Gửi lại")).to_be_visible()


def test_a_judged_answer_stays_where_it_is_read(page: Page, world: World) -> None:
    text = "\n".join(f"Dòng {number}" for number in range(60))
    intercept(page, world, [{"status": 200, "json": {**ANSWER, "text": text, "more": f"{text}\nHết"}}])
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    page.get_by_role("button", name="Xem đầy đủ").click()
    page.get_by_role("button", name="Có ích").click()
    expect(page.get_by_text("Cảm ơn ông/bà đã góp ý.").first).to_be_visible()
    assert page.locator("mot-cua .talk").evaluate("node => node.scrollTop") > 500
    expect(page.get_by_role("button", name="Thu gọn")).to_be_visible()
    expect(answers(page).first).to_contain_text("Hết")
    ask(page, "mất mấy ngày?")
    answered(page, 2)
    expect(answers(page).first).to_contain_text("Hết")


def test_nobody_is_thanked_for_what_did_not_arrive(page: Page, world: World) -> None:
    intercept(page, world, [{"status": 503, "json": {}}], "**/v1/feedback")
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    page.get_by_role("button", name="Có ích").click()
    expect(answers(page).first).to_contain_text("Chưa gửi được góp ý")
    page.get_by_role("button", name="Có ích").click()
    expect(answers(page).first).to_contain_text("Cảm ơn")


def test_an_answer_is_read_out_in_vietnamese_under_english_labels(page: Page, world: World) -> None:
    page.goto(f"{world.portal}/?more=data-lang=en")
    page.get_by_role("button", name="Ask about procedures").click()
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    answered(page)
    expect(page.locator("mot-cua [role=status]")).to_have_attribute("lang", "vi")
    expect(page.locator("mot-cua .cards")).to_have_attribute("lang", "vi")


def test_a_slow_answer_is_waited_for(page: Page, world: World) -> None:
    def slow(route: Route) -> None:
        if route.request.method == "POST":
            time.sleep(12)
        route.continue_()

    page.route("**/v1/chat", slow)
    opened(page, world)
    ask(page, QUESTION)
    expect(page.locator("mot-cua .pair .it[data-done]")).to_have_count(1, timeout=20_000)
