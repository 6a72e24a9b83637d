"""Pages as long as a book: what is far from the window is laid out late, and nobody can tell.

Chromium says of an element by `checkVisibility` whether its layout waits (`contentVisibilityAuto`).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

Open = Callable[..., BrowserContext]

LONG = {
    "evidence/claims/": "tr[id^=claim-]",
    "evidence/references/": ".guide-reference",
}
"""Long pages, and the records on them."""
WAITS = "node => !(node.firstElementChild ?? node).checkVisibility({contentVisibilityAuto: true})"


@pytest.fixture(params=LONG)
def records(request: pytest.FixtureRequest, tab: Page, address: str) -> Locator:
    """The records of a long page that was just opened."""
    tab.goto(address + request.param)
    return tab.locator(LONG[request.param])


def find_words(record: Locator) -> str:
    """The first plain words of a record."""
    words = re.search(r"[\w ,]{12,}", record.locator("th, strong").first.text_content() or "")
    assert words
    return words[0].strip()


def test_what_is_far_from_the_window_waits_until_it_comes_near(records: Locator) -> None:
    assert records.last.evaluate(WAITS)
    records.last.scroll_into_view_if_needed()
    records.page.wait_for_function(f"node => !({WAITS})(node)", arg=records.last.element_handle())


def test_the_browsers_own_search_finds_what_waits(records: Locator) -> None:
    words = find_words(records.last)
    assert records.last.evaluate(WAITS)
    assert records.page.evaluate("words => find(words, true, true)", words)
    expect(records.last).to_be_in_viewport()


@pytest.mark.parametrize("path", LONG)
def test_screen_readers_are_told_of_what_waits(listening: Browser, address: str, path: str) -> None:
    tab = listening.new_page()
    tab.goto(address + path)
    last = tab.locator(LONG[path]).last
    words = find_words(last)
    nodes = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]
    assert last.evaluate(WAITS)
    assert any(words in node.get("name", {}).get("value", "") for node in nodes)


def test_paper_shows_what_waits(records: Locator) -> None:
    records.page.emulate_media(media="print")
    assert records.evaluate_all(f"nodes => nodes.filter({WAITS}).map(node => node.id)") == []


def test_a_reader_who_comes_back_finds_the_record_that_they_left(records: Locator, address: str) -> None:
    middle = records.nth(records.count() // 2)
    middle.evaluate("node => node.scrollIntoView()")
    expect(middle).to_be_in_viewport()
    records.page.wait_for_timeout(300)
    records.page.goto(address + "decide/cost/")
    records.page.go_back()
    expect(middle).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_section_below_what_waits_stays_where_the_link_landed(open_context: Open, address: str, width: int) -> None:
    tab = open_context(viewport={"width": width, "height": 800}).new_page()
    tab.goto(address + "evidence/claims/")
    heading = tab.locator("#claims-aftercare")
    tab.evaluate("location.hash = 'claims-aftercare'")
    expect(heading).to_be_focused()
    top = heading.evaluate("node => node.getBoundingClientRect().top")
    tab.wait_for_timeout(300)
    assert heading.evaluate("node => node.getBoundingClientRect().top") == pytest.approx(top, abs=2)
    expect(heading).to_be_in_viewport()
