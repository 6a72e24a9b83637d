"""What a reader does stays with the reader: no cookie, one note, and nothing typed, ticked or chosen is sent."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

Open = Callable[..., BrowserContext]

NOTES = "() => [localStorage, sessionStorage].flatMap(store => Object.entries(store))"
STRANGE = "zebrafish"
"""A word that is nowhere in the guide."""


class Watch:
    """A tab, and everything that it sends: addresses, bodies and headers."""

    def __init__(self, context: BrowserContext) -> None:
        self.sent: list[str] = []
        context.on("request", lambda request: self.sent.append(f"{request.url} {request.post_data} {request.headers}"))
        self.tab = context.new_page()

    def find(self, word: str) -> list[str]:
        return [sent for sent in self.sent if word in unquote(sent)]


@pytest.fixture
def watch(open_context: Open) -> Watch:
    return Watch(open_context(viewport={"width": 1280, "height": 900}))


@pytest.fixture(scope="module")
def reader(make_context: Open) -> Page:
    return make_context().new_page()


def test_no_page_sets_a_cookie(reader: Page, address: str, shown_path: str) -> None:
    reader.goto(address + shown_path.removesuffix("index.html"))
    assert reader.context.cookies() == []
    assert reader.evaluate("document.cookie") == ""


def test_the_one_note_is_written_only_when_the_reader_chooses_colors(watch: Watch, address: str) -> None:
    tab = watch.tab
    for path in (
        "",
        "evidence/claims/",
        "decide/questions-to-ask/",
        "understand/how-it-works/",
        "clinics/check-my-links/",
    ):
        tab.goto(address + path, wait_until="networkidle")
        for box in tab.get_by_role("checkbox").all()[:3]:
            box.check()
        tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert tab.evaluate(NOTES) == [], path
    tab.get_by_role("button", name="Dark colors").click()
    assert tab.evaluate(NOTES) == [["guide-colors", "dark"]]
    tab.get_by_role("button", name="Dark colors").click()
    assert tab.evaluate(NOTES) == [["guide-colors", "light"]]


def test_the_guide_works_when_its_note_is_deleted(watch: Watch, address: str) -> None:
    watch.tab.goto(address)
    watch.tab.get_by_role("button", name="Dark colors").click()
    watch.tab.evaluate("localStorage.clear()")
    watch.tab.goto(address + "understand/risks/")
    expect(watch.tab.get_by_role("button", name="Dark colors")).to_have_attribute("aria-pressed", "false")


def test_ticked_questions_stay_while_the_page_is_open_and_are_gone_after(watch: Watch, address: str) -> None:
    tab = watch.tab
    tab.goto(address + "decide/questions-to-ask/")
    box = tab.locator("article").get_by_role("checkbox").first
    box.check()
    tab.locator("article h2").last.scroll_into_view_if_needed()
    expect(box).to_be_checked()
    tab.goto(address)
    tab.goto(address + "decide/questions-to-ask/")
    expect(box).not_to_be_checked()


def test_nothing_that_a_reader_types_ticks_or_chooses_is_in_a_request(watch: Watch, address: str) -> None:
    tab = watch.tab
    tab.goto(address + "evidence/claims/")
    tab.locator("[data-guide-filter]").get_by_role("searchbox").fill(STRANGE)
    tab.goto(address + "clinics/check-my-links/")
    tab.get_by_role("textbox").first.fill(f"{address}{STRANGE}/ https://other.example/{STRANGE}")
    tab.locator("article").get_by_role("button").first.click()
    tab.goto(address)
    tab.keyboard.press("Control+k")
    tab.locator("dialog input").fill(STRANGE)
    tab.wait_for_timeout(500)
    tab.keyboard.press("Escape")
    tab.goto(address + "decide/questions-to-ask/")
    chosen = tab.locator("article li.guide-question").first.get_attribute("id") or "?"
    tab.locator("article").get_by_role("checkbox").first.check()
    tab.get_by_role("button", name="Dark colors").click()
    tab.goto(address + "treatment/", wait_until="networkidle")
    assert watch.find(STRANGE) == []
    assert watch.find(chosen) == []
    assert watch.find("guide-colors") == []
    assert [sent for sent in watch.sent if not sent.startswith(address)] == []


def test_a_link_away_does_not_say_where_the_reader_comes_from(open_context: Open, address: str) -> None:
    context = open_context()
    told: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        told.append(route.request.headers)
        route.fulfill(content_type="text/html", body="<p>elsewhere</p>")

    context.route("https://doi.org/**", answer)
    tab = context.new_page()
    tab.goto(address + "understand/risks/")
    tab.locator(".footnote cite a[href^='https://doi.org/']").first.click()
    tab.wait_for_url("https://doi.org/**")
    assert len(told) == 1
    assert "referer" not in told[0]
    assert tab.evaluate("document.referrer") == ""
