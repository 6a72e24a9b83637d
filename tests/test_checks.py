"""The rules of a page, where the cases in `cases/` say too little."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from helpers import BASE, load_base

from macros.checks import (
    INLINE_MACROS,
    check_block_macros,
    check_front_matter,
    check_headings,
    check_links,
    check_pages,
    check_raw_html,
    check_shape,
)
from macros.diagnostics import Diagnostic
from macros.pages import Page, parse_page
from macros.vocabulary import MACROS

FRONT = "---\ntitle: A\ndescription: B\nreviewed: 2026-11-01\nnext_review: 2027-11-01\n---\n\n"
SHAPED = (BASE / "docs" / "glossary.md").read_text(encoding="utf-8")


def parse(text: str, path: str = "bake/loaf.md") -> Page:
    return parse_page(text, path, MACROS)[0]


def tell(check: Callable[[Page], Iterator[Diagnostic]], text: str) -> list[str]:
    return [f"{problem.location.line}: {problem.message}" for problem in check(parse(text))]


def tell_links(text: str, *pages: Page, **made_ids: list[str]) -> list[str]:
    page = parse(text)
    known = {other.path: other for other in (page, *pages)}
    ids = {f"{name}.md": found for name, found in made_ids.items()}
    return [problem.message for problem in check_links(page, known, ids)]


def test_the_example_breaks_no_rule() -> None:
    assert list(check_pages(load_base().pages, {"glossary.md": ["term-yeast"]})) == []


def test_every_rule_of_pages_is_applied_to_every_page() -> None:
    page = parse("#### A\n\n<b>B</b> [c](d.md) {{ review() }}")
    found = {problem.rule for problem in check_pages({"bake/loaf.md": page}, {})}
    assert found == {
        "page-front-matter",
        "page-heading-order",
        "page-shape",
        "page-block-macro",
        "page-raw-html",
        "page-link",
    }


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("reviewed: 2026-11-01", "page-review-dates"),
        ("next_review: 2027-11-01", "page-review-dates"),
        ("title: A", "page-front-matter"),
        ("description: B", "page-front-matter"),
    ],
)
def test_every_line_of_front_matter_is_needed(line: str, rule: str) -> None:
    assert [problem.rule for problem in check_front_matter(parse(FRONT.replace(f"{line}\n", "")))] == [rule]


def test_front_matter_with_nothing_in_it_is_told() -> None:
    assert tell(check_front_matter, "---\n---\n") == ["1: 'record' must be a record: 'key: value' lines"]


@pytest.mark.parametrize(
    ("headings", "problems"),
    [
        ("# A\n\n## B {: #b }\n\n### C {: #c }\n\n## D {: #d }", []),
        ("## B {: #b }", ["1: has 0 headings of the first level, not 1"]),
        ("# A\n\n### C {: #c }", ["3: 'C' is of level 3, and the heading above it of level 1"]),
        ("# A\n\n## B {: #1b }", ["3: '1b' is not an id"]),
        ("# A\n\n## B {: #b_c }", ["3: 'b_c' is not an id"]),
        ("# A {: #a }\n\n## B {: #b }", []),
    ],
)
def test_headings_step_down_one_level_and_have_ids(headings: str, problems: list[str]) -> None:
    assert tell(check_headings, headings) == problems


def test_the_id_that_is_proposed_is_made_of_page_and_words() -> None:
    help = [problem.help for problem in check_headings(parse("# A\n\n## How hot? Very hot, I say!"))]
    assert help == ["write `## How hot? Very hot, I say! {: #loaf-how-hot-very-hot }`"]


@pytest.mark.parametrize("words", [72, 73])
def test_the_words_of_message_and_action_are_counted_together(words: int) -> None:
    action = "Look a word up before you shop."
    text = SHAPED.replace("Every word is explained here.", "word " * words).replace(action, "word " * 8)
    assert bool(tell(check_shape, text)) is (words == 73)


def test_addresses_macros_and_signs_are_not_words() -> None:
    opening = "See [one](a/very/long-address.md#and-more) + " + '{{ term("two words", "three") }} ' * 50
    assert tell(check_shape, SHAPED.replace("Every word is explained here.", opening)) == []


def test_an_opening_of_several_lines_is_counted_whole() -> None:
    text = SHAPED.replace("Every word is explained here.", "\n".join(["word"] * 80))
    assert tell(check_shape, text) == ["1: opens with 87 words, more than 80"]


@pytest.mark.parametrize("macro", sorted(set(MACROS) - INLINE_MACROS))
def test_every_block_macro_must_stand_alone(macro: str) -> None:
    assert tell(check_block_macros, f"- {{{{ {macro}() }}}}") == [f"1: {macro} does not stand alone"]
    assert tell(check_block_macros, f"a\n\n{{{{ {macro}() }}}}\n\nb") == []


@pytest.mark.parametrize("macro", sorted(INLINE_MACROS))
def test_an_inline_macro_may_stand_in_a_sentence(macro: str) -> None:
    assert macro in MACROS
    assert tell(check_block_macros, f"- a {{{{ {macro}() }}}} b") == []


@pytest.mark.parametrize(
    "text",
    [
        "```\n<script>\n```",
        "`<script>`",
        "<!-- <script> -->",
        '{{ term("a", "<script>") }}',
        '{{ key_points("a", ["b", "c <script>"]) }}',
    ],
)
def test_raw_html_is_told_wherever_it_stands(text: str) -> None:
    assert any("'<script>' is not allowed" in message for message in tell(check_raw_html, text))


def test_raw_html_is_told_at_its_place() -> None:
    problems = list(check_raw_html(parse("a\n\nb <i>c</i>")))
    assert [(problem.location.line, problem.location.column) for problem in problems] == [(3, 3), (3, 7)]


@pytest.mark.parametrize(
    ("target", "problems"),
    [
        ("loaf.md", []),
        ("#steps", []),
        ("loaf.md#steps", []),
        ("../bake/loaf.md#steps", []),
        ("../index.md", []),
        ("../index.md#made", []),
        ("https://example.org/a#b", []),
        ("mailto:a@example.org", []),
        ("tel:112", []),
        ("index.md", ["there is no page 'bake/index.md'"]),
        ("../../index.md", ["there is no page '../index.md'"]),
        ("/index.md", ["there is no page '/index.md'"]),
        ("//example.org/a", ["there is no page '//example.org/a'"]),
        ("../index/", ["there is no page 'index'"]),
        ("#stepz", ["'bake/loaf.md' has no section 'stepz'"]),
        ("../index.md#stepz", ["'index.md' has no section 'stepz'"]),
        ("http://example.org", []),  # `file-host` says so
        ("javascript:alert", ["'javascript:alert' is not an https address"]),
        ("data:text/html,a", ["'data:text/html,a' is not an https address"]),
        ("ftp://example.org", ["'ftp://example.org' is not an https address"]),
    ],
)
def test_a_link_leads_to_a_page_and_a_section_that_exist(target: str, problems: list[str]) -> None:
    home = parse("# Home\n\n## Need {: #need }", "index.md")
    assert tell_links(f"## Steps {{: #steps }}\n\n[a]({target})", home, index=["made"]) == problems
