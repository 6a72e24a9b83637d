"""Every page can be read: without scripts, on a small phone, on paper, and without telling anybody."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from built import BuiltPage
from playwright.sync_api import BrowserContext, Page

Open = Callable[..., BrowserContext]

ALLOWED_STORAGE = {"guide-colors"}
"""What the site may keep on a reader's device: the choice of light or dark, once made. See docs/about/privacy.md."""

MENUS = ".md-header, .md-tabs, .guide-nav, .md-footer, .md-skip, .md-banner"
SHOWN = """selector => [...document.querySelectorAll(selector)]
    .filter(node => node.checkVisibility()).map(node => node.className)"""
UNSEEN = """exceptions => {
    const texts = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
    const how = {opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true};
    const unseen = [];
    while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (!/\\w/.test(texts.currentNode.data) || parent.closest(exceptions)) continue;
        if (!parent.checkVisibility(how)) unseen.push(texts.currentNode.data.trim().slice(0, 60));
    }
    return unseen;
}"""
LANDMARKS = "article :is(table, .guide-care, figure svg, .guide-review time, summary)"
MAY_BE_UNSEEN = "details:not([open]) > :not(summary), svg, script, style, [hidden], .guide-print-head"
BEYOND_THE_EDGE = """() => [...document.querySelectorAll('body *')]
    .filter(node => node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility())
    .slice(-5).map(node => `${node.tagName}.${node.className}: ${Math.round(node.getBoundingClientRect().right)} px`)"""
SIDEWAYS = """() => [...document.querySelectorAll('article *')]
    .filter(node => node.scrollWidth > node.clientWidth + 1 && node.querySelector('table, svg')
        && ['auto', 'scroll'].includes(getComputedStyle(node).overflowX))
    .map(node => `${node.tagName}.${node.className}: ${node.scrollWidth} px`)"""


# Without scripts


@pytest.fixture(scope="module")
def without_scripts(make_context: Open) -> Page:
    return make_context(java_script_enabled=False).new_page()


def test_a_page_shows_its_title_its_words_its_tables_and_its_cards_without_scripts(
    without_scripts: Page, address: str, page: BuiltPage
) -> None:
    without_scripts.goto(address + page.address)
    assert without_scripts.title()
    assert without_scripts.locator("h1").is_visible()
    assert without_scripts.evaluate(UNSEEN, MAY_BE_UNSEEN) == []
    seen = without_scripts.evaluate(SHOWN, LANDMARKS)
    assert len(seen) == len(page.tree.css(LANDMARKS))


def test_a_page_is_dark_for_who_asks_for_dark_without_scripts(make_context: Open, address: str) -> None:
    tab = make_context(java_script_enabled=False, color_scheme="dark").new_page()
    for path in ("", "understand/risks/", "404.html"):
        tab.goto(address + path)
        color = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert max(map(int, re.findall(r"\d+", color)[:3])) < 100, path


def test_a_term_is_a_link_without_scripts(without_scripts: Page, address: str) -> None:
    without_scripts.goto(address + "understand/what-it-is/")
    without_scripts.locator("a.guide-term").first.click()
    assert urlsplit(without_scripts.url).path.endswith("/glossary/")
    assert without_scripts.locator(":target").is_visible()


@pytest.mark.parametrize(("path", "words"), [("", "Glossary"), ("understand/risks/", "What microneedling is")])
def test_the_menu_opens_without_scripts_on_a_phone(make_context: Open, address: str, path: str, words: str) -> None:
    tab = make_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    tab.goto(address + path)
    tab.locator("header label[for=__drawer]").click()
    tab.locator("#guide-nav").get_by_text(words).first.wait_for(state="visible")


# On a small phone


@pytest.fixture(scope="module")
def small_phone(make_context: Open) -> Page:
    return make_context(viewport={"width": 320, "height": 640}, is_mobile=True, has_touch=True).new_page()


def test_nothing_scrolls_sideways_on_a_small_phone(small_phone: Page, address: str, shown_path: str) -> None:
    small_phone.goto(address + shown_path.removesuffix("index.html"))
    small_phone.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    assert small_phone.evaluate("document.scrollingElement.scrollWidth") <= 320, small_phone.evaluate(BEYOND_THE_EDGE)
    assert small_phone.evaluate(SIDEWAYS) == []


