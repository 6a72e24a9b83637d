"""The rules of the contract. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from macros.diagnostics import Diagnostic, suggest
from macros.markup import format_date
from macros.models import Permalink
from macros.permalinks.contract import FILE, PROMISED_ID, Contract, renew_permalinks
from macros.permalinks.form import render_line
from macros.places import Place

CLINICS = "data/clinics.yml"
RENEW = "run `make permalinks`"


def check_permalinks(contract: Contract, today: date) -> Iterator[Diagnostic]:
    """Every promise is kept, everything on the site is promised, and every change was seen."""
    yield from _check_ids(contract)
    renewed = renew_permalinks(contract, today, same=set(contract.by_id))
    for id, place in contract.by_id.items():
        entry = contract.promises.permalinks.get(id)
        if entry is not None:
            yield from _check_kept(contract, entry, place, renewed[id])
        elif id in renewed:
            help = f"{RENEW}, or add to {FILE}:\n        {render_line(renewed[id])}"
            yield contract.report(id, "", "permalink-new", f"'{id}' is not promised yet", help)
    for id, entry in contract.promises.permalinks.items():
        if id not in contract.by_id and not entry.is_gone:
            yield _report_lost(contract, entry)
        yield from _check_successor(contract, entry)
    yield from _check_clinics(contract)


def _check_ids(contract: Contract) -> Iterator[Diagnostic]:
    """An id stands once in the guide, and was written by hand."""
    for id, count in Counter(place.id for place in contract.places).items():
        if count > 1:
            pages = sorted({place.page for place in contract.places if place.id == id})
            message = f"'{id}' stands {count} times (on {', '.join(pages)}){contract.name_hurt(id)}"
            kept = contract.by_id[id]
            help = f"leave it to “{kept.title}” on {kept.page}, and give each other place an id of its own"
            yield contract.report(id, "", "permalink-doubled", message, help)
        if not PROMISED_ID.fullmatch(id):
            counted = re.fullmatch(r".+_\d+", id)
            message = f"'{id}' was {'counted' if counted else 'made'} by the builder, not written by hand"
            yield contract.report(
                id, "", "permalink-counted", message, "write {: #an-id-of-its-own } after the heading"
            )


def _check_kept(contract: Contract, entry: Permalink, place: Place, renewed: Permalink) -> Iterator[Diagnostic]:
    """A promised place has its words, under its heading or a better one, on its page."""
    id, hurt = entry.id, contract.name_hurt(entry.id)
    if entry.is_gone:
        message = f"'{id}' is {entry.status}, but stands on {place.page}"
        yield contract.report(id, "", "permalink-status", message, "an id is never used again: choose another one")
    elif contract.is_repointed(entry, place):
        moved = contract.stray_words.get(entry.words)
        there = f"; its words now stand under '{moved}'" if moved and moved != id else ""
        message = f"'{id}' promised “{entry.heading}” and now opens “{place.title}” with other words{there}{hurt}"
        help = (
            f"give the new section an id of its own, and put '{id}' back. If it still answers the same question: "
            f"`make permalinks SAME={id}`, or {_offer(contract, renewed)}"
        )
        yield contract.report(id, "", "permalink-repointed", message, help)
    elif entry.words != place.words:
        seen = format_date(entry.changed or entry.since)
        message = f"the words below '{id}' are not those of {seen} any more{hurt}"
        help = f"does it still answer the same question? Then {RENEW}, or {_offer(contract, renewed)}"
        yield contract.report(id, "", "permalink-words", message, help)
    if not entry.is_gone and entry.page != place.page:
        message = f"'{id}' has moved from {entry.page} to {place.page}{hurt}"
        help = f"to keep old links to it, {RENEW}, or {_offer(contract, renewed)}"
        yield contract.report(id, "page", "permalink-moved", message, help)


def _offer(contract: Contract, renewed: Permalink) -> str:
    """Returns the words that say what to write in which line of the file: worked out only when something is wrong."""
    return f"{contract.line_of(renewed.id)}:\n        {render_line(renewed)}"


def _report_lost(contract: Contract, entry: Permalink) -> Diagnostic:
    """Returns what is wrong with a promise of which nothing stands on the site."""
    id = entry.id
    moved = contract.stray_words.get(entry.words)
    gone = "" if entry.page in contract.addresses else f", and so is its page {entry.page}"
    there = f"; its words now stand under '{moved}'" if moved else ""
    ended = entry.model_copy(update={"status": "retired", "reason": "…", "successor": moved or "…"})
    help = (
        f"put {{: #{id} }} back. If the section is gone for good, {contract.line_of(id)} this, with your words for …:"
        f"\n        {render_line(ended)}\n        (`merged` in place of `retired` when another section took it up)"
    )
    message = f"“{entry.heading}” ({id}) is gone from the site{gone}{there}{contract.name_hurt(id)}"
    return contract.report(id, "id", "permalink-lost", message, help)


def _check_successor(contract: Contract, entry: Permalink) -> Iterator[Diagnostic]:
    """What is gone names a section that is there, in one step."""
    if entry.successor is None:
        return
    known = contract.promises.permalinks
    after = known.get(entry.successor)
    if after is None:
        message, help = f"unknown id '{entry.successor}'", suggest(entry.successor, known)
        yield contract.report(entry.id, "successor", "permalink-status", message, help)
    elif after.is_gone:
        message = f"'{after.id}' is {after.status} itself"
        yield contract.report(entry.id, "successor", "permalink-status", message, f"name '{after.successor}'")


def _check_clinics(contract: Contract) -> Iterator[Diagnostic]:
    """A clinic registers ids that were promised."""
    known = {**contract.promises.permalinks, **contract.by_id}
    for clinic in contract.promises.clinics.values():
        for index, id in enumerate(clinic.links):
            if id not in known:
                source = contract.promises.sources[CLINICS]
                where = (source.find_record(clinic.id), "links", index)
                yield source.diagnose(where, "data-unknown-section", f"no section '{id}'", suggest(id, known))


def check_history(contract: Contract, before: Mapping[str, Permalink]) -> Iterator[Diagnostic]:
    """No promise that was published is taken out of the file, and no address out of a promise."""
    for id, old in before.items():
        new = contract.promises.permalinks.get(id)
        lost = {old.page, *old.was} - ({new.page, *new.was} if new else set())
        if new is None or new.since != old.since or lost:
            what = f"the promise of '{id}'" if new is None else f"a part of the promise of '{id}'"
            message = f"{what} was taken out{contract.name_hurt(id)}"
            help = f"nothing leaves this file; it said:\n        {render_line(old)}"
            yield contract.report(id, "id", "permalink-removed", message, help)
