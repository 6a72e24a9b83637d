"""The rules of `data/redirects.yml`. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from macros.catalog import Promises
from macros.diagnostics import Diagnostic, suggest
from macros.models import Redirect
from macros.publish.edition import Edition

FILE, PROMISED = "data/redirects.yml", "data/permalinks.yml"


def check_redirects(edition: Edition, promises: Promises, today: date) -> Iterator[Diagnostic]:
    """Every old address leads, in one hop, to a page or section that exists; every page that is gone has a redirect."""
    sources = promises.sources
    pages = {redirect.source: redirect.to for redirect in promises.redirects.values()}
    first: dict[str, int] = {}
    for key, redirect in promises.redirects.items():
        index = int(key)
        for name, rule, message, help in (
            *_check_source(edition, redirect, pages),
            *_check_target(edition, redirect, pages),
        ):
            yield sources[FILE].diagnose((index, name), rule, message, help)
        if first.setdefault(redirect.source, index) != index:
            message = f"'{redirect.source}' stands twice"
            yield sources[FILE].diagnose((index, "from"), "redirect-source", message, "delete one of the two lines")
    yield from _check_pages_gone(edition, promises, pages, today)


_Found = tuple[str, str, str, str]


def _check_source(edition: Edition, redirect: Redirect, known: Mapping[str, str]) -> Iterator[_Found]:
    """Nothing stands at an old address any more; an old fragment has a page, living or redirected, to stand on."""
    page = edition.pages.get(redirect.page)
    if "#" in redirect.fragment:
        yield "from", "redirect-doubled", f"'{redirect.source}' has two fragments", "write the one that was published"
    elif page is None:
        if redirect.fragment and redirect.page not in known:
            help = f"add a line for the page: - {{from: {redirect.page}, to: …, since: {redirect.since}}}"
            yield "from", "redirect-missing", f"there is no page '{redirect.page}', and no redirect for it", help
    elif not redirect.fragment or redirect.fragment in page.ids:
        yield "from", "redirect-source", f"'{redirect.source}' still exists", "delete this line"


def _check_target(edition: Edition, redirect: Redirect, known: Mapping[str, str]) -> Iterator[_Found]:
    """The new address is an id that stands on a page, or a page; it is not an old address itself."""
    to = redirect.to
    entry = edition.permalinks.get(to)
    if "#" in to:
        help = f"an id names its page by itself: write 'to: {to.rpartition('#')[2]}'"
        yield "to", "redirect-doubled", f"'{to}' is a page with a fragment", help
    elif to in known:
        circle = _is_circle(to, known)
        end = "" if circle else f"write 'to: {_follow(to, known)}'"
        yield "to", "redirect-chain", f"'{to}' is redirected itself{', in a circle' if circle else ''}", end
    elif to.startswith("/"):
        if to not in edition.pages:
            yield "to", "redirect-target", f"there is no page '{to}'", suggest(to, edition.pages)
    elif entry and entry.is_gone:
        yield "to", "redirect-chain", f"'{to}' is {entry.status} itself", f"write 'to: {entry.successor}'"
    elif to not in edition.places:
        yield "to", "redirect-target", f"there is no section '{to}'", suggest(to, edition.places)


def _follow(to: str, known: Mapping[str, str]) -> str:
    """Returns the end of a chain, or a part of a circle."""
    seen = {to}
    while to in known and known[to] not in seen:
        to = known[to]
        seen.add(to)
    return to


def _is_circle(to: str, known: Mapping[str, str]) -> bool:
    return _follow(to, known) in known


def _check_pages_gone(
    edition: Edition, promises: Promises, known: Mapping[str, str], today: date
) -> Iterator[Diagnostic]:
    """A page on which a promised section stood exists, or is redirected."""
    reported: set[str] = set()
    for id, entry in promises.permalinks.items():
        for page in (*entry.was, *([entry.page] if entry.is_gone else [])):
            if page in edition.pages or page in known or page in reported:
                continue
            reported.add(page)
            present = Counter(
                place.page
                for other in promises.permalinks.values()
                if page in (*other.was, other.page) and (place := edition.find_present(other.id))
            )
            to = present.most_common(1)[0][0] if present else "…"
            help = f"add to {FILE}:\n        - {{from: {page}, to: {to}, since: {today}}}"
            message = f"the page {page} is gone, and no redirect says where to"
            source = promises.sources[PROMISED]
            where = (source.find_record(id), "was" if page in entry.was else "page")
            yield source.diagnose(where, "redirect-missing", message, help)
