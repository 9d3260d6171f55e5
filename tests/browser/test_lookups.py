"""Pages to look things up in: what is typed can be sent on as an address and come back to; ways back to the chat."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.api.web_world import BIRTH, COMMUNE
from tests.browser.conftest import World, fits, shot
from tests.browser.test_reading import citation
from tests.browser.test_widget import QUESTION, answered, ask, opened

FIELD = "Ông/bà cần làm việc gì?"


def test_what_is_typed_stands_in_the_address_and_is_there_after_going_back(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc")
    page.get_by_label(FIELD).press_sequentially("khai sinh")
    expect(page.locator("#list a").first).to_contain_text("khai sinh")
    expect(page).to_have_url(f"{world.server}/thu-tuc?q=khai+sinh")
    first = page.locator("#list a").first.inner_text()
    page.locator("#list a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(first)
    page.go_back()
    expect(page.get_by_label(FIELD)).to_have_value("khai sinh")
    expect(page.locator("#list a").first).to_have_text(first)


def test_what_is_wiped_out_brings_back_the_fields(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc?q=khai+sinh")
    page.get_by_label(FIELD).fill("")
    expect(page.locator("#browse")).to_be_visible()
    expect(page.locator("#list li")).to_have_count(0)
    expect(page).to_have_url(f"{world.server}/thu-tuc")


def test_a_filter_alone_shows_its_procedures_at_once(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc")
    page.locator("summary").press("Enter")
    page.get_by_label("Lĩnh vực", exact=True).select_option("Hộ tịch")
    expect(page.locator("#list a", has_text="khai sinh").first).to_be_visible()
    page.reload()
    expect(page.get_by_label("Lĩnh vực", exact=True)).to_have_value("Hộ tịch")
    expect(page.get_by_label("Lĩnh vực", exact=True)).to_be_visible()


def test_letters_show_results_while_an_input_method_composes(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc")
    page.get_by_label(FIELD).focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "khai", "selectionStart": 4, "selectionEnd": 4})
    expect(page.locator("#list li").first).to_be_visible()


def test_nothing_found_is_said_with_a_way_on(page: Page, world: World) -> None:
    page.goto(f"{world.server}/thu-tuc?linh-vuc=kh%C3%B4ng-c%C3%B3")
    expect(page.get_by_role("status")).to_contain_text("Không tìm thấy")


def test_a_search_that_fails_says_so_and_shows_nothing_old(page: Page, world: World) -> None:
    def refuse(route: Route) -> None:
        if route.request.resource_type == "fetch":
            return route.fulfill(status=503, body="")
        return route.continue_()

    page.route("**/thu-tuc?*", refuse)
    page.route("**/v1/procedures?*", refuse)
    page.goto(f"{world.server}/thu-tuc?q=khai+sinh")
    page.get_by_label(FIELD).fill("căn cước")
    expect(page.get_by_role("status")).to_contain_text("18001096")
    expect(page.locator("#list li")).to_have_count(0)


def test_on_a_phone_results_show_up_under_the_field(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{world.server}/thu-tuc?q=khai+sinh")
    shot(page, "found-phone")
    box = page.locator("#list a").first.bounding_box()
    assert box is not None
    assert box["y"] < 640


@pytest.mark.parametrize("path", ["/thu-tuc", "/thu-tuc?q=khai+sinh", f"/thu-tuc/{BIRTH}", f"/nhiem-vu?xa={COMMUNE}"])
def test_links_on_a_phone_are_large_enough_for_a_thumb(page: Page, world: World, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (world.server + path, citation(page, world)):
        page.goto(address)
        small = page.evaluate(
            """() => [...document.querySelectorAll("a, button, select, input, summary")]
                .filter(node => node.getClientRects().length)
                .map(node => [node.textContent.trim(), node.getBoundingClientRect()])
                .filter(([, box]) => box.width < 44 || box.height < 44).map(([text, box]) => [text, box.height])"""
        )
        assert small == []
        assert fits(page)


def test_from_a_source_the_menu_leads_back_to_the_same_conversation(page: Page, world: World) -> None:
    page.goto(f"{world.server}/?xa={COMMUNE}")
    ask(page, QUESTION)
    answered(page)
    with page.context.expect_page() as caught:
        page.locator("mot-cua .card").last.click()
    source = caught.value
    source.get_by_role("link", name="Tra cứu thủ tục").click()
    source.get_by_role("link", name="Hỏi đáp").click()
    expect(source).to_have_url(f"{world.server}/?xa={COMMUNE}")
    answered(source)


def test_a_source_opens_where_its_quote_stands(page: Page, world: World) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    opened(page, world)
    ask(page, "đơn vị nào chủ trì tuyên truyền?")
    answered(page)
    with page.context.expect_page() as caught:
        page.locator("mot-cua .card").last.click()
    expect(caught.value.locator("mark")).to_be_in_viewport()


def test_under_english_labels_a_source_opens_in_english(page: Page, world: World) -> None:
    page.goto(f"{world.server}/?xa={COMMUNE}&lang=en")
    page.get_by_label("Your question").fill(QUESTION)
    page.keyboard.press("Enter")
    answered(page)
    with page.context.expect_page() as caught:
        page.locator("mot-cua .card").first.click()
    expect(caught.value.get_by_role("heading", name="Cited text")).to_be_visible()


def test_a_citation_does_not_move_while_it_loads(page: Page, world: World) -> None:
    page.add_init_script(
        """window.moved = 0;
        new PerformanceObserver(list => list.getEntries().forEach(one => window.moved += one.value))
            .observe({ type: "layout-shift", buffered: true })"""
    )
    page.goto(citation(page, world), wait_until="networkidle")
    assert page.evaluate("window.moved") == 0
