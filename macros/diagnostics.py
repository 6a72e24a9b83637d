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
    "file-symlink": "a link would publish a file from outside, which nobody reviewed",
    "file-kind": "a file of another kind would be published without a check",
    "file-too-large": "nobody can review it, and a slow phone cannot open it",
    "file-same-address": "one of two pages with one address would vanish without a word",
    "file-active-svg": "a drawing can run scripts, or fetch something when a page is read",
    "file-host": "an address that looks like another leads readers astray",
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
    "data-unused-term": "a word that the guide does not use makes the glossary longer, not better",
    "data-unused-fact": "a figure that no page prints is checked by nobody",
    "debt-count": "what has been mended must stay mended",
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
    "permalink-new": "a clinic may link to it from the day it is published: from then on it must stay",
    "permalink-words": "clinics chose to link to the words that stood here; somebody must see the change",
    "permalink-repointed": "a link on a clinic's paper would send a patient to the wrong words",
    "permalink-moved": "a link on a clinic's paper would end on a page that says nothing about it",
    "permalink-lost": "a link on a clinic's paper would lead nowhere",
    "permalink-doubled": "a link with this id can open only one of them, and it may be the wrong one",
    "permalink-counted": "an id that counts, or repeats the words, changes when the text around it does",
    "permalink-unnamed": "nobody can link to it, print its address or be warned before it changes",
    "permalink-status": "a reader who follows an old link would not learn where to go now",
    "permalink-removed": "what is taken out of the list is no longer watched, and its links break unseen",
    "redirect-doubled": "browsers read only one fragment: the link would end at the top of the page",
    "redirect-source": "this address shows a page of its own, so the old link is never sent on",
    "redirect-target": "an old link would be sent to a page or section that does not exist",
    "redirect-chain": "each further hop may fail, and a circle never ends",
    "redirect-missing": "an old link to this page would find nothing",
    "prose-long-sentence": "people lose the beginning of a long sentence before they reach its end",
    "prose-long-paragraph": "worried people skip a wall of text",
    "prose-grade": "people who find reading hard need the guide as much as anybody",
    "prose-hype": "the guide informs; words that sell or promise keep people from choosing for themselves",
    "prose-frequency": "people read very different chances into one word",
    "prose-undefined-term": "a word that nobody explained shuts people out",
    "prose-link-text": "people who listen to a page jump from link to link, and hear only their words",
    "prose-alt-text": "people who cannot see a picture hear these words in its place",
    "figure-uncited": "nobody can check a figure without a source",
    "figure-contradiction": "readers who meet two values trust neither, or follow the wrong one",
    "figure-written-out": "when the figure changes, this place would keep the old one",
    "source-article-alone": "an article that sells a treatment is no proof of what it does",
    "source-old": "newer studies may have found otherwise",
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
    path = _escape_for_github(place.path, ":,")
    words = _escape_for_github(words)
    return f"::{diagnostic.level} file={path},line={place.line},col={place.column},title={diagnostic.rule}::{words}"


def _escape_for_github(words: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        words = words.replace(sign, f"%{ord(sign):02X}")
    return words


def render_report(diagnostics: Sequence[Diagnostic], form: str = "text") -> str:
    """Returns all diagnostics sorted by place, and a closing count; form is 'text' or 'github'."""
    ordered = sorted(set(diagnostics))
    render = render_github if form == "github" else render_text
    errors = sum(1 for item in ordered if item.level == "error")
    warnings = len(ordered) - errors
    count = f"{errors} {'error' if errors == 1 else 'errors'}, {warnings} {'warning' if warnings == 1 else 'warnings'}"
    return ("\n" if form == "github" else "\n\n").join([*map(render, ordered), count])
