"""Pages without a chat: citations, procedures, tasks; everything that somebody wrote stays text."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.app import create_app
from api.catalogue import TaskLine
from api.duties import as_csv
from api.words import LABELS, Language
from bot.assemble import Parts
from bot.settings import Settings
from corpus.document import Document, DocumentKind, Section, Task, Unit
from tests.api.web_world import BIRTH, BIRTH_QUESTION, COMMUNE

BUDGET = 60_000
PAYLOADS = (Path(__file__).parent / "xss.txt").read_text(encoding="utf-8").splitlines()


class Page(HTMLParser):
    """What a browser would see: tags, attributes, text, marked text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.marked = ""
        self._inside = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data if self._inside else ""


def first_citation(web: TestClient, question: str = BIRTH_QUESTION) -> dict[str, str]:
    answer = web.post("/v1/chat", json={"question": question, "commune": COMMUNE}).json()
    return dict(answer["citations"][0])


def test_a_citation_page_marks_the_quote_letter_for_letter(web: TestClient) -> None:
    citation = first_citation(web)
    assert Page(web.get(citation["url"]).text).marked == citation["quote"]


def test_a_citation_page_names_document_validity_and_the_way_back(web: TestClient) -> None:
    text = Page(web.get(first_citation(web)["url"]).text).text
    for part in ("Thủ tục đăng ký khai sinh", "163/QĐ-BTP", "Còn hiệu lực", "Xem toàn bộ thủ tục", "Cổng Dịch vụ công"):
        assert part in text


def test_a_row_of_a_plan_is_shown_between_its_neighbours_and_under_its_headings(web: TestClient) -> None:
    (task,) = web.get(f"/v1/tasks?commune={COMMUNE}&limit=1&offset=1").json()["tasks"]
    page = Page(web.get(task["url"]).text)
    assert "Phần ngay trước" in page.text
    assert "Phần ngay sau" in page.text
    assert task["lead"][0] in page.text
    assert any(tag == "nav" and "tree" in (values.get("class") or "") for tag, values in page.tags)


def test_a_citation_page_is_light_and_runs_nothing(web: TestClient) -> None:
    page = web.get(first_citation(web)["url"], headers={"Accept-Encoding": "identity"})
    css = web.get("/static/pages.css", headers={"Accept-Encoding": "identity"})
    mark = web.get("/static/mark.svg")
    assert len(page.content) + len(css.content) + len(mark.content) < BUDGET
    assert "<script" not in page.text


@pytest.fixture
def changing(tmp_path: Path) -> Parts:
    return Parts(Settings(_env_file=None, data=tmp_path))


def plan(text: str, **more: object) -> Document:
    sections = (
        Section("Phần I", 1, "I.", "I. NHIỆM VỤ", is_heading=True),
        Section("Phần I, mục 1", 2, "1.", text, ("I. NHIỆM VỤ",)),
        Section("Phần I, mục 2", 2, "2.", "2. Phần không đổi.", ("I. NHIỆM VỤ",)),
    )
    document = Document("m/ke-hoach", DocumentKind.PLAN, "Kế hoạch thử", "m", sections=sections)
    return replace(document, **more)  # type: ignore[arg-type]


def cited(parts: Parts, text: str) -> str:
    return next(chunk.id for chunk in parts.store.chunks_of("m/ke-hoach") if chunk.text == text)


def test_a_citation_of_an_old_version_still_opens_and_leads_to_the_new_text(changing: Parts) -> None:
    changing.store.save([plan("1. Nộp báo cáo ngày 5.")], "a.txt")
    old = cited(changing, "1. Nộp báo cáo ngày 5.")
    changing.store.save([plan("1. Nộp báo cáo ngày 15.")], "b.txt")
    new = cited(changing, "1. Nộp báo cáo ngày 15.")
    with TestClient(create_app(changing)) as web:
        page = Page(web.get(f"/c/{old}").text)
        data = web.get(f"/v1/sources/{old}").json()
    assert page.marked == "1. Nộp báo cáo ngày 5."
    assert "bản cũ" in page.text
    assert ("a", f"/c/{new}") in [(tag, values.get("href")) for tag, values in page.tags]
    assert (data["current"], data["replaced_by"]) == (False, new)


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ({"in_force_to": date(2020, 1, 2)}, "hết hiệu lực từ ngày 02/01/2020"),
        ({"in_force_from": date(2999, 1, 2)}, "có hiệu lực từ ngày 02/01/2999"),
        ({"in_force_from": date(2020, 1, 2)}, "Còn hiệu lực từ ngày 02/01/2020"),
    ],
)
def test_a_page_says_when_a_document_holds(changing: Parts, times: dict[str, date], words: str) -> None:
    changing.store.save([plan("1. Việc.", **times)], "a.txt")
    with TestClient(create_app(changing)) as web:
        assert words in Page(web.get(f"/c/{cited(changing, '1. Việc.')}").text).text


