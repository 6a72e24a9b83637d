"""The list of everything that can be linked to, for people who paste addresses into records and websites."""

from __future__ import annotations

import re

from markupsafe import escape

from macros.places import Place, group_places, permanent_address, relative_address
from macros.publish.built import PageFacts, mark_made
from macros.publish.edition import Edition
from macros.templating import render_template

_PLACEHOLDER = re.compile(r'<div\b[^>]*(?:\bdata-guide-sections\b|\bclass="[^"]*\bguide-sections\b)[^>]*>')
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>])")


def fill_placeholder(edition: Edition, page: PageFacts, text: str) -> str:
    """Returns a page's file with the list inside its `<div class="guide-sections">`; without one, as it was."""
    place = _PLACEHOLDER.search(text)
    if place is None:
        return text
    return text[: place.end()] + mark_made(render_table(edition, page.address)) + text[place.end() :]


def render_table(edition: Edition, here: str) -> str:
    """Returns a table for each page: its sections and words, each with address, Markdown, HTML and QR code.

    Rows, questions and sources, of which there are many more, follow as plain links to their permanent pages.

    Args:
        edition: the site.
        here: address of the page on which the list stands.
    """
    groups = []
    for address, places in group_places(edition.places).items():
        headed = [place for place in places if place.kind in ("section", "term")]
        rest = [place for place in places if place not in headed]
        groups.append((edition.pages[address], [_describe(edition, place) for place in headed], rest))
    return render_template(
        "publish/section_table.html.jinja",
        groups=groups,
        link=lambda place: relative_address(place.address, here),
        permanent=lambda place: relative_address(permanent_address(place.id), here),
        page_link=lambda page: relative_address(page.address, here),
    )


def _describe(edition: Edition, place: Place) -> dict[str, object]:
    """Returns a place and the forms in which people paste its address."""
    address = edition.permanent(place.id)
    title = _MARKDOWN_SIGNS.sub(r"\\\1", place.title)
    return {
        "place": place,
        "address": address,
        "markdown": f"[{title}]({address})",
        "html": f'<a href="{address}">{escape(place.title)}</a>',
    }
