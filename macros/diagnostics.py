"""What is wrong, where, why it matters to a reader, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["error", "warning"]

RULES: dict[str, str] = {
    "yaml-syntax": "nothing in this file reaches a reader until it can be read",
    "yaml-duplicate-key": "one of the two values would be dropped without a word",
    "yaml-alias": "anchors and aliases hide what a line says from the person who reviews it",
    "yaml-depth": "a file nested this deep cannot be reviewed by eye",
    "file-encoding": "letters would turn into signs that nobody can read",
    "file-missing": "a page asks for words that are not there",
    "file-name": "the builder would skip this file, and its words would never be seen",
    "data-shape": "a value of the wrong kind cannot be shown",
    "data-missing-key": "readers would see a gap where the guide promises a fact",
    "data-unknown-key": "a misspelt key is ignored, and its words never reach a reader",
    "data-duplicate-id": "a link with this id would open the wrong words",
    "data-duplicate-name": "a reader who looks this word up would find two meanings",
    "data-unknown-reference": "readers click a source to check the claim; this one leads nowhere",
    "data-unknown-id": "readers follow this link to something that is not there",
    "data-unknown-section": "readers are sent to a section that does not exist",
    "data-unsourced-cell": "readers cannot check a table cell that names no source",
    "data-unknown-column": "this cell would never be shown",
    "data-missing-cell": "readers would see an empty cell and take it for 'no'",
    "data-unused-reference": "a source that nothing cites makes the list look stronger than it is",
    "page-front-matter": "title and review dates would vanish from the page",
    "page-template": "pages are templates: anything but the guide's macros could run code",
    "page-unknown-macro": "readers would see an error in place of the words",
    "page-macro-argument": "readers would see an error in place of the words",
    "page-block-macro": "a block inside a list or an indented paragraph comes out torn",
    "page-raw-html": "raw HTML can run scripts, or break for screen readers",
    "page-heading-id": "clinics link to sections; an id made from the words breaks when they change",
    "page-duplicate-id": "a clinic's link would open the wrong section",
    "page-heading-order": "screen readers step through headings; a missing level loses people",
    "page-link": "readers are sent to a page or section that does not exist",
    "page-shape": "every page opens and ends the same way, so that worried people find their way",
    "page-opening": "the first words are all that many people read",
    "page-review-dates": "readers must see when a page was last checked, and when it is next due",
    "claim-unanswered": "a claim that people meet in an article would get no answer",
}
"""Rule id and why it matters to a reader. `CONTRIBUTING.md` lists the same ids."""


@dataclass(frozen=True, order=True)
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
    names = sorted(set(known))
    near = difflib.get_close_matches(wrong, names, n=1, cutoff=0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if 0 < len(names) < 9:
        return "known: " + ", ".join(names)
    return ""


def find_excerpt(text: str, line: int) -> str:
    """Returns line number `line` of `text`, or nothing when there is no such line."""
    lines = text.splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


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
    for plain, escaped in (("%", "%25"), ("\r", "%0D"), ("\n", "%0A")):
        words = words.replace(plain, escaped)
    return (
        f"::{diagnostic.level} file={place.path},line={place.line},col={place.column},title={diagnostic.rule}::{words}"
    )


def render_report(diagnostics: Sequence[Diagnostic], form: str = "text") -> str:
    """Returns all diagnostics sorted by place, and a closing count; form is 'text' or 'github'."""
    ordered = sorted(set(diagnostics))
    render = render_github if form == "github" else render_text
    errors = sum(1 for item in ordered if item.level == "error")
    count = f"{errors} {'error' if errors == 1 else 'errors'}, {len(ordered) - errors} warnings"
    return ("\n" if form == "github" else "\n\n").join([*map(render, ordered), count])
