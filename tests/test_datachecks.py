"""The rules between the files of `data/`, where the cases in `cases/` say too little."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import BASE, make_project

from macros.catalog import load_catalog
from macros.datachecks import check_data

UNREADABLE = "a: b: c"


def tell(folder: Path, **changes: Any) -> list[str]:
    catalog, _ = load_catalog(make_project(folder, **changes))
    return [f"{problem.location.path}: {problem.message}" for problem in check_data(catalog)]


def test_the_example_breaks_no_rule() -> None:
    assert list(check_data(load_catalog(BASE)[0])) == []


@pytest.mark.parametrize("name", ["references", "glossary", "articles", "claims"])
def test_a_file_that_cannot_be_read_does_not_make_every_mention_wrong(tmp_path: Path, name: str) -> None:
    assert tell(tmp_path, files={f"data/{name}.yml": UNREADABLE}) == []


def test_a_file_without_records_makes_every_mention_wrong(tmp_path: Path) -> None:
    assert set(tell(tmp_path, files={"data/articles.yml": "[]"})) == {
        "data/claims.yml: unknown article 'article-1'",
        "data/disagreements.yml: unknown article 'article-1'",
        "data/disagreements.yml: unknown article 'article-2'",
    }


def test_a_record_with_a_mistake_of_its_own_still_exists(tmp_path: Path) -> None:
    assert tell(tmp_path, edits={"data/articles.yml": {"words: 300": "words: many"}}) == []


def test_a_claim_is_a_source_of_a_table_and_of_nothing_else(tmp_path: Path) -> None:
    changes = {"data/questions.yml": {"- gas-2024": "- two-hours"}}
    assert tell(tmp_path, edits=changes) == ["data/questions.yml: unknown reference 'two-hours'"]


def test_a_column_may_be_called_like_a_key(tmp_path: Path) -> None:
    edits = {
        "data/comparisons/ovens.yml": {
            "- id: gas": "- id: claims",
            "      gas:\n": "      claims:\n",
            "- clock-2025": "- clock-1",
        }
    }
    assert tell(tmp_path, edits=edits) == ["data/comparisons/ovens.yml: unknown reference 'clock-1'"]


def test_names_of_terms_are_compared_without_regard_to_capitals(tmp_path: Path) -> None:
    changes = {"data/glossary.yml": {"- leaven": "- DOUGH"}}
    assert tell(tmp_path, edits=changes) == ["data/glossary.yml: 'DOUGH' also belongs to 'dough'"]
