"""Who may import whom. The table below is the one truth; `CONTRIBUTING.md` shows the same."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from pathlib import Path

import pytest
from helpers import ROOT

MACROS = ROOT / "macros"
FLOORS = """
10  __main__  mkdocs
 9  environment  lookout
 8  publishing  vocabulary
 7  project
 6  wordchecks
 5  difference  pagewords  sourcing
 4  checks  citations  claims  classes  comparison  crosschecks  datachecks  datawords  deadlines  debts  hosts
 4  menu  permalinks  prose  publish  quantities  readability  standing  starting  watching  wording
 3  blocks  catalog  files  findings  glossary  inserting  pages  schemas  skeletons  tables
 2  calls  fetching  grade  links  models  passages  places  source  templating
 1  diagnostics
 0  markup  memory  rules  serving
"""
"""Floor and rooms: a module, or a folder of modules. Imports go only downwards, never along a floor."""
ENTRY = "__init__"
"""The file that both builders run; it only puts the project on the path."""

FLOOR_OF = {room: int(row[:2]) for row in FLOORS.strip("\n").split("\n") for room in row[2:].split()}
FILES = sorted(file for file in MACROS.rglob("*.py"))
NAMES = [file.relative_to(MACROS).as_posix() for file in FILES]
SUBJECT = re.compile(r"microneedl|needl|\bskin\b|\bskins\b|dermat|dermab|collagen", re.IGNORECASE)


@cache
def find_room(file: Path) -> str:
    return file.relative_to(MACROS).parts[0].removesuffix(".py")


@cache
def parse(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def list_nodes(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(parse(file)))


@cache
def list_imports(file: Path) -> frozenset[str]:
    """Every module that a file imports, with its whole name."""
    package = ["macros", *file.relative_to(MACROS).parts[:-1]]
    found = set()
    for node in list_nodes(file):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names if module.startswith("macros"))}
    return frozenset(found)


def list_rooms(file: Path) -> set[str]:
    """The rooms of `macros/` from which a file imports."""
    rooms = {find_room(other) for other in FILES}
    return {name.split(".")[1] for name in list_imports(file) if name.startswith("macros.")} & rooms


def list_neighbours(file: Path) -> set[str]:
    """The modules of its own folder from which a file imports."""
    start = f"macros.{find_room(file)}."
    stems = {other.stem for other in file.parent.glob("*.py")}
    return {name.removeprefix(start).split(".")[0] for name in list_imports(file) if name.startswith(start)} & stems


def test_every_room_has_a_floor_and_every_floor_its_rooms() -> None:
    assert {find_room(file) for file in FILES} - {ENTRY} == set(FLOOR_OF)


@pytest.mark.parametrize("file", [file for file in FILES if find_room(file) != ENTRY], ids=lambda file: file.stem)
def test_imports_go_only_downwards(file: Path) -> None:
    room = find_room(file)
    others = list_rooms(file) - {room}
    assert {other for other in others if FLOOR_OF[other] >= FLOOR_OF[room]} == set()


def test_the_entry_imports_only_the_adapter() -> None:
    assert list_rooms(MACROS / "__init__.py") == {"environment"}


def test_the_modules_of_a_folder_never_import_each_other_in_a_circle() -> None:
    for folder in sorted({file.parent for file in FILES} - {MACROS}):
        left = {file.stem: list_neighbours(file) - {file.stem} for file in folder.glob("*.py")}
        while left:
            free = {name for name, needed in left.items() if not needed & set(left)}
            assert free, f"a circle among {sorted(left)} in {folder.name}/"
            left = {name: needed for name, needed in left.items() if name not in free}


@pytest.mark.parametrize("file", [file for file in FILES if find_room(file) != "mkdocs"], ids=lambda file: file.stem)
def test_only_the_module_that_starts_it_imports_a_builder(file: Path) -> None:
    builders = ("mkdocs", "mkdocs_macros", "material", "zensical")
    assert {name for name in list_imports(file) if name.split(".")[0] in builders} == set()


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("jinja2", {"calls", "environment", "serving", "templating"}),
        ("yaml", {"source"}),
        ("argparse", {"__main__", "lookout", "difference", "starting"}),
        ("http", {"fetching"}),
        ("urllib.request", {"fetching"}),
        ("socket", set()),
        ("pickle", set()),
        ("markdown", set()),
    ],
)
def test_what_a_library_is_used_for_is_done_in_one_place(library: str, rooms: set[str]) -> None:
    users = {
        find_room(file)
        for file in FILES
        for name in list_imports(file)
        if name == library or name.startswith(f"{library}.")
    }
    assert users <= rooms


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_text_is_run_as_code(file: Path) -> None:
    called = {
        node.func.id for node in list_nodes(file) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert called & {"eval", "exec", "compile", "__import__"} == set()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_module_is_short_or_says_why_not(file: Path) -> None:
    rows = file.read_text(encoding="utf-8").count("\n")
    assert rows <= 200 or "because" in (ast.get_docstring(parse(file)) or ""), f"{rows} lines"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_module_says_what_it_is_for(file: Path) -> None:
    assert len((ast.get_docstring(parse(file)) or "").split()) >= 4 or not file.read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("name", ["get_", "process_", "handle_"])
def test_names_say_what_comes_back(name: str) -> None:
    functions = [
        f"{file.name}: {node.name}"
        for file in FILES
        for node in list_nodes(file)
        if isinstance(node, ast.FunctionDef) and node.name.lstrip("_").startswith(name)
    ]
    assert functions == []


def test_nothing_in_the_code_mentions_the_subject_of_the_guide() -> None:
    files = [file for file in MACROS.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    places = [
        f"{file.relative_to(ROOT)}:{number}: {row.strip()}"
        for file in files
        for number, row in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1)
        if SUBJECT.search(row)
    ]
    assert places == []


def test_contributing_shows_the_same_floors() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told: dict[str, int] = {}
    for floor, row in re.findall(r"^ ?(\d+)  (.+)$", text, re.MULTILINE):
        told |= {room: int(floor) for room in re.findall(r"[a-z_]+", row) if room in FLOOR_OF}
    assert told == FLOOR_OF


def test_the_standard_library_has_no_module_of_a_name_used_here() -> None:
    assert {file.stem for file in MACROS.glob("*.py")} & set(sys.stdlib_module_names) == set()
