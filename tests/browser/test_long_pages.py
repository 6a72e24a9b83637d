"""Pages as long as a book: a reader who lands in the middle, or comes back to it, stays there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Open = Callable[..., BrowserContext]

LONG = {
    "evidence/claims/": "tr[id^=claim-]",
    "evidence/references/": ".guide-reference",
    "clinics/link-to-a-section/": ".guide-sections tbody tr",
}
"""Long pages, and the records on them."""


@pytest.mark.parametrize("path", LONG)
def test_a_reader_who_comes_back_finds_the_record_that_they_left(tab: Page, address: str, path: str) -> None:
    tab.goto(address + path)
    records = tab.locator(LONG[path])
    middle = records.nth(records.count() // 2)
    middle.evaluate("node => node.scrollIntoView()")
    expect(middle).to_be_in_viewport()
    tab.wait_for_timeout(300)
    tab.goto(address + "decide/cost/")
    tab.go_back()
    expect(middle).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_section_far_down_stays_where_the_link_landed(open_context: Open, address: str, width: int) -> None:
    tab = open_context(viewport={"width": width, "height": 800}).new_page()
    tab.goto(address + "evidence/claims/")
    heading = tab.locator("#claims-aftercare")
    tab.evaluate("location.hash = 'claims-aftercare'")
    expect(heading).to_be_focused()
    top = heading.evaluate("node => node.getBoundingClientRect().top")
    tab.wait_for_timeout(300)
    assert heading.evaluate("node => node.getBoundingClientRect().top") == pytest.approx(top, abs=2)
    expect(heading).to_be_in_viewport()
