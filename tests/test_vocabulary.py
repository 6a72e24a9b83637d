"""The macros that a page may call."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from helpers import call, find_problems, load, load_base, make_project, read_all, select
from hypothesis import given
from hypothesis import strategies as st

from macros.checks import check_pages
from macros.citations import find_cited
from macros.crosschecks import check_crossings
from macros.diagnostics import MacroError
from macros.models import LISTS
from macros.pages import parse_page
from macros.project import Project, _find_uses_of_terms, build_address_book, list_made_ids
from macros.vocabulary import COUNTED, MACROS, Vocabulary, call_macro, check_calls

CONSTANTS: list[Any] = [5, 1.5, True, None, "", "yeast", [], ["yeast"], [5], [["yeast"]], "<script>", "x" * 999]


def fail(name: str, *args: Any, page: str = "index.md", **kwargs: Any) -> MacroError:
    with pytest.raises(MacroError) as error:
        call_macro(load_base(), page, name, args, kwargs)
    return error.value


@pytest.mark.parametrize("name", MACROS)
def test_every_macro_says_what_appears(name: str) -> None:
    words = (inspect.getdoc(getattr(Vocabulary, name)) or "").split("\n")[0]
    assert words[0].isupper()
    assert words.endswith(".")


@pytest.mark.parametrize("name", MACROS)
def test_the_example_calls_every_macro(name: str) -> None:
    assert any(found.name == name for page in load_base().pages.values() for found in page.calls)


@pytest.mark.parametrize("name", MACROS)
def test_an_argument_that_a_macro_does_not_have_is_answered_by_how_to_write_it(name: str) -> None:
    error = fail(name, colour="red")
    assert error.rule == "page-macro-argument"
    assert error.help.startswith(f"write {name}(")


@pytest.mark.parametrize(
    ("name", "help"),
    [
        ("term", 'write term("…", words="…")'),
        ("cite", 'write cite("…")'),
        ("key_points", 'write key_points("…", ["…"])'),
        ("references", "write references()"),
    ],
)
def test_the_help_shows_quotes_and_not_the_names_of_types(name: str, help: str) -> None:
    assert fail(name, colour="red").help == help


@pytest.mark.parametrize(
    ("name", "args", "message"),
    [
        ("term", ("yest",), "unknown term 'yest'"),
        ("cite", ("gas-2023",), "unknown reference 'gas-2023'"),
        ("cite", (), "cite needs at least one reference"),
        ("comparison", ("oven",), "unknown table 'oven'"),
        ("care_card", ("burns",), "unknown care card 'burns'"),
        ("figure", ("doughs",), "unknown drawing 'doughs'"),
        ("safety_facts", (["hott"],), "unknown safety fact 'hott'"),
        ("questions", ("mony",), "unknown group 'mony'"),
        ("claims", ("tim",), "no claim has the topic 'tim'"),
        ("standards", ("JAMMA",), "unknown standard 'JAMMA'"),
        ("count", ("reference",), "unknown list 'reference'"),
        ("contents", (["bake/first-loaves.md"],), "unknown page 'bake/first-loaves.md'"),
        ("key_points", ("a", ["b", "c"]), "has 2 key points, not 3 to 5"),
        ("key_points", ("a", ["b"] * 6), "has 6 key points, not 3 to 5"),
        ("key_points", ("a", ["b [@gas-2023]", "c", "d"]), "unknown reference 'gas-2023'"),
        ("key_points", ("a b", ["b", "c", "d"]), "key_points: 'id' must be small letters, digits and hyphens"),
        ("key_points", ("a", "b"), "key_points: 'points' must be a list of words in quotes"),
        ("term", (5,), "term: 'id' must be words in quotes"),
        ("term", ("yeast", "a", "b"), "term takes fewer arguments"),
        ("term", (), "term needs 'id'"),
        ("comparison", ("a", None, None, None, "b"), "comparison: 'orientation': input should be 'columns' or 'rows'"),
    ],
)
def test_what_a_macro_cannot_show_is_told_in_words(name: str, args: tuple[Any, ...], message: str) -> None:
    assert fail(name, *args).message == message


@pytest.mark.parametrize("name", MACROS)
@pytest.mark.parametrize("argument", CONSTANTS, ids=repr)
def test_no_constant_makes_a_macro_fall_over(name: str, argument: Any) -> None:
    for args in ((argument,), (argument, argument), ("yeast", argument)):
        try:
            assert isinstance(call_macro(load_base(), "index.md", name, args, {}), str)
        except MacroError:
            continue


def write(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(write, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower()


@given(st.data())
def test_no_call_in_a_page_makes_the_check_fall_over(data: st.DataObject) -> None:
    """The macros' calls are read in many places before they are tried; none may trust them."""
    project = load_base()
    name = data.draw(st.sampled_from(sorted(MACROS)))
    args = data.draw(st.lists(st.sampled_from(CONSTANTS), max_size=3))
    names = [parameter for parameter in inspect.signature(getattr(Vocabulary, name)).parameters if parameter != "self"]
    kwargs = data.draw(st.dictionaries(st.sampled_from(names or ["a"]), st.sampled_from(CONSTANTS), max_size=2))
    written = ", ".join([*map(write, args), *(f"{key}={write(value)}" for key, value in kwargs.items())])

    page, problems = parse_page(f"## A {{: #a }}\n\n{{{{ {name}({written}) }}}}", "a.md", MACROS)
    assert problems == []
    pages = {"a.md": page}
    catalog = project.catalog
    made_ids = list_made_ids(catalog, pages)
    find_cited(page, catalog.figures)
    list(check_pages(pages, made_ids))
    list(check_crossings(catalog, pages, made_ids))
    uses = _find_uses_of_terms(catalog, pages)
    list(check_calls(Project(catalog, pages, build_address_book(catalog, pages), {}, uses, [])))


