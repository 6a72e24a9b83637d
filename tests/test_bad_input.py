"""Whatever is put in, the check ends: status 1, `path:line: message` for each mistake, no traceback.

Each case spoils the project about bread in one way. A few go through `make build` too, beside a site that stands.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import pytest
from helpers import BASE, make_project
from test_builders import copy_guide, make_build, read_all, with_this_python

from macros.__main__ import main

SECONDS = 10
PLACE = r"^{path}:{line}:\d+: error: .+   \[{rule}\]$"
PAGE = "docs/index.md"
TERMS = "data/glossary.yml"
TABLE = "data/comparisons/ovens.yml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A loaf</title>{}</svg>'
ALIAS_BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: [*d, *d]\n"


def write(path: str, text: str | bytes) -> Callable[[Path], None]:
    """Puts a file in the place of another, or beside it."""

    def spoil(root: Path) -> None:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.unlink(missing_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    return spoil


def edit(path: str, old: str, new: str) -> Callable[[Path], None]:
    """Replaces the first of some words."""

    def spoil(root: Path) -> None:
        text = (root / path).read_bytes()
        assert old.encode() in text
        (root / path).write_bytes(text.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1))

    return spoil


def link(path: str, target: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)

    return spoil


def remove(path: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / path).unlink()

    return spoil


def make_folder(path: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).mkdir()

    return spoil


def make_pipe(path: str) -> Callable[[Path], None]:
    """A file that nobody writes to: who opens it waits for ever."""

    def spoil(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        os.mkfifo(root / path)

    return spoil


@dataclass(frozen=True)
class Bad:
    """How the project is spoilt, and where and by which rule that is told."""

    spoil: Callable[[Path], None]
    path: str
    line: int
    rule: str


def front(old: str, new: str, line: int, rule: str) -> Bad:
    return Bad(edit(PAGE, old, new), PAGE, line, rule)


def page(new: str, line: int, rule: str) -> Bad:
    """A page with something in the place of its first sentence, which stands on line 10."""
    return Bad(edit(PAGE, "You can bake", new), PAGE, line, rule)


def table(old: str, new: str, line: int, rule: str) -> Bad:
    return Bad(edit(TABLE, old, new), TABLE, line, rule)


def term(old: str, new: str, line: int, rule: str) -> Bad:
    return Bad(edit(TERMS, old, new), TERMS, line, rule)


CASES = {
    # YAML that cannot be read
    "a quote that never closes": term('"Flour and water, kneaded."', '"Flour', 8, "yaml-syntax"),
    "a colon in words without quotes": term('"Flour and water, kneaded."', "Flour: water", 3, "yaml-syntax"),
    "a tab before a key": term("  term: dough", "\tterm: dough", 2, "yaml-syntax"),
    "a bracket that never closes": term("term: dough", "term: [dough", 3, "yaml-syntax"),
    "a brace that closes nothing": term("term: dough", "term: }", 2, "yaml-syntax"),
    "a key indented too far": term("  definition:", "     definition:", 3, "yaml-syntax"),
    "words below a mapping": Bad(write(TERMS, "a: 1\nb\n"), TERMS, 3, "yaml-syntax"),
    "a sign that no YAML begins with": term("term: dough", "term: @dough", 2, "yaml-syntax"),
    "two documents in one file": Bad(write(TERMS, "- id: a\n---\n- id: b\n"), TERMS, 2, "yaml-syntax"),
    "a directive": Bad(write(TERMS, "%YAML 9.9\n---\n[]\n"), TERMS, 1, "yaml-syntax"),
    "an escape that does not exist": term('"Flour and water, kneaded."', r'"\q"', 3, "yaml-syntax"),
    "a tag that would make an object": term("term: dough", "term: !!python/object:os.system dough", 2, "yaml-syntax"),
    "a tag of one's own": term("term: dough", "term: !ENV dough", 2, "yaml-syntax"),
    "a mapping as a key": term("  term: dough", "  ? {a: b}\n  : dough\n  term: dough", 2, "yaml-syntax"),
    "one key twice": term("  term: dough", "  term: dough\n  term: paste", 3, "yaml-duplicate-key"),
    "one key twice in a page": front("title:", "title: Bread\ntitle:", 3, "yaml-duplicate-key"),
    "an anchor": term("term: dough", "term: &a dough", 2, "yaml-alias"),
    "an alias bomb": Bad(write(TERMS, ALIAS_BOMB), TERMS, 1, "yaml-alias"),
    "an alias to itself": Bad(write(TERMS, "&a [*a]"), TERMS, 1, "yaml-alias"),
    "a merge key": term("term: dough", "<<: *b", 2, "yaml-alias"),
    "a hundred thousand lists in lists": Bad(write(TERMS, "[" * 100_000), TERMS, 1, "yaml-depth"),
    "a hundred thousand mappings in mappings": Bad(write(TERMS, "{a: " * 100_000), TERMS, 1, "yaml-depth"),
    "a hundred thousand items in items": Bad(write(TERMS, "- " * 100_000), TERMS, 1, "yaml-depth"),
    # Bytes
    "bytes that are no UTF-8": Bad(write(TERMS, b"- id: dough\n  term: d\xf6\n"), TERMS, 2, "file-encoding"),
    "UTF-16": Bad(write(TERMS, "- id: dough\n".encode("utf-16")), TERMS, 1, "file-encoding"),
    "half a surrogate": term("term: dough", "term: \ud800", 2, "file-encoding"),
    "NUL": term("term: dough", "term: do\0ugh", 2, "file-encoding"),
    "a byte-order mark": Bad(write(PAGE, b"\xef\xbb\xbf" + (BASE / PAGE).read_bytes()), PAGE, 1, "file-encoding"),
    "a bell": page("You\a can bake", 10, "file-encoding"),
    "words turned round": page("You \u202ecan\u202c bake", 10, "file-encoding"),
    "a joiner of no width": term("term: dough", "term: do\u200bugh", 2, "file-encoding"),
    "a hidden sign written as an escape": term('"Flour and water, kneaded."', r'"a\u202eb"', 3, "file-encoding"),
    "a picture with the name of a page": Bad(write(PAGE, b"\x89PNG\r\n\x1a\n\0\0"), PAGE, 1, "file-encoding"),
    "a whole megabyte": Bad(write(TERMS, "- id: a\n" * 130_000), TERMS, 1, "file-too-large"),
    "an empty page": Bad(write(PAGE, ""), PAGE, 1, "page-front-matter"),
    "an empty data file": Bad(write(TERMS, ""), TERMS, 1, "data-shape"),
    # Files
    "a data file that is gone": Bad(remove("data/figures/dough.svg"), "data/figures.yml", 2, "file-missing"),
    "a folder with the name of a page": Bad(make_folder(PAGE), PAGE, 1, "file-missing"),
    "a folder with the name of a data file": Bad(make_folder(TERMS), TERMS, 1, "file-missing"),
    "a pipe with the name of a page": Bad(make_pipe(PAGE), PAGE, 1, "file-missing"),
    "a pipe with the name of a data file": Bad(make_pipe(TERMS), TERMS, 1, "file-missing"),
    "a link to what the machine knows": Bad(link("docs/a.md", "/proc/self/environ"), "docs/a.md", 1, "file-symlink"),
    "a link to itself": Bad(link("docs/a.md", "a.md"), "docs/a.md", 1, "file-symlink"),
    "a link to the folder above": Bad(link("docs/up", ".."), "docs/up", 1, "file-symlink"),
    "data that is a link": Bad(link(TERMS, "topics.yml"), TERMS, 1, "file-symlink"),
    "a page that is HTML": Bad(write("docs/a.html", "<script>"), "docs/a.html", 1, "file-name"),
    "a program beside the pages": Bad(write("docs/a.sh", "rm -rf /"), "docs/a.sh", 1, "file-kind"),
    "two pages with one address": Bad(write("docs/bake.md", "# A"), "docs/bake.md", 1, "page-front-matter"),
    "names that differ in capitals": Bad(write("docs/Index.md", ""), "docs/index.md", 1, "file-same-address"),
    "a data file that nothing reads": Bad(write("data/glosary.yml", "[]"), "data/glosary.yml", 1, "file-name"),
    "a script in a drawing": Bad(
        write("docs/assets/a.svg", SVG.format("<script>a()</script>")), "docs/assets/a.svg", 1, "file-active-svg"
    ),
    "a drawing that fetches another": Bad(
        write("data/figures/dough.svg", SVG.format('<image href="https://a.example"/>')),
        "data/figures/dough.svg",
        1,
        "file-active-svg",
    ),
    # Values of the wrong kind
    "a mapping in place of a list": Bad(write(TERMS, "id: dough\n"), TERMS, 1, "data-shape"),
    "words in place of a list": Bad(write(TERMS, "dough\n"), TERMS, 1, "data-shape"),
    "a list in place of a record": Bad(write(TERMS, "- [dough]\n"), TERMS, 1, "data-shape"),
    "a list in place of words": term("term: dough", "term: [dough]", 2, "data-shape"),
    "words in place of a list of ids": term("see_also:\n    - yeast", "see_also: yeast", 4, "data-shape"),
    "nothing in place of words": term("term: dough", "term:", 2, "data-shape"),
    "an id with a path in it": term("id: dough", "id: ../dough", 1, "data-shape"),
    "words without end": term('"Flour and water, kneaded."', "a" * 3000, 3, "data-shape"),
    "a record without its words": term("  term: dough\n", "", 1, "data-missing-key"),
    "a key that nobody knows": term("  term: dough", "  termm: dough\n  term: dough", 2, "data-unknown-key"),
    "one id twice": term("id: yeast", "id: dough", 6, "data-duplicate-id"),
    "a day that no calendar has": Bad(
        edit("data/changes.yml", "2026-11-01", "2026-02-30"), "data/changes.yml", 1, "data-shape"
    ),
    "a year that is no number": Bad(
        edit("data/references.yml", "year: 2024", "year: MMXXIV"), "data/references.yml", 6, "data-shape"
    ),
    "an address that runs code": Bad(
        edit("data/references.yml", 'doi: "10.1234/dough.1"', 'url: "javascript:a()"'),
        "data/references.yml",
        8,
        "data-shape",
    ),
    "a reference that nobody wrote": term("- gas-2024", "- gas-2042", 12, "data-unknown-reference"),
    "a cell without a source": table("        refs:\n          - clock-2025\n", "", 13, "data-unsourced-cell"),
    "a column that does not exist": table("      wood:", "      coal:", 17, "data-unknown-column"),
    "a table under another name": table("id: ovens", "id: stoves", 1, "data-shape"),
    # Front matter
    "a colon in a title": front("Bread at home", "Bread: at home", 2, "yaml-syntax"),
    "front matter that never closes": front("2027-11-01\n---", "2027-11-01", 1, "page-front-matter"),
    "no front matter at all": front("---\ntitle", "title", 1, "page-front-matter"),
    "front matter that is a list": front("title: Bread at home", "- a", 3, "yaml-syntax"),
    "a title that is nothing": front("title: Bread at home", "title:", 2, "page-front-matter"),
    "a review that is due before it was made": front("2027-11-01", "2025-11-01", 2, "page-review-dates"),
    "a key of front matter that replaces a macro": front("title:", "term: a\ntitle:", 2, "page-front-matter"),
    "template code in a title": front("Bread at home", '"{{ config }}"', 2, "page-template"),
    # Macros
    "a macro that nobody knows": front('term("yeast")', 'tern("yeast")', 20, "page-unknown-macro"),
    "a macro without its argument": front('term("yeast")', "term()", 20, "page-macro-argument"),
    "a macro with a number in place of words": front('term("yeast")', "term(5)", 20, "page-macro-argument"),
    "a macro with one argument too many": front('term("yeast")', 'term("a", "b", "c")', 20, "page-macro-argument"),
    "a macro with an argument twice": front('term("yeast")', 'term(id="a", id="b")', 20, "page-template"),
    "a macro that names nothing": front('term("yeast")', 'term("yest")', 20, "data-unknown-id"),
    "a macro that never closes": front('{{ term("yeast") }}', '{{ term("yeast")', 21, "page-template"),
    "a macro with a thousand brackets": front('term("yeast")', f"term({'[' * 5000}", 20, "page-template"),
    "a macro in a list": front('{{ contents(["bake/first-loaf.md"]) }}', "- {{ review() }}", 23, "page-block-macro"),
    "a comment of the template language": page("{# a #} You can bake", 10, "page-template"),
    # Pages
    "a script": page("<script>a()</script>You can bake", 10, "page-raw-html"),
    "a tag that never ends": page("<iframe src=x\nYou can bake", 10, "page-raw-html"),
    "a link that runs code": page("[A](javascript:a()) You can bake", 10, "page-raw-html"),
    "a link to a page that is not there": page("[A](salt.md) You can bake", 10, "page-link"),
    "a link over a wire that all can read": page("[A loaf](http://bread.example) You can bake", 10, "file-host"),
    "a link to letters of another alphabet": page("[A loaf](https://bre\u0430d.example) You can bake", 10, "file-host"),
    "a heading without an id": front("## What you need {: #home-need }", "## What you need", 18, "page-heading-id"),
    "one id on two pages": front("#home-need }", "#first-loaf-burns }", 18, "page-duplicate-id"),
    "a heading that leaves a level out": front("## What you need", "#### What you need", 18, "page-heading-order"),
}  # fmt: skip


class HangError(Exception):
    """Not an OSError, as TimeoutError is: nothing catches it on its way."""


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Ends what takes longer: a check that hangs is a failure, not a wait."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", CASES)
def test_bad_input_ends_with_status_1_and_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = CASES[name]
    root = make_project(tmp_path)
    bad.spoil(root)
    with time_limit(SECONDS):
        assert main(["check", "--root", str(root)]) == 1
    output = capsys.readouterr().out
    place = PLACE.format(path=re.escape(bad.path), line=bad.line, rule=bad.rule)
    assert re.search(place, output, re.MULTILINE), output[:3000]
    assert "Traceback" not in output


def test_there_are_at_least_65_kinds_of_bad_input() -> None:
    assert len(CASES) >= 65


BUILT = (
    "an alias bomb",
    "a hundred thousand lists in lists",
    "NUL",
    "UTF-16",
    "a link to what the machine knows",
    "a colon in a title",
    "template code in a title",
)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide about bicycles with a site that was built from it."""
    folder = with_this_python(copy_guide(tmp_path_factory.mktemp("standing")))
    assert make_build(folder).returncode == 0
    return folder


@pytest.mark.parametrize("name", BUILT)
def test_a_build_of_bad_input_leaves_the_site_that_stood(name: str, standing: Path, tmp_path: Path) -> None:
    root = tmp_path / "guide"
    shutil.copytree(standing, root, symlinks=True)
    for path in (PAGE, TERMS):
        shutil.copy(BASE / path, root / path)
    before = read_all(root / "site")
    bad = CASES[name]
    bad.spoil(root)
    done = make_build(root)
    output = done.stdout + done.stderr
    assert done.returncode != 0
    assert re.search(PLACE.format(path=re.escape(bad.path), line=bad.line, rule=bad.rule), output, re.MULTILINE), output
    assert "Traceback" not in output
    assert read_all(root / "site") == before
