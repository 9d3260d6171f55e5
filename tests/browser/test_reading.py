"""The pages to read, and every page and state of the widget under axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.api.web_world import BIRTH, COMMUNE
from tests.browser.conftest import World, fits, shot

QUESTION = "Đăng ký khai sinh cần giấy tờ gì?"
PAGES = {
    "home": f"/?xa={COMMUNE}",
    "procedures": "/thu-tuc",
    "found": "/thu-tuc?q=khai+sinh",
    "sheet": f"/thu-tuc/{BIRTH}?xa={COMMUNE}",
    "tasks": f"/nhiem-vu?xa={COMMUNE}",
    "missing": "/c/0000000000000000",
    "english": f"/thu-tuc/{BIRTH}?lang=en",
}
BUDGET = 60_000


def citation(page: Page, world: World, question: str = QUESTION) -> str:
    body = {"question": question, "commune": COMMUNE}
    answer = page.request.post(f"{world.server}/v1/chat", data=body).json()
    return f"{world.server}{answer['citations'][0]['url']}"


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_and_has_no_barrier(page: Page, world: World, width: int, name: str) -> None:
    page.set_viewport_size({"width": width, "height": 760})
    page.goto(world.server + PAGES[name])
    assert fits(page)
    shot(page, f"{name}-{width}")
    assert_accessible(page)


def test_a_citation_page_fits_and_has_no_barrier(page: Page, world: World, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 760})
    for name, question in (("citation", QUESTION), ("citation-task", "đơn vị nào chủ trì tuyên truyền?")):
        page.goto(citation(page, world, question))
        assert fits(page)
        shot(page, f"{name}-{width}")
        assert_accessible(page)


@pytest.mark.parametrize("scheme", ["dark", "light"])
def test_colours_stand_out_in_both_schemes(page: Page, world: World, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in (citation(page, world), world.server + PAGES["sheet"], world.server + PAGES["tasks"]):
        page.goto(address)
        assert_accessible(page)
    shot(page, f"tasks-{scheme}")


@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_the_widget_has_no_barrier_in_any_colours(page: Page, world: World, look: str) -> None:
    page.goto(world.portal)
    assert_accessible(page)
    page.get_by_role("button", name="Hỏi thủ tục").click()
    page.get_by_role("button", name="Tùy chọn").click()
    page.get_by_label("Màu sắc").select_option(look)
    page.get_by_label("Câu hỏi của ông/bà").fill("thẻ căn cước")
    page.keyboard.press("Enter")
    page.locator("mot-cua .choices button").first.wait_for()
    assert_accessible(page)
    page.locator("mot-cua .choices button").first.click()
    page.get_by_role("button", name="Chưa được").last.wait_for()
    page.get_by_role("button", name="Chưa được").last.click()
    assert_accessible(page)


def test_a_citation_page_transfers_little_and_needs_no_script(browser: Browser, world: World) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    address = citation(page, world)
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    expect(page.locator("mark")).to_be_visible()
    assert 0 < sum(sizes) <= BUDGET
    context.close()


def test_a_citation_page_reads_well_at_twice_the_size(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 640, "height": 700})
    page.goto(citation(page, world))
    page.evaluate("document.documentElement.style.fontSize = '212%'")
    assert fits(page)
    shot(page, "citation-twice")


def test_a_citation_prints_without_menus(page: Page, world: World) -> None:
    page.goto(citation(page, world))
    page.emulate_media(media="print")
    expect(page.locator("mark")).to_be_visible()
    expect(page.locator(".top nav")).to_be_hidden()
    shot(page, "citation-print")


def test_procedures_show_up_while_one_types(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc")
    page.get_by_label("Ông/bà cần làm việc gì?").press_sequentially("dang ky khai s")
    expect(page.locator("#list li").first).to_contain_text("khai sinh")
    expect(page.get_by_role("status")).to_contain_text("thủ tục")
    page.locator("#list a").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("khai sinh")


def test_the_first_tab_leads_past_the_menu(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()
