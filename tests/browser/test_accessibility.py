"""axe-core finds no barrier on any page, in light and dark, on a wide screen and on a phone.

Light and dark stand open side by side and are looked through at the same time: that halves the wait.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Open = Callable[..., BrowserContext]
Tabs = Callable[[str, int], Page]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
START = """tags => {
    window.found = axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
}"""
IS_DARK = "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).every(part => part < 100)"
WIDE, NARROW = 1280, 390
KINDS_OF_PAGE = [
    "index.html",
    "404.html",
    "decide/compare-treatments/index.html",
    "evidence/claims/index.html",
    "glossary/index.html",
    "treatment/get-help/index.html",
    "understand/how-it-works/index.html",
]


@pytest.fixture(scope="module")
def tabs(make_context: Open) -> Tabs:
    """Finds a tab for a color scheme and a width; all pages share it."""

    @cache
    def find(scheme: str, width: int) -> Page:
        return make_context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()

    return find


def open_page(tab: Page, address: str, scheme: str) -> None:
    """Opens a page in a color scheme, with everything that is folded."""
    tab.goto(address)
    assert tab.evaluate(IS_DARK) == (scheme == "dark"), f"the page does not follow the reader's wish for {scheme}"
    tab.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


def find_barriers(opened: dict[str, Page]) -> str:
    """What axe-core finds on the open pages: rule, number of places, the first five, and why."""
    for tab in opened.values():
        tab.evaluate(AXE)
        tab.evaluate(START, TAGS)
    return "\n".join(describe(name, tab.evaluate("window.found")) for name, tab in opened.items()).strip()


def describe(name: str, result: dict[str, Any]) -> str:
    report = []
    for violation in result["violations"]:
        report.append(f"\n{name}: {violation['id']} ({len(violation['nodes'])} places): {violation['help']}")
        for node in violation["nodes"][:5]:
            report.append(f"    {' '.join(map(str, node['target']))}")
            report.append(f"        {node['failureSummary'].splitlines()[-1].strip()}")
    return "\n".join(report)


def open_both(tabs: Tabs, address: str, light: int, dark: int) -> dict[str, Page]:
    """Opens a page in light and in dark, each in its width."""
    opened = {f"light, {light} px": tabs("light", light), f"dark, {dark} px": tabs("dark", dark)}
    for name, tab in opened.items():
        open_page(tab, address, name.partition(",")[0])
    return opened


def test_axe_finds_no_barrier_in_light_and_dark(tabs: Tabs, address: str, shown_path: str) -> None:
    opened = open_both(tabs, address + shown_path.removesuffix("index.html"), light=WIDE, dark=NARROW)
    assert find_barriers(opened) == ""


@pytest.mark.parametrize("path", KINDS_OF_PAGE)
def test_axe_finds_no_barrier_at_the_other_width(tabs: Tabs, address: str, path: str) -> None:
    opened = open_both(tabs, address + path.removesuffix("index.html"), light=NARROW, dark=WIDE)
    assert find_barriers(opened) == ""


# What opens on top of a page


def test_axe_finds_no_barrier_in_the_open_search(tabs: Tabs, address: str) -> None:
    opened = open_both(tabs, address, light=WIDE, dark=NARROW)
    for tab in opened.values():
        tab.keyboard.press("Control+k")
        expect(tab.locator("dialog input")).to_be_focused()
        tab.keyboard.type("numbing")
        expect(tab.locator(".guide-find__results a").first).to_be_visible()
    assert find_barriers(opened) == ""


def test_axe_finds_no_barrier_in_the_open_menu(tabs: Tabs, address: str) -> None:
    opened = open_both(tabs, address + "understand/risks/", light=NARROW, dark=NARROW)
    for tab in opened.values():
        tab.locator("header").get_by_role("button", name="Menu").click()
        expect(tab.locator("#guide-nav").get_by_text("What microneedling is").first).to_be_in_viewport()
    assert find_barriers(opened) == ""


def test_axe_finds_no_barrier_in_an_open_definition(tabs: Tabs, address: str) -> None:
    opened = open_both(tabs, address + "understand/how-it-works/", light=WIDE, dark=WIDE)
    for tab in opened.values():
        tab.locator("a.guide-term").first.hover()
        expect(tab.locator("[role=tooltip]")).to_be_visible()
    assert find_barriers(opened) == ""
