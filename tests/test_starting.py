from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path

import pytest

from macros import starting
from macros.inserting import add_to_menu, propose_id
from macros.project import load_project
from macros.starting import CannotStartError, start_page, start_reference, start_table, start_term
from macros.vocabulary import MACROS, check_calls

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
GLOSSARY = """\
# Words. This comment stays.

- id: apple
  term: apple # this one too
  definition: "A fruit."

# Fruits that begin with C
- id: cherry
  term: Cherry
  definition: >-
    A fruit
    with a stone.
  aliases: [cherries]
"""
REFERENCES = """\
# Sources
# Trials
- id: one-2001
  tier: trial
- id: two-2002
  tier: trial

# Reviews
- id: three-2003
  tier: review
"""
MENU = """\
site_name: Fruit
nav:
  - Home: index.md
  - Eat:
      - eat/index.md
      - Raw: eat/raw.md
  - Grow:
      - grow/index.md
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "data" / "comparisons").mkdir(parents=True)
    (tmp_path / "docs" / "eat").mkdir(parents=True)
    (tmp_path / "data" / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "data" / "references.yml").write_text(REFERENCES, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(MENU, encoding="utf-8")
    return tmp_path


def new(root: Path, *words: str) -> int:
    parser = argparse.ArgumentParser()
    starting.add_arguments(parser)
    return starting.run(parser.parse_args([*words, "--root", str(root)]))


def list_added(before: str, after: str) -> list[str]:
    """The lines that are new, after a look that no other line changed."""
    old, rest = before.splitlines(), after.splitlines()
    start = next((number for number, row in enumerate(old) if rest[number] != row), len(old))
    added = rest[start : start + len(rest) - len(old)]
    assert rest[:start] + rest[start + len(added) :] == old
    return added


@pytest.mark.parametrize(
    ("word", "line"), [("avocado", 6), ("Banana", 6), ("almond", 3), ("zucchini", 14), ("cherry pie", 14)]
)
def test_a_term_stands_in_its_place_by_letter_and_every_comment_stays(project, word, line):
    start = start_term(project, word)
    added = list_added(GLOSSARY, start.files["data/glossary.yml"])
    assert start.line == line
    assert added[0] == f"- id: {propose_id(word)} # never changed later"
    assert added[1] == f'  term: "{word}" # as readers see it'


def test_signs_of_yaml_in_a_term_are_quoted(project):
    text = start_term(project, 'fig: "ripe" # one').files["data/glossary.yml"]
    assert '  term: "fig: \\"ripe\\" # one"' in text


@pytest.mark.parametrize(
    ("word", "message", "line"),
    [
        ("apple", "'apple' is there already", 3),
        ("APPLE", "'apple' is there already", 3),
        ("Cherries", "'Cherries' already leads to 'cherry'", 8),
        ("梅", "'' cannot be an id", 1),
    ],
)
def test_a_term_that_is_taken_or_has_no_id_is_refused(project, word, message, line):
    with pytest.raises(CannotStartError) as caught:
        start_term(project, word)
    [problem] = caught.value.problems
    assert (problem.message, problem.location.line) == (message, line)


def test_a_word_without_latin_letters_takes_an_id_of_its_own(project):
    assert "- id: ume # never" in start_term(project, "梅", id="ume").files["data/glossary.yml"]


def test_a_reference_is_the_last_of_its_tier(project):
    start = start_reference(project, "Doe 2024", TODAY, "trial")
    added = list_added(REFERENCES, start.files["data/references.yml"])
    assert start.line == 7
    assert added[:3] == [
        "- id: doe-2024 # never changed later",
        "  tier: trial # " + added[1].partition("# ")[2],
        '  label: "Doe 2024" # short and unique, such as "Smith 2024"',
    ]
    assert "  year: 2024" in added
    assert "  checked_on: 2026-11-21" in added


@pytest.mark.parametrize("tier", ["", "label"])
def test_a_reference_whose_tier_has_no_group_comes_last(project, tier):
    assert start_reference(project, "doe-x", TODAY, tier).line == 11


def test_a_reference_that_is_there_is_refused(project):
    with pytest.raises(CannotStartError) as caught:
        start_reference(project, "Two 2002", TODAY)
    assert caught.value.problems[0].message == "'two-2002' is there already"


def test_a_table_has_its_columns(project):
    [(path, text)] = start_table(project, "Ways to eat", columns="raw,Cooked slowly,raw").files.items()
    assert path == "data/comparisons/ways-to-eat.yml"
    assert re.findall(r"^  - id: (.*)$|^      ([a-z-]+):$", text, re.MULTILINE) == [
        ("raw", ""),
        ("cooked-slowly", ""),
        ("first-row", ""),
        ("", "raw"),
        ("", "cooked-slowly"),
    ]


def test_a_page_gets_a_line_in_the_menu_below_the_last_of_its_folder(project):
    start = start_page(project, "docs/eat/cooked-slowly.md", TODAY)
    assert list(start.files) == ["docs/eat/cooked-slowly.md", "mkdocs.yml"]
    assert list_added(MENU, start.files["mkdocs.yml"]) == ["      - eat/cooked-slowly.md"]
    assert "# Cooked slowly\n" in start.files["docs/eat/cooked-slowly.md"]


def test_a_page_of_a_new_folder_is_told_about_the_menu(project):
    start = start_page(project, "sell/market", TODAY, title="At the market: what to ask")
    assert list(start.files) == ["docs/sell/market.md"]
    assert start.next_steps[0] == "add it to the menu, `nav` in mkdocs.yml: `- sell/market.md`"
    assert 'title: "At the market: what to ask"\n' in start.files["docs/sell/market.md"]


def test_a_menu_without_a_menu_stays_as_it_is():
    assert add_to_menu("site_name: Fruit\n", "eat/x.md") == ("", 0)


@pytest.mark.parametrize("name", ["../outside", "eat/../../outside", "Eat/raw", "eat/a b", "/etc/x", "eat//x", ""])
def test_a_page_outside_docs_or_with_a_strange_name_is_refused(project, name):
    with pytest.raises(CannotStartError):
        start_page(project, name, TODAY)


def test_a_leap_day_has_a_next_review():
    assert "next_review: 2029-02-28" in start_page(Path("/nowhere"), "x", date(2028, 2, 29)).files["docs/x.md"]


def test_what_is_there_is_never_written_over(project, capsys):
    (project / "docs" / "eat" / "raw.md").write_text("mine", encoding="utf-8")
    (project / "data" / "comparisons" / "ways.yml").symlink_to(project / "nowhere.yml")
    assert new(project, "page", "eat/raw") == 1
    assert new(project, "table", "ways") == 1
    assert (project / "docs" / "eat" / "raw.md").read_text(encoding="utf-8") == "mine"
    assert not (project / "nowhere.yml").exists()
    assert "docs/eat/raw.md:1:1: error: is there already" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "- id: [\n", "key: value\n", "[]\n", "[{id: a}]\n", "- a\x00b\n", None])
def test_a_file_that_cannot_be_read_or_added_to_is_left_alone(project, capsys, text):
    file = project / "data" / "glossary.yml"
    file.unlink()
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert new(project, "term", "date") == 1
    assert re.match(r"data/glossary\.yml:\d+:\d+: error: ", capsys.readouterr().out)
    assert (file.read_text(encoding="utf-8") if text is not None else None) == text


def test_a_hidden_sign_is_refused(project, capsys):
    assert new(project, "term", "pe\u200bar") == 1
    assert "has a sign that nobody can see" in capsys.readouterr().out


def test_the_command_says_what_comes_next(project, capsys):
    assert new(project, "term", "  black   currant ") == 0
    assert capsys.readouterr().out.splitlines() == [
        "wrote data/glossary.yml:6",
        "  1. fill in the empty places, from line 6 on",
        '  2. write {{ term("black-currant") }} where the word first appears on a page',
        "  3. make check",
        "  4. make serve",
    ]
    assert sorted(file.name for file in (project / "data").iterdir()) == [
        "comparisons", "glossary.yml", "references.yml"
    ]  # fmt: skip


def test_two_of_the_same_name_are_refused_the_second_time(project):
    assert [new(project, "reference", "Doe 2024", "--tier", "trial") for _ in range(2)] == [0, 1]


@pytest.fixture
def skeletons(tmp_path):
    """A project that holds nothing but the four skeletons."""
    (tmp_path / "data" / "comparisons").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    for name in ("glossary", "references"):
        (tmp_path / "data" / f"{name}.yml").write_text("- id: x\n", encoding="utf-8")
    assert new(tmp_path, "term", "pear") == 0
    assert new(tmp_path, "reference", "Doe 2024") == 0
    assert new(tmp_path, "table", "fruits") == 0
    assert new(tmp_path, "page", "harvest") == 0
    for name in ("glossary", "references"):
        file = tmp_path / "data" / f"{name}.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("- id: x\n", ""), encoding="utf-8")
    return tmp_path


def test_every_empty_place_of_a_skeleton_is_an_error_that_says_what_is_missing(skeletons):
    project = load_project(skeletons, MACROS)
    problems = {
        (problem.location.path, problem.location.line) for problem in [*project.problems, *check_calls(project)]
    }
    for path in ("data/glossary.yml", "data/references.yml", "data/comparisons/fruits.yml"):
        rows = (skeletons / path).read_text(encoding="utf-8").splitlines()
        empty = {(path, number) for number, row in enumerate(rows, start=1) if re.search(r': ""(?: #|$)', row)}
        assert empty
        assert empty - problems == set()


def test_a_skeleton_gives_only_helpful_errors(skeletons):
    project = load_project(skeletons, MACROS)
    found = [*project.problems, *check_calls(project)]
    assert {problem.rule for problem in found if problem.level == "error"} <= {
        "data-shape",
        "page-front-matter",
        "page-shape",
        "page-macro-argument",
    }
    messages = {problem.message for problem in found if problem.location.path == "docs/harvest.md"}
    assert {
        "'description' must be text; it is empty",
        "has 0 paragraphs marked guide-message, not 1",
        "has 0 paragraphs marked guide-action, not 1",
        "has 0 key points, not 3 to 5",
    } <= messages


def test_a_skeleton_that_was_filled_in_passes(project, tmp_path):
    text = start_term(project, "date").files["data/glossary.yml"]
    file = tmp_path / "data" / "glossary.yml"
    file.write_text(text.replace('definition: ""', 'definition: "A sweet fruit."'), encoding="utf-8")
    found = load_project(tmp_path, MACROS).problems
    assert [
        problem for problem in found if problem.location.path == "data/glossary.yml" and problem.level == "error"
    ] == []


def test_the_real_glossary_takes_a_word_in_its_place():
    start = start_term(ROOT, "zzz a word that nobody uses")
    before = (ROOT / "data" / "glossary.yml").read_text(encoding="utf-8")
    assert len(list_added(before, start.files["data/glossary.yml"])) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="files there have no such permission")
def test_nothing_is_left_beside_the_file(project):
    assert new(project, "page", "eat/stewed") == 0
    assert sorted(file.name for file in (project / "docs" / "eat").iterdir()) == ["stewed.md"]
