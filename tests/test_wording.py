"""Words that the guide does not use, and words that it explains."""

from __future__ import annotations

import pytest
from helpers import ROOT, load_base
from test_passages import read

from macros.catalog import Catalog, load_catalog
from macros.models import Term, Wording
from macros.pages import parse_page
from macros.pagewords import list_page_passages
from macros.vocabulary import MACROS
from macros.wording import check_terms, check_wording, compile_lexicon, compile_names

SELLING = Wording(avoid=("magic", "best ever"), say="what it does", why="it sells", fine_in=("magic oven",))
COUNTING = Wording(avoid=("rare", "often"), say="x in 100", why="vague", fine_in=("how often",), unless_numbered=True)
LEXICON = compile_lexicon(Catalog(wording={"0": SELLING, "1": COUNTING}))


def tell(text: str) -> list[tuple[str, str]]:
    return [(problem.rule, problem.message.split("'")[1]) for problem in check_wording(read(text), LEXICON)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is magic.", [("prose-hype", "magic")]),
        ("Magic! The best\never.", [("prose-hype", "Magic"), ("prose-hype", "best ever")]),
        ("## A magic loaf {: #a }", [("prose-hype", "magic")]),
        ('They call it "magic".', []),
        ("They call it “magic”.", []),
        ("A magician bakes.", []),
        ("It is a magic oven.", []),
        ("Burns are rare.", [("prose-frequency", "rare")]),
        ("Burns are rare: 1 in 100.", []),
        ("Burns are rare, without numbers.", []),
        ("Burns are rare, but there is no reliable number.", []),
        ("How often it burns is not known.", []),
        ("It often burns.", [("prose-frequency", "often")]),
        ("## What is rare {: #a }", []),
        ("See [what is rare](a.md).", []),
    ],
)
def test_words_that_sell_or_count_without_a_number_are_told(text: str, told: list[tuple[str, str]]) -> None:
    assert tell(text) == told


def test_a_word_is_told_where_it_stands_with_what_to_say() -> None:
    (problem,) = check_wording(read("Salt first. Then it is\n**magic** bread."), LEXICON)
    assert (problem.location.line, problem.location.column) == (5, 3)
    assert (problem.level, problem.help) == ("error", "say what it does")
    (problem,) = check_wording(read("It often burns."), LEXICON)
    assert problem.level == "warning"


def test_longer_names_are_found_before_shorter_ones() -> None:
    assert compile_names(["oven", "oven door", "door"]).findall("An oven door, a door-bell.") == ["oven door"]


TERMS = {
    "proofing": Term(id="proofing", term="proofing", definition="Waiting.", aliases=("rise", "PR"), everyday=("rise",)),
}


def tell_terms(text: str) -> list[str]:
    catalog = Catalog(glossary=TERMS)
    page, _ = parse_page(text, "a.md", MACROS)
    passages = list_page_passages(page, catalog)
    return [problem.help for problem in check_terms(page, passages, compile_lexicon(catalog))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("After proofing, bake. Proofing is slow.", ['write {{ term("proofing") }} in its place']),
        ("Proofing is slow.", ['write {{ term("proofing", "Proofing") }} in its place']),
        ("It needs PR.", ['write {{ term("proofing", "PR") }} in its place']),
        ("It needs a pr.", []),
        ("Let it rise.", []),
        ('After {{ term("proofing") }}, bake. Proofing is slow.', []),
        ('After proofing, bake.\nA {{ term("proofing") }} is slow.', ['write {{ term("proofing") }} in its place']),
        ("## Proofing {: #a }\n\nSee [proofing](b.md).", []),
        ('Proofing.\n\n{{ key_points("a", ["Proofing."]) }}\n\nBake.', []),
        ("<!-- proofing -->\n\nBake.", []),
    ],
)
def test_a_term_is_linked_where_a_page_first_uses_it(text: str, told: list[str]) -> None:
    assert tell_terms(text) == told


def test_no_word_of_the_guides_own_list_is_on_it_twice() -> None:
    names = [name.casefold() for record in load_catalog(ROOT)[0].wording.values() for name in record.avoid]
    assert sorted(names) == sorted(set(names))


def test_without_a_list_of_words_nothing_is_told() -> None:
    assert list(check_wording(read("It is magic."), compile_lexicon(load_base().catalog))) == []
