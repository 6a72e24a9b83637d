"""The guide itself: its data and its pages keep every rule, and hold what they promise."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers import ROOT, list_problems, load, load_config

from macros.__main__ import main
from macros.diagnostics import RULES, render_text
from macros.models import NOTHING_KNOWN, Cell
from macros.project import Project
from macros.vocabulary import MACROS

FORBIDDEN = re.compile(r"\b(lorem|ipsum|todo|fixme|xxx|tbd|placeholder)\b", re.IGNORECASE)


@cache
def load_guide() -> Project:
    return load(ROOT)


@cache
def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def list_nav(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    else:
        for item in part.values() if isinstance(part, dict) else part:
            yield from list_nav(item)


def list_cells() -> Iterator[tuple[str, Cell]]:
    for table in load_guide().catalog.comparisons.values():
        for row in table.rows:
            for column, cell in row.cells.items():
                yield f"{table.id} / {row.id} / {column}", cell


# Rules


def test_the_guide_breaks_no_rule() -> None:
    errors = [problem for problem in list_problems(load_guide()) if problem.level == "error"]
    assert errors == [], "\n\n" + "\n\n".join(map(render_text, errors))


def test_every_data_file_begins_with_what_it_is() -> None:
    files = sorted((ROOT / "data").rglob("*.yml"))
    assert [file.name for file in files if not file.read_text(encoding="utf-8").startswith("# ")] == []


def test_the_schemas_for_editors_are_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema", "--root", str(tmp_path)])
    capsys.readouterr()
    made = {file.name: file.read_text(encoding="utf-8") for file in (tmp_path / "data" / "schema").glob("*.json")}
    kept = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "data" / "schema").glob("*.json")}
    assert sorted(name for name in made | kept if made.get(name) != kept.get(name)) == [], "run python -m macros schema"


def test_no_page_opens_a_comment_where_it_means_an_id() -> None:
    assert [file.as_posix() for file in (ROOT / "docs").rglob("*.md") if "{#" in file.read_text(encoding="utf-8")] == []


def test_nothing_is_left_to_be_written() -> None:
    files = [
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "data").rglob("*.yml"),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
    ]
    found = [
        f"{file.relative_to(ROOT)}:{number}: {row.strip()}"
        for file in files
        for number, row in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1)
        if FORBIDDEN.search(row)
    ]
    assert found == []


# What the guide promises to hold


def test_all_250_claims_of_the_articles_are_answered() -> None:
    guide = load_guide()
    assert len(guide.catalog.claims) == 250
    assert [claim.id for claim in guide.catalog.claims.values() if claim.answered_in not in guide.book.sections] == []


def test_every_claim_is_shown_on_a_page() -> None:
    shown = {
        call.find_text(0, "topic")
        for page in load_guide().pages.values()
        for call in page.calls
        if call.name == "claims"
    }
    assert {claim.topic for claim in load_guide().catalog.claims.values()} - shown == set()


def test_all_23_disagreements_have_a_side_and_a_place_for_every_article() -> None:
    catalog = load_guide().catalog
    assert len(catalog.disagreements) == 23
    for record in catalog.disagreements.values():
        assert {*record.silent, *(side.article for side in record.sides)} == set(catalog.articles), record.id


def test_a_side_quotes_claims_of_its_own_article() -> None:
    catalog = load_guide().catalog
    wrong = [
        f"{record.id}: {claim}"
        for record in catalog.disagreements.values()
        for side in record.sides
        for claim in side.claims
        if catalog.claims[claim].article != side.article
    ]
    assert wrong == []


def test_all_32_topics_are_covered_by_a_section() -> None:
    guide = load_guide()
    assert len(guide.catalog.topics) == 32
    assert [
        topic.id for topic in guide.catalog.topics.values() if not set(topic.sections) <= set(guide.book.sections)
    ] == []


def test_every_cell_of_every_table_names_its_source_or_says_that_nothing_is_known() -> None:
    cells = list(list_cells())
    assert len(cells) > 300
    assert [place for place, cell in cells if not cell.refs and cell.text not in NOTHING_KNOWN] == []


def test_every_table_for_a_decision_has_doing_nothing_as_an_option() -> None:
    tables = load_guide().catalog.comparisons
    for id in ("treatments", "home-or-clinic"):
        assert "nothing" in {column.id for column in tables[id].columns}


def test_there_are_ten_safety_facts_each_with_a_source_and_a_section() -> None:
    guide = load_guide()
    assert len(guide.catalog.safety_facts) == 10
    for fact in guide.catalog.safety_facts.values():
        assert fact.refs
        assert set(fact.sections) <= set(guide.book.sections)


def test_there_are_at_least_three_drawings_and_every_one_is_shown() -> None:
    guide = load_guide()
    shown = {call.find_text(0, "id") for page in guide.pages.values() for call in page.calls if call.name == "figure"}
    assert len(guide.catalog.figures) >= 3
    assert set(guide.catalog.figures) == shown
    assert {figure.file for figure in guide.catalog.figures.values()} == set(guide.catalog.drawings)


def test_every_care_card_and_every_table_is_shown() -> None:
    guide = load_guide()
    shown = {text for page in guide.pages.values() for call in page.calls for text in call.list_texts()}
    assert {*guide.catalog.care_cards, *guide.catalog.comparisons} - shown == set()


def test_no_reference_was_left_unread_without_saying_so() -> None:
    unread = [item for item in load_guide().catalog.references.values() if item.checked != "whole-page"]
    assert [item.id for item in unread if not item.limits] == []


def test_no_clinician_is_invented() -> None:
    """When a clinician has reviewed a page, name the page here too: two people must want it."""
    assert [
        path for path, page in load_guide().pages.items() if "reviewer:" in read(f"docs/{path}").split("\n---")[0]
    ] == []


# Pages


def test_the_navigation_has_every_page_once() -> None:
    listed = list(list_nav(load_config()["nav"]))
    assert sorted(listed) == sorted(load_guide().pages)
    assert len(listed) == len(set(listed))


def test_no_two_pages_have_one_address_or_one_title() -> None:
    pages = load_guide().pages
    addresses = [posixpath.splitext(path)[0].removesuffix("/index") for path in pages]
    assert len({address.casefold() for address in addresses}) == len(pages)
    assert len({page.title for page in pages.values()}) == len(pages)


def test_every_page_is_reached_by_a_link_from_another() -> None:
    pages = load_guide().pages
    linked = {path for path in pages if posixpath.basename(path) == "index.md"}  # the navigation leads there
    for path, page in pages.items():
        for link in page.links:
            name = link.target.partition("#")[0]
            linked.add(posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) if name else "")
        for call in page.calls:
            linked |= set(call.find_texts(0, "paths")) if call.name == "contents" else set()
    assert set(pages) - linked == set()


def test_the_builder_stops_at_every_warning_and_at_every_error_of_a_macro() -> None:
    config = load_config()
    macros = next(plugin["macros"] for plugin in config["plugins"] if isinstance(plugin, dict) and "macros" in plugin)
    assert config["strict"] is True
    assert macros["on_undefined"] == "strict"
    assert macros["on_error_fail"] is True
    assert macros["include_dir"] != config["docs_dir"]
    assert {"data", "macros", "overrides"} <= set(config["watch"])
    assert all(value == "warn" for group in config["validation"].values() for value in group.values())


def test_nothing_but_search_and_macros_carries_meaning() -> None:
    names = {next(iter(plugin)) if isinstance(plugin, dict) else plugin for plugin in load_config()["plugins"]}
    assert names <= {"search", "macros", "tags"}
    assert "hooks" not in load_config()


# Documentation


def test_every_macro_is_explained_to_contributors() -> None:
    assert [name for name in MACROS if f"| `{name}` |" not in read("CONTRIBUTING.md")] == []


def test_every_rule_is_explained_to_contributors() -> None:
    text = read("CONTRIBUTING.md")
    assert [rule for rule, why in RULES.items() if f"| `{rule}` | {why} |" not in text] == []


def test_contributing_explains_no_rule_that_is_gone() -> None:
    told = set(re.findall(r"^\| `([a-z]+-[a-z-]+)` \|", read("CONTRIBUTING.md"), re.MULTILINE))
    assert told - set(RULES) == set()


def test_the_example_of_an_error_in_contributing_names_a_rule_that_exists() -> None:
    rules = re.findall(r" {3}\[([a-z]+-[a-z-]+)\]$", read("CONTRIBUTING.md"), re.MULTILINE)
    assert rules
    assert set(rules) <= set(RULES)
