"""A whole project in memory: its data, its pages, and where everything stands."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.catalog import Catalog, load_catalog
from macros.checks import check_project, list_section_ids
from macros.citations import find_cited
from macros.diagnostics import Diagnostic
from macros.links import AddressBook, Target
from macros.pages import Page, find_calling_page, load_pages


@dataclass(frozen=True)
class Project:
    """What the macros draw from; `problems` holds everything found wrong while reading."""

    catalog: Catalog
    pages: Mapping[str, Page]
    book: AddressBook
    cited_on: Mapping[str, Sequence[Target]]
    used_in: Mapping[str, Sequence[Target]]
    problems: Sequence[Diagnostic]


def load_project(root: Path, known: Collection[str]) -> Project:
    """Returns the project at `root`, read and checked.

    Args:
        root: the folder that holds `docs/` and `data/`.
        known: names of the macros that a page may call.
    """
    catalog, data_problems = load_catalog(root)
    pages, page_problems = load_pages(root, known)
    problems = [*data_problems, *page_problems, *check_project(catalog, pages, list_made_ids(catalog, pages))]
    return Project(
        catalog,
        pages,
        build_address_book(catalog, pages),
        _find_citing_pages(catalog, pages),
        _find_uses_of_terms(catalog, pages),
        problems,
    )


def stamp_project(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Returns names, times and sizes of all files of a project: equal stamps, equal project."""
    files = [*(root / "docs").rglob("*.md"), *(root / "data").rglob("*.*")]
    stats = [(file, file.stat()) for file in sorted(files) if file.is_file() and "schema" not in file.parts]
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats)


def care_card_id(card_id: str, home: str, page: str) -> str:
    """Returns the id of a care card's heading: `care-x` where it lives, with the page's name elsewhere."""
    if page == home:
        return f"care-{card_id}"
    return f"{posixpath.basename(page).removesuffix('.md')}-care-{card_id}"


def list_made_ids(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[str]]:
    """Returns the ids that macros print, by page: they share one name space with the headings."""
    made: dict[str, list[str]] = {}
    for path, page in pages.items():
        ids = made.setdefault(path, [])
        for call in page.calls:
            first = str(call.args[0]) if call.args else ""
            if call.name == "key_points":
                ids.append(first)
            elif call.name == "comparison" and first in catalog.comparisons:
                comparison = catalog.comparisons[first]
                whole = path == comparison.page and not {"id", "orientation"} & set(call.kwargs)
                shown = call.kwargs.get("rows") or [row.id for row in comparison.rows]
                ids.append(f"table-{call.kwargs.get('id', first)}")
                ids += [f"{comparison.id}-{row}" for row in shown] if whole else []
            elif call.name == "care_card" and first in catalog.care_cards:
                ids.append(care_card_id(first, catalog.care_cards[first].page, path))
            elif call.name == "glossary":
                ids += [f"term-{id}" for id in catalog.glossary]
            elif call.name == "claims":
                topic = call.kwargs.get("topic", first)
                ids += [f"claim-{claim.id}" for claim in catalog.claims.values() if claim.topic == topic]
            elif call.name == "disagreements":
                ids += [f"disagree-{id}" for id in catalog.disagreements]
            elif call.name == "bibliography":
                ids += [f"ref-{id}" for id in catalog.references]
    return made


def build_address_book(catalog: Catalog, pages: Mapping[str, Page]) -> AddressBook:
    """Returns where sections, references, claims and terms stand; what no page shows has no address."""
    sections = list_section_ids(pages)
    headings = {heading.id: heading.text for page in pages.values() for heading in page.headings if heading.id}
    bibliography = find_calling_page(pages, "bibliography")
    claims = find_calling_page(pages, "claims")
    glossary = find_calling_page(pages, "glossary")
    return AddressBook(
        sections={
            id: Target(path, id, _name_section(pages[path], headings.get(id, "Key points")))
            for id, path in sections.items()
        },
        references={
            id: Target(bibliography, f"ref-{id}", reference.label)
            for id, reference in catalog.references.items()
            if bibliography
        },
        claims={
            id: Target(claims, f"claim-{id}", catalog.articles[claim.article].label)
            for id, claim in catalog.claims.items()
            if claims and claim.article in catalog.articles
        },
        terms={id: Target(glossary, f"term-{id}", term.term) for id, term in catalog.glossary.items() if glossary},
        pages={path: Target(path, "", page.title) for path, page in pages.items()},
    )


def _name_section(page: Page, heading: str) -> str:
    """Returns the words that name a section away from its page."""
    return f"{page.title}: {heading[0].lower() + heading[1:] if heading[1:2].islower() else heading}"


def _find_citing_pages(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[Target]]:
    """Returns, by reference id, the pages that cite it in their footnotes."""
    citing: dict[str, list[Target]] = {}
    for path, page in pages.items():
        for key in find_cited(page, catalog.figures):
            citing.setdefault(key, []).append(Target(path, "", page.title))
    return citing


def _find_uses_of_terms(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[Target]]:
    """Returns, by term id, the sections that link the word to the glossary."""
    uses: dict[str, dict[Target, None]] = {}
    for path, page in pages.items():
        for call in page.calls:
            if call.name == "term" and call.args and call.args[0] in catalog.glossary:
                heading = page.find_section(call.location.line)
                named = heading is not None and heading.id is not None
                label = _name_section(page, heading.text) if heading and named else page.title
                target = Target(path, heading.id if heading and heading.id else "", label)
                uses.setdefault(call.args[0], {})[target] = None
    return {id: list(targets) for id, targets in uses.items()}
