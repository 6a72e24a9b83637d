"""The content policy of the built pages: it blocks what does not belong there, and nothing that does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from built import BuiltSite
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

Open = Callable[..., BrowserContext]

EVIL = "https://evil.example/"
PLANTED = "planted/"
POLICY = 'http-equiv="Content-Security-Policy"'
COLLECT = """window.violations = [];
document.addEventListener('securitypolicyviolation', told => window.violations.push(
    `${told.effectiveDirective} ${told.blockedURI} ${told.sourceFile}:${told.lineNumber}`));"""


HURT = "() => window.hurt === true"


class Attack(NamedTuple):
    """What somebody plants in a page, how it shows that it worked, what forbids it, and what a reader does."""

    html: str
    worked: str
    directive: str
    act: str = ""


ATTACKS = {
    "inline script": Attack("<script>window.hurt = true</script>", HURT, "script-src-elem"),
    "handler": Attack('<img src="no.png" onerror="window.hurt = true">', HURT, "script-src-attr"),
    "javascript: link": Attack('<a id="x" href="javascript:window.hurt = true">x</a>', HURT, "script-src-elem", "#x"),
    "foreign script": Attack(f'<script src="{EVIL}x.js"></script>', HURT, "script-src-elem"),
    "image": Attack(
        f'<img id="x" src="{EVIL}x.svg">', "() => document.getElementById('x').naturalWidth > 0", "img-src"
    ),
    "frame": Attack(f'<iframe id="x" src="{EVIL}x.html"></iframe>', "() => window.framed === true", "frame-src"),
    "style": Attack(
        "<style>h1 { display: none }</style>",
        "() => !document.querySelector('h1').checkVisibility()",
        "style-src-elem",
    ),
    "form": Attack(
        f'<form action="{EVIL}"><button id="x">x</button></form>',
        f"() => location.href.startsWith('{EVIL}')",
        "form-action",
        "#x",
    ),
}
ANSWERS = {
    "x.js": ("text/javascript", "window.hurt = true"),
    "x.svg": ("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "x.html": ("text/html", "<script>parent.postMessage('framed', '*')</script>"),
}
LISTEN = "addEventListener('message', told => { if (told.data === 'framed') window.framed = true; })"


def plant(context: BrowserContext, html: str, address: str) -> tuple[Page, list[str]]:
    """Opens a page of the site with something planted in its text; returns what it asked of the attacker."""
    asked: list[str] = []

    def answer(route: Route, request: Request) -> None:
        asked.append(request.url)
        kind, body = ANSWERS.get(request.url.removeprefix(EVIL), ("text/html", "<p>caught</p>"))
        route.fulfill(content_type=kind, body=body)

    context.route(f"{EVIL}**", answer)
    context.route(f"**/{PLANTED}", lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=html))
    tab = context.new_page()
    tab.add_init_script(LISTEN)
    tab.add_init_script(COLLECT)
    tab.goto(address + PLANTED)
    return tab, asked


class Outcome(NamedTuple):
    """Whether an attack worked, what it asked of the attacker, and the directives by which the browser blocked it."""

    worked: bool
    asked: list[str]
    blocked_by: list[str]


def attack(context: BrowserContext, address: str, html: str, kind: str) -> Outcome:
    """Plants something in a page, and does what a reader would do."""
    trial = ATTACKS[kind]
    tab, asked = plant(context, html.replace("</h1>", f"</h1>{trial.html}", 1), address)
    if trial.act:
        tab.locator(trial.act).click(no_wait_after=True)
    tab.wait_for_timeout(400)
    blocked_by = [told.split()[0] for told in tab.evaluate("window.violations")]
    return Outcome(tab.evaluate(trial.worked), asked, blocked_by)


@pytest.mark.parametrize("kind", ATTACKS)
def test_what_somebody_plants_in_a_page_does_nothing(
    open_context: Open, address: str, site: BuiltSite, kind: str
) -> None:
    html = site.find_page("understand/risks.md").html
    assert POLICY in html
    assert attack(open_context(), address, html, kind) == Outcome(
        worked=False, asked=[], blocked_by=[ATTACKS[kind].directive]
    )


@pytest.mark.parametrize("kind", ATTACKS)
def test_the_same_works_without_the_policy(open_context: Open, address: str, site: BuiltSite, kind: str) -> None:
    html = site.find_page("understand/risks.md").html.replace(POLICY, 'name="none"')
    outcome = attack(open_context(), address, html, kind)
    assert (outcome.worked, outcome.blocked_by) == (True, [])


# What belongs to the page


@pytest.fixture
def watched(open_context: Open) -> Page:
    """A tab that remembers what the policy blocked."""
    tab = open_context(viewport={"width": 390, "height": 844}).new_page()
    tab.add_init_script(COLLECT)
    return tab


@pytest.fixture(scope="module")
def reader(make_context: Open) -> Page:
    """A tab that all pages share; it remembers what the policy of the page blocked."""
    tab = make_context().new_page()
    tab.add_init_script(COLLECT)
    return tab


def test_nothing_is_blocked_on_any_page_in_light_in_dark_and_on_paper(
    reader: Page, address: str, shown_path: str
) -> None:
    reader.emulate_media(media="screen", color_scheme="light")
    reader.goto(address + shown_path.removesuffix("index.html"))
    reader.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    reader.emulate_media(color_scheme="dark")
    reader.emulate_media(media="print")
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert reader.evaluate("window.violations") == []


def test_nothing_is_blocked_while_a_reader_uses_the_menu_and_the_colors(watched: Page, address: str) -> None:
    watched.goto(address + "understand/risks/")
    watched.get_by_role("button", name="Menu", exact=True).click()
    expect(watched.get_by_role("navigation", name="Menu")).to_be_visible()
    watched.keyboard.press("Escape")
    watched.get_by_role("button", name="Dark colors").click()
    watched.emulate_media(media="print")
    watched.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert watched.evaluate("window.violations") == []


def test_nothing_is_blocked_while_a_reader_looks_at_a_word_and_copies_a_link(watched: Page, address: str) -> None:
    watched.goto(address + "understand/how-it-works/")
    watched.locator("a.guide-term").first.hover()
    expect(watched.locator("[role=tooltip]")).to_be_visible()
    watched.locator("article h2 .headerlink").first.click()
    watched.wait_for_timeout(200)
    assert watched.evaluate("window.violations") == []


def test_nothing_is_blocked_while_a_reader_searches(watched: Page, address: str) -> None:
    watched.goto(address)
    watched.keyboard.press("Control+k")
    watched.get_by_role("dialog").wait_for(state="visible")
    watched.keyboard.type("swollen face")
    expect(watched.locator(".guide-find__results a").first).to_be_visible()
    assert watched.evaluate("window.violations") == []


def test_nothing_is_blocked_while_a_reader_filters_the_claims(watched: Page, address: str) -> None:
    watched.goto(address + "evidence/claims/")
    watched.locator("[data-guide-filter]").get_by_role("searchbox").fill("collagen")
    watched.wait_for_timeout(400)
    assert watched.evaluate("window.violations") == []


def test_nothing_is_blocked_while_a_clinic_checks_its_links(watched: Page, address: str) -> None:
    watched.goto(address + "clinics/check-my-links/")
    watched.get_by_role("textbox").first.fill(f"{address}treatment/aftercare/")
    watched.locator("article").get_by_role("button").first.click()
    watched.wait_for_timeout(400)
    assert watched.evaluate("window.violations") == []


def test_nothing_is_blocked_on_the_page_for_what_is_not_found(watched: Page, address: str) -> None:
    watched.goto(address + "treatment/aftercar/")
    watched.locator(".guide-lost__list li").first.wait_for(state="visible")
    assert watched.evaluate("window.violations") == []
