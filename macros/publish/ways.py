"""The ways in: from each record to its line in `data/`, and from each section to a form that reports a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import shorten

from macros.publish.built import PageFacts
from macros.publish.edition import Edition
from macros.publish.lines import Shown
from macros.templating import render_template

_HEADING = re.compile(r'<(h[23])\b[^>]*\bid="([^"]+)"[^>]*>.*?</\1>', re.DOTALL)
_END = re.compile(
    r'<h[23]\b(?![^>]*\bguide-entry\b)|<div class="guide-(?:care|key-points|review)\b|<p class="guide-edit"|</article>'
)
"""Where a section's own words end; entries of the glossary belong to their letter."""
_LONGEST_NAME = 60
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def add_ways_in(edition: Edition, page: PageFacts, text: str) -> str:
    """Returns a page's file with a link at the end of each record and of each section.

    A heading without words of its own gets none: the sections below it have theirs.

    Args:
        edition: the site; where nobody knows its repository, nothing is added.
        page: the page.
        text: its file.
    """
    links: list[tuple[int, str]] = []
    if edition.source:
        links += _link_records(edition, edition.shown.get(page.address, ()), text)
    if edition.home.repository:
        links += _link_sections(edition, page, text)
    parts: list[str] = []
    last = 0
    for at, link in sorted(links):
        parts += (text[last:at], link)
        last = at
    return "".join([*parts, text[last:]])


def _link_records(edition: Edition, shown: Sequence[Shown], text: str) -> Iterator[tuple[int, str]]:
    """Yields where links to lines of `data/` go, and the links."""
    reached = 0
    for group in shown:
        at = max(text.find(group.opening, reached), 0)
        for line in group.lines:
            begin = text.find(group.item.format(line.id), at)
            end = group.end.search(text, begin) if begin >= 0 else None
            if end is None:
                continue
            yield (
                end.start(),
                render_template(
                    "publish/edit.html.jinja",
                    address=edition.find_editor(line),
                    title=shorten(line.name, _LONGEST_NAME, placeholder="…"),
                ),
            )
            reached = max(reached, end.start())
            at = at if "{}" in group.item else end.end()


def _link_sections(edition: Edition, page: PageFacts, text: str) -> Iterator[tuple[int, str]]:
    """Yields where links to the form go, and the links."""
    start = text.find("<article")
    for found in _HEADING.finditer(text, max(start, 0)):
        place = edition.places.get(found.group(2))
        end = _END.search(text, found.end())
        if place is None or (place.kind, place.page) != ("section", page.address) or end is None:
            continue
        if _COMMENT.sub("", text[found.end() : end.start()]).strip():
            yield (
                end.start(),
                render_template("publish/report.html.jinja", address=edition.find_form(place.id), title=place.title),
            )
