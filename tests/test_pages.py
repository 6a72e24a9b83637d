"""The pages as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import load_base, make_project

from macros.diagnostics import Diagnostic, Location
from macros.pages import Page, find_calling_page, list_sections, load_pages, parse_page

FRONT = "---\ntitle: Bread\nreviewed: 2026-11-01\n---\n"


def parse(text: str) -> Page:
    page, problems = parse_page(text, "bake/loaf.md", ["review", "term"])
    assert problems == []
    return page


def list_headings(text: str) -> list[tuple[int, str, str | None]]:
    return [(heading.level, heading.text, heading.id) for heading in parse(text).headings]


def list_targets(text: str) -> list[str]:
    return [link.target for link in parse(text).links]


# Front matter


def test_front_matter_is_read_and_lines_count_as_in_the_file() -> None:
    page = parse(f"{FRONT}\n# Bread\n")
    assert page.title == "Bread"
    assert page.find_front("reviewed") == "2026-11-01"
    assert page.headings[0].location == Location("docs/bake/loaf.md", 6, 1)
    assert page.text == "\n\n\n\n\n# Bread\n"


def test_a_page_without_a_title_is_called_by_its_path() -> None:
    assert parse("# Bread").title == "bake/loaf.md"
    assert parse("---\ntitle: [a]\n---\n").title == "bake/loaf.md"


@pytest.mark.parametrize("text", ["# Bread", "", "---\ntitle: a", "\n---\ntitle: a\n---\n", "--- \n"])
def test_what_is_not_front_matter_is_not_read_as_such(text: str) -> None:
    assert parse(text).front is None


def test_a_line_of_dots_ends_front_matter_as_it_does_for_the_builder() -> None:
    assert parse("---\ntitle: Bread\n...\n# Bread").title == "Bread"


def test_code_in_front_matter_is_refused_at_its_place() -> None:
    _, problems = parse_page('---\ntitle: "a {{ b }}"\n---\n', "a.md", [])
    assert [problem.rule for problem in problems] == ["page-template"]
    assert problems[0].location == Location("docs/a.md", 2, 11)


# Headings


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## Steps {: #steps }", [(2, "Steps", "steps")]),
        ("## Steps {: .wide #steps }", [(2, "Steps", "steps")]),
        ("## Steps {: #steps .wide }", [(2, "Steps", "steps")]),
        ("## Steps { #steps }", [(2, "Steps", "steps")]),
        ("##   Steps   {:#steps}   ", [(2, "Steps", "steps")]),
        ("##Steps {: #steps }", [(2, "Steps", "steps")]),
        ("## Steps", [(2, "Steps", None)]),
        ("## Steps {: .wide }", [(2, "Steps", None)]),
        ("## Use {curly} words", [(2, "Use {curly} words", None)]),
        ("Steps {: #steps }\n---", [(2, "Steps", "steps")]),
        ("Steps\n=====", [(1, "Steps", None)]),
        ("words\n## Steps {: #steps }\nwords", [(2, "Steps", "steps")]),
        ("###### Deep", [(6, "Deep", None)]),
        ("a\n\n---\n\nb", []),
        ("a\nb\n---", []),
        ("    ## Code", []),
        ("- ## In a list", []),
        ("```\n## Code\n```", []),
        ("```\n## Code\n```\n\n## Steps {: #steps }", [(2, "Steps", "steps")]),
        ("~~~ python\n## Code\n~~~", []),
        ("````\n```\n## Code\n````", []),
        ("```code``` words\n\n## Steps {: #steps }", [(2, "Steps", "steps")]),
        ("```\n\n## Never closed {: #steps }", [(2, "Never closed", "steps")]),
        ("<!-- ## A comment -->", []),
        ("<!--\n## A comment\n-->", []),
        ("`<!--`\n\n```\n-->\n```\n\n## Steps {: #steps }", [(2, "Steps", "steps")]),
        ("```\n<!--\n```\n\n## Steps {: #steps }\n\n```\n-->\n```", [(2, "Steps", "steps")]),
    ],
)
def test_headings_are_found_as_the_builder_finds_them(text: str, headings: list[tuple[int, str, str | None]]) -> None:
    assert list_headings(text) == headings


def test_an_underlined_heading_is_placed_at_its_words() -> None:
    assert parse("a\n\nSteps\n---").headings[0].location.line == 3


def test_sections_are_headings_of_the_second_and_third_level_with_an_id() -> None:
    page = parse("# A {: #a }\n\n## B {: #b }\n\n### C {: #c }\n\n## D\n\n#### E {: #e }")
    assert [heading.id for heading in list_sections(page)] == ["b", "c"]


@pytest.mark.parametrize(("line", "id"), [(1, None), (2, None), (3, "b"), (4, "b"), (5, "c"), (9, "c")])
def test_the_section_of_a_line_is_the_heading_above_it(line: int, id: str | None) -> None:
    found = parse("# A\n\n## B {: #b }\n\n### C {: #c }\n").find_section(line)
    assert (found.id if found else None) == id


# Links


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[a](b.md)", ["b.md"]),
        ("[a](b.md#c) [d](#e)", ["b.md#c", "#e"]),
        ("[**a** [b]](c.md)", ["c.md"]),
        ("[a\nb](c.md)", ["c.md"]),
        ('[a](b.md "c d")', ["b.md"]),
        ("[a](<b.md>)", ["b.md"]),
        ("[a](https://example.org/?b=c#d)", ["https://example.org/?b=c#d"]),
        ("[a]: b.md", ["b.md"]),
        ("[a]: <b.md>", ["b.md"]),
        ("[^a]: words [b](c.md)", ["c.md"]),
        ("![a](b.png)", []),
        ("[^a] [b] (c.md)", []),
        ("```\n[a](b.md)\n```", []),
        ("<!-- [a](b.md) -->", []),
        ('{{ term("a", "[b](c.md)") }}', ["c.md"]),
    ],
)
def test_links_are_found(text: str, targets: list[str]) -> None:
    assert list_targets(text) == targets


def test_a_link_is_placed_at_its_target() -> None:
    assert parse("a\nsee [b](c.md)").links[0].location == Location("docs/bake/loaf.md", 2, 9)


# Files


def find_problems(root: Path) -> list[tuple[str, str]]:
    return [(problem.rule, problem.location.path) for problem in load_pages(root, ["term", "review"])[1]]


def test_every_page_is_found_in_every_folder() -> None:
    assert list(load_base().pages) == ["bake/first-loaf.md", "evidence.md", "glossary.md", "index.md"]


def test_a_page_that_cannot_be_read_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_bytes(b"\xff")
    pages, problems = load_pages(tmp_path, [])
    assert not pages
    assert [problem.rule for problem in problems] == ["file-encoding"]


def test_a_page_with_a_hidden_sign_is_told_and_its_sections_still_exist(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text("## B {: #b }\n\nc\u202ed", encoding="utf-8")
    pages, problems = load_pages(tmp_path, [])
    assert [heading.id for heading in pages["a.md"].headings] == ["b"]
    assert [problem.location.line for problem in problems] == [3]


@pytest.mark.parametrize("name", ["Loaf.md", "my_loaf.md", "my loaf.md", ".hidden.md", "Bake/loaf.md", "löaf.md"])
def test_a_page_whose_name_is_no_address_is_told(tmp_path: Path, name: str) -> None:
    file = tmp_path / "docs" / name
    file.parent.mkdir(parents=True)
    file.write_text("# A", encoding="utf-8")
    assert find_problems(tmp_path) == [("file-name", f"docs/{name}")]


def test_a_symbolic_link_to_a_page_or_a_folder_of_pages_is_not_followed(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.md").write_text("{{ config }}", encoding="utf-8")
    (root / "docs" / "folder").symlink_to(tmp_path / "elsewhere")
    (root / "docs" / "page.md").symlink_to(tmp_path / "elsewhere" / "a.md")
    pages, problems = load_pages(root, [])
    assert not {"folder/a.md", "page.md"} & set(pages)
    assert ("file-symlink", "docs/page.md") in {(problem.rule, problem.location.path) for problem in problems}


def test_the_first_page_that_calls_a_macro_is_where_its_words_live() -> None:
    pages = load_base().pages
    assert find_calling_page(pages, "glossary") == "glossary.md"
    assert find_calling_page(pages, "review") == "bake/first-loaf.md"
    assert find_calling_page(pages, "salt") is None


def test_a_problem_of_a_page_shows_its_line() -> None:
    found = parse("a\nb").diagnose(2, 1, "page-link", "x", "y")
    assert found == Diagnostic(Location("docs/bake/loaf.md", 2, 1), "page-link", "x", "y")
    assert found.excerpt == "b"