def test_a_withdrawn_document_says_so(changing: Parts) -> None:
    changing.store.save([plan("1. Việc.")], "a.txt")
    changing.store.withdraw("m/ke-hoach", date(2026, 3, 1))
    with TestClient(create_app(changing)) as web:
        assert "thôi áp dụng từ ngày 01/03/2026" in web.get(f"/c/{cited(changing, '1. Việc.')}").text


def test_procedures_are_found_while_one_types_and_by_what_is_meant(web: TestClient) -> None:
    typing = web.get("/v1/procedures", params={"q": "khai si"}).json()["procedures"]
    assert all("khai sinh" in one["name"].lower() for one in typing[:3])
    meant = web.get("/v1/procedures", params={"q": "mo quan ca phe"}).json()["procedures"]
    assert any("hộ kinh doanh" in one["name"] for one in meant)


def test_procedures_are_listed_by_field_and_level_page_by_page(web: TestClient) -> None:
    everything = web.get("/v1/procedures", params={"limit": 200}).json()
    assert everything["total"] == len(everything["procedures"])
    some = web.get("/v1/procedures", params={"sector": "Hộ tịch", "limit": 2, "offset": 1}).json()
    assert len(some["procedures"]) == 2
    assert {one["sector"] for one in some["procedures"]} == {"Hộ tịch"}
    assert some["total"] < everything["total"]


@pytest.mark.parametrize("path", ["/thu-tuc?q=khai+sinh", f"/nhiem-vu?xa={COMMUNE}"])
def test_a_page_beyond_the_last_shows_the_last(web: TestClient, path: str) -> None:
    page = Page(web.get(f"{path}&trang=1999").text)
    assert "Không tìm thấy" not in page.text
    assert ("td" if "nhiem-vu" in path else "li") in {tag for tag, _ in page.tags}


@pytest.mark.parametrize("path", ["/thu-tuc", f"/thu-tuc/{BIRTH}", "/nhiem-vu", "/"])
def test_the_menu_keeps_to_the_commune(web: TestClient, path: str) -> None:
    links = [values.get("href") for tag, values in Page(web.get(f"{path}?xa={COMMUNE}").text).tags if tag == "a"]
    assert {f"/?xa={COMMUNE}", f"/thu-tuc?xa={COMMUNE}", f"/nhiem-vu?xa={COMMUNE}"} <= set(links)


def test_a_commune_that_is_not_there_is_not_kept(web: TestClient) -> None:
    page = Page(web.get("/thu-tuc?xa=khong-co", headers={"Accept": "text/html"}).text)
    links = [values["href"] or "" for tag, values in page.tags if tag == "a" and "hreflang" not in values]
    assert all("khong-co" not in link for link in links)


def test_the_page_of_procedures_works_without_javascript(web: TestClient) -> None:
    page = Page(web.get("/thu-tuc?q=khai+sinh").text)
    assert ("a", f"/thu-tuc/{BIRTH}") in [(tag, values.get("href")) for tag, values in page.tags]
    assert "Hộ tịch" in Page(web.get("/thu-tuc").text).text


def test_a_sheet_shows_papers_ways_and_a_source_for_each_part(web: TestClient) -> None:
    page = Page(web.get(f"/thu-tuc/{BIRTH}?xa={COMMUNE}").text)
    for part in ("Hồ sơ cần nộp", "Cách nộp, thời hạn và phí", "Trình tự thực hiện", "Căn cứ pháp lý", BIRTH):
        assert part in page.text
    sources = [
        values["href"] for tag, values in page.tags if tag == "a" and (values.get("href") or "").startswith("/c/")
    ]
    assert len(sources) >= 4
    assert all(web.get(str(source)).status_code == 200 for source in sources)


def test_tasks_are_filtered_by_unit_role_and_words(web: TestClient) -> None:
    everything = web.get("/v1/tasks", params={"commune": COMMUNE}).json()
    unit = everything["tasks"][0]["lead"][0]
    leads = web.get("/v1/tasks", params={"commune": COMMUNE, "unit": unit, "role": "lead"}).json()
    assert 0 < leads["total"] <= everything["total"]
    assert all(unit in task["lead"] for task in leads["tasks"])
    assert web.get("/v1/tasks", params={"q": "khong co chu nay dau"}).json()["total"] == 0


