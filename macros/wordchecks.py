"""All rules of words, figures and sources, in one go: each text of the guide is read once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from macros.catalog import Catalog
from macros.datawords import list_data_passages
from macros.diagnostics import Diagnostic
from macros.hosts import check_hosts
from macros.pages import Page
from macros.pagewords import list_page_passages
from macros.prose import check_prose
from macros.quantities import check_figures
from macros.sourcing import check_sources
from macros.wording import check_terms, check_wording


def check_words(catalog: Catalog, pages: Mapping[str, Page], broken: Collection[str]) -> Iterator[Diagnostic]:
    """Yields every problem of what readers meet in pages and data.

    Args:
        catalog: all of `data/`.
        pages: all of `docs/`.
        broken: files with mistakes in their markup, whose words nobody can tell.
    """
    whole = {path: page for path, page in pages.items() if f"docs/{path}" not in broken}
    in_pages = {path: list_page_passages(page, catalog) for path, page in whole.items()}
    in_data = [passage for passage in list_data_passages(catalog) if passage.script.path not in broken]
    every = [*in_data, *(passage for passages in in_pages.values() for passage in passages)]
    yield from check_prose(whole, in_pages, in_data, catalog)
    yield from check_wording(every, catalog)
    yield from check_terms(whole, in_pages, catalog)
    yield from check_figures(every, catalog)
    yield from check_sources(pages, every, catalog, readable=not broken)
    yield from check_hosts(pages, catalog)
