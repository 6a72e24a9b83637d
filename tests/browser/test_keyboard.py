"""What can be done with a pointer can be done with keys and with a finger, and tells screen readers so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from built import BuiltSite
from playwright.sync_api import BrowserContext, Locator, Page, expect

Open = Callable[..., BrowserContext]

FOCUSED = "() => document.activeElement?.outerHTML.slice(0, 200)"
BEFORE = """table => {
    const marker = Object.assign(document.createElement('span'), {tabIndex: 0});
    table.before(marker);
    marker.focus();
}"""
INSIDE = """table => {
    const here = document.activeElement;
    return table.contains(here) ? here.href || here.tagName : '';
}"""


# The way to the text


KINDS_OF_PAGE = ["", "decide/compare-treatments/", "evidence/claims/", "glossary/", "treatment/get-help/", "about/"]


@pytest.mark.parametrize("path", KINDS_OF_PAGE)
def test_the_first_stop_of_the_tab_key_skips_to_the_text(tab: Page, address: str, path: str) -> None:
    tab.goto(address + path)
    tab.keyboard.press("Tab")
    skip = tab.locator("a.md-skip")
    expect(skip).to_be_focused()
    goal = (skip.get_attribute("href") or "").removeprefix("#")
    tab.keyboard.press("Enter")
    expect(tab.locator(f'[id="{goal}"]')).to_be_in_viewport()
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null"), tab.evaluate(FOCUSED)


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize(("path", "words"), [("", "Glossary"), ("understand/risks/", "What microneedling is")])
def test_the_menu_opens_and_closes_with_keys_on_a_phone(
    open_context: Open, address: str, path: str, words: str, key: str
) -> None:
    tab = open_context(viewport={"width": 390, "height": 844}).new_page()
    tab.goto(address + path)
    menu = tab.locator("header").get_by_role("button", name="Menu")
    menu.focus()
    tab.keyboard.press(key)
    expect(menu).to_have_attribute("aria-expanded", "true")
    link = tab.locator("#guide-nav").get_by_text(words).first
    expect(link).to_be_visible()
    expect(link).to_be_in_viewport()
    tab.keyboard.press("Escape")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(menu).to_be_focused()


# Definitions


@pytest.fixture
def term(tab: Page, address: str) -> Locator:
    """The first term of a page; no pointer is over it and nothing has the focus."""
    return open_term(tab, address)


def open_term(tab: Page, address: str) -> Locator:
    tab.goto(address + "understand/how-it-works/")
    link = tab.locator("a.guide-term").first
    link.scroll_into_view_if_needed()
    return link


def tooltip(tab: Page) -> Locator:
    return tab.locator("[role=tooltip]:visible")


def focus_by_key(tab: Page, link: Locator) -> None:
    """Moves the focus to a link as the Tab key does, so that `:focus-visible` holds."""
    link.evaluate("""link => {
        const marker = Object.assign(document.createElement('span'), {tabIndex: 0});
        link.before(marker);
        marker.focus();
    }""")
    tab.keyboard.press("Tab")
    expect(link).to_be_focused()


def test_the_focus_shows_the_definition_of_a_term(tab: Page, term: Locator) -> None:
    expect(tooltip(tab)).to_have_count(0)
    focus_by_key(tab, term)
    expect(tooltip(tab)).to_have_text(term.get_attribute("data-definition") or "?")


def test_a_screen_reader_hears_the_definition_of_a_term(tab: Page, term: Locator) -> None:
    focus_by_key(tab, term)
    expect(term).to_have_accessible_description(term.get_attribute("data-definition") or "?")


def test_escape_hides_a_definition_and_leaves_the_focus_where_it_is(tab: Page, term: Locator) -> None:
    focus_by_key(tab, term)
    tab.keyboard.press("Escape")
    expect(tooltip(tab)).to_have_count(0)
    expect(term).to_be_focused()


def test_a_definition_goes_when_the_focus_goes(tab: Page, term: Locator) -> None:
    focus_by_key(tab, term)
    expect(tooltip(tab)).to_have_count(1)
    tab.keyboard.press("Tab")
    expect(tooltip(tab).filter(has_text=term.get_attribute("data-definition"))).to_have_count(0)


def test_a_definition_stays_while_the_pointer_is_on_it(tab: Page, term: Locator) -> None:
    term.hover()
    expect(tooltip(tab)).to_have_count(1)
    box = tooltip(tab).bounding_box()
    assert box
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    tab.wait_for_timeout(600)
    expect(tooltip(tab)).to_have_count(1)
    tab.mouse.move(2, 2, steps=4)
    expect(tooltip(tab)).to_have_count(0)


def test_escape_hides_a_definition_under_the_pointer(tab: Page, term: Locator) -> None:
    term.hover()
    expect(tooltip(tab)).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tooltip(tab)).to_have_count(0)


def test_a_tap_shows_the_definition_and_a_second_one_opens_the_glossary(open_context: Open, address: str) -> None:
    tab = open_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    link = open_term(tab, address)
    here = tab.url
    link.tap()
    expect(tooltip(tab)).to_have_text(link.get_attribute("data-definition") or "?")
    assert tab.url == here
    link.tap()
    tab.wait_for_url("**/glossary/#term-*")


def test_a_click_on_a_term_opens_its_entry(tab: Page, term: Locator) -> None:
    goal = (term.get_attribute("href") or "").partition("#")[2]
    term.click()
    tab.wait_for_url(f"**/glossary/#{goal}")
    expect(tab.locator(f'[id="{goal}"]')).to_be_in_viewport()


def test_a_definition_fits_on_a_small_phone(open_context: Open, address: str) -> None:
    tab = open_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True).new_page()
    link = open_term(tab, address)
    link.tap()
    box = tooltip(tab).bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


# Tables


@pytest.mark.parametrize("width", [1280, 390])
def test_the_tab_key_reaches_every_source_in_a_table(open_context: Open, address: str, width: int) -> None:
    tab = open_context(viewport={"width": width, "height": 900}).new_page()
    tab.goto(address + "decide/compare-treatments/")
    table = tab.locator(".guide-table--comparison table").first
    wanted = table.evaluate("table => [...table.querySelectorAll('.guide-sources a')].map(link => link.href)")
    table.evaluate(BEFORE)
    assert wanted
    assert [link for link in walk(tab, table) if link in wanted] == wanted


def walk(tab: Page, table: Locator) -> Iterator[str]:
    """Presses Tab through a table and yields what has the focus at each stop."""
    tab.keyboard.press("Tab")
    while here := table.evaluate(INSIDE):
        yield here
        tab.keyboard.press("Tab")


def test_a_source_in_a_table_leads_to_how_it_was_checked(tab: Page, address: str) -> None:
    tab.goto(address + "decide/compare-treatments/")
    link = tab.locator(".guide-table--comparison td .guide-sources a").first
    goal = (link.get_attribute("href") or "").partition("#")[2]
    focus_by_key(tab, link)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**/evidence/references/#{goal}")
    expect(tab.locator(f'[id="{goal}"]')).to_be_in_viewport()


# The filter of the claims


@pytest.fixture
def claims(tab: Page, address: str) -> Page:
    tab.goto(address + "evidence/claims/")
    expect(tab.locator("[data-guide-filter]")).to_be_visible()
    return tab


def count_rows(tab: Page) -> int:
    return tab.locator("tr[data-verdict]:visible").count()


def test_typing_narrows_the_claims_and_says_how_many_are_left(claims: Page) -> None:
    every = count_rows(claims)
    field = claims.locator("[data-guide-filter]").get_by_role("searchbox")
    field.focus()
    claims.keyboard.type("collagen")
    status = claims.locator("[data-guide-filter] [role=status]")
    expect(status).to_have_text(re.compile(rf"^{count_rows(claims)} of {every} "))
    assert 0 < count_rows(claims) < every
    rows = claims.locator("tr[data-verdict]:visible").all_text_contents()
    assert [row for row in rows if "collagen" not in row.lower()] == []


def test_a_verdict_narrows_the_claims(claims: Page) -> None:
    claims.get_by_role("combobox", name="Verdict").select_option("misleading")
    verdicts = claims.locator("tr[data-verdict]:visible").evaluate_all("rows => rows.map(row => row.dataset.verdict)")
    assert set(verdicts) == {"misleading"}


def test_a_key_shows_all_claims_again(claims: Page) -> None:
    every = count_rows(claims)
    claims.locator("[data-guide-filter]").get_by_role("searchbox").fill("no claim says this")
    assert count_rows(claims) == 0
    expect(claims.locator("[data-guide-filter] [role=status]")).to_have_text(re.compile("^0 of "))
    claims.get_by_role("button", name="Show all").press("Enter")
    assert count_rows(claims) == every


def test_a_link_to_a_claim_shows_it_even_when_the_filter_hides_it(claims: Page) -> None:
    row = claims.locator("tr[data-verdict]").first
    id = row.get_attribute("id")
    claims.locator("[data-guide-filter]").get_by_role("searchbox").fill("no claim says this")
    claims.evaluate("id => location.hash = id", id)
    expect(row).to_be_in_viewport()


# Review dates


@pytest.mark.parametrize("days", [-1, 0, 1, 1000])
def test_a_page_says_that_it_is_overdue_only_after_its_date(
    tab: Page, address: str, site: BuiltSite, days: int
) -> None:
    box = site.find_page("understand/risks.md").article.css_first(".guide-review")
    assert box is not None
    due = date.fromisoformat(box.attributes["data-next-review"] or "")
    tab.clock.set_fixed_time(f"{due + timedelta(days=days)}T12:00:00")
    tab.goto(address + "understand/risks/")
    expect(tab.locator(".guide-review__overdue")).to_be_visible(visible=days > 0)
