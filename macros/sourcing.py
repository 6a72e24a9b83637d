"""The rules of sources. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic
from macros.pages import Page

MAX_YEARS = 5

_ARTICLE = re.compile(r"\barticles?\b", re.IGNORECASE)


def check_sources(
    pages: Mapping[str, Page], named: Collection[str], catalog: Catalog, *, readable: bool
) -> Iterator[Diagnostic]:
    """Yields every problem of what the guide rests on.

    Args:
        pages: all of `docs/`.
        named: the ids of all terms that a text names.
        catalog: all of `data/`.
        readable: whether all files could be read; if not, nothing can be called unused.
    """
    yield from check_articles_alone(catalog)
    yield from check_old_sources(catalog)
    if readable:
        yield from check_unused_terms(pages, named, catalog)
        yield from check_unused_facts(pages, catalog)


def check_articles_alone(catalog: Catalog) -> Iterator[Diagnostic]:
    """What the guide says in a table rests on more than the claim of an article.

    Free are columns with `reported: true`, which say what the articles claim, and cells that name the article whose
    word they give. Every other record can name references only.
    """
    for comparison in catalog.comparisons.values():
        source = catalog.sources[f"data/comparisons/{comparison.id}.yml"]
        reported = {column.id for column in comparison.columns if column.reported}
        for index, row in enumerate(comparison.rows):
            for name, cell in row.cells.items():
                told = name in reported or _ARTICLE.search(cell.text)
                if not told and cell.refs and all(ref in catalog.claims for ref in cell.refs):
                    where = ("rows", index, "cells", name, "refs")
                    help = "add a stronger source, write 'Not known', or set `reported: true` for the column"
                    message = "rests on what an article claims, and on nothing else"
                    yield source.diagnose(where, "source-article-alone", message, help)


def check_old_sources(catalog: Catalog) -> Iterator[Diagnostic]:
    """Warns of a source that was more than 5 years old when it was checked."""
    source = catalog.sources.get("data/references.yml")
    for reference in catalog.references.values():
        if source and reference.year and reference.year < reference.checked_on.year - MAX_YEARS:
            where = (source.find_record(reference.id), "year")
            message = f"'{reference.id}' is of {reference.year}, {reference.checked_on.year - reference.year} years old"
            help = "look for a newer source, above all a review that holds this one"
            yield _warn(source.diagnose(where, "source-old", message, help))


def check_unused_terms(pages: Mapping[str, Page], named: Collection[str], catalog: Catalog) -> Iterator[Diagnostic]:
    """Warns of a term that no page links, no other term names, and that stands in no text of the guide."""
    source = catalog.sources.get("data/glossary.yml")
    used = {call.find_text(0, "id") for page in pages.values() for call in page.calls if call.name == "term"}
    used |= {other for term in catalog.glossary.values() for other in term.see_also if other != term.id}
    used |= {*named}
    for term in catalog.glossary.values():
        if source and term.id not in used:
            where = (source.find_record(term.id), "id")
            message = f"no text of the guide holds '{term.term}' or another of its names"
            yield _warn(
                source.diagnose(where, "data-unused-term", message, "link it from a page with term(), or add a name")
            )


def check_unused_facts(pages: Mapping[str, Page], catalog: Catalog) -> Iterator[Diagnostic]:
    """A figure of `data/facts.yml` is printed by a page."""
    source = catalog.sources.get("data/facts.yml")
    used = {call.find_text(0, "id") for page in pages.values() for call in page.calls if call.name == "fact"}
    for fact in catalog.facts.values():
        if source and fact.id not in used:
            where = (source.find_record(fact.id), "id")
            help = f'write {{{{ fact("{fact.id}") }}}} in a page, or delete the record'
            yield source.diagnose(where, "data-unused-fact", f"no page prints '{fact.id}'", help)


def _warn(diagnostic: Diagnostic) -> Diagnostic:
    return replace(diagnostic, level="warning")
