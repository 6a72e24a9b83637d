"""Promises and the places that keep them, side by side."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from macros.catalog import Promises
from macros.diagnostics import Diagnostic, Location
from macros.models import Permalink
from macros.pages import Page
from macros.places import NO_WORDS, Place

FILE = "data/permalinks.yml"
PROMISED_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Contract:
    """What was promised, what stands on the built site, and where it is written."""

    promises: Promises
    places: Sequence[Place]
    """Every place of the built site; a doubled id stands here twice."""
    addresses: Collection[str]
    """The pages of the built site."""
    pages: Mapping[str, Page]
    """The pages as written."""

    @cached_property
    def by_id(self) -> dict[str, Place]:
        """The places by id; of a doubled id, the one that was promised, or else the first."""
        found: dict[str, Place] = {}
        for place in self.places:
            entry = self.promises.permalinks.get(place.id)
            if place.id not in found or (entry and found[place.id].words != entry.words == place.words):
                found[place.id] = place
        return found

    @cached_property
    def stray_words(self) -> dict[str, str]:
        """By print: the id under which words now stand that it did not promise."""
        kept = self.promises.permalinks
        return {
            place.words: place.id
            for place in self.places
            if place.words != NO_WORDS and (place.id not in kept or kept[place.id].words != place.words)
        }

    def is_repointed(self, entry: Permalink, place: Place) -> bool:
        """Whether an id now opens something else: other words under another heading, or the old words moved away."""
        changed = entry.words != place.words
        return changed and (entry.heading != place.title or self.stray_words.get(entry.words, entry.id) != entry.id)

    def report(self, id: str, key: str, rule: str, message: str, help: str) -> Diagnostic:
        """Returns an error at the heading with this id, or at its promise when no page writes it by hand."""
        for page in self.pages.values() if not key else ():
            for heading in page.headings:
                if heading.id == id:
                    return page.diagnose(heading.location.line, heading.location.column, rule, message, help)
        source = self.promises.sources.get(FILE)
        if source is None or id not in self.promises.permalinks:
            return Diagnostic(Location(FILE), rule, message, help)
        return source.diagnose((source.find_record(id), key or "id"), rule, message, help)

    def name_hurt(self, id: str) -> str:
        """Returns the words that name who links to an id, or nothing."""
        names = [clinic.name for clinic in self.promises.clinics.values() if id in clinic.links]
        return f"; {' and '.join(names)} {'link' if len(names) > 1 else 'links'} to it" if names else ""

    def line_of(self, id: str) -> str:
        """Returns the words that say which line of the file to replace."""
        source = self.promises.sources.get(FILE)
        if source is None or id not in self.promises.permalinks:
            return f"add to {FILE}"
        return f"replace line {source.locate((source.find_record(id),)).line} of {FILE} by"


def renew_permalinks(contract: Contract, today: date, same: Collection[str] = ()) -> dict[str, Permalink]:
    """Returns the promises with new ones added and changed ones renewed; none is taken out.

    What now opens something else stays as it was, and so stays an error, unless `same` names it.
    """
    renewed = dict(contract.promises.permalinks)
    for id, place in contract.by_id.items():
        entry = renewed.get(id)
        if not PROMISED_ID.fullmatch(id):
            continue
        facts: dict[str, Any] = {
            "kind": place.kind,
            "heading": place.title,
            "words": place.words,
            "page": place.page,
        }
        if entry is None:
            renewed[id] = Permalink(id=id, since=today, status="live", **facts)
        elif not entry.is_gone and (id in same or not contract.is_repointed(entry, place)):
            was = tuple(page for page in dict.fromkeys((*entry.was, entry.page)) if page != place.page)
            if entry.words != place.words and entry.since != today:
                facts["changed"] = today
            renewed[id] = entry.model_copy(update={**facts, "was": was, "status": "moved" if was else "live"})
    return renewed
