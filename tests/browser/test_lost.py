"""The page that is shown for an address that does not exist finds what was meant, at any depth."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import yaml
from built import BuiltSite
from hostile import PAYLOADS, Watch
from playwright.sync_api import BrowserContext, Page, expect

Open = Callable[..., BrowserContext]

CASES = yaml.safe_load((Path(__file__).parent.parent / "lost_addresses.yml").read_text(encoding="utf-8"))
ENOUGH = 45


def make_index(site: BuiltSite) -> dict[str, Any]:
    """The list of the site, with a few made-up sections that ended and a page that was renamed."""
    index = json.loads((site.folder / "ids.json").read_text(encoding="utf-8"))
    pattern = next(entry for entry in index["ids"] if entry["kind"] == "section")
    titles = {entry["page"]: entry["page_title"] for entry in index["ids"]}
    for ended in CASES["ended"]:
        permanent = f"{index['url']}s/{ended['id']}/"
        facts = {"address": permanent, "permanent": permanent, "page_title": titles[ended["page"]]}
        index["ids"].append({**pattern, **facts, **ended})
    index["redirects"] += [{**moved, "to": urljoin(index["url"], moved["to"])} for moved in CASES["redirects"]]
    return index  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def lost(make_context: Callable[..., BrowserContext], site: BuiltSite) -> Page:
    """A tab of a reader with a wrong address."""
    tab = make_context().new_page()
    index = make_index(site)
    tab.route("**/ids.json", lambda route: route.fulfill(json=index))
    return tab


def find_suggestions(tab: Page, address: str) -> list[str]:
    """Where the suggestions for an address lead, after the site's name."""
    root = tab.evaluate("new URL(document.querySelector('.guide-lost').dataset.root, document.baseURI).href")
    links: list[str] = tab.locator(".guide-lost a").evaluate_all("links => links.map(link => link.href)")
    return [link.removeprefix(root) for link in links]


def test_the_list_has_50_addresses_and_each_means_a_place_of_the_guide(site: BuiltSite) -> None:
    cases = CASES["lost"]
    ended = {f"s/{entry['id']}/" for entry in CASES["ended"]}
    home = site.pages["index.html"]
    assert len({case["address"] for case in cases}) == 50
    assert {site.find_dead(case["wants"], home) for case in cases if case["wants"] not in ended} == {None}
    assert {site.find_dead(case["address"], home) for case in cases} & {None} == set()


def test_the_wanted_page_is_among_the_first_three_suggestions(lost: Page, address: str) -> None:
    missed = []
    for case in CASES["lost"]:
        with lost.expect_response("**/ids.json"):
            lost.goto(address + case["address"])
        lost.wait_for_function("document.querySelector('.guide-lost__status').textContent !== ''", timeout=5000)
        found = find_suggestions(lost, address)
        assert len(found) <= 3
        if case["wants"] not in found:
            missed.append((case["address"], case["wants"], found))
    assert len(CASES["lost"]) - len(missed) >= ENOUGH, missed


@pytest.mark.parametrize("path", ["aftercar", "treatment/aftercar/", "a/b/c/d/treatment/aftercar/", "s/aftercar/.html"])
def test_a_suggestion_leads_to_its_page_from_any_depth(lost: Page, address: str, path: str) -> None:
    lost.goto(address + path)
    lost.locator(".guide-lost").get_by_role("link", name="Aftercare, day by day", exact=True).click()
    assert lost.url == address + "treatment/aftercare/"
    expect(lost.locator("h1")).to_contain_text("Aftercare")


def test_a_section_that_ended_stands_first_and_says_so(lost: Page, address: str) -> None:
    lost.goto(address + "s/aftercare-icee/")
    first = lost.locator(".guide-lost li").first
    expect(first).to_have_text(
        "Ice, on the page Aftercare, day by day. We took it out of the guide: see why, and where to go now."
    )
    expect(first.get_by_role("link")).to_have_attribute("href", f"{address}s/aftercare-ice/")


def test_the_suggestions_are_announced(lost: Page, address: str) -> None:
    lost.goto(address + "treatment/aftercar/")
    expect(lost.locator(".guide-lost").get_by_role("status")).to_have_text("Did you mean one of these three?")


@pytest.mark.parametrize("path", ["qqqq/zzzz/", "wp-login.php", "%E0%A4%A", "x" * 2000])
def test_where_nothing_is_like_the_address_nothing_is_suggested(lost: Page, address: str, path: str) -> None:
    with lost.expect_response("**/ids.json"):
        lost.goto(address + path)
    lost.wait_for_timeout(200)
    assert find_suggestions(lost, address) == []
    expect(lost.locator(".guide-lost [role=status]")).to_be_empty()


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": "<html>"}, {"json": {"ids": []}}])
def test_without_a_list_to_read_the_page_still_helps(tab: Page, address: str, answer: dict[str, Any]) -> None:
    watch = Watch(tab, address)
    tab.route("**/ids.json", lambda route: route.fulfill(**answer))
    tab.goto(address + "treatment/aftercar/", wait_until="networkidle")
    expect(tab.locator(".guide-lost__pages a").first).to_be_visible()
    assert watch.faults == []


def test_every_page_is_listed_and_can_be_reached_without_scripts(
    open_context: Open, address: str, site: BuiltSite
) -> None:
    tab = open_context(java_script_enabled=False).new_page()
    tab.goto(address + "no/such/page/at/all/")
    links = tab.locator(".guide-lost__pages a")
    listed: list[str] = links.evaluate_all("links => links.map(link => link.href)")
    assert set(listed) == {address + page.address for page in site.guide_pages}
    words = links.all_inner_texts()
    assert words == sorted(words, key=str.casefold)
    doors = tab.locator("article .guide-doors a").evaluate_all("links => links.map(link => link.href)")
    assert len(doors) == 4
    assert [door for door in doors if tab.request.get(door).status != 200] == []
    assert tab.locator(".guide-lost").inner_text().strip() == ""


@pytest.mark.parametrize("words", PAYLOADS, ids=lambda words: words[:24])
@pytest.mark.parametrize("place", ["no/such/page/?q={}#{}", "{}"])
def test_nothing_of_a_hostile_address_is_shown_run_or_followed(tab: Page, address: str, place: str, words: str) -> None:
    watch = Watch(tab, address)
    path = place.replace("{}", words.lstrip("/") if place == "{}" else words)
    with tab.expect_response("**/ids.json"):
        tab.goto(address + path)
    tab.wait_for_timeout(150)
    assert "attack" not in tab.evaluate("document.documentElement.outerHTML")
    links = tab.locator(".guide-lost a").evaluate_all("links => links.map(link => link.href)")
    assert [link for link in links if not link.startswith(address)] == []
    assert watch.faults == []
