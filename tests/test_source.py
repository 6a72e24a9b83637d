"""YAML read as text, with the place of every part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from helpers import fold
from hypothesis import given
from hypothesis import strategies as st

from macros.diagnostics import Location
from macros.source import MAX_BYTES, Source, parse_yaml, read_text

RECORDS = """\
- id: yeast
  term: "yeast"
  refs:
    - gas-2024
    - clock-2025
  note: >-
    A living
    thing.
- {id: dough, refs: []}
"""


def parse(text: str, first_line: int = 1) -> Source:
    source, problems = parse_yaml(text, "data/a.yml", first_line)
    assert problems == []
    assert source is not None
    return source


def find_rules(text: str) -> list[str]:
    return [problem.rule for problem in parse_yaml(text, "data/a.yml")[1]]


@pytest.mark.parametrize("word", ["no", "yes", "1", "1.50", "1e3", "0x10", "2026-02-30", "null", "~", "off", "=", "<<"])
def test_every_value_stays_the_text_that_was_written(word: str) -> None:
    assert parse(f"a: {word}").value == {"a": word}


def test_a_value_that_is_not_there_is_empty_text() -> None:
    assert parse("a:").value == {"a": ""}


def test_an_empty_file_has_no_value() -> None:
    assert parse("").value is None
    assert parse("# a comment").value is None


@pytest.mark.parametrize(
    ("where", "line", "column"),
    [
        ((), 1, 1),
        ((0,), 1, 3),
        ((0, "id"), 1, 7),
        ((0, "term"), 2, 9),
        ((0, "refs"), 3, 3),
        ((0, "refs", 1), 5, 7),
        ((0, "note"), 6, 9),
        ((1,), 9, 3),
        ((1, "refs"), 9, 15),
    ],
)
def test_every_part_knows_its_place(where: tuple[str | int, ...], line: int, column: int) -> None:
    assert parse(RECORDS).locate(where) == Location("data/a.yml", line, column)


def test_a_part_that_is_not_there_is_placed_at_what_should_hold_it() -> None:
    source = parse(RECORDS)
    assert source.locate((0, "see_also", 3)) == source.locate((0,))
    assert source.locate((7,)) == source.locate(())


def test_an_unknown_key_is_marked_at_the_key_and_not_at_its_value() -> None:
    source = parse("a: 1\nbb: 2")
    assert source.diagnose_key(("bb",), "data-unknown-key", "x").location.column == 1
    assert source.diagnose(("bb",), "data-unknown-key", "x").location.column == 5


def test_front_matter_is_placed_as_in_its_page() -> None:
    source = parse("title: Bread\nreviewed: x", first_line=2)
    assert source.locate(("reviewed",)) == Location("data/a.yml", 3, 11)
    assert source.diagnose(("reviewed",), "data-shape", "x").excerpt == "reviewed: x"


def test_a_record_is_found_by_its_id() -> None:
    source = parse(RECORDS)
    assert source.find_record("dough") == 1
    assert source.find_record("salt") == 0
    assert parse("id: a").find_record("a") == 0


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: 1\na: 2", "yaml-duplicate-key", 2, 1),
        ("a: &x 1\nb: *x", "yaml-alias", 1, 4),
        ("a: *x", "yaml-alias", 1, 4),
        ("a: &x [*x]", "yaml-alias", 1, 4),
        ("<<: &x {a: b}", "yaml-alias", 1, 5),
        ("a: !!python/name:os.system", "yaml-syntax", 1, 4),
        ("a: !ENV [HOME]", "yaml-syntax", 1, 4),
        ("!!binary YQ==", "yaml-syntax", 1, 1),
        ("a: b: c", "yaml-syntax", 1, 5),
        ("\ta: b", "yaml-syntax", 1, 1),
        ("a:\n\tb: c", "yaml-syntax", 2, 1),
        ("a: 'b", "yaml-syntax", 1, 4),
        ("a: [b", "yaml-syntax", 2, 1),
        ("? [a]\n: b", "yaml-syntax", 1, 3),
        ("a: 1\n---\nb: 2", "yaml-syntax", 2, 1),
        ("a: \x00", "yaml-syntax", 1, 1),
        ('a: "\\0"', "file-encoding", 1, 4),
        ('a: "x\\u202Ey"', "file-encoding", 1, 4),
        ('"a\\u200B": 1', "yaml-syntax", 1, 1),
        ("a: " + "[" * 50 + "]" * 50, "yaml-depth", 1, 11),
        ("[" * 100_000, "yaml-depth", 1, 9),
        ("{a: " * 50_000, "yaml-depth", 1, 33),
        ("- " * 1_000, "yaml-depth", 1, 17),
    ],
)
def test_what_cannot_be_read_safely_is_refused_at_its_place(text: str, rule: str, line: int, column: int) -> None:
    _, problems = parse_yaml(text, "data/a.yml")
    assert (problems[0].rule, problems[0].location) == (rule, Location("data/a.yml", line, column))


def test_aliases_that_would_fill_the_memory_are_refused_before_they_are_followed() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]" for level in range(1, 9)]
    source, problems = parse_yaml("\n".join(rows), "data/a.yml")
    assert source is None
    assert {problem.rule for problem in problems} == {"yaml-alias"}


def test_a_second_mistake_is_told_in_the_same_run() -> None:
    assert find_rules("a: 1\na: 2\nb: !x y") == ["yaml-duplicate-key", "yaml-syntax"]


def test_of_two_equal_keys_the_first_is_kept() -> None:
    source, _ = parse_yaml("a: 1\na: 2", "data/a.yml")
    assert source is not None
    assert source.value == {"a": "1"}


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    source, problems = parse_yaml(text, "data/a.yml")
    assert source is not None or problems


@given(st.text(alphabet="[]{}-:?&*!|>'\"%@`#, \nab\t0<", max_size=80))
def test_no_heap_of_signs_makes_the_reader_fall_over(text: str) -> None:
    source, problems = parse_yaml(text, "data/a.yml")
    assert source is not None or problems


_WORDS = st.text(alphabet="abz09 .,:#'\"-!?*&[]{}|>%@`~éß漢", max_size=30)
_KEYS = st.text(alphabet="abcz09_- #:é", min_size=1, max_size=10)
_VALUES = st.recursive(
    _WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=8
)


def _walk(value: Any, where: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else []
    return [(where, value), *(found for key, part in parts for found in _walk(part, (*where, key)))]


@given(_VALUES, st.booleans(), st.sampled_from([None, "'", '"']))
def test_every_place_points_at_the_text_that_it_names(value: Any, flow: bool, style: str | None) -> None:  # noqa: FBT001
    text = yaml.safe_dump(value, default_flow_style=flow, default_style=style, allow_unicode=True, width=40)
    source = parse(text)
    assert source.value == value
    rows = text.split("\n")

    def read(place: Location) -> str:
        return rows[place.line - 1][place.column - 1 :]

    for where, part in _walk(value):
        if isinstance(part, str):
            found = read(source.locate(where))
            assert found[0] in "'\"|>" or found.startswith(fold(part).split(" ")[0])
        if where and isinstance(where[-1], str):
            found = read(source.places.keys[where])
            assert found[0] in "'\"" or found.startswith(fold(where[-1]).split(" ")[0])
            if not isinstance(part, str):
                assert source.locate(where) == source.places.keys[where]


# Files


def test_a_file_is_read_as_utf8(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes("a: é ß 漢 🍞\tb\n".encode())
    assert read_text(file, "data/a.yml") == ("a: é ß 漢 🍞\tb\n", [])


def test_line_ends_of_windows_are_read_as_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(b"a\r\nb\r\n")
    assert read_text(file, "data/a.yml") == ("a\nb\n", [])


@pytest.mark.parametrize(
    ("raw", "rule", "line", "column"),
    [
        (b"a\nb: \xff\n", "file-encoding", 2, 1),
        ("a: é".encode("utf-16"), "file-encoding", 1, 1),
        (b"a\nb\x00c", "file-encoding", 2, 2),
        (b"a\x1b[2Jb", "file-encoding", 1, 2),
        (b"a\rb", "file-encoding", 1, 2),
        (b"\xef\xbb\xbfa", "file-encoding", 1, 1),
        ("a\u202eb".encode(), "file-encoding", 1, 2),
        ("a\u2066b".encode(), "file-encoding", 1, 2),
        ("a\u200bb".encode(), "file-encoding", 1, 2),
        ("a\u00adb".encode(), "file-encoding", 1, 2),
        ("a\u2028b".encode(), "file-encoding", 1, 2),
        ("a\x85b".encode(), "file-encoding", 1, 2),
        ("a\ue000b".encode(), "file-encoding", 1, 2),
        ("a\U000e0041b".encode(), "file-encoding", 1, 2),
        (b"a" * (MAX_BYTES + 1), "file-too-large", 1, 1),
    ],
)
def test_a_file_with_signs_that_nobody_can_see_is_refused_at_their_place(
    tmp_path: Path, raw: bytes, rule: str, line: int, column: int
) -> None:
    file = tmp_path / "a.yml"
    file.write_bytes(raw)
    _, problems = read_text(file, "data/a.yml")
    assert [(problem.rule, problem.location) for problem in problems] == [(rule, Location("data/a.yml", line, column))]


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    assert [problem.rule for problem in read_text(tmp_path / "b.yml", "b.yml")[1]] == ["file-missing"]
    assert [problem.rule for problem in read_text(tmp_path, "b.yml")[1]] == ["file-missing"]


def test_a_symbolic_link_is_refused_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("token", encoding="utf-8")
    (tmp_path / "a.yml").symlink_to(tmp_path / "secret")
    text, problems = read_text(tmp_path / "a.yml", "data/a.yml")
    assert text == ""
    assert [problem.rule for problem in problems] == ["file-symlink"]
