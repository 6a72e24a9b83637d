"""Plain writing, where the cases in `cases/` say too little."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import BASE, find_problems, load_base, make_project
from test_passages import read

from macros.grade import reading_grade
from macros.pages import parse_page
from macros.prose import (
    SHOWN_BY,
    RecordCounts,
    check_grade,
    check_link_words,
    check_paragraphs,
    check_pictures,
    check_prose,
    check_sentences,
)
from macros.vocabulary import MACROS

HARD = "Considerable heterogeneity characterizes contemporary fermentation methodology. " * 12


def words(count: int) -> str:
    return " ".join(["Word"] * count) + "."


@pytest.mark.parametrize(("count", "told"), [(20, 0), (21, 1)])
def test_a_sentence_has_20_words_at_most(count: int, told: int) -> None:
    assert len(list(check_sentences(read(words(count))))) == told


def test_a_list_ends_its_sentences() -> None:
    assert list(check_sentences(read(f"{words(15)[:-1]}:\n\n- {words(15)}\n- {words(15)}"))) == []


def test_a_long_sentence_is_told_where_it_begins() -> None:
    (problem,) = check_sentences(read(f"Short one.\nShort two. {words(30)}"))
    assert (problem.location.line, problem.location.column) == (5, 12)


def test_what_an_article_claims_may_be_long(tmp_path: Path) -> None:
    edits = {"data/claims.yml": {"A loaf takes two hours.": words(40)}}
    assert find_problems(make_project(tmp_path, edits=edits)) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One. Two. Three.", 0),
        ("One. Two. Three. Four.", 1),
        ("One. Two.\n\nThree. Four.", 0),
        ("- One. Two. Three. Four.", 1),
        ('{{ key_points("a", ["One. Two. Three. Four."]) }}', 1),
    ],
)
def test_a_paragraph_has_3_sentences_at_most(text: str, told: int) -> None:
    assert len(list(check_paragraphs(read(text)))) == told


@pytest.mark.parametrize(
    "label",
    ["here", "Here", "click here", "this page", "more", "Read more", "see more", "more information", "link", "the link",
     "this section", "find out more", "https://bread.example", "www.bread.example", "bread.example/a", "", "details"],
)  # fmt: skip
def test_a_link_that_says_nothing_is_told(label: str) -> None:
    assert len(list(check_link_words(read(f"See [{label}](a.md).")))) == 1


@pytest.mark.parametrize(
    "label", ["what you need", "the page about ovens", "more about salt", "here is the oven", "Gas 2024", "this loaf"]
)
def test_a_link_that_says_where_it_leads_is_not(label: str) -> None:
    assert list(check_link_words(read(f"See [{label}](a.md)."))) == []


def test_a_bare_address_is_told_and_one_behind_words_is_not() -> None:
    assert len(list(check_link_words(read("See https://bread.example/a for more.")))) == 1
    assert list(check_link_words(read("See [the mill](https://bread.example/a)."))) == []


@pytest.mark.parametrize("alternative", ["", " ", "loaf", "image of a loaf", "A picture of a loaf", "loaf bread.png"])
def test_a_picture_without_words_for_it_is_told(alternative: str) -> None:
    page, _ = parse_page(f"![{alternative}](a.png)", "a.md", MACROS)
    assert len(list(check_pictures(page))) == 1


def test_a_picture_with_words_for_it_is_not() -> None:
    page, _ = parse_page("![A loaf with a dark crust](a.png)", "a.md", MACROS)
    assert list(check_pictures(page)) == []


@pytest.mark.parametrize(("text", "told"), [(HARD, 1), ("Bake the loaf. " * 12, 0)])
def test_the_grade_is_of_what_a_page_says(text: str, told: int) -> None:
    page, _ = parse_page(text, "a.md", MACROS)
    assert len(list(check_grade(page, read(text), RecordCounts()))) == told


def test_the_grade_counts_the_records_that_a_page_shows(tmp_path: Path) -> None:
    root = make_project(tmp_path, edits={"data/care-cards.yml": {'"Keep it cool."': f'"{HARD[:1900]}"'}})
    told = [(problem.location.path, problem.rule) for problem in find_problems(root)]
    assert ("docs/bake/first-loaf.md", "prose-grade") in told
    assert ("docs/index.md", "prose-grade") not in told


def test_every_macro_that_shows_records_is_known_to_the_grade() -> None:
    inline = {"term", "cite", "count", "fact"}
    made_of_the_page = {"key_points", "references", "review", "contents", "verdicts"}
    assert set(SHOWN_BY) == set(MACROS) - inline - made_of_the_page


def test_a_hard_text_has_a_higher_grade_than_a_plain_one() -> None:
    assert reading_grade(HARD.split(". ")) > 12
    assert reading_grade(["Bake the loaf.", "Wait for it to cool."]) < 3


def test_the_example_breaks_no_rule_of_writing() -> None:
    project = load_base()
    for path in project.pages:
        text = (BASE / "docs" / path).read_text(encoding="utf-8").split("---\n", 2)[2]
        assert list(check_prose(read(text))) == []
