"""The rules of files, whatever is in them, where the cases in `cases/` say too little."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import BASE, make_project

from macros.files import check_addresses, check_files, check_kind, check_name, list_files


def tell(root: Path) -> list[tuple[str, str]]:
    return [(problem.rule, problem.location.path) for problem in check_files(root)]


def test_the_example_breaks_no_rule() -> None:
    assert tell(BASE) == []


def test_every_file_and_every_linked_folder_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "docs" / "a").mkdir(parents=True)
    (tmp_path / "docs" / "a" / "b.md").write_text("", encoding="utf-8")
    (tmp_path / "docs" / "c").symlink_to("a")
    (tmp_path / "macros" / "__pycache__").mkdir(parents=True)
    (tmp_path / "macros" / "__pycache__" / "d.pyc").write_text("", encoding="utf-8")
    assert list(list_files(tmp_path)) == ["docs/c", "docs/a/b.md"]


@pytest.mark.parametrize("name", ["a.markdown", "a.mkd", "a.mdown", "a.MD", "a.html", "assets/a.htm", "a.xhtml"])
def test_a_page_that_a_builder_shows_and_no_check_reads_is_told(name: str) -> None:
    assert [problem.rule for problem in check_kind(f"docs/{name}")] == ["file-name"]


@pytest.mark.parametrize("name", ["a.exe", "a.pdf", ".htaccess", "a.svgz", "a", "a.md.bak"])
def test_a_file_of_a_kind_that_nobody_checks_is_told(name: str) -> None:
    assert [problem.rule for problem in check_kind(f"docs/{name}")] == ["file-kind"]


@pytest.mark.parametrize("name", ["a.md", "assets/a.css", "assets/a.js", "assets/a.svg", "assets/a.WEBP"])
def test_pages_style_scripts_and_pictures_are_welcome(name: str) -> None:
    assert list(check_kind(f"docs/{name}")) == []


@pytest.mark.parametrize(
    "name", ["glosary.yml", "glossary.yaml", "comparisons/a.yaml", "comparisons/a/b.yml", "figures/a.png", "notes.txt"]
)
def test_a_data_file_that_nothing_reads_is_told(name: str) -> None:
    assert [problem.rule for problem in check_name(f"data/{name}")] == ["file-name"]


@pytest.mark.parametrize("name", ["glossary.yml", "comparisons/a.yml", "figures/a.svg", "schema/a.json"])
def test_a_data_file_that_is_read_is_welcome(name: str) -> None:
    assert list(check_name(f"data/{name}")) == []


@pytest.mark.parametrize(
    "paths",
    [
        ["docs/a.md", "docs/a/index.md"],
        ["docs/a.md", "docs/A.md"],
        ["docs/index.md", "docs/INDEX.md"],
        ["docs/assets/a.svg", "docs/assets/A.svg"],
    ],
)
def test_two_files_with_one_address_are_told(paths: list[str]) -> None:
    assert len(list(check_addresses(paths))) == 1


def test_files_with_different_addresses_are_not() -> None:
    assert list(check_addresses(["docs/a.md", "docs/b/index.md", "docs/b/a.md", "docs/index.md", "data/a.yml"])) == []


def test_a_link_to_a_page_or_to_a_folder_of_pages_is_told(tmp_path: Path) -> None:
    root = make_project(tmp_path, links={"docs/more": "/etc", "docs/secret.md": "/etc/hostname"})
    assert {("file-symlink", "docs/more"), ("file-symlink", "docs/secret.md")} <= set(tell(root))
