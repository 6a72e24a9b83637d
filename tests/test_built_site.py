"""The built site, file by file: what a reader, a clinic's link or a screen reader relies on.

Nothing here knows how the site was made. Each test is a promise; a failure names the page and the place.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from built import BuiltPage, BuiltSite
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.catalog import Catalog

EMPTY_WORDS = ("Not known", "Does not say")
LEFTOVERS = {
    "template code": r"\{\{|\}\}|\{%|%\}|\{#",
    "an error of a macro": r"Macro \w+ Error|Traceback \(most recent|\bundefined\b|UndefinedError|jinja2|GuideError",
    "a footnote without its source": r"\[\^|\[@",
    "attributes of a heading or link": r"\{: ",
    "a link that was not made": r"\]\(",
    "bold signs": r"\*\*",
    "a placeholder": r"///|\bTODO\b|\bFIXME\b|[Ll]orem ipsum",
}
PAGES_WITH_ALL_FACTS = [
    "index.md",
    "understand/risks.md",
    "decide/is-it-for-me.md",
    "treatment/prepare.md",
    "treatment/aftercare.md",
]


def read_words(node: LexborNode) -> str:
    """The words of an element as a reader meets them, in one line, without the link to edit them at their end."""
    links = "".join(link.text() for link in node.css(".guide-way"))
    return " ".join(node.text().removesuffix(links).split())


def list_addresses(page: BuiltPage) -> list[str]:
    """Every address on a page that a browser would follow or load."""
    attributes = ("href", "src", "action", "poster", "data")
    found = [node.attributes.get(name) for name in attributes for node in page.tree.css(f"[{name}]")]
    found += [entry.split()[0] for node in page.tree.css("[srcset]") for entry in node.attributes["srcset"].split(",")]
    return [address for address in found if address]


# Addresses


def test_every_link_leads_to_a_file_and_an_id(site: BuiltSite, any_page: BuiltPage) -> None:
    dead = {site.find_dead(address, any_page) for address in list_addresses(any_page)}
    assert dead - {None} == set()


def test_no_id_stands_twice_in_a_page(any_page: BuiltPage) -> None:
    assert [id for id, count in Counter(any_page.ids).items() if count > 1] == []


def test_every_page_names_its_own_address(site: BuiltSite, page: BuiltPage) -> None:
    link = page.tree.css_first("link[rel=canonical]")
    assert link is not None
    assert link.attributes["href"] == site.url + page.address


def test_the_sitemap_lists_every_page_and_nothing_else(site: BuiltSite) -> None:
    tree = ET.parse(site.folder / "sitemap.xml")  # noqa: S314 - our own file
    listed = {node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert listed == {site.url + page.address for page in site.guide_pages}


def test_every_page_of_docs_is_built(site: BuiltSite, sources: list[str]) -> None:
    assert len(sources) > 0
    assert {site.find_page(source).path for source in sources} <= set(site.pages)


# What must never reach a reader


def test_nothing_unfinished_is_left_in_a_page(any_page: BuiltPage) -> None:
    tree = LexborHTMLParser(any_page.html)
    for code in tree.css("code"):  # the list of sections shows Markdown to copy
        code.decompose()
    words = " ".join(read_words(node) for node in tree.css("head > title, article"))
    found = {what: match.start() for what, sign in LEFTOVERS.items() if (match := re.search(sign, words))}
    assert {what: words[max(0, start - 40) : start + 60] for what, start in found.items()} == {}


def test_no_markup_waits_to_be_read_as_markdown(any_page: BuiltPage) -> None:
    assert [node.html[:120] for node in any_page.tree.css("[markdown]")] == []


def test_no_script_stands_in_an_attribute(any_page: BuiltPage) -> None:
    found = [
        f"{node.tag} {name}"
        for node in any_page.tree.css("*")
        for name, value in node.attributes.items()
        if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "vbscript:"))
    ]
    assert found == []


def test_scripts_styles_images_and_fonts_come_from_the_site_itself(site: BuiltSite, any_page: BuiltPage) -> None:
    loaded = any_page.tree.css(
        "script[src], img[src], iframe, frame, embed, object, audio, video, source, track, use, form[action],"
        " link[rel~=stylesheet], link[rel~=icon], link[rel~=preload], link[rel~=preconnect], link[rel~=dns-prefetch],"
        " link[rel~=manifest], link[rel~=modulepreload], link[rel~=prefetch], base[href]"
    )
    found = [
        node.html[:160]
        for node in loaded
        for name in ("src", "href", "xlink:href", "data", "action", "srcset")
        if is_foreign(node.attributes.get(name) or "", site.url)
    ]
    assert found == []


def is_foreign(address: str, home: str) -> bool:
    return re.match(r"\s*(https?:)?//", address) is not None and not address.startswith(home)


def test_style_sheets_load_nothing_from_elsewhere(site: BuiltSite) -> None:
    loads = re.compile(r"@import[^;]*|url\(\s*['\"]?((?:https?:)?//[^)'\"]*)")
    found = [
        (file.name, match.group()[:80])
        for file in site.folder.rglob("*.css")
        for match in loads.finditer(file.read_text(encoding="utf-8"))
        if match.group(1) or match.group().startswith("@import")
    ]
    assert found == []


# What every page has


def test_every_page_has_one_title_of_the_first_level(any_page: BuiltPage) -> None:
    assert [read_words(node) for node in any_page.tree.css("h1")][1:] == []
    assert any_page.tree.css_first("h1") is not None or any_page.tree.css_first("article") is None


@pytest.mark.parametrize("selector", ["head > title", "meta[name=description]"])
def test_every_page_has_its_own_title_and_description(site: BuiltSite, selector: str) -> None:
    words = {}
    for page in site.guide_pages:
        nodes = page.tree.css(selector)
        assert len(nodes) == 1, page.path
        words[page.path] = nodes[0].attributes.get("content") or read_words(nodes[0])
    counts = Counter(words.values())
    assert {path: text for path, text in words.items() if counts[text] > 1 or not text} == {}


def test_every_page_shows_when_it_was_reviewed_and_is_next_due(page: BuiltPage) -> None:
    box = page.article.css_first(".guide-review")
    assert box is not None
    reviewed, due = (date.fromisoformat(node.attributes["datetime"] or "") for node in box.css("time")[:2])
    assert reviewed < due
    assert box.attributes["data-next-review"] == due.isoformat()
    assert "No clinician has reviewed" in box.text() or "Reviewed by" in box.text()


def test_no_page_says_that_it_is_overdue_before_a_script_has_looked_at_the_date(page: BuiltPage) -> None:
    assert len(page.article.css(".guide-review__overdue[hidden]")) == 1


@pytest.mark.parametrize("name", ["guide-message", "guide-action", "guide-key-points"])
def test_every_page_opens_with_a_message_an_action_and_key_points(page: BuiltPage, name: str) -> None:
    assert len(page.article.css(f".{name}")) == 1


def test_every_heading_can_be_linked_to(page: BuiltPage) -> None:
    without = [read_words(node) for node in page.article.css("h2, h3") if not node.attributes.get("id")]
    assert without == []


def test_no_level_of_headings_is_left_out(page: BuiltPage) -> None:
    levels = [int(node.tag[1]) for node in page.article.css("h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_every_page_says_its_language(any_page: BuiltPage) -> None:
    html = any_page.tree.css_first("html")
    assert html is not None
    assert html.attributes["lang"]


def test_every_image_has_words_in_its_place(any_page: BuiltPage) -> None:
    assert [node.html for node in any_page.tree.css("img") if node.attributes.get("alt") is None] == []


# Tables, drawings, footnotes


def test_every_table_has_headers_that_say_what_they_head(page: BuiltPage) -> None:
    for table in page.article.css("table"):
        assert table.css("thead th[scope=col]"), table.html[:200]
        headers = [node for node in table.css("th") if node.attributes.get("scope") not in ("col", "row")]
        assert [node.html for node in headers] == []
        assert [row.html[:200] for row in table.css("tbody tr") if not row.css("th[scope=row]")] == []


def test_every_table_has_a_name(page: BuiltPage) -> None:
    for table in page.article.css("table"):
        name = page.article.css_first(f'[id="{table.attributes.get("aria-labelledby")}"]')
        assert name is not None, table.html[:200]
        assert read_words(name)


def test_every_cell_of_a_comparison_shows_its_source_or_says_that_there_is_none(page: BuiltPage) -> None:
    cells = page.article.css(".guide-table--comparison td")
    unsourced = [
        read_words(cell)
        for cell in cells
        if not cell.css(".guide-sources a[href]") and read_words(cell) not in EMPTY_WORDS
    ]
    assert unsourced == []


def test_every_cell_of_a_table_has_the_header_that_a_narrow_screen_shows(page: BuiltPage) -> None:
    for table in page.article.css("table"):
        headers = [read_words(node) for node in table.css("thead th")][1:]
        for row in table.css("tbody tr"):
            assert [cell.attributes.get("data-label") for cell in row.css("td")] == headers


def test_every_drawing_has_a_name_a_caption_and_a_description(page: BuiltPage) -> None:
    for figure in page.article.css("figure.guide-figure"):
        drawing = figure.css_first("svg[role=img]")
        assert drawing is not None, figure.html[:200]
        title = drawing.css_first("title")
        assert title is not None
        assert title.attributes["id"] in (drawing.attributes.get("aria-labelledby") or "").split()
        assert read_words(title)
        caption = figure.css_first("figcaption")
        assert caption is not None
        assert read_words(caption)
        after = find_next(figure)
        assert after is not None
        assert after.attributes.get("class") == "guide-description"
        assert len(read_words(after).split()) > 30, "a description tells what the drawing shows"


def find_next(node: LexborNode) -> LexborNode | None:
    """The next element."""
    following = node.next
    while following is not None and following.tag.startswith("-"):
        following = following.next
    return following


def test_every_footnote_is_called_and_every_call_has_its_footnote(page: BuiltPage) -> None:
    called = {node.attributes["href"] for node in page.article.css("a.footnote-ref")}
    written = {f"#{node.attributes['id']}" for node in page.article.css(".footnote li[id]")}
    assert called == written


def test_every_footnote_leads_to_the_source_and_to_how_it_was_checked(page: BuiltPage) -> None:
    for note in page.article.css(".footnote li[id]"):
        links = [node.attributes["href"] or "" for node in note.css("a:not(.footnote-backref)")]
        assert any(link.startswith("https://") for link in links), read_words(note)
        assert any("#ref-" in link for link in links), read_words(note)


# What the guide promises to say


@pytest.mark.parametrize("source", PAGES_WITH_ALL_FACTS)
def test_all_ten_safety_facts_stand_where_a_reader_meets_them_in_time(
    site: BuiltSite, catalog: Catalog, source: str
) -> None:
    words = read_words(site.find_page(source).article)
    assert len(catalog.safety_facts) == 10
    assert [fact.id for fact in catalog.safety_facts.values() if " ".join(fact.fact.split()) not in words] == []


def test_nothing_leads_away_from_an_emergency_card(page: BuiltPage) -> None:
    links = page.article.css(".guide-care--emergency a:not(.headerlink)")
    assert [node.html for node in links] == []


def test_the_heading_of_a_care_card_says_how_urgent_it_is(page: BuiltPage) -> None:
    words = {"emergency": "Emergency:", "urgent": "Urgent:", "non-urgent": "Not urgent:"}
    for card in page.article.css(".guide-care"):
        level = (card.attributes["class"] or "").split("guide-care--")[1].split()[0]
        heading = card.css_first("h3")
        assert heading is not None
        assert read_words(heading).startswith(words[level])


def test_every_claim_of_the_articles_is_shown_with_verdict_reason_and_answer(site: BuiltSite, catalog: Catalog) -> None:
    rows = {node.attributes["id"]: node for node in site.find_page("evidence/claims.md").article.css("tr[id^=claim-]")}
    assert len(catalog.claims) == 250
    assert set(rows) == {f"claim-{id}" for id in catalog.claims}
    for row in rows.values():
        verdict, reason, answer = row.css("td")
        assert verdict.css_first(".guide-verdict") is not None
        assert read_words(reason)
        assert answer.css_first("a[href*='#']") is not None


def test_every_disagreement_shows_each_article_and_stronger_evidence(site: BuiltSite, catalog: Catalog) -> None:
    article = site.find_page("evidence/disagreements.md").article
    headings = article.css("h3[id^=disagree-]")
    assert len(catalog.disagreements) == 23
    assert {node.attributes["id"] for node in headings} == {f"disagree-{id}" for id in catalog.disagreements}
    for heading in headings:
        sides = find_next(heading)
        assert sides is not None
        named = {read_words(node).rstrip(":") for node in sides.css("li > strong")}
        assert named == {each.label for each in catalog.articles.values()}, read_words(heading)
    assert len(article.css(".guide-better .guide-sources a")) >= len(headings)


def test_every_topic_says_how_sure_we_are_and_where_to_read_more(site: BuiltSite, catalog: Catalog) -> None:
    rows = site.find_page("evidence/certainty.md").article.css("tr[id^=topic-]")
    assert len(catalog.topics) == 32
    assert {node.attributes["id"] for node in rows} == {f"topic-{id}" for id in catalog.topics}
    assert [row.html for row in rows if not row.css("td a[href]")] == []


def test_every_record_has_the_address_that_links_to_it_use(site: BuiltSite, catalog: Catalog) -> None:
    wanted = {
        "glossary.md": [f"term-{id}" for id in catalog.glossary],
        "evidence/references.md": [f"ref-{id}" for id in catalog.references],
    }
    for table in catalog.comparisons.values():
        wanted.setdefault(table.page, []).extend(f"{table.id}-{row.id}" for row in table.rows)
    for card in catalog.care_cards.values():
        wanted.setdefault(card.page, []).append(f"care-{card.id}")
    missing = {source: set(ids) - set(site.find_page(source).ids) for source, ids in wanted.items()}
    assert {source: ids for source, ids in missing.items() if ids} == {}


def test_every_drawing_and_every_question_is_shown(site: BuiltSite, catalog: Catalog) -> None:
    ids = {id for page in site.guide_pages for id in page.ids}
    titles = [node for page in site.guide_pages for node in page.article.css("figure.guide-figure svg > title")]
    assert len(titles) >= len(catalog.figures) >= 3
    assert {f"question-{id}" for id in catalog.questions} <= ids


def test_every_glossary_entry_that_pages_use_says_where(site: BuiltSite) -> None:
    glossary = site.find_page("glossary.md")
    used = {
        (node.attributes["href"] or "").partition("#")[2]
        for page in site.guide_pages
        for node in page.article.css("a.guide-term")
    }
    told = set()
    for heading in glossary.article.css("h3.guide-entry"):
        following = find_next(heading)
        while following is not None and following.tag not in ("h2", "h3"):
            if read_words(following).startswith("Used in:"):
                told.add(heading.attributes["id"])
            following = find_next(following)
    assert used - told == set()
    assert used


def test_every_page_that_names_radiofrequency_links_the_warning(page: BuiltPage) -> None:
    if "adiofrequency" not in page.article.text():
        return
    links = [node.attributes["href"] or "" for node in page.article.css("a[href]")]
    assert any(link.endswith("#radiofrequency-warning") for link in links)
