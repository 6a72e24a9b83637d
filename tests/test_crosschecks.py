"""The rules between pages and data, where the cases in `cases/` say too little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers import load, load_base, make_project

from macros.crosschecks import check_crossings, check_unique_ids, list_section_ids
from macros.pages import Page, parse_page
from macros.project import list_made_ids


def tell(folder: Path, **changes: Any) -> list[str]:
    project = load(make_project(folder, **changes))
    made_ids = list_made_ids(project.catalog, project.pages)
    return [
        f"{problem.location.path}: {problem.message}"
        for problem in check_crossings(project.catalog, project.pages, made_ids)
    ]


def parse(path: str, text: str) -> tuple[str, Page]:
    return path, parse_page(text, path, ["key_points"])[0]


def test_the_example_breaks_no_rule() -> None:
    project = load_base()
    made_ids = list_made_ids(project.catalog, project.pages)
    assert list(check_crossings(project.catalog, project.pages, made_ids)) == []


def test_sections_are_headings_with_ids_and_key_points() -> None:
    pages = dict([parse("a.md", '## B {: #b }\n\n## C\n\n{{ key_points("k", []) }}'), parse("d.md", "# E {: #e }")])
    assert list_section_ids(pages) == {"b": "a.md", "k": "a.md"}


def test_an_id_that_stands_three_times_is_told_twice() -> None:
    pages = dict([parse("a.md", "## B {: #b }\n\n## C {: #b }"), parse("d.md", "## E {: #b }")])
    assert [problem.message for problem in check_unique_ids(pages, {})] == [
        "the id 'b' already stands in docs/a.md",
        "the id 'b' already stands in docs/a.md",
    ]


def test_an_id_that_two_macros_print_is_told() -> None:
    pages = dict([parse("a.md", "A"), parse("b.md", "B")])
    assert [problem.message for problem in check_unique_ids(pages, {"a.md": ["x"], "b.md": ["x"]})] == [
        "a macro prints the id 'x', which already stands in docs/a.md"
    ]


def test_a_table_that_is_shown_only_elsewhere_has_no_home(tmp_path: Path) -> None:
    changes = {
        "docs/bake/first-loaf.md": {'{{ comparison("ovens") }}\n\n': ""},
        "docs/evidence.md": {"{{ verdicts() }}": '{{ comparison("ovens") }}'},
    }
    assert tell(tmp_path, edits=changes) == ["data/comparisons/ovens.yml: 'bake/first-loaf.md' does not show it"]


def test_a_source_that_a_page_cites_is_used(tmp_path: Path) -> None:
    reference = (
        "- id: salt-2021\n  tier: review\n  label: Salt 2021\n  title: Salt\n  authors: Cook C\n  publisher: Press\n"
        "  url: https://example.org/salt\n  checked: not-read\n  checked_on: 2026-11-01\n- id: gas-2024"
    )
    edits = {
        "data/references.yml": {"- id: gas-2024": reference},
        "docs/index.md": {'cite("gas-2024")': 'cite("gas-2024", "salt-2021")'},
    }
    assert tell(tmp_path, edits=edits) == []


def test_a_warning_does_not_stop_the_guide() -> None:
    project = load_base()
    pages = {path: page for path, page in project.pages.items() if path != "index.md"}
    catalog = project.catalog
    found = [problem for problem in check_crossings(catalog, pages, {}) if problem.rule == "data-unused-reference"]
    assert found == []
