"""All rules of words, figures and sources, in one go: each text of the guide is read once, and not kept."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from macros.catalog import Catalog
from macros.datawords import list_data_passages
from macros.diagnostics import Diagnostic
from macros.grade import close_dictionary
from macros.hosts import check_hosts
from macros.pages import Page
from macros.pagewords import list_page_passages
from macros.prose import RecordCounts, check_alternatives, check_grade, check_pictures, check_prose
from macros.quantities import check_figures, check_units, list_fact_readers
from macros.sourcing import check_sources
from macros.wording import check_terms, check_wording, compile_lexicon


def check_words(catalog: Catalog, pages: Mapping[str, Page], broken: Collection[str]) -> Iterator[Diagnostic]:
    """Yields every problem of what readers meet in pages and data.

    Args:
        catalog: all of `data/`.
        pages: all of `docs/`.
        broken: files with mistakes in their markup, whose words nobody can tell.
    """
    lexicon, readers, records = compile_lexicon(catalog), list_fact_readers(catalog), RecordCounts()
    named: set[str] = set()
    for passage in list_data_passages(catalog):
        if passage.script.path not in broken:
            yield from check_prose([passage])
            yield from check_wording([passage], lexicon)
            yield from check_figures([passage], catalog, readers)
            named |= lexicon.find_terms(passage)
            records.add(passage)
    for page in pages.values():
        if f"docs/{page.path}" not in broken:
            passages = list_page_passages(page, catalog)
            yield from check_prose(passages)
            yield from check_pictures(page)
            yield from check_grade(page, passages, records)
            yield from check_wording(passages, lexicon)
            yield from check_terms(page, passages, lexicon)
            yield from check_figures(passages, catalog, readers)
            named.update(*map(lexicon.find_terms, passages))
    close_dictionary()
    yield from check_alternatives(catalog)
    yield from check_units(catalog, readers)
    yield from check_sources(pages, named, catalog, readable=not broken)
    yield from check_hosts(pages, catalog)
