"""Addresses inside the guide."""

from __future__ import annotations

import posixpath

import pytest
from helpers import HOSTILE, fold, list_links, make_book, render_markdown, select_one
from hypothesis import given
from hypothesis import strategies as st

from macros.diagnostics import MacroError
from macros.links import Target, relative_address, render_link


@pytest.mark.parametrize(
    ("page", "id", "source", "address"),
    [
        ("glossary.md", "term-yeast", "index.md", "glossary.md#term-yeast"),
        ("glossary.md", "term-yeast", "bake/first-loaf.md", "../glossary.md#term-yeast"),
        ("bake/first-loaf.md", "steps", "index.md", "bake/first-loaf.md#steps"),
        ("bake/first-loaf.md", "steps", "bake/index.md", "first-loaf.md#steps"),
        ("bake/first-loaf.md", "steps", "shop/a/b.md", "../../bake/first-loaf.md#steps"),
        ("bake/first-loaf.md", "", "index.md", "bake/first-loaf.md"),
        ("index.md", "need", "index.md", "#need"),
        ("bake/index.md", "", "bake/index.md", "index.md"),
        ("index.md", "", "bake/index.md", "../index.md"),
    ],
)
def test_a_link_is_relative_to_the_page_on_which_it_stands(page: str, id: str, source: str, address: str) -> None:
    assert relative_address(page, id, source) == address


PATHS = st.lists(st.sampled_from(["a", "b", "bake", "index"]), min_size=1, max_size=5).map(
    lambda parts: "/".join(parts) + ".md"
)


@given(PATHS, PATHS, st.sampled_from(["", "steps"]))
def test_a_relative_address_joined_to_its_page_gives_the_target(page: str, source: str, id: str) -> None:
    path, _, fragment = relative_address(page, id, source).partition("#")
    assert fragment == id
    assert posixpath.normpath(posixpath.join(posixpath.dirname(source), path or posixpath.basename(source))) == page


def test_a_link_is_named_by_its_target_or_by_other_words() -> None:
    target = Target("glossary.md", "term-yeast", "yeast")
    assert render_link(target, "index.md") == "[yeast](glossary.md#term-yeast)"
    assert render_link(target, "index.md", "leaven") == "[leaven](glossary.md#term-yeast)"


def test_the_words_of_a_link_are_escaped() -> None:
    link = select_one(render_markdown(render_link(Target("a.md", "b", HOSTILE), "index.md")), "a")
    assert fold(link.text()) == fold(HOSTILE)
    assert link.attributes["href"] == "a.md#b"


def test_sections_terms_and_pages_are_linked_by_id() -> None:
    book = make_book()
    assert book.link_section("first-loaf-steps", "index.md") == (
        "[Your first loaf: steps](bake/first-loaf.md#first-loaf-steps)"
    )
    assert book.link_term("yeast", "bake/first-loaf.md") == "[yeast](../glossary.md#term-yeast)"
    assert book.link_page("bake/first-loaf.md", "evidence.md") == "[Your first loaf](bake/first-loaf.md)"


def test_sources_are_references_or_claims() -> None:
    links = make_book().link_sources(["gas-2024", "two-hours"], "bake/first-loaf.md")
    assert list_links(render_markdown(" ".join(links))) == {
        "Gas 2024": "../evidence.md#ref-gas-2024",
        "Article 1": "../evidence.md#claim-two-hours",
    }


@pytest.mark.parametrize(
    ("method", "id", "rule"),
    [
        ("link_section", "first-loaf-step", "data-unknown-section"),
        ("link_term", "yest", "data-unknown-id"),
        ("link_page", "bake/first-loaves.md", "page-link"),
    ],
)
def test_a_link_to_nothing_is_an_error_with_a_suggestion(method: str, id: str, rule: str) -> None:
    with pytest.raises(MacroError, match=id) as error:
        getattr(make_book(), method)(id, "index.md")
    assert error.value.rule == rule
    assert error.value.help.startswith("did you mean")


def test_a_source_that_does_not_exist_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(MacroError) as error:
        make_book().link_sources(["gas-2023"], "index.md")
    assert (error.value.rule, error.value.help) == ("data-unknown-reference", "did you mean 'gas-2024'?")
