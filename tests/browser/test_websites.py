"""The widget on websites that make it hard: hostile styles, strict policies, odd script tags, no storage, shortcuts."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.web_world import COMMUNE
from tests.browser.conftest import World, fits, shot

QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"
SCRIPT = f'<script src="{{server}}/widget.js" data-commune="{COMMUNE}"></script>'
STRICT = (
    "default-src 'none'; script-src {server}; connect-src {server}; style-src 'self'; img-src {server}; "
    "require-trusted-types-for 'script'"
)
HOSTILE = """* {all: unset; letter-spacing: 1em; text-transform: uppercase; text-align: center; line-height: 3;
  font: 9px serif; color: #ccc; visibility: visible; box-sizing: content-box; cursor: none}
html {font-size: 62.5%} .cover {position: fixed; inset: 0; z-index: 2147483647}"""


def document(body: str, head: str = "") -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>'
        f'<meta name="viewport" content="width=device-width">{head}</head><body>{body}</body></html>'
    )


def visit(page: Page, world: World, html: str, policy: str = "") -> None:
    page.goto(f"{world.portal}/c?{urlencode({'html': html, 'policy': policy})}")


def launcher(page: Page) -> None:
    page.get_by_role("button", name="Hỏi thủ tục").click()


def answered(page: Page, count: int = 1) -> None:
    expect(page.locator("mot-cua .pair .it[data-done]")).to_have_count(count)


def ask(page: Page, question: str = QUESTION) -> None:
    page.get_by_label("Câu hỏi của ông/bà").fill(question)
    page.keyboard.press("Enter")


def style(page: Page, selector: str, name: str) -> str:
    return str(page.locator(f"mot-cua {selector}").first.evaluate(f"node => getComputedStyle(node).{name}"))


def test_hostile_styles_change_neither_letters_nor_measures(page: Page, world: World) -> None:
    visit(page, world, document(f'<p>Tin</p><div class="cover"></div>{SCRIPT}', f"<style>{HOSTILE}</style>"))
    launcher(page)
    ask(page)
    answered(page)
    shot(page, "widget-hostile")
    assert style(page, ".panel", "fontSize") == "17px"
    assert style(page, ".panel", "width") == "400px"
    assert style(page, ".said.it .text", "letterSpacing") == "normal"
    assert style(page, ".said.it .text", "textTransform") == "none"
    assert style(page, ".said.it .text", "textAlign") == "start"
    assert style(page, ".said.it .text", "color") == "rgb(27, 34, 44)"


def test_targets_are_large_enough_for_a_thumb_whatever_the_page_calls_a_rem(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, world, document(SCRIPT, "<style>html {font-size: 62.5%}</style>"))
    launcher(page)
    page.get_by_role("button", name="Tùy chọn").click()
    ask(page, "thẻ căn cước")
    page.locator("mot-cua .choices button").first.wait_for()
    small = page.evaluate(
        """() => [...document.querySelector("mot-cua").shadowRoot.querySelectorAll("button, select, textarea, a.card")]
            .filter(node => node.getClientRects().length)
            .map(node => [node.textContent, node.getBoundingClientRect()])
            .filter(([, box]) => box.width < 44 || box.height < 44).map(([text]) => text)"""
    )
    assert small == []


def test_a_strict_policy_hinders_nothing(page: Page, world: World) -> None:
    visit(page, world, document(SCRIPT), STRICT)
    launcher(page)
    ask(page)
    answered(page)
    assert style(page, ".panel", "position") == "fixed"


@pytest.mark.parametrize("how", ["defer", "async", 'type="module"'])
def test_the_script_may_be_loaded_in_any_way(page: Page, world: World, how: str) -> None:
    script = SCRIPT.replace("<script", f"<script {how}")
    visit(page, world, document("<p>Tin</p>", f'<base href="https://example.invalid/x/">{script}'))
    launcher(page)
    ask(page)
    answered(page)


def test_a_script_that_stands_twice_in_the_head_makes_one_widget(page: Page, world: World) -> None:
    visit(page, world, document("<p>Tin</p>", SCRIPT * 2))
    expect(page.locator("mot-cua")).to_have_count(1)


def test_two_widgets_of_two_wards_stand_side_by_side(page: Page, world: World) -> None:
    other = SCRIPT.replace(COMMUNE, "khac")
    visit(page, world, document(f"<p>Tin</p>{SCRIPT}{other}"))
    buttons = page.get_by_role("button", name="Hỏi thủ tục")
    expect(buttons).to_have_count(2)
    first, second = (box for box in (button.bounding_box() for button in buttons.all()) if box)
    assert second["y"] + second["height"] <= first["y"]
    buttons.first.click()
    page.get_by_role("button", name="Hỏi thủ tục").click()
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_two_widgets_of_one_ward_show_one_conversation_and_ask_once(page: Page, world: World) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.method) if request.url.endswith("/v1/chat") else None)
    element = f'<mot-cua mode="page" data-commune="{COMMUNE}"></mot-cua>'
    visit(page, world, document(f'{element * 2}<script src="{{server}}/widget.js" data-inline></script>'))
    field = page.get_by_label("Câu hỏi của ông/bà").first
    field.fill(QUESTION)
    field.press("Enter")
    answered(page, 2)
    assert asked.count("POST") == 1


@pytest.mark.parametrize("failing", ["Storage.prototype.getItem", "Storage.prototype.setItem", "window.localStorage"])
def test_without_storage_the_page_remembers_by_itself(page: Page, world: World, failing: str) -> None:
    if failing == "window.localStorage":
        throw = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})"
    else:
        throw = f"{failing} = () => {{ throw new DOMException('no', 'QuotaExceededError') }}"
    page.add_init_script(throw)
    visit(page, world, document(SCRIPT))
    launcher(page)
    ask(page)
    answered(page)
    ask(page, "mất mấy ngày?")
    answered(page, 2)
    expect(page.locator("mot-cua .pair .it").last).to_contain_text("1.001193")


def test_what_is_asked_after_the_storage_is_full_does_not_vanish(page: Page, world: World) -> None:
    visit(page, world, document(SCRIPT))
    launcher(page)
    ask(page)
    answered(page)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') } }")
    ask(page, "mất mấy ngày?")
    answered(page, 2)


def test_typing_sets_off_no_shortcut_of_the_page(page: Page, world: World) -> None:
    visit(page, world, document(f"<p>Tin</p>{SCRIPT}"))
    page.evaluate("window.keys = []; addEventListener('keydown', event => window.keys.push(event.key))")
    launcher(page)
    page.keyboard.type("s/?")
    page.keyboard.press("Escape")
    assert page.evaluate("window.keys") == []
    expect(page.get_by_role("button", name="Hỏi thủ tục")).to_be_focused()


def test_on_a_narrow_screen_tab_stays_in_the_panel_that_covers_it(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, world, document(f'<a href="#">Tin</a>{SCRIPT}<a href="#">Cuối trang</a>'))
    launcher(page)
    for key in ["Tab"] * 12 + ["Shift+Tab"] * 15:
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.localName") == "mot-cua"


def test_on_a_short_screen_everything_can_be_reached(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 640, "height": 360})
    visit(page, world, document(SCRIPT))
    launcher(page)
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_label("Cỡ chữ").select_option("2")
    send = page.get_by_role("button", name="Gửi")
    send.scroll_into_view_if_needed()
    shot(page, "widget-short")
    box = send.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 360
    expect(page.locator("mot-cua .talk")).to_have_js_property("hidden", False)
    assert page.locator("mot-cua .talk").evaluate("node => node.clientHeight") > 100
    assert fits(page)


def test_on_a_touch_screen_the_keyboard_does_not_cover_what_is_read(browser: Browser, world: World) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True)
    page = context.new_page()
    visit(page, world, document(SCRIPT))
    page.get_by_role("button", name="Hỏi thủ tục").tap()
    expect(page.get_by_role("region", name="Cuộc trò chuyện")).to_be_focused()
    page.get_by_role("button", name=QUESTION).tap()
    answered(page)
    expect(page.get_by_label("Câu hỏi của ông/bà")).not_to_be_focused()
    context.close()


def test_long_words_and_many_messages_fit_into_a_narrow_screen(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    visit(page, world, document(SCRIPT))
    launcher(page)
    for number in range(1, 21):
        ask(page, f"{'dài' * 200} {number}")
        answered(page, number)
    assert fits(page)
    talk = page.locator("mot-cua .talk")
    assert talk.evaluate("node => node.scrollWidth <= node.clientWidth")


def test_forced_colours_leave_edges(page: Page, world: World) -> None:
    page.emulate_media(forced_colors="active")
    visit(page, world, document(SCRIPT))
    launcher(page)
    ask(page)
    answered(page)
    shot(page, "widget-forced")
    assert style(page, ".card", "borderTopStyle") == "solid"
