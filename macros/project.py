"""A whole project in memory: its data, its pages, and where everything stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.blocks import care_card_id
from macros.catalog import Catalog, load_catalog
from macros.checks import check_pages, check_pictures
from macros.citations import find_cited
from macros.claims import VERDICTS
from macros.classes import check_classes
from macros.crosschecks import check_crossings, list_section_ids
from macros.datachecks import check_data
from macros.debts import Settlement, settle
from macros.diagnostics import Diagnostic, Location
from macros.files import check_files, list_files
from macros.glossary import file_letter
from macros.links import AddressBook, Target
from macros.memory import Memory
from macros.menu import check_menu
from macros.pages import Page, find_calling_page, load_pages
from macros.wordchecks import check_words


@dataclass(frozen=True)
class Project:
    """What the macros draw from; `problems` holds everything found wrong while reading."""

    catalog: Catalog
    pages: Mapping[str, Page]
    book: AddressBook
    cited_on: Mapping[str, Sequence[Target]]
    used_in: Mapping[str, Sequence[Target]]
    problems: Sequence[Diagnostic]
    known: Sequence[Diagnostic] = ()
    """Warnings that `data/debt.yml` allows; `problems` holds their sum only."""


def load_project(root: Path, known: Collection[str], memory: Memory | None = None, *, words: bool = True) -> Project:
    """Returns the project at `root`, read and checked.

    Args:
        root: the folder that holds `docs/` and `data/`.
        known: names of the macros that a page may call.
        memory: what was read before: only files with other words are parsed again.
        words: whether the rules of words, figures and sources are checked too (`settle_words` does it later).
    """
    catalog, data_problems = load_catalog(root, memory)
    pages, page_problems = load_pages(root, known, memory)
    made_ids = list_made_ids(catalog, pages)
    problems = [*data_problems, *page_problems, *check_data(catalog), *check_pages(pages, made_ids, memory)]
    problems += [*check_crossings(catalog, pages, made_ids), *check_files(root), *check_menu(root, pages)]
    problems += [*check_classes(pages, catalog), *check_pictures(pages, list_files(root))]
    if not pages:
        help = "run this in the folder that holds docs/ and data/"
        problems.append(Diagnostic(Location("docs"), "file-missing", "there are no pages here", help))
    settled = settle_words(catalog, pages, problems) if words else Settlement([], [])
    return Project(
        catalog,
        pages,
        build_address_book(catalog, pages),
        _find_citing_pages(catalog, pages),
        _find_uses_of_terms(catalog, pages),
        [*problems, *settled.problems],
        settled.known,
    )


def settle_words(catalog: Catalog, pages: Mapping[str, Page], problems: Sequence[Diagnostic]) -> Settlement:
    """Returns what breaks the rules of words, figures and sources; files with other errors are left out."""
    broken = {item.location.path for item in problems if item.level == "error"}
    return settle(check_words(catalog, pages, broken), catalog, readable=not broken)


def stamp_project(root: Path) -> tuple[tuple[str, int, int], ...]:
    """Returns names, times and sizes of all files of a project: equal stamps, equal pages."""
    files = [
        root / "mkdocs.yml",
        *(root / "docs").rglob("*.md"),
        *(root / "data").rglob("*.*"),
        *(root / "macros").rglob("*.jinja"),
    ]
    stats = [(file, file.stat()) for file in sorted(files) if file.is_file() and "schema" not in file.parts]
    return tuple((str(file), stat.st_mtime_ns, stat.st_size) for file, stat in stats)


def list_made_ids(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[str]]:
    """Returns the ids that macros print, by page: they share one name space with the headings."""
    made: dict[str, list[str]] = {}
    for path, page in pages.items():
        ids = made.setdefault(path, [])
        for call in page.calls:
            first = call.find_text(0, "table" if call.name == "comparison" else "id")
            if call.name == "key_points":
                ids.append(first)
            elif call.name == "comparison" and first in catalog.comparisons:
                comparison = catalog.comparisons[first]
                id, turned = call.find_text(5, "id"), call.find_text(4, "orientation") == "rows"
                ids.append(f"table-{id or first}")
                if path == comparison.page and not id and not turned:
                    shown = dict.fromkeys(call.find_texts(2, "rows") or (row.id for row in comparison.rows))
                    ids += [f"{comparison.id}-{row}" for row in shown]
            elif call.name == "care_card" and first in catalog.care_cards:
                ids.append(care_card_id(first, catalog.care_cards[first].page, path))
            elif call.name == "glossary":
                ids += [f"term-{id}" for id in catalog.glossary]
                ids += sorted({f"glossary-{file_letter(term).lower()}" for term in catalog.glossary.values()})
            elif call.name == "claims":
                topic = call.find_text(0, "topic")
                ids.append(f"table-claims-{topic}")
                ids += [f"claim-{claim.id}" for claim in catalog.claims.values() if claim.topic == topic]
            elif call.name == "verdicts":
                ids += ["table-verdicts", *(f"verdicts-{verdict}" for verdict in (*VERDICTS, "all"))]
            elif call.name == "disagreements":
                ids += [f"disagree-{id}" for id in catalog.disagreements]
            elif call.name == "topics":
                ids += ["table-topics", *(f"topic-{id}" for id in catalog.topics)]
            elif call.name == "standards":
                found = [item.id for item in catalog.standards.values() if item.standard == call.find_text(0, "name")]
                ids += [*(f"table-standard-{id}" for id in found[:1]), *(f"standard-{id}" for id in found)]
            elif call.name == "bibliography":
                ids += [f"ref-{id}" for id in catalog.references]
                ids += sorted({f"references-{reference.tier}" for reference in catalog.references.values()})
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
        for key in find_cited(page, catalog.figures, catalog.facts):
            citing.setdefault(key, []).append(Target(path, "", page.title))
    return citing


def _find_uses_of_terms(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[Target]]:
    """Returns, by term id, the sections that link the word to the glossary."""
    uses: dict[str, dict[Target, None]] = {}
    for path, page in pages.items():
        for call in page.calls:
            id = call.find_text(0, "id")
            if call.name == "term" and id in catalog.glossary:
                heading = page.find_section(call.location.line)
                named = heading is not None and heading.id is not None
                label = _name_section(page, heading.text) if heading and named else page.title
                target = Target(path, heading.id if heading and heading.id else "", label)
                uses.setdefault(id, {})[target] = None
    return {id: list(targets) for id, targets in uses.items()}
