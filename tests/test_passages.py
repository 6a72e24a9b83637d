"""The words that readers meet, sentence by sentence, each found again in its file."""

from __future__ import annotations

import pytest
from helpers import BASE, ROOT, load, load_base
from hypothesis import given
from hypothesis import strategies as st

from macros import models
from macros.datawords import REPORTED, SHOWN, list_data_passages
from macros.pages import parse_page
from macros.pagewords import list_page_passages
from macros.passages import CITED, Passage, split_sentences
from macros.vocabulary import MACROS

HEAD = "---\ntitle: Bread\n---\n"


def read(text: str, *, front: bool = False) -> list[Passage]:
    """The passages of a page, with the glossary and the sources of the example."""
    page, _ = parse_page(HEAD + text, "a.md", MACROS)
    found = list_page_passages(page, load_base().catalog)
    return [passage for passage in found if front or passage.kind != "field"]


def sentences(text: str) -> list[str]:
    return [sentence.words for passage in read(text) for sentence in passage.sentences]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It takes 2.5 hours. Wait.", ["It takes 2.5 hours.", "Wait."]),
        ("Ask Dr. Miller of the U.S. Mills, e.g. Ada. Bake.", ["Ask Dr. Miller of the U.S. Mills, e.g. Ada.", "Bake."]),
        ('He said "Wait." She did.', ['He said "Wait."', "She did."]),
        ("Wait (a bit.) Bake.", ["Wait (a bit.)", "Bake."]),
        ("Wait … or not. Bake.", ["Wait … or not.", "Bake."]),
        ("  Wait.\n  Bake. ", ["Wait.", "Bake."]),
        ("", []),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_stops(text: str, found: list[str]) -> None:
    assert [sentence.words for sentence in split_sentences(text)] == found


@pytest.mark.parametrize(
    ("text", "cited"),
    [(f"One.{CITED} Two.", [True, False]), (f"One{CITED}. Two.", [True, False]), (f"One. Two.{CITED}", [False, True])],
)
def test_a_mark_belongs_to_the_sentence_that_it_ends(text: str, cited: list[bool]) -> None:
    assert [sentence.cited for sentence in split_sentences(text)] == cited


@given(st.lists(st.sampled_from([*"aB .!?\n\"'()", CITED, "e.g. "]), max_size=60))
def test_no_word_is_lost_or_added_between_sentences(parts: list[str]) -> None:
    text = "".join(parts)
    joined = " ".join(sentence.words for sentence in split_sentences(text))
    assert joined.split() == text.replace(CITED, "").split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Salt **and** _flour_ and `code`.", ["Salt and flour and code."]),
        ("See [the **hot** oven](bake.md#oven).", ["See the hot oven."]),
        ('Knead the {{ term("dough") }}.', ["Knead the dough."]),
        ('Knead the {{ term("yeast", "living thing (yeast)") }}.', ["Knead the living thing (yeast)."]),
        ('We list {{ count("references") }} sources.', ["We list 2 sources."]),
        ('It rises.{{ cite("gas-2024") }} Wait.', ["It rises.", "Wait."]),
        ("Two lines\nmake one sentence.\nThis is the second.", ["Two lines make one sentence.", "This is the second."]),
        ("- one\n- two\n    more of two\n\n1. three", ["one", "two more of two", "three"]),
        ("| a | b |\n| --- | --- |\n| c | d |", ["a", "b", "c", "d"]),
        ("## Steps {: #a-steps }\n\nBake.\n{: .guide-message }", ["Steps", "Bake."]),
        ('!!! warning "Hot oven"\n    Stand back.', ["Hot oven", "Stand back."]),
        ("<!-- a note -->\nBake.\n\n```\ncode. More code.\n```\n", ["Bake."]),
        ('{{ key_points("a", ["One. [@gas-2024]", "Two."]) }}', ["One.", "Two."]),
        ('{{ comparison("ovens", caption="Two ovens.") }}', ["Two ovens."]),
        ("> Bake.\n\n: Wait.", ["Bake.", "Wait."]),
        (r"A \* star.", ["A * star."]),
    ],
)
def test_markup_macros_and_addresses_are_taken_off(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_every_sentence_of_a_page_knows_its_line_and_column() -> None:
    text = 'Salt **and**\nflour. See [the {{ term("x", "y") }} oven](a.md). It\nrises.\n\n- One. Two.\n'
    places = [
        (sentence.words, place.line, place.column)
        for passage in read(text)
        for sentence in passage.sentences
        for place in [passage.locate(sentence.at)]
    ]
    assert places == [
        ("Salt and flour.", 4, 1),
        ("See the y oven.", 5, 8),
        ("It rises.", 5, 51),
        ("One.", 8, 3),
        ("Two.", 8, 8),
    ]


def test_title_and_description_are_read_too() -> None:
    assert [passage.text for passage in read("Bake.", front=True)][:1] == ["Bread"]


def test_an_item_knows_the_sentence_that_leads_in_its_list() -> None:
    items = [passage for passage in read("You need:\n\n- salt\n- flour\n\nBake.\n\n- now") if passage.kind == "item"]
    assert [item.lead.words if item.lead else None for item in items] == ["You need:", "You need:", None]


def test_the_words_of_a_link_are_known() -> None:
    passage = read('Knead {{ term("dough") }} in [a bowl](b.md).')[0]
    assert [(passage.text[link.start : link.end], link.target) for link in passage.links] == [
        ("dough", ""),
        ("a bowl", "b.md"),
    ]


def test_every_sentence_of_the_data_stands_where_it_is_said_to_stand() -> None:
    for root in (BASE, ROOT):
        for passage in list_data_passages(load(root).catalog):
            for sentence in passage.sentences:
                place = passage.locate(sentence.at)
                row = (root / place.path).read_text(encoding="utf-8").split("\n")[place.line - 1]
                assert row[place.column - 1 :].startswith(sentence.words.split()[0].strip("\"'")), (place, sentence)


def test_what_an_article_claims_is_marked_as_reported() -> None:
    reported = {passage.text for passage in list_data_passages(load_base().catalog) if passage.reported}
    assert reported == {"A loaf takes two hours.", "Two hours."}


def test_every_text_of_a_record_is_either_shown_or_known_not_to_be() -> None:
    hidden = {
        *("id", "article", "topic", "tier", "checked", "verdict", "page", "file", "group", "level", "met", "standard"),
        *("heading", "authors", "publisher", "label", "title", "aliases", "everyday", "figures", "name", "kind"),
    }
    for name, keys in SHOWN.items():
        model = models.LISTS.get(name)
        if model is not None:
            texts = {key for key, field in model.model_fields.items() if "str" in str(field.annotation)}
            assert texts - set(keys) - hidden - {"refs", "sections", "see_also", "silent", "answered_in"} <= {
                *("doi", "pmid", "pmcid", "url"),
            }, name


def test_reported_keys_are_keys_that_are_shown() -> None:
    assert {key for keys in SHOWN.values() for key in keys} >= REPORTED