def test_staff_download_the_rows_they_see(web: TestClient) -> None:
    total = web.get("/v1/tasks", params={"commune": COMMUNE}).json()["total"]
    table = list(csv.reader(io.StringIO(web.get(f"/nhiem-vu.csv?xa={COMMUNE}").content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(web.get(f"/nhiem-vu.xlsx?xa={COMMUNE}").content)).worksheets[0]
    assert len(table) == sheet.max_row == total + 1
    assert [cell.value for cell in sheet[1]] == table[0]
    assert web.get("/nhiem-vu.pdf").status_code == 404


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1"])
def test_a_cell_never_becomes_a_formula(cell: str) -> None:
    task = Task("A, dòng 1", cell, (Unit(cell, cell),), (), None, None, cell)
    rows = csv.reader(io.StringIO(as_csv([TaskLine("m", "m/x", "Kế hoạch", "0", task)]).decode("utf-8-sig")))
    assert list(rows)[1][3] == f"'{cell}"


def test_every_label_stands_in_both_languages() -> None:
    for name, text in LABELS[Language.VI].items():
        other = LABELS[Language.EN][name]
        assert text
        assert other
        assert ("{count}" in text, "{code}" in text) == ("{count}" in other, "{code}" in other)


def test_labels_switch_to_english_while_documents_stay_as_published(web: TestClient) -> None:
    page = Page(web.get(f"/thu-tuc/{BIRTH}?lang=en").text)
    assert ("html", {"lang": "en"}) in page.tags
    assert "Papers to hand in" in page.text
    assert "Thủ tục đăng ký khai sinh" in page.text


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Parts]]:
    """A ward whose documents were written by an attacker."""
    parts = Parts(Settings(_env_file=None, data=tmp_path_factory.mktemp("hostile")))
    documents = []
    for number, payload in enumerate(PAYLOADS):
        unit = Unit(payload, payload)
        section = Section(f"Mục {payload}", 1, payload, payload, (payload,), is_heading=True)
        task = Task(f"Dòng {payload}", payload, (unit,), (unit,), payload, payload, payload, headings=(payload,))
        documents.append(
            Document(
                f"m/{number}", DocumentKind.PLAN, payload, "m", number=payload, issuer=payload, signer=payload,
                sections=(section,), tasks=(task,), source_url=f"javascript:{payload}",
            )
        )  # fmt: skip
    parts.store.save(documents, "hostile.txt")
    with TestClient(create_app(parts)) as client:
        yield client, parts


def test_there_are_fifty_payloads() -> None:
    assert len(set(PAYLOADS)) >= 50


def assert_harmless(html: str, payload: str) -> None:
    """The page has no tag or attribute that the templates did not write."""
    page = Page(html)
    allowed = {"/static/widget.js", "/static/lookup.js"}
    for tag, values in page.tags:
        assert tag not in ("iframe", "object", "embed", "svg", "math", "base", "audio", "video", "style"), payload
        assert not any(name.startswith("on") for name in values), payload
        if tag == "script":
            assert (values.get("src") or "").split("?")[0] in allowed, payload
        for name in ("href", "src", "action"):
            address = (values.get(name) or "").strip().lower()
            assert not address.startswith(("javascript:", "data:", "vbscript:", "//")), payload


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_what_a_document_says_is_shown_as_text(hostile: tuple[TestClient, Parts], number: int) -> None:
    web, parts = hostile
    for chunk in parts.store.chunks_of(f"m/{number}"):
        html = web.get(f"/c/{chunk.id}").text
        assert_harmless(html, PAYLOADS[number])
        assert Page(html).marked == chunk.text
    assert_harmless(web.get("/nhiem-vu", params={"q": "", "xa": "m", "trang": 1 + number // 50}).text, PAYLOADS[number])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_into_an_address_is_shown_as_text(web: TestClient, payload: str) -> None:
    for path, name in (
        ("/thu-tuc", "q"),
        ("/thu-tuc", "linh-vuc"),
        ("/thu-tuc", "cap"),
        ("/nhiem-vu", "don-vi"),
        ("/nhiem-vu", "q"),
        ("/", "xa"),
    ):
        assert_harmless(web.get(path, params={name: payload}, headers={"Accept": "text/html"}).text, payload)
    for path in ("/c/", "/thu-tuc/", "/"):
        assert_harmless(web.get(f"{path}{payload}".replace("#", "%23"), headers={"Accept": "text/html"}).text, payload)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_question_and_feedback_come_back_as_json_only(web: TestClient, payload: str) -> None:
    answer = web.post("/v1/chat", json={"question": payload, "commune": COMMUNE})
    taken = web.post("/v1/feedback", json={"helpful": True, "procedure_code": payload[:100], "commune": COMMUNE})
    for response in (answer, taken):
        assert response.headers["content-type"] in ("application/json", "application/problem+json")
        assert response.headers["x-content-type-options"] == "nosniff"
    assert answer.status_code == 200
