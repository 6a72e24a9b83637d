"""The rules between pages and data. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic, suggest
from macros.markup import find_citations
from macros.pages import Page, list_sections
from macros.source import Where


def check_crossings(
    catalog: Catalog, pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]]
) -> Iterator[Diagnostic]:
    """Yields every problem between pages and data.

    Args:
        catalog: all of `data/`.
        pages: all of `docs/`.
        made_ids: ids that macros print, by page.
    """
    yield from check_unique_ids(pages, made_ids)
    yield from check_sections(catalog, pages)
    yield from check_homes(catalog, pages)
    yield from check_lists_of_sources(catalog, pages)
    yield from check_unused(catalog, pages)


def check_unique_ids(pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """Every id stands once in the whole guide."""
    owners: dict[str, str] = {}
    for path, page in pages.items():
        for heading in page.headings:
            if heading.id and heading.id in owners:
                message = f"the id '{heading.id}' already stands in {owners[heading.id]}"
                place = (heading.location.line, heading.location.column)
                yield page.diagnose(*place, "page-duplicate-id", message, "choose another id")
            elif heading.id:
                owners[heading.id] = f"docs/{path}"
    for path, ids in made_ids.items():
        for id in ids:
            if id in owners:
                message = f"a macro prints the id '{id}', which already stands in {owners[id]}"
                yield pages[path].diagnose(1, 1, "page-duplicate-id", message, "rename the record or the heading")
            owners[id] = f"docs/{path}"


def list_section_ids(pages: Mapping[str, Page]) -> dict[str, str]:
    """Returns the page of every section that a record may name: headings, and key points."""
    found = {heading.id: page.path for page in pages.values() for heading in list_sections(page) if heading.id}
    for page in pages.values():
        for call in page.calls:
            if call.name == "key_points":
                found[call.find_text(0, "id")] = page.path
    return found


def check_sections(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Every section that a record names exists; every claim names the section that answers it."""
    known = list_section_ids(pages)

    def walk(value: object, where: Where) -> Iterator[tuple[Where, str, str]]:
        if isinstance(value, dict):
            for key, part in value.items():
                if key == "answered_in" and isinstance(part, str):
                    yield (*where, key), key, part
                elif key == "sections" and isinstance(part, list):
                    yield from (((*where, key, index), key, str(name)) for index, name in enumerate(part))
                elif isinstance(part, dict | list):
                    yield from walk(part, (*where, key))
        elif isinstance(value, list):
            for index, part in enumerate(value):
                yield from walk(part, (*where, index))

    for path, source in catalog.sources.items():
        for where, key, name in walk(source.value, ()):
            if name not in known:
                claim = key == "answered_in" and path == "data/claims.yml"
                rule = "claim-unanswered" if claim else "data-unknown-section"
                yield source.diagnose(where, rule, f"no section '{name}'", suggest(name, known))


def check_homes(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """The page on which a table or a care card lives for good shows it."""
    homes: list[tuple[str, str, str, Where, str, str]] = []
    for comparison in catalog.comparisons.values():
        path = f"data/comparisons/{comparison.id}.yml"
        homes.append((path, "comparison", "table", ("page",), comparison.id, comparison.page))
    for card in catalog.care_cards.values():
        index = catalog.sources["data/care-cards.yml"].find_record(card.id)
        homes.append(("data/care-cards.yml", "care_card", "id", (index, "page"), card.id, card.page))
    for path, macro, argument, where, id, home in homes:
        source = catalog.sources[path]
        if home not in pages:
            yield source.diagnose(where, "data-unknown-id", f"there is no page '{home}'", suggest(home, pages))
        elif not any(call.name == macro and call.find_text(0, argument) == id for call in pages[home].calls):
            message = f"'{home}' does not show it"
            yield source.diagnose(where, "data-unknown-id", message, f'add {{{{ {macro}("{id}") }}}} to docs/{home}')


def check_lists_of_sources(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """A page that cites, itself or in the caption of a drawing, lists its sources once."""
    captions = {id: figure.caption for id, figure in catalog.figures.items()}
    for page in pages.values():
        texts = [text for call in page.calls for text in call.list_texts()]
        texts += [captions.get(call.find_text(0, "id"), "") for call in page.calls if call.name == "figure"]
        cites = any(call.name in ("cite", "fact") for call in page.calls) or any(map(find_citations, texts))
        if cites and [call.name for call in page.calls].count("references") != 1:
            help = "add '## Sources' with an id, and {{ references() }} below it"
            yield page.diagnose(1, 1, "page-shape", "cites sources, but does not list them once", help)


def check_unused(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Warns of a reference that no page and no record cites; not while a file cannot be read, for it may cite it."""
    if any(source.value is None and source.text.strip() for source in catalog.sources.values()):
        return
    texts = [text for page in pages.values() for call in page.calls for text in call.list_texts()]
    texts += (figure.caption for figure in catalog.figures.values())
    used = {*texts, *(key for text in texts for key in find_citations(text))}
    used |= {key for source in catalog.sources.values() for key in _find_refs(source.value)}
    source = catalog.sources.get("data/references.yml")
    for reference in catalog.references.values():
        if source and reference.id not in used:
            where = (source.find_record(reference.id), "id")
            help = f'put {{{{ cite("{reference.id}") }}}} behind a sentence that rests on it, or delete the record'
            found = source.diagnose(where, "data-unused-reference", f"nothing cites '{reference.id}'", help)
            yield Diagnostic(found.location, found.rule, found.message, found.help, "warning", found.excerpt)


def _find_refs(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "refs" and isinstance(part, list):
                yield from map(str, part)
            else:
                yield from _find_refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from _find_refs(part)
