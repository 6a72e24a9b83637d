"""All of `data/`, read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers import BASE, make_project

from macros.catalog import Catalog, load_catalog, validate
from macros.diagnostics import Diagnostic
from macros.models import LISTS, Comparison, Record
from macros.source import parse_yaml


def load(folder: Path, **options: Any) -> tuple[Catalog, list[Diagnostic]]:
    return load_catalog(make_project(folder, **options))


def explain(model: type[Record], text: str) -> list[str]:
    source, _ = parse_yaml(text, "data/a.yml")
    assert source is not None
    problems: list[Diagnostic] = []
    validate(model, source.value, source, (), problems)
    return [f"{found.location.line}:{found.location.column} {found.message} | {found.help}" for found in problems]


def test_every_list_and_every_table_is_read() -> None:
    catalog, problems = load_catalog(BASE)
    assert problems == []
    assert all(getattr(catalog, name.replace("-", "_")) for name in LISTS if (BASE / "data" / f"{name}.yml").exists())
    assert list(catalog.comparisons) == ["ovens"]
    assert list(catalog.drawings) == ["dough.svg"]


def test_records_stand_in_the_order_of_their_file() -> None:
    catalog, _ = load_catalog(BASE)
    assert list(catalog.references) == ["gas-2024", "clock-2025"]


def test_records_without_an_id_are_numbered() -> None:
    catalog, _ = load_catalog(BASE)
    assert list(catalog.changes) == ["0"]


def test_every_kind_of_record_has_its_place_in_the_catalog() -> None:
    assert {name.replace("-", "_") for name in LISTS} <= set(Catalog.__dataclass_fields__)


def test_every_file_that_was_read_is_kept_with_its_places() -> None:
    catalog, _ = load_catalog(BASE)
    files = [*(BASE / "data").glob("*.yml"), *(BASE / "data").glob("comparisons/*.yml")]
    assert set(catalog.sources) == {file.relative_to(BASE).as_posix() for file in files}


def test_a_project_without_data_has_an_empty_catalog(tmp_path: Path) -> None:
    assert load_catalog(tmp_path) == (Catalog(), [])


def test_one_wrong_record_does_not_hide_the_others(tmp_path: Path) -> None:
    catalog, problems = load(tmp_path, edits={"data/references.yml": {"tier: review": "tier: revue"}})
    assert list(catalog.references) == ["clock-2025"]
    assert len(problems) == 1


def test_one_wrong_file_does_not_hide_the_others(tmp_path: Path) -> None:
    catalog, problems = load(tmp_path, files={"data/references.yml": "a: b: c"})
    assert not catalog.references
    assert catalog.glossary
    assert [problem.rule for problem in problems] == ["yaml-syntax"]


def test_every_mistake_of_a_record_is_told_in_one_run(tmp_path: Path) -> None:
    _, problems = load(
        tmp_path, edits={"data/references.yml": {"tier: review": "tier: revue", "year: 2024": "year: soon\n  yaer: 1"}}
    )
    assert [problem.rule for problem in problems] == ["data-shape", "data-shape", "data-unknown-key"]


def test_a_table_is_found_by_its_id_only_if_its_file_has_that_name(tmp_path: Path) -> None:
    catalog, problems = load(tmp_path, edits={"data/comparisons/ovens.yml": {"id: ovens": "id: stoves"}})
    assert not catalog.comparisons
    assert len(problems) == 1


def test_a_data_file_that_is_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    (root / "data" / "changes.yml").unlink()
    (root / "data" / "changes.yml").symlink_to("/etc/passwd")
    catalog, problems = load_catalog(root)
    assert not catalog.changes
    assert [problem.message for problem in problems] == ["is a symbolic link"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "id: a\ntitle: A\npage: a.md\ncolumns: [{id: b, lable: B}]\nrows: []",
            "4:19 unknown key 'lable' | did you mean 'label'?",
        ),
        (
            "id: a\ntitle: A\npage: a.md\ncolumns: []\nrows:\n  - {id: c, label: C, cells: {b: {text: D, rfs: []}}}",
            "6:44 unknown key 'rfs' | did you mean 'refs'?",
        ),
        ("id: a\ntitel: A", "2:1 unknown key 'titel' | did you mean 'title'?"),
        ("id: a", "1:1 needs 'title' | copy the line from a record above"),
        ("id: A B", "1:5 'id' must be small letters, digits and hyphens, such as 'first-aid', not 'A B' | "),
        ("page: A.html", "1:7 'page' must be the path of a page, such as 'care/first-aid.md', not 'A.html' | "),
        ("columns: a", "1:10 'columns' must be a list: one '- ' line for each, or [a, b] | "),
        ("rows: [a]", "1:8 'rows' must be a record: 'key: value' lines | "),
        ("title: [a]", "1:1 'title' must be text; is a line indented too far? | "),
        ("title: ''", "1:8 'title' must be text; it is empty | "),
        ("rows:\n  - cells: a", "2:12 'cells' must be a mapping: 'key: value' lines | "),
    ],
)
def test_a_mistake_is_told_in_plain_words_at_its_place(text: str, message: str) -> None:
    assert message in explain(Comparison, text)


def test_a_list_is_not_called_empty_because_something_in_it_is_wrong() -> None:
    messages = explain(Comparison, "id: a\ntitle: A\npage: a.md\ncolumns: [{id: b}]\nrows: [{id: c}]")
    assert [message.split(" | ")[0] for message in messages] == [
        "4:11 needs 'label'",
        "5:8 needs 'label'",
        "5:8 needs 'cells'",
    ]


@pytest.mark.parametrize("text", ["", "[]", "# no record yet", "a", "- a\n- b", "a: {b: {c: [d]}}"])
@pytest.mark.parametrize("name", LISTS)
def test_no_shape_of_a_file_makes_the_reader_fall_over(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / f"{name}.yml").write_text(text, encoding="utf-8")
    catalog, problems = load_catalog(tmp_path)
    assert not getattr(catalog, name.replace("-", "_"))
    assert bool(problems) is (text not in {"[]", "# no record yet"})
