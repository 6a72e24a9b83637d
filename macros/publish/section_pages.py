"""A permanent page for each promised id: the section whole, on a page of its own, at an address that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from markupsafe import Markup

from macros.places import Passage, absolute_address, permanent_address, relative_address
from macros.publish.built import BuiltPage
from macros.publish.edition import LICENSE, LICENSE_URL, Edition
from macros.publish.index import list_facts, render_record
from macros.publish.qr import render_qr
from macros.publish.records import PublishedSection
from macros.publish.relocate import raise_headings, relocate
from macros.publish.sections import find_places
from macros.templating import render_template

SPOTS = {
    "section": "A section",
    "term": "A word",
    "row": "A table row",
    "question": "A question",
    "reference": "A source",
}
"""What a place is, in words for readers."""


def render_sections(edition: Edition, page: BuiltPage) -> Iterator[tuple[str, str]]:
    """Yields path and text of three files for each promised id of a page: the page, data for programs, a QR code."""
    review = relocate(page.review, page.address, _link)
    for passage in find_places(page):
        entry = edition.permalinks.get(passage.id)
        if entry is None or entry.is_gone or edition.places.get(passage.id) != passage.place:
            continue
        folder = permanent_address(passage.id).lstrip("/")
        yield f"{folder}index.html", render_section(edition, passage, review)
        yield f"{folder}section.json", render_record(describe_section(edition, passage))
        yield f"{folder}qr.svg", render_qr(edition.permanent(passage.id))


def render_gone_sections(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yields path and text of the same three files for each promised id that no page shows any more."""
    for id, entry in edition.permalinks.items():
        if entry.is_gone or id not in edition.places:
            folder = permanent_address(id).lstrip("/")
            yield f"{folder}index.html", render_gone(edition, id)
            yield f"{folder}section.json", render_record(describe_gone(edition, id))
            yield f"{folder}qr.svg", render_qr(edition.permanent(id))


def render_section(edition: Edition, passage: Passage, review: Markup) -> str:
    """Returns the permanent page of a section that stands on a page: no script needed, no fragment in its address."""
    page = edition.pages[passage.page]
    return render_template(
        "publish/section.html.jinja",
        **_frame(edition, passage.page, passage.title),
        canonical=page.canonical or absolute_address(edition.url, passage.page),
        permanent=edition.permanent(passage.id),
        entry=edition.permalinks[passage.id],
        place=passage,
        page=page,
        spot=SPOTS[passage.kind],
        words=raise_headings(_write_words(passage, _link), passage.level - 1),
        notes=_write_notes(passage, _link),
        review=review,
    )


def render_gone(edition: Edition, id: str) -> str:
    """Returns the permanent page of a section that is gone: what it was, why it went, where to go now."""
    entry = edition.permalinks[id]
    present = edition.find_present(id)
    return render_template(
        "publish/gone.html.jinja",
        **_frame(edition, "", entry.heading),
        canonical=absolute_address(edition.url, present.page if present else permanent_address(id)),
        entry=entry,
        was_on=edition.pages.get(entry.page),
        present=present,
        present_page=edition.name_page(present.page) if present else "",
        present_permanent=edition.permanent(present.id) if present else "",
        spot=SPOTS[entry.kind],
    )


def describe_section(edition: Edition, passage: Passage) -> PublishedSection:
    """Returns a section for other sites: its facts, its words as text, and as HTML with whole addresses."""
    link = _absolute(edition.url)
    notes = _write_notes(passage, link)
    html = _write_words(passage, link) + (f"<ol>{notes}</ol>" if notes else "")
    facts = {"text": passage.text, "html": html, "qr": edition.permanent(passage.id) + "qr.svg"}
    return PublishedSection.model_validate(list_facts(edition, passage.id) | facts)


def describe_gone(edition: Edition, id: str) -> PublishedSection:
    """Returns what is known of a section that is gone, without its words."""
    facts = {"text": "", "html": "", "qr": edition.permanent(id) + "qr.svg"}
    return PublishedSection.model_validate(list_facts(edition, id) | facts)


def _frame(edition: Edition, page: str, title: str) -> dict[str, object]:
    """Returns what every permanent page shows around its words; all stand equally deep, so links are the same."""
    look = edition.pages.get(page, edition.home)
    return {"edition": edition, "look": look, "title": title, "link": _link, "license": (LICENSE, LICENSE_URL)}


@cache
def _link(address: str) -> str:
    return relative_address(address, permanent_address("-"))


@cache
def _absolute(url: str) -> Callable[[str], str]:
    return cache(partial(absolute_address, url))


def _write_words(passage: Passage, write: Callable[[str], str]) -> Markup:
    return relocate(passage.html, passage.page, write, beside=_join_notes(passage))


def _write_notes(passage: Passage, write: Callable[[str], str]) -> Markup:
    """Returns the footnotes that a section cites, each with its number on the full page."""
    return relocate(_join_notes(passage), passage.page, write, beside=passage.html)


def _join_notes(passage: Passage) -> str:
    return "\n".join(note.replace("<li ", f'<li value="{number}" ', 1) for number, note in passage.notes)