def test_a_row_of_a_table_becomes_a_card_that_names_each_cell(small_phone: Page, address: str) -> None:
    small_phone.goto(address + "decide/compare-treatments/")
    cells = small_phone.locator(".guide-table--comparison tbody tr").first.locator("td")
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len(boxes) > 1
    assert len({round(box["x"]) for box in boxes if box}) == 1, "the cells stand below each other"
    label = "node => getComputedStyle(node, '::before').content"
    assert [cell.get_attribute("data-label") in cell.evaluate(label) for cell in cells.all()] == [True] * len(boxes)


# On paper


@pytest.fixture(scope="module")
def paper(make_context: Open) -> Page:
    return make_context().new_page()


def test_paper_shows_no_menus_and_everything_that_is_folded(paper: Page, address: str, page: BuiltPage) -> None:
    paper.emulate_media(media="screen")
    paper.goto(address + page.address)
    paper.emulate_media(media="print")
    paper.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert paper.evaluate(SHOWN, MENUS) == []
    assert len(paper.evaluate(SHOWN, "article details > *")) == len(page.tree.css("article details > *"))
    assert paper.locator("h1").is_visible()
    assert paper.locator(".guide-review time").last.is_visible()


# Without telling anybody


class Visit:
    """A profile that reads the whole site in one tab; it keeps what the site leaves there."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.tab = context.new_page()
        self.asked: list[str] = []
        self.failed: list[str] = []
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("requestfailed", lambda request: self.failed.append(f"{request.url}: {request.failure}"))
        context.on("response", lambda answer: self.failed.append(answer.url) if answer.status >= 400 else None)
        self.tab.on("pageerror", lambda error: self.failed.append(str(error)))
        self.tab.on("console", lambda told: self.failed.append(told.text) if told.type == "error" else None)

    def find_foreign(self, address: str) -> list[str]:
        return [url for url in self.asked if not url.startswith((address, "data:", f"blob:{address}"))]


@pytest.fixture(scope="module")
def visit(make_context: Open) -> Visit:
    return Visit(make_context())


def test_a_page_asks_its_own_site_only_and_gets_what_it_asks(visit: Visit, address: str, shown_path: str) -> None:
    visit.asked.clear()
    visit.failed.clear()
    visit.tab.goto(address + shown_path.removesuffix("index.html"))
    visit.tab.wait_for_timeout(150)
    assert len(visit.asked) > 1
    assert visit.find_foreign(address) == []
    assert visit.failed == []


def test_an_address_that_does_not_exist_shows_a_page_that_asks_nobody_else(visit: Visit, address: str) -> None:
    visit.asked.clear()
    response = visit.tab.goto(address + "no/such/page/", wait_until="networkidle")
    assert response is not None
    assert response.status == 404
    assert visit.tab.locator("h1").is_visible()
    assert visit.find_foreign(address) == []


def test_a_search_asks_nobody_else(visit: Visit, address: str) -> None:
    visit.tab.goto(address)
    visit.asked.clear()
    visit.tab.keyboard.press("Control+k")
    visit.tab.locator("dialog input").wait_for(state="visible")
    visit.tab.keyboard.type("numbing cream")
    visit.tab.locator(".guide-find__results a").first.wait_for(state="visible")
    assert visit.find_foreign(address) == []


def test_nothing_is_kept_but_the_choice_of_light_or_dark(visit: Visit, address: str) -> None:
    visit.tab.goto(address + "evidence/claims/")
    visit.tab.locator("button.guide-colors").click()
    visit.tab.goto(address, wait_until="networkidle")
    kept = visit.tab.evaluate("() => [localStorage, sessionStorage].flatMap(store => Object.keys(store))")
    databases = "async () => (await indexedDB.databases()).length + (await caches.keys()).length"
    workers = "async () => (await navigator.serviceWorker.getRegistrations()).length"
    assert {key.rpartition(".")[2] for key in kept} <= ALLOWED_STORAGE
    assert visit.context.cookies() == []
    assert visit.tab.evaluate(databases) == 0
    assert visit.tab.evaluate(workers) == 0
