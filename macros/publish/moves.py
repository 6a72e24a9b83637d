"""Old addresses: where each leads now, in one hop, with scripts and without."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from macros.places import Place, absolute_address, permanent_address, relative_address
from macros.publish.built import mark_made
from macros.publish.edition import Edition
from macros.templating import render_template

SCRIPT = "/assets/moved.js"
_END_OF_TEXT = re.compile(r'<div class="guide-review\b|</article>')


@dataclass(frozen=True)
class Target:
    """Where an old address leads: an address from the site's root, and a sentence that says what is there."""

    address: str
    title: str
    page: str
    """The title of the page on which it stands."""
    was: str = ""
    """What stood at the old address, when it has another name now."""


@dataclass
class OldPage:
    """A page that is gone (`to` says where), or a page from which sections went."""

    address: str
    to: Target | None = None
    fragments: dict[str, Target] = field(default_factory=dict)

    def list_targets(self) -> Iterator[tuple[str, Target]]:
        """Yields every old address of the page, from the site's root, with what stands there now."""
        if self.to is not None:
            yield self.address, self.to
        for fragment, target in self.fragments.items():
            yield f"{self.address}#{fragment}", target


def list_moves(edition: Edition) -> dict[str, OldPage]:
    """Returns, by page, the old addresses that lead somewhere else now: promised ones, and those of `redirects.yml`."""
    moves: dict[str, OldPage] = {}

    def old(page: str) -> OldPage:
        return moves.setdefault(page, OldPage(page))

    for id, entry in sorted(edition.permalinks.items()):
        place = edition.find_present(id)
        if place is None:
            continue
        for page in (*entry.was, *([entry.page] if entry.is_gone else [])):
            if entry.status == "retired":
                old(page).fragments[id] = Target(permanent_address(id), entry.heading, edition.name_page(entry.page))
            else:
                old(page).fragments[id] = _aim(edition, place, entry.heading)
    for redirect in edition.redirects:
        place = edition.find_present(redirect.to)
        if place is not None:
            target = _aim(edition, place)
        elif redirect.to in edition.pages:
            target = Target(redirect.to, edition.pages[redirect.to].title, "")
        else:
            continue
        if redirect.fragment:
            old(redirect.page).fragments[redirect.fragment] = target
        else:
            old(redirect.page).to = target
    return dict(sorted(moves.items()))


def _aim(edition: Edition, place: Place, was: str = "") -> Target:
    return Target(place.address, place.title, edition.name_page(place.page), was if was != place.title else "")


def render_moves(edition: Edition, moves: Mapping[str, OldPage]) -> Iterator[tuple[str, str]]:
    """Yields path and HTML of a page in words for each page that is gone."""
    for address, old in moves.items():
        if address not in edition.pages and old.to is not None:
            path = address.lstrip("/") + ("index.html" if address.endswith("/") else "")
            canonical = absolute_address(edition.url, old.to.address.partition("#")[0])
            page = {"look": edition.home, "title": "This page has moved", "canonical": canonical}
            yield path, _render(edition, old, "publish/moved_page.html.jinja", **page)


def add_old_fragments(edition: Edition, old: OldPage, text: str) -> str:
    """Returns a page's file with a sentence for each section that went from it; an old link lands on the sentence."""
    place = _END_OF_TEXT.search(text)
    if place is None or not old.fragments:
        return text
    made = mark_made(_render(edition, old, "publish/moved_sections.html.jinja"))
    return text[: place.start()] + made + text[place.start() :]


def _render(edition: Edition, old: OldPage, template: str, **values: object) -> str:
    def link(address: str) -> str:
        return relative_address(address, old.address)

    targets = {
        "page": link(old.to.address) if old.to and old.address not in edition.pages else None,
        "fragments": {fragment: link(target.address) for fragment, target in old.fragments.items()},
    }
    return render_template(
        template,
        edition=edition,
        old=old,
        link=link,
        script=link(SCRIPT),
        targets=Markup(json.dumps(targets, sort_keys=True).replace("<", "\\u003c")),
        **values,
    )
