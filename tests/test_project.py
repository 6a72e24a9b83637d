"""A whole project in memory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from helpers import BASE, find_problems, load, load_base, make_project, render_markdown

from macros.links import Target
from macros.project import care_card_id, list_made_ids, load_project, stamp_project
from macros.vocabulary import MACROS, call_macro


def test_the_example_has_no_problems() -> None:
    assert find_problems(BASE) == []


def test_every_id_that_a_macro_prints_is_known_before_it_is_printed() -> None:
    project = load_base()
    made = list_made_ids(project.catalog, project.pages)
    for path, page in project.pages.items():
        text = "\n\n".join(call_macro(project, path, call.name, call.args, call.kwargs) for call in page.calls)
        printed = {node.attributes["id"] or "" for node in render_markdown(text).css("[id]:not(svg *)")}
        own = {id for id in printed if not id.startswith(("fn:", "fnref:", "question-"))}
        assert own == set(made[path])


def test_rows_of_a_table_have_ids_only_where_it_lives(tmp_path: Path) -> None:
    root = make_project(
        tmp_path,
        edits={
            "docs/evidence.md": {
                "{{ verdicts() }}": '{{ comparison("ovens", rows=["heat"]) }}\n\n'
                '{{ comparison("ovens", orientation="rows", id="turned") }}'
            }
        },
    )
    project = load(root)
    made = list_made_ids(project.catalog, project.pages)
    assert [id for id in made["evidence.md"] if "ovens" in id or "turned" in id] == ["table-ovens", "table-turned"]
    assert "ovens-heat" in made["bake/first-loaf.md"]


@pytest.mark.parametrize(
    ("page", "id"), [("care.md", "care-burn"), ("bake/loaf.md", "loaf-care-burn"), ("index.md", "index-care-burn")]
)
def test_a_care_card_has_its_own_id_where_it_lives_and_another_elsewhere(page: str, id: str) -> None:
    assert care_card_id("burn", "care.md", page) == id


def test_a_section_is_named_by_its_page_and_its_heading() -> None:
    book = load_base().book
    steps = Target("bake/first-loaf.md", "first-loaf-steps", "Your first loaf: steps")
    assert book.sections["first-loaf-steps"] == steps
    assert book.sections["home-key-points"].label == "Bread at home: key points"


def test_a_heading_that_begins_with_an_abbreviation_keeps_its_capitals(tmp_path: Path) -> None:
    edits = {"docs/index.md": {"## What you need {: #home-need }": "## US flour {: #home-need }"}}
    assert load(make_project(tmp_path, edits=edits)).book.sections["home-need"].label == "Bread at home: US flour"


def test_references_claims_and_terms_stand_where_a_page_shows_them() -> None:
    book = load_base().book
    assert book.references["gas-2024"] == Target("evidence.md", "ref-gas-2024", "Gas 2024")
    assert book.claims["two-hours"] == Target("evidence.md", "claim-two-hours", "Article 1")
    assert book.terms["yeast"] == Target("glossary.md", "term-yeast", "yeast")
    assert book.pages["index.md"] == Target("index.md", "", "Bread at home")


def test_what_no_page_shows_has_no_address(tmp_path: Path) -> None:
    root = make_project(tmp_path, edits={"docs/glossary.md": {"{{ glossary() }}\n\n": ""}})
    assert load(root).book.terms == {}
    assert [problem.message for problem in find_problems(root)] == ["unknown term 'yeast'"]


def test_the_pages_that_cite_a_source_are_known() -> None:
    cited_on = load_base().cited_on
    assert cited_on["clock-2025"][1] == Target("index.md", "", "Bread at home")
    assert [target.page for target in cited_on["gas-2024"]] == ["bake/first-loaf.md", "index.md"]


def test_the_sections_that_use_a_word_are_known_once_each(tmp_path: Path) -> None:
    edits = {"docs/index.md": {"makes gas.": '{{ term("yeast") }} makes gas.'}}
    used_in = load(make_project(tmp_path, edits=edits)).used_in
    assert used_in == {"yeast": [Target("index.md", "home-need", "Bread at home: what you need")]}


def test_a_word_before_the_first_section_is_used_on_the_page(tmp_path: Path) -> None:
    edits = {"docs/index.md": {"You can bake": 'With {{ term("dough") }} you can bake'}}
    used_in = load(make_project(tmp_path, edits=edits)).used_in
    assert used_in["dough"] == [Target("index.md", "", "Bread at home")]


def test_a_folder_without_pages_is_a_mistake_and_not_a_success(tmp_path: Path) -> None:
    problems = load_project(tmp_path, MACROS).problems
    assert [(problem.rule, problem.message) for problem in problems] == [("file-missing", "there are no pages here")]


def test_the_stamp_stays_the_same_until_a_file_changes(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = stamp_project(root)
    assert stamp_project(root) == before
    os.utime(root / "data" / "glossary.yml", ns=(1, 1))
    changed = stamp_project(root)
    assert changed != before
    (root / "docs" / "bake" / "salt.md").write_text("# Salt", encoding="utf-8")
    assert stamp_project(root) != changed


def test_a_schema_written_for_editors_does_not_change_the_stamp(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    before = stamp_project(root)
    (root / "data" / "schema").mkdir()
    (root / "data" / "schema" / "glossary.json").write_text("{}", encoding="utf-8")
    assert stamp_project(root) == before