def test_chosen_safety_facts_are_shown_in_the_order_chosen() -> None:
    assert select(call(load_base(), "index.md", "safety_facts", ["hot"]), "li strong") == ["The tin stays hot."]
    assert call(load_base(), "index.md", "safety_facts", []).css("li") == []


def test_a_care_card_has_another_id_away_from_home() -> None:
    home = call(load_base(), "bake/first-loaf.md", "care_card", "burn")
    away = call(load_base(), "index.md", "care_card", "burn")
    assert [tree.css("h3")[0].attributes["id"] for tree in (home, away)] == ["care-burn", "index-care-burn"]


def test_a_table_of_claims_is_named_after_its_topic_unless_the_page_has_other_words() -> None:
    assert select(call(load_base(), "evidence.md", "claims", "time"), "figcaption") == ["Claims: time"]
    assert select(call(load_base(), "evidence.md", "claims", topic="time", caption="Hours"), "figcaption") == ["Hours"]


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_is_the_number_of_records(name: str) -> None:
    number = len(getattr(load_base().catalog, name))
    assert read_all(call(load_base(), "index.md", "count", name)) == str(number)


def test_everything_that_is_counted_is_a_list_of_records() -> None:
    assert set(COUNTED) - {"comparisons"} <= set(LISTS)


def test_contents_show_titles_and_descriptions() -> None:
    tree = call(load_base(), "index.md", "contents", ["bake/first-loaf.md", "glossary.md"])
    assert select(tree, "li") == [
        "Your first loaf Every step of a plain loaf, and how hot the oven is.",
        "Glossary Words that bakers use.",
    ]


def test_a_page_with_broken_front_matter_is_not_told_twice(tmp_path: Path) -> None:
    root = make_project(tmp_path, edits={"docs/glossary.md": {"title: Glossary": "titel: Glossary"}})
    assert {problem.rule for problem in find_problems(root)} == {"page-front-matter"}


def test_a_mistake_in_data_is_not_echoed_by_every_page_that_shows_it(tmp_path: Path) -> None:
    root = make_project(tmp_path, edits={"data/comparisons/ovens.yml": {"- clock-2025": "- clock-2026"}})
    assert [problem.location.path for problem in find_problems(root)] == ["data/comparisons/ovens.yml"]


def test_a_wrong_argument_is_told_while_data_has_mistakes(tmp_path: Path) -> None:
    root = make_project(
        tmp_path,
        edits={
            "data/comparisons/ovens.yml": {"- clock-2025": "- clock-2026"},
            "docs/index.md": {"references()": 'references("all")'},
        },
    )
    assert [problem.rule for problem in find_problems(root)] == ["data-unknown-reference", "page-macro-argument"]


def test_a_problem_of_a_call_shows_its_line(tmp_path: Path) -> None:
    project = load(make_project(tmp_path, edits={"docs/index.md": {'cite("gas-2024")': 'cite("gas")'}}))
    (problem,) = check_calls(project)
    assert problem.location.column == problem.excerpt.index("{{ cite") + 1
