"""The glossary, and the words in pages that lead to it."""

from __future__ import annotations

import pytest
from helpers import HOSTILE, fold, list_links, make_book, render_markdown, select, select_one
from selectolax.lexbor import LexborHTMLParser

from macros.diagnostics import MacroError
from macros.glossary import file_letter, render_glossary, render_term
from macros.links import Target
from macros.models import Term

YEAST = Term(id="yeast", term="yeast", definition="It makes gas.", aliases=("leaven", "starter"), refs=("gas-2024",))
DOUGH = Term(id="dough", term="Dough", definition="Flour and water.", see_also=("yeast",))
FLOUR = Term(id="w-550", term="550 flour", definition="A plain flour.")
USES = {"yeast": [Target("index.md", "home-need", "Bread: what you need")]}


def show(*terms: Term) -> LexborHTMLParser:
    return render_markdown(render_glossary(terms, "glossary.md", make_book(), USES))


def test_every_term_is_a_section_that_can_be_linked_to() -> None:
    headings = show(YEAST, DOUGH).css("h3")
    assert [(heading.attributes["id"], fold(heading.text()).removesuffix("#")) for heading in headings] == [
        ("term-dough", "Dough"),
        ("term-yeast", "yeast"),
    ]


def test_terms_stand_in_the_order_of_the_alphabet_under_their_letters() -> None:
    assert select(show(YEAST, DOUGH, FLOUR), "h2, h3") == ["0-9", "550 flour", "D", "Dough", "Y", "yeast"]


@pytest.mark.parametrize(("term", "letter"), [("yeast", "Y"), ("Dough", "D"), ("550 flour", "0-9"), ("Éclair", "0-9")])
def test_a_term_is_filed_under_its_letter(term: str, letter: str) -> None:
    assert file_letter(Term(id="a", term=term, definition="b")) == letter


def test_every_letter_stands_once_even_when_a_word_begins_with_another_alphabet() -> None:
    words = ["9", "éclair", "Öl", "z"]
    terms = [Term(id=f"a-{number}", term=word, definition="b") for number, word in enumerate(words)]
    ids = [heading.attributes["id"] for heading in show(*terms).css("h2")]
    assert ids == ["glossary-0-9", "glossary-z"]


def test_the_letters_at_the_top_lead_to_their_sections() -> None:
    assert list_links(select_one(show(YEAST, FLOUR), "nav")) == {"0-9": "#glossary-0-9", "Y": "#glossary-y"}


def test_an_entry_says_what_else_it_is_called_and_where_it_is_used_and_from() -> None:
    assert select(show(YEAST), ".guide-entry__also") == [
        "Also called: leaven, starter.",
        "Used in: Bread: what you need.",
        "Sources: Gas 2024.",
    ]


def test_an_entry_leads_to_others() -> None:
    tree = show(DOUGH)
    assert select(tree, ".guide-entry__also") == ["See also: yeast."]
    assert list_links(select_one(tree, ".guide-entry__also")) == {"yeast": "#term-yeast"}


def test_a_word_in_a_page_leads_to_its_entry_and_carries_its_definition() -> None:
    link = select_one(render_markdown(render_term(YEAST, "bake/first-loaf.md", make_book())), "a.guide-term")
    assert link.attributes["href"] == "../glossary.md#term-yeast"
    assert link.attributes["data-definition"] == "It makes gas."
    assert link.text() == "yeast"


def test_a_word_in_a_page_can_have_another_form() -> None:
    link = select_one(render_markdown(render_term(YEAST, "index.md", make_book(), "Yeasts")), "a")
    assert link.text() == "Yeasts"


def test_a_word_fits_into_the_middle_of_a_sentence() -> None:
    text = render_term(YEAST, "index.md", make_book())
    assert "\n" not in text
    assert fold(select_one(render_markdown(f"All {text}, or some."), "p").text()) == "All yeast, or some."


def test_a_definition_with_any_signs_stays_in_its_place() -> None:
    term = YEAST.model_copy(update={"definition": HOSTILE})
    link = select_one(render_markdown(render_term(term, "index.md", make_book())), "a")
    assert link.attributes["data-definition"] == fold(HOSTILE)
    assert set(link.attributes) == {"class", "data-definition", "href"}


def test_a_word_without_a_glossary_page_is_an_error() -> None:
    with pytest.raises(MacroError, match="unknown term 'dough'"):
        render_term(DOUGH, "index.md", make_book())
