"""What is wrong, where, why it matters to a reader, and how to mend it."""

from __future__ import annotations

import difflib
import re
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby
from typing import Literal

from macros.rules import RULES

Level = Literal["error", "warning"]
MAX_EXCERPT = 500
"""Signs of a line that a diagnostic carries: a line may be the whole file, and every place in it be wrong."""
MAX_SHOWN = 100
"""Problems of one file that a report shows."""


@dataclass(frozen=True, order=True, slots=True)
class Location:
    """A place in a file: path below the project, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One problem, told so that somebody who does not program can mend it."""

    location: Location
    rule: str
    message: str
    help: str = ""
    level: Level = "error"
    excerpt: str = field(default="", compare=False)

    @property
    def why(self) -> str:
        """Why the rule matters to a reader."""
        return RULES[self.rule]


@dataclass(frozen=True)
class Script:
    """A text and the path by which diagnostics name it."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def starts(self) -> Sequence[int]:
        """The offset of each line's first sign."""
        return array("L", [0, *(found.end() for found in re.finditer(r"\n", self.text))])

    def locate(self, offset: int) -> Location:
        """Returns the place of an offset."""
        line = bisect_right(self.starts, offset)
        return Location(self.path, line, offset - self.starts[line - 1] + 1)

    def find_offset(self, place: Location) -> int:
        """Returns the offset of a place."""
        return self.starts[min(place.line, len(self.starts)) - 1] + place.column - 1

    def find_row(self, line: int, limit: int = sys.maxsize) -> str:
        """Returns a line without its end, cut at a limit of signs; nothing when there is no such line."""
        if not 0 < line <= len(self.starts):
            return ""
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : min(end, self.starts[line - 1] + limit)]

    def diagnose(self, place: Location, rule: str, message: str, help: str = "", level: Level = "error") -> Diagnostic:
        """Returns a diagnostic at a place, with the line it stands on."""
        return Diagnostic(place, rule, message, help, level, self.find_row(place.line, MAX_EXCERPT))


class GuideError(Exception, SystemExit):
    """The guide must not be built; its text is the whole report.

    Also a `SystemExit`, so that a builder ends with status 1 and this text in place of a traceback,
    and so that a live preview shows the text and goes on.
    """

    def __init__(self, report: str) -> None:
        super().__init__(report)
        self.code = report


class MacroError(Exception):
    """A macro was called with something it cannot show; carries the rule, the words and the help."""

    def __init__(self, rule: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.help = help


def suggest(wrong: str, known: Iterable[str]) -> str:
    """Returns "did you mean 'x'?", the whole list when it is short, or nothing."""
    names = tuple(sorted(set(known)))
    near = _find_nearest(wrong, names)
    if near:
        return f"did you mean '{near}'?"
    if 0 < len(names) < 9:
        return "known: " + ", ".join(names)
    return ""


@lru_cache(maxsize=1024)
def _find_nearest(wrong: str, names: tuple[str, ...]) -> str:
    return next(iter(difflib.get_close_matches(wrong[:200], names, n=1, cutoff=0.6)), "")


def render_text(diagnostic: Diagnostic) -> str:
    """Returns the form for people: place, message, rule, the line with a caret, why and help."""
    place = diagnostic.location
    head = f"{place.path}:{place.line}:{place.column}: {diagnostic.level}: {diagnostic.message}   [{diagnostic.rule}]"
    rows = [head]
    if diagnostic.excerpt.strip():
        shown = diagnostic.excerpt[:160].replace("\t", " ")
        gutter = f"  {place.line} | "
        rows.append(gutter + shown)
        if place.column <= len(shown) + 1:
            rows.append(" " * (len(gutter) - 2) + "| " + " " * (place.column - 1) + "^")
    rows.append(f"  why:  {diagnostic.why}")
    if diagnostic.help:
        rows.append(f"  help: {diagnostic.help}")
    return "\n".join(rows)


def render_github(diagnostic: Diagnostic) -> str:
    """Returns the form that marks the line in a pull request on GitHub."""
    place = diagnostic.location
    words = ". ".join(part for part in (diagnostic.message, diagnostic.why, diagnostic.help) if part)
    path = _escape_for_github(place.path, ":,")
    words = _escape_for_github(words)
    return f"::{diagnostic.level} file={path},line={place.line},col={place.column},title={diagnostic.rule}::{words}"


def _escape_for_github(words: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        words = words.replace(sign, f"%{ord(sign):02X}")
    return words


def render_report(diagnostics: Sequence[Diagnostic], form: str = "text") -> str:
    """Returns all diagnostics sorted by place, and a closing count; form is 'text' or 'github'.

    Of a file with more than 100, the first 100 and how many more: nobody reads them all.
    """
    ordered = sorted(set(diagnostics))
    render = render_github if form == "github" else render_text
    rows: list[str] = []
    for path, group in groupby(ordered, key=lambda item: item.location.path):
        items = list(group)
        rows += map(render, items[:MAX_SHOWN])
        if len(items) > MAX_SHOWN:
            more = f"and {len(items) - MAX_SHOWN} more in this file"
            rows.append(
                f"{path}: {more}" if form == "text" else f"::notice file={_escape_for_github(path, ':,')}::{more}"
            )
    errors = sum(1 for item in ordered if item.level == "error")
    warnings = len(ordered) - errors
    count = f"{errors} {'error' if errors == 1 else 'errors'}, {warnings} {'warning' if warnings == 1 else 'warnings'}"
    return ("\n" if form == "github" else "\n\n").join([*rows, count])
