"""The search, as people use it: it finds what they mean, shows danger first, and tells nobody what they typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
import yaml
from built import BuiltSite
from helpers import ROOT
from playwright.sync_api import BrowserContext, Locator, Page, Request, expect

from macros.catalog import Catalog

Open = Callable[..., BrowserContext]
BUDGET = yaml.safe_load((ROOT / "tests" / "budget.yml").read_text(encoding="utf-8"))["search"]["least"]["all"]
CARDS = yaml.safe_load((ROOT / "data" / "care-cards.yml").read_text(encoding="utf-8"))
CARE = "care-"
"""What the ids of care cards begin with."""
ON_DEMAND = re.compile(r"/assets/search")
ASK = """(question) => {
  const input = document.querySelector("dialog.guide-find input");
  input.value = question;
  input.dispatchEvent(new Event("input"));
  return [...document.querySelectorAll("dialog .guide-find__results a")].slice(0, 3).map((link) => link.href);
}"""


SHARED = """async () => {
  const { RANK, readIndex, search } = await import(new URL("../../assets/search.js", location).href);
  const index = readIndex(await (await fetch("../../assets/search-index.json")).json());
  const asks = (word) => index.skip.has(word) || index.ask.has(word) || index.aliases.has(word);
  const found = [];
  for (const [word, { found: places }] of index.terms) {
    const worths = [...new Set(places.values())].sort().join();
    if (asks(word) || index.fold(word) !== word || worths !== `${RANK.other},${RANK.text}`) continue;
    const shares = [...places].find(([, worth]) => worth === RANK.other)[0], { address } = index.sections[shares];
    found.push({ word, found: search(index, word, 999).some((section) => section.address === address) });
  }
  return { found, less: RANK.other < RANK.text };
}"""
"""Looks by each word that tells one section apart for another section that holds it too."""


@pytest.fixture
def search(tab: Page, address: str) -> Page:
    """A page whose search is open."""
    tab.goto(address + "decide/cost/")
    return open_search(tab)


def open_search(tab: Page) -> Page:
    tab.locator("a.guide-search").click()
    expect(tab.locator(".guide-find__always a")).to_be_visible()
    return tab


def field(tab: Page) -> Locator:
    return tab.get_by_role("searchbox", name="Search the guide")


def results(tab: Page) -> Locator:
    return tab.locator(".guide-find__results a")


# What it finds


def test_a_section_is_found_by_words_that_it_shares_and_they_count_less(search: Page) -> None:
    shared = search.evaluate(SHARED)
    assert shared["less"]
    assert len(shared["found"]) > 100
    assert [one["word"] for one in shared["found"] if not one["found"]] == []


@dataclass(frozen=True)
class Score:
    """How many queries the search answered."""

    hits: int
    of: int

    @property
    def share(self) -> float:
        return 100 * self.hits / self.of

    def __str__(self) -> str:
        return f"{self.hits} of {self.of} = {self.share:.1f} %"


@pytest.fixture(scope="module")
def found(
    make_context: Callable[..., BrowserContext], address: str, site: BuiltSite, catalog: Catalog
) -> dict[str, list[list[str]]]:
    """For every query, the ids at the top of each of the first three results."""
    tab = make_context().new_page()
    tab.goto(address)
    open_search(tab)
    tops = {}
    for page in site.guide_pages:
        points = page.article.css_first(".guide-key-points h2")
        tops[page.address] = [points.id] if points and points.id else []
    answers = {}
    for query in catalog.queries.values():
        links = [link.removeprefix(address).partition("#") for link in tab.evaluate(ASK, query.query)]
        answers[query.query] = [[id] if id else tops.get(path, []) for path, _, id in links]
    return answers


def measure(hits: Iterator[bool]) -> Score:
    every = list(hits)
    return Score(sum(every), len(every))


def test_the_right_section_is_found(catalog: Catalog, found: dict[str, list[list[str]]]) -> None:
    queries = catalog.queries.values()
    first = measure(any(id in query.answers for ids in found[query.query][:1] for id in ids) for query in queries)
    three = measure(any(id in query.answers for ids in found[query.query] for id in ids) for query in queries)
    assert len(queries) >= 120
    assert first.share >= BUDGET["first"], first
    assert three.share >= BUDGET["in_three"], three


@pytest.mark.parametrize("words", ["colld sore", "coldsore", "cold sores", "my cold, sore"])
def test_slips_and_words_put_together_find_the_same(search: Page, words: str) -> None:
    search.keyboard.type("cold sore")
    right = results(search).first.get_attribute("href")
    field(search).fill(words)
    expect(results(search).first).to_have_attribute("href", right or "")


@pytest.mark.parametrize("words", ["swollen lips", "my mouth is puffing up", "puffiness of both lips", "lip ballooned"])
def test_words_that_mean_the_same_find_the_same_in_any_order(search: Page, words: str) -> None:
    search.keyboard.type(words)
    expect(results(search).first).to_have_attribute("href", re.compile("#care-emergency$"))


def test_a_word_that_says_nothing_asks_for_nothing_though_a_like_word_has_other_names(search: Page) -> None:
    search.keyboard.type("real")
    expect(results(search).first).to_be_visible()
    field(search).fill("really")
    expect(results(search)).to_have_count(0)


def test_danger_shows_its_care_card_first(catalog: Catalog, found: dict[str, list[list[str]]]) -> None:
    danger = {query.query: query.answers for query in catalog.queries.values() if query.danger}
    missed = {
        words: found[words][:1]
        for words, answers in danger.items()
        if not any(id.startswith(CARE) and id in answers for ids in found[words][:1] for id in ids)
    }
    assert danger
    assert missed == {}


def test_a_result_names_section_and_page_and_lands_on_the_section(search: Page, catalog: Catalog) -> None:
    search.keyboard.type("numbing cream")
    first = results(search).first
    expect(first.locator(".guide-find__section")).not_to_be_empty()
    expect(first.locator(".guide-find__page")).not_to_be_empty()
    heading = first.locator(".guide-find__section").inner_text()
    first.click()
    expect(search.locator("dialog")).not_to_be_visible()
    target = search.locator(f'[id="{urlsplit(search.url).fragment}"]')
    expect(target).to_be_in_viewport()
    expect(target).to_contain_text(heading)


def test_a_care_card_among_the_results_is_marked_by_more_than_color(search: Page) -> None:
    search.keyboard.type("cant breathe")
    card = search.locator(".guide-find__result--care a").first
    expect(card).to_contain_text("Emergency")
    assert card.evaluate("card => parseFloat(getComputedStyle(card).borderLeftWidth)") >= 3


def test_a_care_card_among_the_results_has_the_color_of_its_level(search: Page) -> None:
    colors = set()
    for id in ("care-emergency", "care-urgent-today", "care-clinic-days"):
        heading = next(line for line in CARDS if line["id"] == id.removeprefix(CARE))["heading"]
        field(search).fill(heading)
        card = search.locator(f".guide-find__result--care a[href$='#{id}']")
        colors.add(card.evaluate("card => getComputedStyle(card).borderLeftColor"))
    assert len(colors) == 3


@pytest.mark.parametrize("words", ["", "cost", "qqqq zzzz"])
def test_the_way_to_help_stands_above_whatever_is_found(search: Page, words: str) -> None:
    search.keyboard.type(words)
    link = search.locator(".guide-find__always a")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", re.compile(r"/treatment/get-help/$"))
    assert search.evaluate("""() => {
      const [help, list] = [".guide-find__always", ".guide-find__results"].map((name) => document.querySelector(name));
      return Boolean(help.compareDocumentPosition(list) & Node.DOCUMENT_POSITION_FOLLOWING);
    }""")


def test_nothing_found_offers_topics_and_a_way_to_tell_us(search: Page) -> None:
    search.keyboard.type("qqqq zzzz")
    links = search.locator(".guide-find__topics a")
    expect(links.first).to_be_visible()
    assert links.count() >= 5
    expect(links.last).to_have_text("Tell us what you looked for")
    target = links.last.get_attribute("href") or ""
    assert target.endswith("/issues/new?template=wrong-or-unclear.yml")
    assert "qqqq" not in target
    sizes = search.locator(".guide-find__always a, .guide-find__topics a").evaluate_all(
        "links => links.map((link) => link.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 24


# How it is used


def test_keys_lead_through_the_search_to_a_section(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.keyboard.press("Control+k")
    expect(field(tab)).to_be_focused()
    tab.keyboard.type("numbing cream")
    expect(results(tab).nth(2)).to_be_visible()
    tab.keyboard.press("ArrowDown")
    expect(results(tab).first).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(results(tab).nth(1)).to_be_focused()
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    expect(field(tab)).to_be_focused()
    tab.keyboard.press("Enter")
    expect(results(tab).first).to_be_focused()
    goal = results(tab).first.get_attribute("href") or ""
    tab.keyboard.press("Enter")
    tab.wait_for_url(goal)
    expect(tab.locator(f'[id="{urlsplit(goal).fragment}"]')).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Control+k", "Meta+k", "Control+K"])
def test_a_shortcut_opens_the_search(tab: Page, address: str, key: str) -> None:
    tab.goto(address)
    tab.keyboard.press(key)
    expect(field(tab)).to_be_focused()


@pytest.mark.parametrize("key", ["/", "s", "f", "k"])
def test_no_single_letter_opens_it(tab: Page, address: str, key: str) -> None:
    tab.goto(address)
    tab.keyboard.press(key)
    tab.wait_for_timeout(200)
    expect(field(tab)).to_have_count(0)


def test_escape_closes_the_search_and_the_focus_goes_back(search: Page) -> None:
    search.keyboard.press("Escape")
    expect(search.locator("dialog")).not_to_be_visible()
    expect(search.locator("a.guide-search")).to_be_focused()


def test_a_screen_reader_hears_what_it_is_and_how_many_were_found(search: Page) -> None:
    expect(search.get_by_role("dialog", name="Search the guide")).to_be_visible()
    expect(search.get_by_role("search")).to_be_visible()
    status = search.locator(".guide-find [role=status]")
    search.keyboard.type("scar")
    expect(status).to_have_text(f"{results(search).count()} sections found.")
    field(search).fill("qqqq zzzz")
    expect(status).to_have_text(re.compile("^Nothing found"))


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_of_the_search_shows_it(open_context: Open, address: str, width: int) -> None:
    tab = open_context(viewport={"width": width, "height": 700}).new_page()
    tab.goto(address + "search/")
    tab.locator("article .guide-find input").fill("does it hurt")
    expect(results(tab).first).to_be_visible()
    tab.keyboard.press("Control+k")
    expect(field(tab)).to_be_focused()
    expect(tab.locator("dialog")).to_have_count(0)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_the_link_leads_to_every_topic(open_context: Open, address: str) -> None:
    tab = open_context(java_script_enabled=False).new_page()
    tab.goto(address + "decide/cost/")
    tab.locator("a.guide-search").click()
    tab.wait_for_url(address + "search/")
    expect(tab.locator("h1")).to_have_text(re.compile("^Find a topic"))
    expect(tab.locator("article a[href*='#care-emergency']")).to_be_visible()
    expect(field(tab)).to_have_count(0)


def test_the_page_of_the_search_lists_every_page_by_name(site: BuiltSite) -> None:
    page = site.find_page("search.md")
    heading = page.article.css_first("#search-pages")
    rows = heading.next.next if heading and heading.next else None
    assert rows is not None
    links = {link.attributes["href"]: link.text() for link in rows.css("a")}
    wanted = {other.address for other in site.guide_pages} - {"", page.address}
    assert {(link or "").removeprefix("../") for link in links} == wanted
    assert list(links.values()) == sorted(links.values(), key=str.casefold)


def test_the_link_leads_to_every_topic_when_the_search_does_not_load(tab: Page, address: str) -> None:
    tab.route(re.compile(r"/assets/search\.js"), lambda route: route.abort())
    tab.goto(address + "decide/cost/")
    tab.locator("a.guide-search").click()
    tab.wait_for_url(address + "search/")


def test_an_index_that_does_not_load_is_told_and_asked_for_again(tab: Page, address: str) -> None:
    pattern = re.compile(r"/assets/search-index\.json")
    tab.route(pattern, lambda route: route.abort())
    tab.goto(address)
    tab.keyboard.press("Control+k")
    expect(tab.locator(".guide-find [role=status]")).to_have_text(re.compile("did not load"))
    tab.unroute(pattern)
    tab.keyboard.press("Escape")
    tab.keyboard.press("Control+k")
    expect(tab.locator(".guide-find__always a")).to_be_visible()


# What nobody learns


def test_a_page_loads_nothing_of_the_search_until_somebody_reaches_for_it(tab: Page, address: str) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address, wait_until="networkidle")
    assert [url for url in asked if ON_DEMAND.search(url)] == []
    tab.locator("a.guide-search").focus()
    with tab.expect_response(re.compile(r"search-index\.json")):
        pass
    assert len([url for url in asked if ON_DEMAND.search(url)]) == 2


def test_what_is_typed_is_in_no_request_and_kept_nowhere(search: Page) -> None:
    asked: list[Request] = []
    search.on("request", lambda request: asked.append(request))  # noqa: PLW0108  # Playwright marks it
    here = search.url
    for words in ("qqqqsecret", "does it hurt"):
        field(search).fill(words)
        search.wait_for_timeout(700)
    assert [request.url for request in asked] == []
    assert search.url == here
    kept = search.evaluate("[...Object.values(localStorage), ...Object.values(sessionStorage), document.cookie].join()")
    assert "secret" not in kept
    results(search).first.click()
    search.wait_for_load_state()
    assert [request.url for request in asked if "hurt" in (request.url + (request.post_data or ""))] == []
    assert "hurt" not in str(search.evaluate("JSON.stringify(history.state) + document.referrer"))


def test_words_that_are_markup_stay_words(search: Page) -> None:
    before = search.evaluate("document.querySelectorAll('img, script').length")
    field(search).fill("<img src=x onerror=alert(1)> scar")
    expect(results(search).first).to_be_visible()
    assert search.evaluate("document.querySelectorAll('img, script').length") == before
