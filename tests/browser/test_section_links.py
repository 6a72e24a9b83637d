"""Links to sections: the sign that copies, the landing, the list of sections, and the check of a clinic's links."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from built import BuiltSite
from hostile import PAYLOADS, Watch
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect
from test_accessibility import AXE, START, TAGS, describe

Open = Callable[..., BrowserContext]

PAGE, SECTION, TITLE = "treatment/aftercare/", "aftercare-sun", "Sun and sunscreen"
DENY = "Object.defineProperty(navigator, 'clipboard', {value: {writeText: () => Promise.reject(new Error('no'))}})"
MISSING = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


# The sign beside a heading


@pytest.fixture
def reader(open_context: Open) -> Page:
    """A tab that may copy."""
    context = open_context()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context.new_page()


def find_sign(tab: Page) -> Locator:
    return tab.locator(f"#{SECTION}").get_by_role("button", name=f"Copy the permanent link to: {TITLE}", exact=True)


def read_clipboard(tab: Page) -> str:
    return str(tab.evaluate("navigator.clipboard.readText()"))


def find_message(tab: Page) -> Locator:
    return tab.locator(".guide-note[role=status]")


def test_a_click_on_the_sign_copies_the_permanent_address_and_says_so(
    reader: Page, address: str, site: BuiltSite
) -> None:
    reader.goto(address + PAGE)
    reader.locator(f"#{SECTION}").hover()
    find_sign(reader).click()
    expect(find_message(reader)).to_have_text(f"Copied the permanent link to: {TITLE}")
    assert read_clipboard(reader) == f"{site.url}s/{SECTION}/"
    assert reader.url == address + PAGE
    expect(find_message(reader)).to_be_empty()


def test_a_message_is_told_again_when_the_sign_is_chosen_again(reader: Page, address: str) -> None:
    reader.goto(address + PAGE)
    told = reader.evaluate_handle("""() => {
        const told = [];
        const note = document.querySelector('.guide-note');
        new MutationObserver(() => told.push(note.textContent)).observe(note, {childList: true});
        return told;
    }""")
    for number in (1, 2):
        find_sign(reader).click()
        reader.wait_for_function("([told, number]) => told.filter(Boolean).length === number", arg=[told, number])
    assert [words for words in told.json_value() if words] == [f"Copied the permanent link to: {TITLE}"] * 2


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_keys_reach_the_sign_and_copy(reader: Page, address: str, site: BuiltSite, key: str) -> None:
    reader.goto(f"{address}{PAGE}#{SECTION}")
    reader.keyboard.press("Tab")
    expect(find_sign(reader)).to_be_focused()
    assert shown(find_sign(reader))
    reader.keyboard.press(key)
    expect(find_message(reader)).to_have_text(f"Copied the permanent link to: {TITLE}")
    assert read_clipboard(reader) == f"{site.url}s/{SECTION}/"
    expect(find_sign(reader)).to_be_focused()


def shown(sign: Locator) -> bool:
    return bool(sign.evaluate("node => getComputedStyle(node).opacity === '1' && node.checkVisibility()"))


@pytest.mark.parametrize("width", [1280, 320])
def test_every_sign_is_large_enough_and_named_after_its_heading(open_context: Open, address: str, width: int) -> None:
    tab = open_context(viewport={"width": width, "height": 900}).new_page()
    tab.goto(address + PAGE)
    signs = tab.locator("article :is(h2, h3) .headerlink")
    assert signs.count() > 5
    for sign in signs.all():
        box = sign.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        heading = sign.evaluate("node => node.parentElement.textContent.replace(node.textContent, '')")
        assert sign.get_attribute("aria-label") == f"Copy the permanent link to: {' '.join(heading.split())}"


def test_the_sign_shows_up_when_the_pointer_is_over_the_heading(tab: Page, address: str) -> None:
    tab.goto(address + PAGE)
    assert not shown(find_sign(tab))
    tab.locator(f"#{SECTION}").hover()
    assert shown(find_sign(tab))


def test_the_sign_always_shows_where_nothing_can_hover(open_context: Open, address: str) -> None:
    tab = open_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    tab.goto(address + PAGE)
    assert shown(find_sign(tab))


@pytest.mark.parametrize("script", [DENY, MISSING], ids=["not allowed", "not there"])
def test_where_a_page_may_not_copy_the_address_shows_up_selected(
    tab: Page, address: str, site: BuiltSite, script: str
) -> None:
    tab.add_init_script(script)
    tab.goto(address + PAGE)
    find_sign(tab).press("Enter")
    field = tab.get_by_role("textbox", name="copy it with Ctrl+C")
    expect(field).to_be_focused()
    selected = "node => node.value.slice(node.selectionStart, node.selectionEnd)"
    assert field.evaluate(selected) == f"{site.url}s/{SECTION}/"
    expect(find_message(tab)).to_be_empty()
    tab.keyboard.press("Escape")
    expect(field).to_have_count(0)
    expect(find_sign(tab)).to_be_focused()


def test_the_sign_is_a_link_to_its_section_without_scripts(open_context: Open, address: str) -> None:
    tab = open_context(java_script_enabled=False).new_page()
    tab.goto(address + PAGE)
    link = tab.locator(f"#{SECTION}").get_by_role("link", name=f"Link to this section: {TITLE}")
    link.focus()
    link.press("Enter")
    assert tab.url == f"{address}{PAGE}#{SECTION}"
    expect(tab.locator(f"#{SECTION}")).to_be_in_viewport()


# The landing

TARGETS = {
    "heading": f"{PAGE}#{SECTION}",
    "heading of the third level": "decide/home-or-clinic/#home-or-clinic-lumps",
    "card": "treatment/get-help/#care-urgent-today",
    "row": "treatment/aftercare/#aftercare-row-day-2-3",
    "last row": "decide/compare-treatments/#treatments-cost",
    "row written by hand": "clinics/link-to-a-section/#link-send-pain-numbing-danger",
    "word": "glossary/#term-keloid",
    "question": "decide/questions-to-ask/#question-price-extras",
    "source": "evidence/references/#ref-alam-2014",
    "last source": "evidence/references/#ref-dover-2025-cost",
    "claim": "evidence/claims/#claim-follow-aftercare-003",
    "heading between long tables": "evidence/claims/#claims-aftercare",
    "note": f"{PAGE}#fn:chu-2021",
}
IN_SIGHT = """node => {
    const box = node.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + 12, box.top + 4);
    return box.top >= 0 && box.bottom > 0 && box.top < innerHeight && (node.contains(top) || top.contains(node));
}"""
MARKED = """node => [node, node.parentElement].some(part => {
    const style = getComputedStyle(part);
    const line = kind => style[`${kind}Style`] !== 'none' && parseFloat(style[`${kind}Width`]) >= 3;
    return part.matches(':target, :has(> :target)') && (line('outline') || line('borderLeft'));
})"""


def find_target(tab: Page, path: str) -> Locator:
    return tab.locator(f'[id="{path.partition("#")[2]}"]')


def assert_landed(target: Locator) -> None:
    expect(target).to_be_focused()
    target.page.wait_for_function(f"node => ({IN_SIGHT})(node)", arg=target.element_handle())
    assert target.evaluate(MARKED)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("kind", TARGETS)
def test_a_link_lands_below_the_header_marked_and_focused(
    open_context: Open, address: str, kind: str, width: int
) -> None:
    tab = open_context(viewport={"width": width, "height": 800}).new_page()
    tab.goto(address + TARGETS[kind])
    assert_landed(find_target(tab, TARGETS[kind]))


@pytest.mark.parametrize("kind", ["heading", "row", "card"])
def test_a_link_on_the_page_itself_lands_the_same_way(tab: Page, address: str, kind: str) -> None:
    page, _, fragment = TARGETS[kind].partition("#")
    tab.goto(address + page)
    tab.evaluate("fragment => { location.hash = fragment; }", fragment)
    assert_landed(find_target(tab, TARGETS[kind]))


def test_a_second_click_on_the_same_link_lands_again(tab: Page, address: str) -> None:
    tab.goto(address + PAGE)
    tab.evaluate(f"""() => {{
        const link = Object.assign(document.createElement('a'), {{href: '#{SECTION}', textContent: 'again'}});
        document.querySelector('article').prepend(link);
    }}""")
    for _ in range(2):
        tab.get_by_role("link", name="again", exact=True).click()
        assert_landed(tab.locator(f"#{SECTION}"))


def test_what_is_folded_around_a_section_opens(tab: Page, address: str) -> None:
    tab.goto(address + PAGE)
    tab.evaluate(f"""() => {{
        const target = document.getElementById('{SECTION}');
        const [outer, inner] = [0, 1].map(() => document.createElement('details'));
        target.before(outer);
        outer.append(inner);
        inner.append(target);
        location.hash = '{SECTION}';
    }}""")
    assert_landed(tab.locator(f"#{SECTION}"))
    assert tab.evaluate("document.querySelectorAll('details[open] > details[open]').length") == 1


def test_the_next_tab_goes_on_from_the_section_and_text_can_be_clicked(tab: Page, address: str) -> None:
    tab.goto(f"{address}{PAGE}#{SECTION}")
    target = tab.locator(f"#{SECTION}")
    expect(target).to_be_focused()
    tab.keyboard.press("Tab")
    expect(find_sign(tab)).to_be_focused()
    expect(target).not_to_have_attribute("tabindex", "-1")


def test_a_reader_who_comes_back_stays_where_they_were(tab: Page, address: str) -> None:
    tab.goto(f"{address}{PAGE}#{SECTION}")
    expect(tab.locator(f"#{SECTION}")).to_be_focused()
    tab.evaluate("scrollTo(0, 0)")
    tab.wait_for_timeout(200)
    tab.reload()
    tab.wait_for_timeout(300)
    expect(tab.locator(f"#{SECTION}")).not_to_be_focused()
    assert tab.evaluate("scrollY") == 0


# Link to a section

LIST = "clinics/link-to-a-section/"


@pytest.fixture
def sections(reader: Page, address: str) -> Page:
    reader.goto(address + LIST)
    return reader


def search(tab: Page, words: str) -> None:
    tab.get_by_role("search", name="Filter the sections").get_by_role("searchbox").fill(words)


def find_row(tab: Page) -> Locator:
    return tab.locator(".guide-sections tr", has=tab.locator(f"a[href$='/s/{SECTION}/']"))


def test_what_is_far_from_the_window_gets_its_buttons_when_it_comes_near(sections: Page) -> None:
    expect(sections.locator(".guide-sections .guide-button")).to_have_count(0)
    last = sections.locator(".guide-sections tbody tr").last
    last.scroll_into_view_if_needed()
    expect(last.get_by_role("button", name="Copy address")).to_be_in_viewport()
    assert sections.locator(".guide-sections tr:not(:has(.guide-button)):has(td)").count() > 100


def test_signs_in_a_heading_do_not_break_out_of_what_is_copied(reader: Page, address: str, site: BuiltSite) -> None:
    def add_signs(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace(f">{TITLE}</a></th>", ">A [b] &lt;c&gt; &amp;</a></th>")
        )

    reader.route(f"{address}{LIST}", add_signs)
    reader.goto(address + LIST)
    search(reader, SECTION)
    copied = {"Markdown": "[A \\[b\\] \\<c\\> &]({})", "HTML": '<a href="{}">A [b] &lt;c&gt; &amp;</a>'}
    for form, text in copied.items():
        find_row(reader).get_by_role("button", name=f"Copy {form}").click()
        expect(find_message(reader)).to_contain_text(f"Copied {form}")
        assert read_clipboard(reader) == text.format(f"{site.url}s/{SECTION}/")


def test_typing_narrows_the_list_and_says_how_many_are_left(sections: Page) -> None:
    every = sections.locator(".guide-sections :is(tbody tr, li)").count()
    search(sections, "sunscreen AFTERCARE")
    rows = sections.locator(".guide-sections :is(tbody tr, li):visible")
    expect(rows.first).to_contain_text(TITLE)
    assert 0 < rows.count() < 20
    status = sections.locator(".guide-sections__filter [role=status]")
    expect(status).to_have_text(f"{rows.count()} of {every} places shown")
    search(sections, "no heading says this")
    expect(status).to_have_text(f"0 of {every} places shown")
    expect(sections.locator(".guide-sections :is(tbody tr, li):visible")).to_have_count(0)
    search(sections, "")
    expect(status).to_have_text(f"{every} of {every} places shown")


def test_the_page_that_is_named_comes_first_and_pages_with_only_a_row_come_last(sections: Page) -> None:
    search(sections, "aftercare")
    pages = sections.locator(".guide-sections__page:visible")
    expect(pages.first.locator("caption")).to_have_text("Aftercare, day by day")
    expect(pages.last.locator("tbody tr:visible")).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "copied"),
    [
        ("Copy address", "{url}s/{id}/"),
        ("Copy Markdown", "[{title}]({url}s/{id}/)"),
        ("Copy HTML", '<a href="{url}s/{id}/">{title}</a>'),
    ],
)
def test_each_button_of_a_row_copies_its_form(sections: Page, site: BuiltSite, button: str, copied: str) -> None:
    search(sections, SECTION)
    sections.get_by_role("button", name=f"{button}: {TITLE}", exact=True).first.press("Enter")
    expect(find_message(sections)).to_have_text(f"{button.replace('Copy', 'Copied')}: {TITLE}")
    assert read_clipboard(sections) == copied.format(url=site.url, id=SECTION, title=TITLE)


def test_a_row_of_a_table_can_be_copied_too(sections: Page, site: BuiltSite) -> None:
    search(sections, "aftercare-row-day-2-3")
    item = sections.locator("li", has=sections.locator("a[href$='/aftercare-row-day-2-3/']"))
    item.get_by_role("button", name="Copy address").click()
    expect(find_message(sections)).to_contain_text("Copied address: ")
    assert read_clipboard(sections) == f"{site.url}s/aftercare-row-day-2-3/"


def test_the_code_of_a_section_shows_on_demand_and_can_be_saved(sections: Page, address: str) -> None:
    watch = Watch(sections, address)
    search(sections, SECTION)
    row = find_row(sections)
    button = row.get_by_role("button", name=f"Show QR code: {TITLE}")
    button.click()
    image = row.get_by_role("img", name=f"QR code of the address of: {TITLE}")
    expect(image).to_be_visible()
    sections.wait_for_function("image => image.naturalWidth > 0", arg=image.element_handle())
    assert watch.asked == [f"{address}s/{SECTION}/qr.svg"]
    with sections.expect_download() as saved:
        row.get_by_role("link", name=f"Save QR code: {TITLE}").click()
    assert saved.value.suggested_filename == f"{SECTION}.svg"
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(image).to_be_hidden()


def test_the_list_is_a_plain_table_without_scripts(open_context: Open, address: str, site: BuiltSite) -> None:
    tab = open_context(java_script_enabled=False).new_page()
    tab.goto(address + LIST)
    row = find_row(tab)
    row.scroll_into_view_if_needed()
    expect(row.get_by_role("cell", name=f"{site.url}s/{SECTION}/", exact=True)).to_be_visible()
    assert row.get_by_role("link", name=TITLE, exact=True).evaluate("link => link.href") == f"{address}s/{SECTION}/"
    expect(tab.get_by_role("search", name="Filter the sections")).to_have_count(0)
    row.get_by_role("link", name=f"QR code: {TITLE}").click()
    assert tab.url == f"{address}s/{SECTION}/qr.svg"


# Check my links

CHECK = "clinics/check-my-links/"
URL = "https://guide.example/open/"


def make_entry(id: str, page: str, **facts: Any) -> dict[str, Any]:
    words = id.replace("-", " ").capitalize()
    gone = facts.get("status") in ("merged", "retired")
    return {
        "id": id,
        "kind": "section",
        "title": words,
        "address": f"{URL}s/{id}/" if gone else f"{URL[:-1]}{page}#{id}",
        "permanent": f"{URL}s/{id}/",
        "page": page,
        "page_title": page.strip("/").capitalize(),
        "was": [],
        "changed": None,
        "status": "live",
        "successor": None,
        "reason": None,
        "last_reviewed": "2026-11-20",
        **facts,
    }


INDEX = {
    "url": URL,
    "ids": [
        make_entry("bake-crust", "/bake/"),
        make_entry("bake-times", "/bake/", changed="2027-03-01"),
        make_entry("rise-warm", "/dough/", was=["/rise/"], status="moved"),
        make_entry("rise-cold", "/rise/", status="merged", successor="rise-warm"),
        make_entry("bake-lard", "/bake/", status="retired", successor="bake-crust", reason="Nobody can check it."),
    ],
    "redirects": [
        {"from": "/rise/", "to": f"{URL}dough/"},
        {"from": "/rise/#rise-warm", "to": f"{URL}dough/#rise-warm"},
        {"from": "/bake/#steam", "to": f"{URL}bake/#bake-crust"},
    ],
}
ANSWERS = {
    "{}s/bake-crust/": ("Current", "Your link works. It leads to: Bake crust, on the page Bake."),
    "{}bake/#bake-crust": ("Current", "Your link works. It leads to: Bake crust, on the page Bake."),
    "{}s/bake-crust/qr.svg": ("Current", "It leads to: Bake crust"),
    "{}bake/index.html?from=card#bake-crust": ("Current", "It leads to: Bake crust"),
    "{}bake": ("Changed", "It leads to a whole page: Bake. Changed since your date: 1 of its places."),
    "{}dough/": ("Current", "Your link works. It leads to a whole page: Dough."),
    "{}s/bake-times/": ("Changed", "Its words changed on 1 March 2027: please read them again."),
    "{}rise/#rise-warm": ("Moved", "Your link still works. The section is now: Rise warm, on the page Dough."),
    "{}rise/": ("Moved", "Your link still works. The page is now: Dough."),
    "{}bake/#steam": ("Moved", "The section is now: Bake crust, on the page Bake."),
    "{}s/rise-cold/": ("Merged", "Rise cold is now part of another section. Read now: Rise warm."),
    "{}rise/#rise-cold": ("Merged", "Read now: Rise warm."),
    "{}s/bake-lard/": ("Withdrawn", "We took out Bake lard. Why: Nobody can check it. Read now: Bake crust."),
    "{}s/bake-crsut/": ("Unknown", "We do not know it. Did you mean: Bake crust (Bake)"),
    "{}bake/#bake-crsut": (
        "Unknown",
        "it has no section of this name. Did you mean: Bake crust",
    ),
    "{}s/quite-another-thing/": ("Unknown", "We do not know it."),
    "{}data/table.pdf": ("File", "Files are not checked here."),
}


@pytest.fixture
def checking(reader: Page, address: str) -> Page:
    """The page, with a list of sections made for these tests."""
    reader.route("**/ids.json", lambda route: route.fulfill(json=INDEX))
    reader.goto(address + CHECK)
    return reader


def check(tab: Page, words: str, since: str = "") -> list[tuple[str, str]]:
    """Pastes words and returns state and explanation of each answer."""
    tab.get_by_role("textbox", name="Paste your addresses").fill(words)
    tab.get_by_label("Tell me what changed since").fill(since)
    tab.get_by_role("button", name="Check", exact=True).click()
    status = tab.locator(".guide-check [role=status]")
    expect(status).to_contain_text("of this guide")
    items = tab.locator(".guide-check__item")
    parts = (".guide-check__state", "p:nth-of-type(2)")
    return [(item.locator(parts[0]).inner_text(), item.locator(parts[1]).inner_text()) for item in items.all()]


@pytest.mark.parametrize("link", ANSWERS)
def test_an_address_gets_the_answer_that_is_true(checking: Page, link: str) -> None:
    [(state, words)] = check(checking, link.format(URL), since="2027-03-01")
    assert state == ANSWERS[link][0]
    assert ANSWERS[link][1] in words


@pytest.mark.parametrize(("since", "state"), [("", "Current"), ("2027-03-02", "Current"), ("2027-02-28", "Changed")])
def test_changed_means_since_the_day_that_was_chosen(checking: Page, since: str, state: str) -> None:
    assert [answer[0] for answer in check(checking, f"{URL}bake/#bake-times", since)] == [state]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (f"{URL}s/bake-crust/ and {URL}s/bake-times/.", 2),
        (f"{URL}s/bake-crust/\n{URL}s/bake-crust/", 1),
        (f"See [the crust]({URL}s/bake-crust/), or <{URL}bake/#bake-times>.", 2),
        (f"<p>\u2019Here\u2019: <a class='x' href='{URL}s/bake-crust/'>crust</a><a href={URL}s/bake-times/>x</a>", 2),
        (f'<a href="{URL}bake/?a=1&amp;b=2#bake-crust">x</a>', 1),
        ("HTTPS://GUIDE.EXAMPLE/open/s/bake-crust/", 1),
        ("guide.example/open/s/bake-crust/", 1),
        ("/bake/#bake-crust\nbake-times", 2),
        ("https://other.example/ https://other.example/s/bake-crust/", 0),
        ("Nothing at all.", 0),
        ("", 0),
    ],
)
def test_addresses_are_found_in_whatever_is_pasted(checking: Page, words: str, number: int) -> None:
    answers = check(checking, words)
    assert len(answers) == number
    assert {state for state, _ in answers} <= {"Current"}


def test_the_most_urgent_answers_stand_first_and_the_sum_is_announced(checking: Page) -> None:
    pasted = "\n".join(link.format(URL) for link in ANSWERS) + "\nhttps://other.example/"
    states = [state for state, _ in check(checking, pasted, since="2027-03-01")]
    order = ["Unknown", "Withdrawn", "Merged", "Changed", "Moved", "File", "Current"]
    assert states == sorted(states, key=order.index)
    expect(checking.locator(".guide-check [role=status]")).to_have_text(
        "17 addresses of this guide: 3 unknown, 1 withdrawn, 2 merged, 2 changed, 3 moved, 1 file, 5 current."
        " Addresses of other sites, not checked: 1."
    )


def test_an_answer_gives_the_address_to_use_now(checking: Page, address: str) -> None:
    check(checking, f"{URL}s/rise-cold/")
    checking.get_by_role("button", name="Copy permanent address: Rise warm").click()
    expect(find_message(checking)).to_have_text("Copied permanent address: Rise warm")
    assert read_clipboard(checking) == f"{URL}s/rise-warm/"
    links = checking.locator(".guide-check__item a").evaluate_all("links => links.map(link => link.href)")
    assert links == [f"{address}s/rise-cold/", f"{address}dough/#rise-warm"]


def test_the_real_list_knows_the_real_addresses(tab: Page, address: str, site: BuiltSite) -> None:
    tab.goto(address + CHECK)
    pasted = f"{site.url}s/{SECTION}/ {site.url}{PAGE}#{SECTION} {address}{PAGE}#{SECTION} {site.url}{PAGE}"
    assert {state for state, _ in check(tab, pasted)} == {"Current"}


def test_a_list_that_cannot_be_read_is_said_and_read_again_later(reader: Page, address: str) -> None:
    reader.route("**/ids.json", lambda route: route.abort())
    reader.goto(address + CHECK)
    reader.get_by_role("button", name="Check", exact=True).click()
    expect(reader.locator(".guide-check [role=status]")).to_contain_text("could not read our list")
    reader.unroute("**/ids.json")
    reader.route("**/ids.json", lambda route: route.fulfill(json=INDEX))
    assert [state for state, _ in check(reader, f"{URL}s/bake-crust/")] == ["Current"]


def test_clear_leaves_nothing_and_nothing_comes_back_after_a_reload(checking: Page) -> None:
    check(checking, f"{URL}s/bake-crust/", since="2027-03-01")
    checking.get_by_role("button", name="Clear").click()
    field = checking.get_by_role("textbox", name="Paste your addresses")
    expect(field).to_be_focused()
    expect(checking.locator(".guide-check__item")).to_have_count(0)
    field.fill("secret")
    checking.reload()
    expect(field).to_have_value("")
    kept = "() => [localStorage, sessionStorage].flatMap(store => Object.entries(store)).join()"
    assert "secret" not in checking.evaluate(kept)


def test_the_page_says_how_to_check_by_hand_without_scripts(open_context: Open, address: str) -> None:
    tab = open_context(java_script_enabled=False).new_page()
    tab.goto(address + CHECK)
    expect(tab.get_by_role("textbox", name="Paste")).to_have_count(0)
    tab.get_by_role("link", name="Check by hand", exact=True).click()
    expect(tab.get_by_role("heading", name="How to check by hand")).to_be_in_viewport()


# What opens on these pages has no barrier either


def open_answers(tab: Page) -> None:
    tab.route("**/ids.json", lambda route: route.fulfill(json=INDEX))
    check(tab, "\n".join(link.format(URL) for link in ANSWERS), since="2027-03-01")


def open_list(tab: Page) -> None:
    search(tab, "aftercare")
    tab.get_by_role("button", name="Show QR code").first.click()


def open_copy(tab: Page) -> None:
    tab.evaluate(MISSING)
    find_sign(tab).click()


def open_message(tab: Page) -> None:
    find_sign(tab).click()
    expect(find_message(tab)).to_contain_text(TITLE)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize(
    ("path", "open_more"), [(CHECK, open_answers), (LIST, open_list), (PAGE, open_copy), (PAGE, open_message)]
)
def test_axe_finds_no_barrier_in_what_opens(
    open_context: Open, address: str, path: str, open_more: Callable[[Page], None], scheme: str, width: int
) -> None:
    context = open_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto(address + path)
    open_more(tab)
    tab.evaluate(AXE)
    tab.evaluate(START, TAGS)
    assert describe(scheme, tab.evaluate("window.found")) == ""
    assert tab.evaluate("document.scrollingElement.scrollWidth") <= width


# Hostile words


@pytest.fixture
def watch(reader: Page, address: str) -> Iterator[Watch]:
    seen = Watch(reader, address)
    yield seen
    assert seen.faults == []


PASTES = [
    *PAYLOADS,
    *(f'<a href="{URL}s/bake-crust/?{words}#{words}">{words}</a>' for words in PAYLOADS),
    f"{URL}s/" + "a" * 100_000,
    "<img src=https://evil.example/x>" * 3000,
    f"{URL}s/bake-crsut/ " * 5000,
    "\u0000\ufffe" + "(" * 50_000,
]


@pytest.mark.parametrize("words", PASTES, ids=lambda words: words[:24])
def test_what_is_pasted_never_runs_never_becomes_markup_and_goes_nowhere(
    checking: Page, watch: Watch, words: str
) -> None:
    before = checking.evaluate("document.querySelectorAll('script, img, iframe, object, embed, form').length")
    answers = check(checking, words)
    assert len(answers) <= 300
    after = checking.evaluate("document.querySelectorAll('script, img, iframe, object, embed, form').length")
    assert after == before
    links = checking.locator(".guide-check__item a").evaluate_all("links => links.map(link => link.href)")
    assert [link for link in links if not link.startswith(watch.address)] == []


def test_what_is_pasted_is_not_sent(checking: Page, watch: Watch) -> None:
    check(checking, f"{URL}s/bake-crust/ {json.dumps(PAYLOADS)} secret-word")
    assert watch.asked == [f"{watch.address}ids.json"]
    assert checking.url == watch.address + CHECK


@pytest.mark.parametrize("words", PAYLOADS, ids=lambda words: words[:24])
@pytest.mark.parametrize("page", [PAGE, LIST, CHECK])
def test_a_hostile_address_shows_nothing_runs_nothing_and_asks_nobody(
    reader: Page, watch: Watch, page: str, words: str
) -> None:
    reader.goto(f"{watch.address}{page}?q={words}#{words}")
    reader.wait_for_timeout(100)
    assert "attack" not in reader.evaluate("document.documentElement.outerHTML")
    assert reader.url.startswith(watch.address + page)
