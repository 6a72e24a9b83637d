"""The list of everything that can be linked to, for people who paste addresses into records and websites."""

from __future__ import annotations

import re

from macros.places import group_places, permanent_address, relative_address
from macros.publish.built import PageFacts, mark_made
from macros.publish.edition import Edition
from macros.templating import render_template

_PLACEHOLDER = re.compile(r'<div\b[^>]*(?:\bdata-guide-sections\b|\bclass="[^"]*\bguide-sections\b)[^>]*>')


def fill_placeholder(edition: Edition, page: PageFacts, text: str) -> str:
    """Returns a page's file with the list inside its `<div class="guide-sections">`; without one, as it was."""
    place = _PLACEHOLDER.search(text)
    if place is None:
        return text
    return text[: place.end()] + mark_made(render_table(edition, page.address)) + text[place.end() :]


def render_table(edition: Edition, here: str) -> str:
    """Returns a table for each page: its sections and words, each with its permanent address and its QR code.

    Rows, questions and sources, of which there are many more, follow as plain links to their permanent pages. All other
    forms of an address follow from these two, so a script makes them when they are near the window.

    Args:
        edition: the site.
        here: address of the page on which the list stands.
    """
    groups = []
    for address, places in group_places(edition.places).items():
        headed = [place for place in places if place.kind in ("section", "term")]
        rest = [place for place in places if place not in headed]
        groups.append((edition.pages[address], headed, rest))
    return render_template(
        "publish/section_table.html.jinja",
        groups=groups,
        address=lambda place: edition.permanent(place.id),
        permanent=lambda place: relative_address(permanent_address(place.id), here),
        page_link=lambda page: relative_address(page.address, here),
    )
