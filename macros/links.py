"""Addresses inside the guide, and links to them that every builder understands.

The one form that all builders resolve alike is a Markdown link to the `.md` file, relative to the
source of the page on which it stands; a link to the page itself is `#id` alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import Markup

from macros.diagnostics import MacroError, suggest
from macros.markup import escape_text


@dataclass(frozen=True)
class Target:
    """A place in the guide: page (path below `docs/`), id on that page, and the words that name it."""

    page: str
    id: str
    label: str


@dataclass(frozen=True)
class AddressBook:
    """Where everything that can be linked to stands, by id."""

    sections: Mapping[str, Target] = field(default_factory=dict)
    references: Mapping[str, Target] = field(default_factory=dict)
    claims: Mapping[str, Target] = field(default_factory=dict)
    terms: Mapping[str, Target] = field(default_factory=dict)
    pages: Mapping[str, Target] = field(default_factory=dict)

    def link_section(self, id: str, page: str, words: str | None = None) -> Markup:
        """Returns a link to a section, named by its heading unless `words` are given."""
        return render_link(_find(self.sections, id, "section", "data-unknown-section"), page, words)

    def link_term(self, id: str, page: str, words: str | None = None) -> Markup:
        """Returns a link to a glossary entry."""
        return render_link(_find(self.terms, id, "term", "data-unknown-id"), page, words)

    def link_page(self, path: str, page: str) -> Markup:
        """Returns a link to a page, named by its title."""
        return render_link(_find(self.pages, path, "page", "page-link"), page)

    def link_sources(self, refs: Iterable[str], page: str) -> list[Markup]:
        """Returns a link for each source: a reference, or a claim that the guide reports."""
        known = {**self.claims, **self.references}
        found = [_find(known, ref, "reference", "data-unknown-reference") for ref in refs]
        unique = {(target.label, target.page, target.id if target.page else ""): target for target in found}
        return [render_link(target, page) for target in unique.values()]


def _find(targets: Mapping[str, Target], id: str, what: str, rule: str) -> Target:
    """Returns the target; raises MacroError when there is none."""
    if id not in targets:
        raise MacroError(rule, f"unknown {what} '{id}'", suggest(id, targets))
    return targets[id]


def relative_address(page: str, id: str, source: str) -> str:
    """Returns the address of `page#id` as a link on the page `source` must write it."""
    fragment = f"#{id}" if id else ""
    if page == source:
        return fragment or posixpath.basename(page)
    return _relative_path(page, posixpath.dirname(source) or ".") + fragment


@lru_cache(maxsize=4096)
def _relative_path(page: str, folder: str) -> str:
    return posixpath.relpath(page, folder)


def render_link(target: Target, source: str, words: str | None = None) -> Markup:
    """Returns a Markdown link to a target, for the page `source`."""
    label = escape_text(target.label if words is None else words)
    return Markup(f"[{label}]({relative_address(target.page, target.id, source)})")
