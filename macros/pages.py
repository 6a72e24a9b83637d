"""The pages of `docs/` as written: front matter, headings, links and macro calls, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from macros.calls import Call, parse_calls
from macros.diagnostics import Diagnostic, Location, Script
from macros.markup import blank_code_and_comments
from macros.memory import Late, Memory
from macros.source import Source, parse_yaml, read_text

_HEADING = re.compile(r"^(#{1,6})[ \t]*(.*?)[ \t]*(?:\{:?[ \t]*(#?[^}]*)\})?[ \t]*$")
_ID = re.compile(r"#([^\s.}]+)")
_UNDERLINE = re.compile(r"^(=+|-+) *$")
_LINK = re.compile(
    r"""(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^()\s<>]+)>?(?:\s+["'][^)\n]*)?\)"""  # [words](target "title")
    r"""|^\ {0,3}\[[^\]^]+\]:\s*<?([^\s<>]+)""",  # [words]: target
    re.MULTILINE,
)
_PICTURE = re.compile(r"!\[([^\]\n]*)\]\(\s*<?([^()\s<>]*)")
_PAGE_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as written; `id` is None when it has none of its own."""

    level: int
    text: str
    id: str | None
    location: Location


@dataclass(frozen=True, slots=True)
class Link:
    """A link to another page or to a section, or a picture with its words, as written."""

    target: str
    location: Location
    words: str = ""


@dataclass(frozen=True)
class Page:
    """A page as written; `path` is relative to `docs/`, such as `treatment/aftercare.md`."""

    path: str
    text: str
    """The whole file, front matter replaced by empty lines, so that lines count as in the file."""
    front: Source | None
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    calls: tuple[Call, ...]

    @cached_property
    def script(self) -> Script:
        """The text with its places."""
        return Script(f"docs/{self.path}", self.text)

    @property
    def title(self) -> str:
        """The title in the front matter, or the path when there is none."""
        return self.find_front("title") or self.path

    @cached_property
    def pictures(self) -> tuple[Link, ...]:
        """The pictures that Markdown shows; drawings have a macro of their own."""
        found = _PICTURE.finditer(blank_code_and_comments(self.text))
        return tuple(Link(match[2], self.script.locate(match.start()), match[1]) for match in found)

    def find_front(self, key: str) -> str | None:
        """Returns a text of the front matter, or None."""
        value = self.front.value.get(key) if self.front and isinstance(self.front.value, dict) else None
        return value if isinstance(value, str) else None

    def diagnose(self, line: int, column: int, rule: str, message: str, help: str = "") -> Diagnostic:
        """Returns an error at a place of this page."""
        return self.script.diagnose(Location(f"docs/{self.path}", line, column), rule, message, help)

    def find_section(self, line: int) -> Heading | None:
        """Returns the `##` or `###` heading above a line, or None before the first."""
        above = [heading for heading in self.headings if heading.location.line <= line and heading.level > 1]
        return above[-1] if above else None


def load_pages(
    root: Path, known: Collection[str], memory: Memory | None = None
) -> tuple[Mapping[str, Page], list[Diagnostic]]:
    """Returns every page below `root/docs` by path, and what keeps any of them from being read safely.

    Args:
        root: the project.
        known: names of the macros that a page may call.
        memory: what was read before: only pages with other words are parsed again.
    """
    pages: dict[str, Page] = {}
    problems: list[Diagnostic] = []
    for file in sorted((root / "docs").rglob("*.md")):
        path = file.relative_to(root / "docs").as_posix()
        text, unreadable = read_text(file, f"docs/{path}")
        problems += unreadable
        if not all(_PAGE_NAME.match(part) for part in path.removesuffix(".md").split("/")):
            message = "the name of a page is its address: small letters, digits and hyphens only"
            problems.append(Diagnostic(Location(f"docs/{path}"), "file-name", message))
        if text or not unreadable:
            read = partial(parse_page, text, path, known)
            pages[path], found = memory.recall(f"docs/{path}", text, read) if memory else read()
            problems += found
    return pages, problems


def reopen_pages(paths: Iterable[str], root: Path) -> Mapping[str, Page]:
    """Returns pages that were read before, each read again when somebody asks for it: to say where it is wrong."""
    return Late(paths, lambda path: parse_page(read_text(root / "docs" / path, f"docs/{path}")[0], path, ())[0])


def parse_page(text: str, path: str, known: Collection[str]) -> tuple[Page, list[Diagnostic]]:
    """Returns a page as written, and what is wrong with its front matter or its template."""
    front_text, body_line = _split_front_matter(text)
    problems: list[Diagnostic] = []
    front = None
    if front_text is not None:
        front, problems = parse_yaml(front_text, f"docs/{path}", first_line=2)
        problems += _check_front_templates(text, path, body_line)
    rows = text.split("\n")
    body = "\n" * (body_line - 1) + "\n".join(rows[body_line - 1 :])
    calls, refused = parse_calls(body, f"docs/{path}", known)
    prose = blank_code_and_comments(body)
    page = Page(path, body, front, _find_headings(prose, path), _find_links(prose, path), tuple(calls))
    return page, [*problems, *refused]


def _split_front_matter(text: str) -> tuple[str | None, int]:
    """Returns the front matter (None when there is none) and the line on which the body begins."""
    rows = text.split("\n")
    if rows[0].rstrip() != "---":
        return None, 1
    for index, row in enumerate(rows[1:], start=1):
        if row.rstrip() in ("---", "..."):
            return "\n".join(rows[1:index]), index + 2
    return None, 1


def _check_front_templates(text: str, path: str, body_line: int) -> Iterator[Diagnostic]:
    for number, row in enumerate(text.split("\n")[: body_line - 1], start=1):
        found = re.search(r"\{[{%#]", row)
        if found:
            place, help = Location(f"docs/{path}", number, found.start() + 1), "write plain words here"
            message = "template code is not allowed in the front matter"
            yield Diagnostic(place, "page-template", message, help, excerpt=row)


def _find_headings(prose: str, path: str) -> tuple[Heading, ...]:
    found = []
    rows = ["", "", *prose.split("\n")]
    for number, (before, above, row) in enumerate(zip(rows, rows[1:], rows[2:], strict=False), start=1):
        match, first = _HEADING.match(row), number
        if _UNDERLINE.match(row) and above.strip() and not before.strip() and not above.startswith("#"):
            match, first = _HEADING.match(f"{'#' if row[0] == '=' else '##'} {above}"), number - 1
        if match:
            written = _ID.search(match.group(3) or "")
            place = Location(f"docs/{path}", first, 1)
            found.append(Heading(len(match.group(1)), match.group(2), written.group(1) if written else None, place))
    return tuple(found)


def _find_links(prose: str, path: str) -> tuple[Link, ...]:
    script = Script(f"docs/{path}", prose)
    matches = [(match, 1 if match.group(1) else 2) for match in _LINK.finditer(prose)]
    return tuple(Link(match.group(group), script.locate(match.start(group))) for match, group in matches)


def find_calling_page(pages: Mapping[str, Page], macro: str) -> str | None:
    """Returns the path of the first page that calls a macro, or None."""
    return next((page.path for page in pages.values() if any(call.name == macro for call in page.calls)), None)


def list_sections(page: Page) -> Sequence[Heading]:
    """Returns the `##` and `###` headings of a page that have an id."""
    return [heading for heading in page.headings if heading.level in (2, 3) and heading.id]
