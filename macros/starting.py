"""`python -m macros new term|reference|table|page NAME`: writes a skeleton into its place, and says what to do next.

Files are changed as text, so that every comment stays where it is. What exists is never written over.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from macros import skeletons
from macros.diagnostics import Diagnostic, Location, render_report
from macros.inserting import add_to_menu, insert_record, propose_id, read_letters
from macros.models import Tier
from macros.source import Source, parse_yaml, read_text

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CannotStartError(Exception):
    """Nothing is written; carries what stands in the way."""

    def __init__(self, *problems: Diagnostic) -> None:
        super().__init__(problems)
        self.problems = problems


@dataclass(frozen=True)
class Start:
    """What will be written: the whole text of each file by its path, where to look, and what to do then."""

    files: dict[str, str]
    path: str
    line: int
    next_steps: tuple[str, ...]


def start_term(root: Path, name: str, id: str = "") -> Start:
    """Returns a new term in its place by letter; raises CannotStartError when the word is taken."""
    path = "data/glossary.yml"
    source = _read_list(root, path)
    id = _check_id(id or propose_id(name), path, "--id")
    _refuse_taken(source, id)
    for index, record in _list_records(source):
        names = [record.get("term"), *(record.get("aliases") or [])]
        if name.casefold() in {str(other).casefold() for other in names}:
            message = f"'{name}' already leads to '{record.get('id')}'"
            raise CannotStartError(source.diagnose((index,), "data-duplicate-name", message, "mend that record"))
    letters = [read_letters(record.get("term", "")) for _, record in _list_records(source)]
    place = sum(other < read_letters(name) for other in letters)
    text, line = _insert(source, place, skeletons.render_term(id, name))
    steps = (f'write {{{{ term("{id}") }}}} where the word first appears on a page',)
    return Start({path: text}, path, line, steps)


def start_reference(root: Path, name: str, today: date, tier: str = "") -> Start:
    """Returns a new reference, the last of its tier; raises CannotStartError when the id is taken."""
    path = "data/references.yml"
    source = _read_list(root, path)
    id = _check_id(propose_id(name), path)
    _refuse_taken(source, id)
    same = [index for index, record in _list_records(source) if record.get("tier") == tier]
    place = same[-1] + 1 if same else len(source.value)
    record = skeletons.render_reference(id, "" if id == name else name, tier, today)
    text, line = _insert(source, place, record)
    return Start({path: text}, path, line, (f'cite it: {{{{ cite("{id}") }}}} after the sentence that rests on it',))


def start_table(root: Path, name: str, page: str = "", columns: str = "first,second") -> Start:
    """Returns a new table; raises CannotStartError when there is one of this name."""
    id = _check_id(propose_id(name), "data/comparisons")
    path = f"data/comparisons/{id}.yml"
    heads = [_check_id(propose_id(column), path, "--columns") for column in columns.split(",")]
    _refuse_file(root, path)
    shown = f"docs/{page}" if page else "the page that you name in it"
    steps = (f'write {{{{ comparison("{id}") }}}} alone between two empty lines on {shown}',)
    return Start({path: skeletons.render_table(id, page, list(dict.fromkeys(heads)))}, path, 1, steps)


def start_page(root: Path, name: str, today: date, title: str = "") -> Start:
    """Returns a new page, and the menu with a line for it if its folder is in the menu; raises CannotStartError."""
    parts = name.removeprefix("docs/").removesuffix(".md").split("/")
    for part in parts:
        _check_id(part, f"docs/{name}")
    page = "/".join(parts) + ".md"
    _refuse_file(root, f"docs/{page}")
    id = next((part for part in reversed(parts) if part != "index"), "home")
    heading = title or id.replace("-", " ").capitalize()
    files = {f"docs/{page}": skeletons.render_page(id, heading, today)}
    configuration = root / "mkdocs.yml"
    text = configuration.read_text(encoding="utf-8") if configuration.is_file() else ""
    menu, line = add_to_menu(text, page)
    if menu:
        files["mkdocs.yml"] = menu
        step = f"it stands in the menu, on line {line} of mkdocs.yml: move that line where readers expect it"
    else:
        step = f"add it to the menu, `nav` in mkdocs.yml: `- {page}`"
    return Start(files, f"docs/{page}", 1, (step, "link to it from the page that readers come from"))


def _list_records(source: Source) -> list[tuple[int, dict[str, Any]]]:
    return [(index, record) for index, record in enumerate(source.value) if isinstance(record, dict)]


def _read_list(root: Path, path: str) -> Source:
    """Returns a list of records; raises CannotStartError when the file cannot be read as one."""
    text, problems = read_text(root / path, path)
    source, unparsed = parse_yaml(text, path) if not problems else (None, [])
    if problems or unparsed or source is None or not isinstance(source.value, list):
        empty = Diagnostic(Location(path), "data-shape", "is not a list of records", "mend it first: `make check`")
        raise CannotStartError(*(problems or unparsed or [empty]))
    return source


def _insert(source: Source, index: int, record: str) -> tuple[str, int]:
    """Returns the text with the record, and its line; raises CannotStartError if any other record would change."""
    text, line = insert_record(source, index, record)
    renewed, _ = parse_yaml(text, source.path)
    rest = renewed.value[:index] + renewed.value[index + 1 :] if renewed and isinstance(renewed.value, list) else None
    if rest != source.value:
        help = "copy a record by hand"
        raise CannotStartError(source.diagnose((index,), "data-shape", "has lines that cannot be told apart", help))
    return text, line


def _check_id(id: str, path: str, option: str = "") -> str:
    if _ID.fullmatch(id) and len(id) <= 80:
        return id
    help = "use small letters, digits and hyphens, such as first-aid" + (f", with {option}" if option else "")
    raise CannotStartError(Diagnostic(Location(path), "data-shape", f"'{id}' cannot be an id", help))


def _check_words(*words: str) -> None:
    for word in words:
        if not word.isprintable():
            message = "has a sign that nobody can see"
            raise CannotStartError(Diagnostic(Location(ascii(word)), "file-encoding", message, "type it anew"))


def _refuse_taken(source: Source, id: str) -> None:
    for index, record in _list_records(source):
        if record.get("id") == id:
            found = source.diagnose(
                (index, "id"), "data-duplicate-id", f"'{id}' is there already", "change that record"
            )
            raise CannotStartError(found)


def _refuse_file(root: Path, path: str) -> None:
    if (root / path).exists() or (root / path).is_symlink():
        raise CannotStartError(Diagnostic(Location(path), "data-duplicate-id", "is there already", "change that file"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `new` takes."""
    parser.add_argument("kind", choices=["term", "reference", "table", "page"])
    parser.add_argument("name", help="the word; Author-Year; the table's name; the page's path, such as care/first-aid")
    parser.add_argument("--id", default="", help="term: another id than the one made of the name")
    parser.add_argument("--tier", default="", choices=["", *get_args(Tier)], help="reference: how strong it is")
    parser.add_argument("--page", default="", help="table: the page that shows it")
    parser.add_argument("--columns", default="first,second", help="table: ids of its columns, with commas")
    parser.add_argument("--title", default="", help="page: its title")
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")


def run(options: argparse.Namespace) -> int:
    """Writes the skeleton and says what comes next; returns 1, and writes nothing, when something is in the way."""
    today = datetime.now(UTC).date()
    root, name = options.root, " ".join(options.name.split())
    starts: dict[str, Callable[[], Start]] = {
        "term": lambda: start_term(root, name, options.id),
        "reference": lambda: start_reference(root, name, today, options.tier),
        "table": lambda: start_table(root, name, options.page, options.columns),
        "page": lambda: start_page(root, name, today, options.title),
    }
    try:
        _check_words(name, options.title, options.page)
        start = starts[options.kind]()
    except CannotStartError as error:
        print(render_report(error.problems))
        return 1
    for path, text in start.files.items():
        _write(root / path, text)
    steps = (f"fill in the empty places, from line {start.line} on", *start.next_steps, "make check", "make serve")
    print(f"wrote {start.path}:{start.line}")
    print("\n".join(f"  {number}. {step}" for number, step in enumerate(steps, start=1)))
    return 0


def _write(file: Path, text: str) -> None:
    """Writes a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
