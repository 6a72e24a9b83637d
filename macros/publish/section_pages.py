"""A permanent page for each promised id: the section whole, on a page of its own, at an address that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from macros.places import Place, absolute_address, permanent_address, relative_address
from macros.publish.edition import LICENSE, LICENSE_URL, Edition
from macros.publish.index import describe_id, render_record
from macros.publish.qr import render_qr
from macros.publish.records import PublishedSection
from macros.publish.relocate import raise_headings, relocate
from macros.templating import render_template

SPOTS = {
    "section": "A section",
    "term": "A word",
    "row": "A table row",
    "question": "A question",
    "reference": "A source",
}
"""What a place is, in words for readers."""


def render_sections(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yields path and text of three files for each promised id: the page, the same for programs, the QR code."""
    for id in edition.permalinks:
        place = None if edition.permalinks[id].is_gone else edition.places.get(id)
        folder = permanent_address(id).lstrip("/")
        yield f"{folder}index.html", render_section(edition, place) if place else render_gone(edition, id)
        yield f"{folder}section.json", render_record(describe_section(edition, id, place))
        yield f"{folder}qr.svg", render_qr(edition.permanent(id))


def render_section(edition: Edition, place: Place) -> str:
    """Returns the permanent page of a section that stands on a page: no script needed, no fragment in its address."""
    here = permanent_address(place.id)
    page = edition.pages[place.page]

    def link(address: str) -> str:
        return relative_address(address, here)

    return render_template(
        "publish/section.html.jinja",
        edition=edition,
        look=page,
        title=place.title,
        canonical=page.canonical or absolute_address(edition.url, place.page),
        permanent=edition.permanent(place.id),
        entry=edition.permalinks[place.id],
        place=place,
        page=page,
        spot=SPOTS[place.kind],
        words=raise_headings(_write_words(place, link), place.level - 1),
        notes=_write_notes(place, link),
        review=relocate(page.find_review(), place.page, link),
        link=link,
        license=(LICENSE, LICENSE_URL),
    )


def render_gone(edition: Edition, id: str) -> str:
    """Returns the permanent page of a section that is gone: what it was, why it went, where to go now."""
    here = permanent_address(id)
    entry = edition.permalinks[id]
    present = edition.find_present(id)
    return render_template(
        "publish/gone.html.jinja",
        edition=edition,
        look=edition.home,
        title=entry.heading,
        canonical=absolute_address(edition.url, present.page if present else here),
        entry=entry,
        was_on=edition.pages.get(entry.page),
        present=present,
        present_page=edition.name_page(present.page) if present else "",
        present_permanent=edition.permanent(present.id) if present else "",
        spot=SPOTS[entry.kind],
        link=lambda address: relative_address(address, here),
        license=(LICENSE, LICENSE_URL),
    )


def describe_section(edition: Edition, id: str, place: Place | None) -> PublishedSection:
    """Returns a section for other sites: its facts, its words as text, and as HTML with whole addresses."""

    def link(address: str) -> str:
        return absolute_address(edition.url, address)

    notes = _write_notes(place, link) if place else ""
    html = _write_words(place, link) + (f"<ol>{notes}</ol>" if notes else "") if place else ""
    return PublishedSection.model_validate(
        {
            **describe_id(edition, id).model_dump(),
            "text": place.text if place else "",
            "html": html,
            "qr": edition.permanent(id) + "qr.svg",
        }
    )


def _write_words(place: Place, write: Callable[[str], str]) -> Markup:
    return relocate(place.html, place.page, write, beside=_join_notes(place))


def _write_notes(place: Place, write: Callable[[str], str]) -> Markup:
    """Returns the footnotes that a section cites, each with its number on the full page."""
    return relocate(_join_notes(place), place.page, write, beside=place.html)


def _join_notes(place: Place) -> str:
    return "\n".join(note.replace("<li ", f'<li value="{number}" ', 1) for number, note in place.notes)
