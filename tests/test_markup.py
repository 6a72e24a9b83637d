"""Text that shows as itself wherever Markdown and HTML are read."""

from __future__ import annotations

from datetime import date

import pytest
from helpers import HOSTILE, fold, read_all, render_html, render_markdown, select_one
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from macros.markup import (
    escape_address,
    escape_text,
    find_active_html,
    find_citations,
    find_hidden,
    format_date,
    replace_citations,
)

VISIBLE = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=60)
BLOCK_STARTS = [
    "# a",
    "- a",
    "+ a",
    "* a",
    "1. a",
    "2) a",
    "> a",
    ": a",
    "===",
    "---",
    "```",
    "~~~",
    "!!! note",
    "??? note",
    "???+ note",
    "[a]: b",
    "[^a]: b",
    "*[a]: b",
    "| a | b |",
    "    a",
    "///",
    ":::",
    "<div>",
    "&amp;",
    "\\*",
    "a\n\nb",
]


@given(VISIBLE)
def test_any_text_shows_as_itself(text: str) -> None:
    assert read_all(render_markdown(str(escape_text(text)))) == fold(text)


@pytest.mark.parametrize("text", [*BLOCK_STARTS, HOSTILE])
def test_signs_that_begin_a_block_show_as_themselves(text: str) -> None:
    assert read_all(render_markdown(str(escape_text(text)))) == fold(text)
    assert read_all(render_markdown(f"- {escape_text(text)}")) == fold(text)
    assert read_all(render_markdown(f"Words\n{escape_text(text)}")) == fold(f"Words {text}")
    assert render_html(f"- {escape_text(text)}").count("<") == 4, "a list with one item and nothing in it but words"


@given(VISIBLE.filter(lambda text: ";" not in text))
@example(HOSTILE.replace("&lt;", ""))
def test_any_text_stays_inside_an_attribute_of_html(text: str) -> None:
    """Markdown reads `&amp;lt;` in such an attribute as `&lt;`: harmless, and not ours to mend."""
    tree = render_markdown(f'<div data-words="{escape_text(text)}" markdown="block">\n\na\n\n</div>')
    assert select_one(tree, "div").attributes["data-words"] == fold(text)


@given(VISIBLE)
@example(HOSTILE)
def test_any_text_stays_inside_an_attribute_of_a_link(text: str) -> None:
    tree = render_markdown(f'a [b](c.md){{: .d data-words="{escape_text(text)}" }} e')
    assert (select_one(tree, "a").attributes["data-words"] or "") == fold(text)


@given(VISIBLE)
@example(HOSTILE)
def test_any_text_stays_inside_the_words_of_a_link(text: str) -> None:
    tree = render_markdown(f"a [{escape_text(text)}](b.md) c")
    link = select_one(tree, "a")
    assert link.attributes["href"] == "b.md"
    assert fold(link.text()) == fold(text)


@given(VISIBLE.filter(lambda text: text.strip()))
@example(HOSTILE)
def test_any_text_stays_inside_a_heading_with_an_id(text: str) -> None:
    heading = select_one(render_markdown(f"## {escape_text(text)} {{: #here }}"), "h2")
    assert heading.attributes["id"] == "here"
    assert fold(heading.text()).removesuffix("#").strip() == fold(text)


def test_text_that_is_markup_already_stays_as_it_is() -> None:
    assert escape_text(Markup("*a*")) == "*a*"


def test_numbers_and_dates_can_be_printed() -> None:
    assert escape_text(5) == "5"
    assert escape_text(date(2026, 1, 31)) == "2026-01-31"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://doi.org/10.1000/182", "https://doi.org/10.1000/182"),
        ("https://example.org/?a=1&b=%20#c", "https://example.org/?a=1&b=%20#c"),
        ("https://example.org/a(b)", "https://example.org/a%28b%29"),
        ('https://example.org/">[<*`', "https://example.org/%22%3E%5B%3C%2A%60"),
    ],
)
def test_an_address_cannot_end_its_link(address: str, written: str) -> None:
    assert escape_address(address) == written
    link = select_one(render_markdown(f"[a]({escape_address(address)})"), "a")
    assert link.attributes["href"] == written


@pytest.mark.parametrize(
    ("markdown", "keys"),
    [("a [@b-1] c [@d]", ["b-1", "d"]), ("a", []), ("[@a][@b]", ["a", "b"]), ("[a](b) [^c] @d", [])],
)
def test_citations_are_found_in_their_order(markdown: str, keys: list[str]) -> None:
    assert find_citations(markdown) == keys


def test_a_citation_becomes_a_mark_without_the_space_before_it() -> None:
    assert replace_citations("A  fact. [@gas-2024]", lambda key: f"[^{key}]") == "A fact.[^gas-2024]"


def test_a_date_cannot_be_mistaken() -> None:
    assert format_date(date(2026, 11, 2)) == "2 November 2026"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("é ß 漢 🍞 ½ °\t\n", None),
        ("a\u202eb", (1, "RIGHT-TO-LEFT OVERRIDE")),
        ("\x07", (0, "U+0007")),
    ],
)
def test_hidden_signs_are_found_and_named(text: str, found: tuple[int, str] | None) -> None:
    assert find_hidden(text) == found


@pytest.mark.parametrize(
    "html",
    [
        "<script>",
        "</script>",
        "<SCRIPT\n>",
        "<img src=x>",
        "<a href='b'>",
        "<meta http-equiv=refresh>",
        "<form action=elsewhere>",
        "<svg/onload=alert(1)>",
        '<div style="position: fixed">',
        '<div onclick="a()">',
        '<span data-x="1">',
        '<div class="a" hidden>',
        "<iframe",
        "<!doctype html>",
        "<?php ?>",
        "<![CDATA[a]]>",
        "<!-->",
        "<!--->",
        "<!-- <b> -->",
        "[a](javascript:alert(1))",
        "[a](JavaScript:alert(1))",
        "[a](&#106;avascript:alert(1))",
        "[a](data:text/html,b)",
        "[a](vbscript:b)",
        "{: onclick=alert(1) }",
        "{: style=color:red }",
        "<https://example.org>",
    ],
)
def test_active_html_is_found(html: str) -> None:
    at, _ = next(find_active_html(f"ab\n{html}"))
    assert at >= 3


@pytest.mark.parametrize(
    "html",
    [
        '<div class="guide-box" id="a-1" markdown="block">\n\na\n\n</div>',
        "<span>a</span><br><br/>",
        "<!-- a note -->",
        "1 < 2 and 3 > 2, and a <3",
        "Once = one. Only = on.",
        "a -> b <- c <= d",
        "Data: texts.",
    ],
)
def test_plain_boxes_and_arithmetic_are_not(html: str) -> None:
    assert list(find_active_html(html)) == []
