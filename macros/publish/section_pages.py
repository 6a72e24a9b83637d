"""A permanent page for each promised id: the section whole, on a page of its own, at an address that never changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial

from markupsafe import Markup

from macros.places import Passage, absolute_address, permanent_address, relative_address
from macros.publish.edition import LICENSE, LICENSE_URL, Edition
from macros.publish.index import list_facts, render_record
from macros.publish.qr import render_qr
from macros.publish.records import PublishedSection
from macros.publish.relocate import Cleaned, clean, raise_headings, relocate, send_links
from macros.templating import render_template

SPOTS = {
    "section": "A section",
    "term": "A word",
    "row": "A table row",
    "question": "A question",
    "reference": "A source",
}
"""What a place is, in words for readers."""
_LINKS = 16384
"""Links that are remembered: those of one page are much alike."""


def render_section_files(
    edition: Edition, passage: Passage, finish: Callable[[str], str] = str
) -> Iterator[tuple[str, str]]:
    """Yields path and text of three files of a section: its page, data for programs, a QR code.

    Args:
        edition: the site.
        passage: the section.
        finish: what is done to the page in the end.
    """
    folder = permanent_address(passage.id).lstrip("/")
    words, notes = clean(passage.html, _join_notes(passage)), clean(_join_notes(passage), passage.html)
    yield f"{folder}index.html", finish(render_section(edition, passage, words, notes))
    yield f"{folder}section.json", render_record(describe_section(edition, passage, words, notes))
    yield f"{folder}qr.svg", render_qr(edition.permanent(passage.id))


def render_gone_sections(edition: Edition, finish: Callable[[str], str] = str) -> Iterator[tuple[str, str]]:
    """Yields path and text of the same three files for each promised id that no page shows any more."""
    for id, entry in edition.permalinks.items():
        if entry.is_gone or id not in edition.places:
            folder = permanent_address(id).lstrip("/")
            yield f"{folder}index.html", finish(render_gone(edition, id))
            yield f"{folder}section.json", render_record(describe_gone(edition, id))
            yield f"{folder}qr.svg", render_qr(edition.permanent(id))


def render_section(edition: Edition, passage: Passage, words: Cleaned, notes: Cleaned) -> str:
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
        form=edition.find_form(passage.id),
        editor=edition.find_editor_of(passage),
        words=raise_headings(send_links(words, passage.page, _link), passage.level - 1),
        notes=send_links(notes, passage.page, _link),
        review=_move_review(page.review, page.address),
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


def describe_section(edition: Edition, passage: Passage, words: Cleaned, notes: Cleaned) -> PublishedSection:
    """Returns a section for other sites: its facts, its words as text, and as HTML with whole addresses."""
    link = _absolute(edition.url)
    sources = f"<ol>{send_links(notes, passage.page, link)}</ol>" if notes.html else ""
    facts = {
        "text": passage.text,
        "html": send_links(words, passage.page, link) + sources,
        "qr": edition.permanent(passage.id) + "qr.svg",
    }
    return PublishedSection.model_validate(list_facts(edition, passage.id, passage.hash) | facts)


def describe_gone(edition: Edition, id: str) -> PublishedSection:
    """Returns what is known of a section that is gone, without its words."""
    facts = {"text": "", "html": "", "qr": edition.permanent(id) + "qr.svg"}
    return PublishedSection.model_validate(list_facts(edition, id, None) | facts)


def _frame(edition: Edition, page: str, title: str) -> dict[str, object]:
    """Returns what every permanent page shows around its words; all stand equally deep, so links are the same."""
    look = edition.pages.get(page, edition.home)
    return {"edition": edition, "look": look, "title": title, "link": _link, "license": (LICENSE, LICENSE_URL)}


@lru_cache(_LINKS)
def _link(address: str) -> str:
    return relative_address(address, permanent_address("-"))


@cache
def _absolute(url: str) -> Callable[[str], str]:
    return lru_cache(_LINKS)(partial(absolute_address, url))


@lru_cache(1)
def _move_review(html: str, page: str) -> Markup:
    return relocate(html, page, _link)


def _join_notes(passage: Passage) -> str:
    return "\n".join(note.replace("<li ", f'<li value="{number}" ', 1) for number, note in passage.notes)
