"""The frame around a page: its menu and colors work by keys, without scripts, and without telling anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

Open = Callable[..., BrowserContext]

PHONE = {"width": 390, "height": 844}
KEY = "guide-colors"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
OUTSIDE = """link => {
    const words = document.createRange();
    words.selectNodeContents(link);
    const {top, bottom} = link.closest('header').getBoundingClientRect();
    const next = link.nextElementSibling.getBoundingClientRect();
    return [...words.getClientRects()]
        .filter(line => line.top < top || line.bottom > bottom || line.right > next.left)
        .map(line => JSON.stringify(line));
}"""
UNSEEN = """() => {
    const here = document.activeElement;
    const ringed = getComputedStyle(here).outlineStyle !== 'none';
    const hidden = here.closest('article')
        && here.getBoundingClientRect().top < document.querySelector('header').getBoundingClientRect().bottom;
    return !ringed || hidden ? `${here.outerHTML.slice(0, 120)}: ringed ${ringed}, hidden ${hidden}` : '';
}"""
BLOCK_STORAGE = """Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"""


def is_dark(tab: Page) -> bool:
    color = tab.evaluate(BACKGROUND)
    return max(map(int, color.removeprefix("rgb(").removesuffix(")").split(","))) < 100


# The name and the focus


@pytest.mark.parametrize("size", [16, 32])
def test_the_whole_name_of_the_guide_is_seen_on_the_smallest_phone_and_leads_home(
    open_context: Open, address: str, size: int
) -> None:
    tab = open_context(viewport={"width": 320, "height": 640}).new_page()
    tab.goto(address + "understand/risks/")
    tab.evaluate("size => { document.documentElement.style.fontSize = `${size * 1.25}px`; }", size)
    name = tab.locator("header .md-logo")
    assert name.evaluate(OUTSIDE) == []
    name.click()
    expect(tab).to_have_url(address)


@pytest.mark.parametrize("path", ["evidence/references/", "evidence/claims/", "decide/questions-to-ask/", "search/"])
def test_what_has_the_focus_is_ringed_and_not_under_the_header_going_back_up_a_page(
    tab: Page, address: str, path: str
) -> None:
    tab.goto(address + path)
    tab.locator("footer a").first.focus()
    wrong = []
    for _ in range(60):
        tab.keyboard.press("Shift+Tab")
        wrong.append(tab.evaluate(UNSEEN))
    assert list(filter(None, wrong)) == []


# The menu


def test_the_menu_leads_to_every_part_of_the_guide_and_to_the_sections_of_the_page(tab: Page, address: str) -> None:
    tab.goto(address + "understand/risks/")
    menu = tab.locator("#guide-nav")
    parts = menu.locator(".guide-nav__part > a, .guide-nav__part > span").all_inner_texts()
    assert parts[1] == "Understand"
    assert menu.locator("[aria-current=page]").all_text_contents() == ["What can go wrong"]
    headings = tab.locator("article h2").evaluate_all("all => all.map(one => '#' + one.id)")
    assert menu.locator(".guide-nav__sections a").evaluate_all("all => all.map(one => one.hash)") == headings


def test_the_menu_closes_by_its_own_button_by_a_tap_beside_it_and_when_the_focus_leaves(
    open_context: Open, address: str
) -> None:
    tab = open_context(viewport=PHONE).new_page()
    tab.goto(address + "understand/risks/")
    menu = tab.get_by_role("button", name="Menu", exact=True)
    nav = tab.get_by_role("navigation", name="Menu")
    menu.click()
    expect(tab.get_by_role("button", name="Close menu")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(menu).to_be_focused()
    expect(nav).to_be_hidden()
    menu.click()
    tab.mouse.click(365, 700)
    expect(nav).to_be_hidden()
    menu.click()
    nav.get_by_role("link").last.focus()
    tab.keyboard.press("Tab")
    expect(nav).to_be_hidden()
    expect(menu).to_have_attribute("aria-expanded", "false")


def test_a_section_chosen_in_the_menu_closes_it(open_context: Open, address: str) -> None:
    tab = open_context(viewport=PHONE).new_page()
    tab.goto(address + "understand/risks/")
    tab.get_by_role("button", name="Menu", exact=True).click()
    tab.locator(".guide-nav__sections a").nth(3).click()
    expect(tab.get_by_role("navigation", name="Menu")).to_be_hidden()
    expect(tab.locator(":target")).to_be_in_viewport()


def test_the_menu_opens_by_a_key_without_scripts(open_context: Open, address: str) -> None:
    tab = open_context(viewport=PHONE, java_script_enabled=False).new_page()
    tab.goto(address + "understand/risks/")
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("checkbox", name="Menu")).to_be_focused()
    tab.keyboard.press("Space")
    link = tab.get_by_role("navigation", name="Menu").get_by_role("link", name="Devices and needles")
    expect(link).to_be_visible()
    tab.keyboard.press("Space")
    expect(link).to_be_hidden()


def test_no_link_of_the_closed_menu_takes_the_focus(open_context: Open, address: str) -> None:
    tab = open_context(viewport=PHONE).new_page()
    tab.goto(address + "understand/risks/")
    for _ in range(12):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('#guide-nav') === null")


def test_the_section_being_read_is_marked_beside_the_text(tab: Page, address: str) -> None:
    tab.goto(address + "understand/risks/")
    tab.locator("#risks-lasting").scroll_into_view_if_needed()
    tab.evaluate("document.getElementById('risks-lasting').scrollIntoView()")
    expect(tab.locator(".guide-nav__here")).to_have_attribute("href", "#risks-lasting")


# Light and dark


@pytest.mark.parametrize("wish", ["light", "dark"])
def test_a_page_follows_the_device_until_the_reader_chooses(open_context: Open, address: str, wish: str) -> None:
    tab = open_context(color_scheme=wish).new_page()
    tab.goto(address)
    assert is_dark(tab) == (wish == "dark")
    button = tab.get_by_role("button", name="Dark colors")
    expect(button).to_have_attribute("aria-pressed", str(wish == "dark").lower())
    tab.emulate_media(color_scheme="light" if wish == "dark" else "dark")
    expect(button).to_have_attribute("aria-pressed", str(wish == "light").lower())
    assert is_dark(tab) == (wish == "light")


def test_the_choice_of_colors_holds_on_the_next_page_before_it_is_painted(open_context: Open, address: str) -> None:
    context = open_context(color_scheme="light")
    tab = context.new_page()
    tab.goto(address)
    tab.get_by_role("button", name="Dark colors").press("Enter")
    assert is_dark(tab)
    context.route("**/*.js", lambda route: route.abort())
    for path in ("understand/risks/", "s/risks-usual/", "no/such/page/"):
        tab.goto(address + path)
        assert is_dark(tab), path


def test_the_choice_of_colors_reaches_other_tabs(open_context: Open, address: str) -> None:
    context = open_context(color_scheme="light")
    one, other = context.new_page(), context.new_page()
    one.goto(address)
    other.goto(address + "glossary/")
    one.get_by_role("button", name="Dark colors").click()
    expect(other.get_by_role("button", name="Dark colors")).to_have_attribute("aria-pressed", "true")


def test_the_guide_works_where_nothing_may_be_kept(open_context: Open, address: str) -> None:
    tab = open_context(color_scheme="light").new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.add_init_script(BLOCK_STORAGE)
    tab.goto(address)
    tab.get_by_role("button", name="Dark colors").click()
    assert is_dark(tab)
    assert errors == []


def test_without_scripts_no_button_is_shown_that_does_nothing(open_context: Open, address: str) -> None:
    tab = open_context(java_script_enabled=False).new_page()
    tab.goto(address)
    expect(tab.locator(".guide-colors")).to_be_hidden()


def test_nothing_moves_when_the_scripts_arrive(open_context: Open, address: str) -> None:
    tab = open_context(viewport=PHONE).new_page()
    tab.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries()) "
        "window.moved += one.value; }).observe({type: 'layout-shift', buffered: true});"
    )
    for path in ("", "understand/risks/", "evidence/claims/", "glossary/", "decide/compare-treatments/"):
        tab.goto(address + path, wait_until="networkidle")
        assert tab.evaluate("window.moved") < 0.001, path
