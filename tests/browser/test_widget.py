"""The widget on a strange website, used as citizens use it."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import func, select

from api.app import create_app
from bot.tables import RatingRow
from tests.api.web_world import COMMUNE, serving, with_settings
from tests.browser.conftest import World, fits, shot

QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"
PAYLOADS = (Path(__file__).parents[1] / "api" / "xss.txt").read_text(encoding="utf-8").splitlines()


def opened(page: Page, world: World, more: str = "") -> Page:
    page.goto(f"{world.portal}/?more={more}")
    page.get_by_role("button", name="Hỏi thủ tục").click()
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_label("Câu hỏi của ông/bà").fill(question)
    page.keyboard.press("Enter")


def answers(page: Page) -> Any:
    return page.locator("mot-cua .pair .it")


def answered(page: Page, count: int = 1) -> None:
    expect(page.locator("mot-cua .pair .it[data-done]")).to_have_count(count)


def test_a_citizen_asks_and_reads_on_every_screen(page: Page, world: World, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(world.portal)
    assert fits(page)
    shot(page, f"portal-closed-{width}")
    page.get_by_role("button", name="Hỏi thủ tục").click()
    shot(page, f"widget-open-{width}")
    ask(page, QUESTION)
    answered(page)
    expect(answers(page).first).to_contain_text("1.001193")
    assert fits(page)
    shot(page, f"widget-answer-{width}")
    panel = page.locator("mot-cua .panel").bounding_box()
    assert panel is not None
    assert panel["width"] == (320 if width == 320 else pytest.approx(425, abs=30))


def test_the_answer_comes_as_a_stream(page: Page, world: World) -> None:
    opened(page, world)
    with page.expect_response(lambda response: response.url.endswith("/v1/chat") and response.status == 200) as caught:
        ask(page, QUESTION)
    assert caught.value.headers["content-type"].startswith("text/event-stream")
    answered(page)


def test_where_nothing_streams_the_answer_comes_whole(page: Page, world: World) -> None:
    def unstream(route: Route) -> None:
        route.continue_(headers={**route.request.headers, "accept": "application/json"})

    page.route("**/v1/chat", unstream)
    opened(page, world)
    ask(page, QUESTION)
    answered(page)


def test_a_stream_that_breaks_off_is_asked_again(page: Page, world: World) -> None:
    broken = []

    def break_once(route: Route) -> None:
        if route.request.method != "POST" or broken:
            return route.continue_()
        broken.append(1)
        cors = {"Access-Control-Allow-Origin": world.portal, "Content-Type": "text/event-stream"}
        return route.fulfill(status=200, headers=cors, body='event: delta\ndata: {"text": "Thủ t"}\n\n')

    page.route("**/v1/chat", break_once)
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    assert broken
    expect(answers(page).first).to_contain_text("1.001193")


def test_typing_with_a_vietnamese_input_method_sends_only_what_is_finished(page: Page, world: World) -> None:
    opened(page, world)
    keyboard = page.context.new_cdp_session(page)
    page.get_by_label("Câu hỏi của ông/bà").focus()
    for typed in ("d", "dd", "đ", "đă", "đăn", "đăng"):
        keyboard.send(
            "Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)}
        )
    # While a syllable is being composed the browser reports Enter with key code 229.
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "windowsVirtualKeyCode": 229})
    expect(page.locator("mot-cua .pair")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "đăng"})
    page.keyboard.type(" ký khai sinh cần gì")
    expect(page.get_by_label("Câu hỏi của ông/bà")).to_have_value("đăng ký khai sinh cần gì")
    page.keyboard.press("Enter")
    answered(page)
    expect(answers(page).first).to_contain_text("1.001193")


def test_an_option_is_chosen_with_a_button(page: Page, world: World) -> None:
    opened(page, world)
    ask(page, "thẻ căn cước")
    option = page.locator("mot-cua .choices button").first
    label = option.inner_text()
    shot(page, "widget-options")
    option.click()
    answered(page, 2)
    expect(answers(page).last).to_contain_text(label)
    # The buttons of the question are gone; the answer may offer other forms of what was chosen.
    expect(page.locator("mot-cua .choices button", has_text=label)).to_have_count(0)
    assert page.locator("mot-cua .choices").count() <= 1


def test_a_source_opens_with_its_quote_marked(page: Page, world: World, context: BrowserContext) -> None:
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    with context.expect_page() as caught:
        page.locator("mot-cua .card").first.click()
    source = caught.value
    expect(source.locator("mark")).to_be_visible()
    assert source.url.startswith(f"{world.server}/c/")
    colour = source.locator("mark").evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour == "rgb(255, 241, 184)"


def test_a_mark_in_the_text_leads_to_the_same_source(page: Page, world: World) -> None:
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    link = page.locator("mot-cua .it .text a").first
    number = link.inner_text()
    card = page.locator("mot-cua .card", has_text=number)
    assert link.get_attribute("href") == card.get_attribute("href")


def test_a_thumb_down_with_its_reason_reaches_the_ward(page: Page, world: World) -> None:
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    page.get_by_role("button", name="Chưa được").click()
    shot(page, "widget-feedback")
    with page.expect_response(lambda response: response.url.endswith("/v1/feedback") and response.status == 201):
        page.get_by_role("button", name="Khó hiểu").click()
    expect(answers(page).first).to_contain_text("Cảm ơn")
    with world.ward.database.connect() as connection:
        reasons = connection.scalar(select(func.count()).where(RatingRow.reason == "Khó hiểu"))
    assert reasons == 1


def test_the_conversation_goes_on_after_a_reload_and_on_another_page(page: Page, world: World) -> None:
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    page.reload()
    answered(page)
    page.get_by_role("link", name="Trang khác").click()
    answered(page)
    ask(page, "mất mấy ngày?")
    answered(page, 2)
    expect(answers(page).last).to_contain_text("1.001193")


def test_a_question_asked_without_a_network_is_answered_when_it_is_back(
    page: Page, world: World, context: BrowserContext
) -> None:
    opened(page, world)
    context.set_offline(True)
    ask(page, QUESTION)
    expect(answers(page).first).to_contain_text("Mất kết nối mạng")
    shot(page, "widget-offline")
    context.set_offline(False)
    answered(page)


def test_a_question_asked_while_the_server_restarts_is_answered_by_the_new_one(page: Page, world: World) -> None:
    app_settings = with_settings(world.ward, web_origins={COMMUNE: [world.portal]})
    with serving(create_app(app_settings)) as address:
        port = int(address.rsplit(":", 1)[1])
        page.goto(f"{address}/?xa={COMMUNE}")
        ask(page, QUESTION)
        answered(page)
    ask(page, "mất mấy ngày?")
    time.sleep(0.5)
    with serving(create_app(app_settings), port):
        answered(page, 2)
        expect(answers(page).last).to_contain_text("1.001193")


def test_two_tabs_show_the_same_conversation(page: Page, world: World, context: BrowserContext) -> None:
    opened(page, world)
    other = context.new_page()
    other.goto(world.portal)
    ask(page, QUESTION)
    answered(page)
    answered(other)
    ask(other, "mất mấy ngày?")
    answered(page, 2)
    answered(other, 2)


def test_a_cleared_conversation_is_gone_in_the_browser_and_on_the_server(page: Page, world: World) -> None:
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    page.get_by_role("button", name="Tùy chọn").click()
    shot(page, "widget-settings")
    with page.expect_response(lambda response: response.request.method == "DELETE" and response.status == 204):
        page.get_by_role("button", name="Xóa trò chuyện").click()
    expect(page.locator("mot-cua .pair")).to_have_count(0)
    page.reload()
    expect(page.locator("mot-cua .pair")).to_have_count(0)


def test_an_officer_is_one_press_away(page: Page, world: World) -> None:
    opened(page, world)
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_role("button", name="Gặp cán bộ").click()
    expect(answers(page).first).to_contain_text("18001096")


def test_labels_letters_and_colours_can_be_changed_and_stay_so(page: Page, world: World) -> None:
    opened(page, world)
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_label("Cỡ chữ").select_option("2")
    page.get_by_label("Màu sắc").select_option("contrast")
    page.get_by_label("Ngôn ngữ").select_option("en")
    page.reload()
    expect(page.get_by_label("Your question")).to_be_visible()
    look = page.locator("mot-cua").evaluate("node => [getComputedStyle(node).color, getComputedStyle(node).fontSize]")
    assert look == ["rgb(255, 255, 255)", "24.65px"]
    shot(page, "widget-contrast-english")


def test_dark_follows_the_device(page: Page, world: World) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, world)
    ask(page, QUESTION)
    answered(page)
    shot(page, "widget-dark")
    colour = page.locator("mot-cua .panel").evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour == "rgb(20, 24, 29)"


def test_a_ward_sets_its_own_colours_and_emblem(page: Page, world: World) -> None:
    emblem = f"data-logo={world.server}/static/mark.svg?own"
    page.goto(f"{world.portal}/?more={emblem}")
    page.evaluate("document.documentElement.style.setProperty('--motcua-brand', 'rgb(0, 80, 40)')")
    colour = page.get_by_role("button", name="Hỏi thủ tục").evaluate("node => getComputedStyle(node).backgroundColor")
    assert colour == "rgb(0, 80, 40)"
    assert page.locator("mot-cua .launch img").get_attribute("src") == f"{world.server}/static/mark.svg?own"


def test_everything_is_done_by_keyboard(page: Page, world: World) -> None:
    page.goto(world.portal)
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Câu hỏi của ông/bà")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    answered(page)
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.querySelector('mot-cua').shadowRoot.activeElement?.className ?? ''"))
    assert {"card", "chip"} <= seen
    page.get_by_label("Câu hỏi của ông/bà").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Hỏi thủ tục")).to_be_focused()


def test_an_answer_is_announced_once_and_politely(page: Page, world: World) -> None:
    opened(page, world)
    page.evaluate(
        """() => {
            const voice = document.querySelector("mot-cua").shadowRoot.querySelector("[aria-live]");
            window.heard = [];
            new MutationObserver(() => window.heard.push(voice.textContent)).observe(voice, {childList: true});
        }"""
    )
    ask(page, QUESTION)
    answered(page)
    heard = page.evaluate("window.heard")
    assert len(heard) == 1
    assert "khai sinh" in heard[0]
    assert not re.search(r"\[\d\]", heard[0])
    regions = page.locator("mot-cua [aria-live], mot-cua [role=log], mot-cua [role=alert]")
    expect(regions).to_have_count(1)


def test_nothing_that_an_answer_says_becomes_markup(page: Page, world: World) -> None:
    said: dict[str, Any] = {}

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        return route.fulfill(status=200, headers={"Access-Control-Allow-Origin": world.portal}, json=said)

    page.route("**/v1/chat", answer)
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    opened(page, world)
    for number, payload in enumerate(PAYLOADS, 1):
        said.update(
            conversation_id="abcdefgh", status="answered", text=f"{payload} [1]", more=payload, timings_ms={},
            procedure={"code": payload, "name": payload}, options=[{"label": payload}],
            citations=[{"n": 1, **dict.fromkeys(("title", "path", "quote", "url", "document_id"), payload)}],
        )  # fmt: skip
        ask(page, payload)
        answered(page, number)
    shadow = "document.querySelector('mot-cua').shadowRoot"
    bad = page.evaluate(
        f"{shadow}.querySelectorAll('script,iframe,object,embed,svg:not(.thumb),math,style,base,video,audio').length"
    )
    assert bad == 0
    addresses = page.evaluate(f"[...{shadow}.querySelectorAll('[href],[src]')].map(node => node.href || node.src)")
    assert all(address.startswith("http") for address in addresses)
    texts = page.locator("mot-cua .you .text").all_inner_texts()
    assert [text.strip() for text in texts] == [payload.strip() for payload in PAYLOADS][-60:]


def test_the_widget_is_small(page: Page, world: World) -> None:
    response = page.request.get(f"{world.server}/widget.js", headers={"Accept-Encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"{world.server}/widget.js")
    for _ in range(100):  # The event may come a moment after the page.
        if sizes:
            break
        page.wait_for_timeout(50)
    assert 0 < sum(sizes) <= 25_000
    assert json.dumps(sizes)
