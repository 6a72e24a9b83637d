"""Footnotes of a page, and the list of all sources."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import fold, list_links, load_base, make_book, render_markdown, select, select_one
from selectolax.lexbor import LexborHTMLParser

from macros.citations import (
    CHECKED,
    TIERS,
    find_cited,
    render_bibliography,
    render_cite,
    render_references,
)
from macros.links import AddressBook, Target
from macros.models import Figure, Finding, Reference
from macros.pages import parse_page

GAS = Reference(
    id="gas-2024",
    tier="trial",
    label="Gas 2024",
    title="How yeast makes gas.",
    authors="Miller A.",
    year=2019,
    publisher="Journal of Dough.",
    doi="10.1234/dough(1)",
    checked="whole-page",
    checked_on=date(2026, 11, 1),
    limits="Ten loaves only.",
    findings=(Finding(fact="Yeast makes gas."), Finding(fact="Salt slows it.")),
)
CLOCK = Reference(
    id="clock-2025",
    tier="review",
    label="Clock 2025",
    title="Four hours",
    authors="Baker B",
    publisher="Press",
    pmid="12345678",
    checked="not-read",
    checked_on=date(2026, 11, 2),
)
FIGURE = Figure(id="dough", file="dough.svg", caption="It grows. [@clock-2025]", alt="A", description="B")


def list_cited(text: str) -> list[str]:
    page, _ = parse_page(text, "a.md", ["cite", "key_points", "figure", "term"])
    return find_cited(page, {"dough": FIGURE})


def show_page(text: str) -> LexborHTMLParser:
    return render_markdown(f"{text}\n\n{render_references([GAS, CLOCK], 'index.md', make_book())}")


def show_list(**cited_on: list[Target]) -> LexborHTMLParser:
    used = {key.replace("_", "-"): targets for key, targets in cited_on.items()}
    return render_markdown(render_bibliography([GAS, CLOCK], "evidence.md", used))


def test_a_citation_is_a_footnote_mark() -> None:
    assert render_cite(["gas-2024"]) == "[^gas-2024]"
    assert render_cite(["gas-2024", "clock-2025"]) == "[^gas-2024][^clock-2025]"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('{{ cite("b") }} {{ cite("a", "b") }}', ["b", "a"]),
        ('{{ cite("a") }}\n\n{{ key_points("k", ["x [@b]", "y [@a] [@c]"]) }}', ["a", "b", "c"]),
        ('{{ key_points("k", points=["x [@b]"]) }}', ["b"]),
        ('{{ figure("dough") }}', ["clock-2025"]),
        ('{{ figure("loaf") }}', []),
        ('{{ term("a") }} [@b]', []),
        ('```\n{{ cite("a") }}\n```', ["a"]),
        ('{{ cite(["a"]) }} {{ cite(5) }} {{ key_points(5, 5) }} {{ key_points("k", [5]) }} {{ figure([]) }}', ["a"]),
    ],
)
def test_sources_are_found_in_the_order_of_their_first_use(text: str, keys: list[str]) -> None:
    assert list_cited(text) == keys


def test_a_footnote_says_who_wrote_what_where_and_leads_to_it() -> None:
    note = select_one(show_page("Bread rises.[^gas-2024]"), "li[id='fn:gas-2024']")
    assert fold(note.text()).startswith("Miller A. How yeast makes gas. Journal of Dough. 2019. how we checked it")
    assert list_links(note)["How yeast makes gas"] == "https://doi.org/10.1234/dough%281%29"


def test_a_footnote_leads_to_how_it_was_checked() -> None:
    note = select_one(show_page("Bread rises.[^gas-2024]"), "li[id='fn:gas-2024']")
    assert list_links(note)["how we checked it"] == "evidence.md#ref-gas-2024"


def test_a_year_that_is_not_known_leaves_no_gap() -> None:
    note = select_one(show_page("It takes time.[^clock-2025]"), "li[id='fn:clock-2025']")
    assert fold(note.text()).startswith("Baker B. Four hours. Press. how we checked it")


def test_a_year_that_the_publisher_names_is_not_told_twice() -> None:
    reference = GAS.model_copy(update={"publisher": "Press, page of 1 May 2019"})
    text = render_references([reference], "index.md", make_book())
    assert "2019. " not in text.split("</cite>")[1].replace("May 2019.", "")


def test_footnotes_stand_where_the_macro_stands() -> None:
    tree = show_page("Bread rises.[^gas-2024][^clock-2025]\n\n## Sources {: #sources }")
    assert select(tree, "h2, .footnote li") != []
    html = tree.html or ""
    assert html.index('id="sources"') < html.index('class="footnote"')


def test_a_page_that_cites_nothing_says_so() -> None:
    assert render_references([], "index.md", make_book()) == "This page cites no source."


def test_a_guide_without_a_list_of_sources_still_has_footnotes() -> None:
    assert "how we checked it" not in render_references([GAS], "index.md", AddressBook())


def test_every_source_has_an_address_of_its_own() -> None:
    assert [node.attributes["id"] for node in show_list().css(".guide-reference")] == ["ref-gas-2024", "ref-clock-2025"]


def test_sources_are_grouped_by_kind_and_empty_groups_are_left_out() -> None:
    assert select(show_list(), "h3") == [TIERS["trial"], TIERS["review"]]


def test_every_source_says_how_it_was_checked_and_when() -> None:
    gas, clock = (fold(node.text()) for node in show_list().css(".guide-reference"))
    assert f"{CHECKED['whole-page']} Checked on 1 November 2026." in gas
    assert f"{CHECKED['not-read']} Checked on 2 November 2026." in clock


def test_a_source_says_what_to_be_careful_about() -> None:
    gas, clock = (fold(node.text()) for node in show_list().css(".guide-reference"))
    assert "Take care: Ten loaves only." in gas
    assert "Take care" not in clock


def test_a_source_shows_the_number_under_which_it_is_found() -> None:
    gas, clock = (fold(node.text()) for node in show_list().css(".guide-reference"))
    assert "DOI: 10.1234/dough(1)." in gas
    assert "PMID: 12345678." in clock


def test_a_source_says_where_it_is_used_but_not_on_its_own_page() -> None:
    pages = [Target("index.md", "", "Bread at home"), Target("evidence.md", "", "Evidence")]
    gas = show_list(gas_2024=pages).css("#ref-gas-2024")[0]
    assert "Used on: Bread at home." in fold(gas.text())
    assert list_links(gas)["Bread at home"] == "index.md"


def test_a_source_shows_what_the_guide_takes_from_it() -> None:
    tree = show_list()
    assert select(tree, "details summary") == ["What we take from it: Gas 2024"]
    assert select(tree, "details li") == ["Yeast makes gas.", "Salt slows it."]


def test_every_kind_of_source_and_every_way_of_checking_has_words() -> None:
    fields = Reference.model_fields
    assert set(TIERS) == set(fields["tier"].annotation.__args__)
    assert set(CHECKED) == set(fields["checked"].annotation.__args__)


def test_the_pages_of_the_example_cite_what_they_cite() -> None:
    project = load_base()
    assert find_cited(project.pages["index.md"], project.catalog.figures) == ["clock-2025", "gas-2024"]
