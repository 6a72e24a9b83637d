"""What the guide rests on, where the cases in `cases/` say too little."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import find_problems, load_base, make_project

from macros.sourcing import MAX_YEARS, check_old_sources, check_sources

TABLE = "data/comparisons/ovens.yml"


def tell(root: Path) -> list[tuple[str, str, int]]:
    return [(problem.rule, problem.location.path, problem.location.line) for problem in find_problems(root)]


@pytest.mark.parametrize(
    ("refs", "told"),
    [("two-hours", True), ("two-hours\n          - clock-2025", False), ("clock-2025", False)],
)
def test_a_cell_rests_on_more_than_an_article(refs: str, told: bool, tmp_path: Path) -> None:  # noqa: FBT001
    found = tell(make_project(tmp_path, edits={TABLE: {"- clock-2025": f"- {refs}"}}))
    assert (("source-article-alone", TABLE, 15) in found) == told


def test_a_cell_may_give_the_word_of_an_article_that_it_names(tmp_path: Path) -> None:
    edits = {TABLE: {"- clock-2025": "- two-hours", "250 degrees.": "Article 1 gives two hours."}}
    assert "source-article-alone" not in [rule for rule, _, _ in tell(make_project(tmp_path, edits=edits))]


@pytest.mark.parametrize(("year", "told"), [(2026 - MAX_YEARS, []), (2026 - MAX_YEARS - 1, ["warning"])])
def test_a_source_is_old_after_five_years(year: int, told: list[str]) -> None:
    catalog = load_base().catalog
    reference = catalog.references["gas-2024"].model_copy(update={"year": year})
    changed = type(catalog)(references={"gas-2024": reference}, sources=catalog.sources)
    assert [problem.level for problem in check_old_sources(changed)] == told


def test_a_source_without_a_year_has_no_age() -> None:
    catalog = load_base().catalog
    reference = catalog.references["gas-2024"].model_copy(update={"year": None})
    assert list(check_old_sources(type(catalog)(references={"a": reference}, sources=catalog.sources))) == []


def test_a_term_that_no_text_holds_is_told(tmp_path: Path) -> None:
    new = "- id: biga\n  term: biga\n  definition: Flour left overnight. The biga smells.\n- id: dough"
    found = tell(make_project(tmp_path, edits={"data/glossary.yml": {"- id: dough": new}}))
    assert found == [("data-unused-term", "data/glossary.yml", 1)]


@pytest.mark.parametrize("words", ["A biga is good.", "Two bigas."])
def test_a_term_is_used_where_any_of_its_names_stands(words: str, tmp_path: Path) -> None:
    new = "- id: biga\n  term: biga\n  definition: Flour left overnight.\n  aliases: [bigas]\n- id: dough"
    edits = {"data/glossary.yml": {"- id: dough": new}, "data/questions.yml": {"Old flour is bitter.": words}}
    assert tell(make_project(tmp_path, edits=edits)) == []


def test_nothing_is_called_unused_while_a_file_cannot_be_read() -> None:
    project = load_base()
    assert list(check_sources({}, [], project.catalog, readable=False)) == []
    told = {problem.rule for problem in check_sources({}, [], project.catalog, readable=True)}
    assert told == {"data-unused-term", "data-unused-fact"}
