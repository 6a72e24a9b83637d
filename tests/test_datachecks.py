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
    changes = {"data/questions.yml": {"- gas-2019": "- two-hours"}}
    assert tell(tmp_path, edits=changes) == ["data/questions.yml: unknown reference 'two-hours'"]


def test_a_column_may_be_called_like_a_key(tmp_path: Path) -> None:
    edits = {
        "data/comparisons/ovens.yml": {
            "- id: gas": "- id: claims",
            "      gas:\n": "      claims:\n",
            "- clock-2020": "- clock-1",
        }
    }
    assert tell(tmp_path, edits=edits) == ["data/comparisons/ovens.yml: unknown reference 'clock-1'"]


def test_names_of_terms_are_compared_without_regard_to_capitals(tmp_path: Path) -> None:
    changes = {"data/glossary.yml": {"- leaven": "- DOUGH"}}
    assert tell(tmp_path, edits=changes) == ["data/glossary.yml: 'DOUGH' also belongs to 'dough'"]


@pytest.mark.parametrize(
    "shape",
    [
        "<script>a</script>",
        "<SCRIPT>a</SCRIPT>",
        "<foreignObject><p>a</p></foreignObject>",
        '<image href="https://example.org/a.png"/>',
        '<use href="#a"/>',
        '<a href="https://example.org"/>',
        "<style>a</style>",
        '<animate attributeName="href"/>',
        '<circle onclick="a"/>',
        '<circle style="fill: red"/>',
        '<circle fill="url(https://example.org)"/>',
        '<circle fill="&#117;rl(https://example.org)"/>',
        '<circle xlink:href="a"/>',
        '<circle\nonload="a"/>',
        "<iframe",
        "<?xml-stylesheet?>",
        "<!DOCTYPE svg>",
        "<!--> <script> -->",
        "<div>",
    ],
)
def test_a_drawing_holds_nothing_but_shapes_and_words(tmp_path: Path, shape: str) -> None:
    found = tell(tmp_path, edits={"data/figures/dough.svg": {'<circle cx="5" cy="5" r="4"/>': shape}})
    assert found
    assert all(words.startswith("data/figures/dough.svg: '<") for words in found)


def test_a_drawing_may_hold_groups_paths_texts_and_comments(tmp_path: Path) -> None:
    shapes = (
        '<!-- 1 unit is 1 mm -->\n<g class="a" transform="translate(1 2)"><path d="M0 0"/><text x="1">A</text>'
        "<text>b <tspan>c</tspan></text>"
        '<rect width="1"/><line x1="0"/><polyline points="0"/><polygon points="0"/><ellipse rx="1"/></g><desc>c</desc>'
    )
    assert tell(tmp_path, edits={"data/figures/dough.svg": {'<circle cx="5" cy="5" r="4"/>': shapes}}) == []
