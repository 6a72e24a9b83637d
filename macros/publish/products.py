"""Everything that is written into a built site, page by page: only one page lies open at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from macros.memory import Memory
from macros.publish.assets import Assets
from macros.publish.built import PageFacts, clean_text, parse_page
from macros.publish.edition import Edition
from macros.publish.finishing import finish_page
from macros.publish.headerlinks import name_headerlinks
from macros.publish.index import render_index
from macros.publish.linked_data import complete_linked_data, describe_page
from macros.publish.machines import render_machine_files
from macros.publish.moves import OldPage, add_old_fragments, list_moves, render_moves
from macros.publish.policy import write_policy
from macros.publish.section_pages import render_gone_sections, render_section_files
from macros.publish.section_table import fill_placeholder
from macros.publish.sections import read_passages
from macros.publish.ways import add_ways_in

Product = tuple[str, str]
"""Path and text of a file."""


def list_products(edition: Edition, site: Path, assets: Assets, today: date) -> Iterator[Product]:
    """Yields path and text of every file that is added or changed."""
    moves = list_moves(edition)
    hashes: dict[str, str] = {}
    base = urlsplit(edition.url).path
    police: Callable[[str], str] = write_policy if edition.scripts is not None else str
    yield from assets.files.items()
    for facts in edition.pages.values():
        page = parse_page(facts.file, (site / facts.file).read_text(encoding="utf-8"))
        if page is None:
            continue
        for passage in read_passages(page, edition.places):
            if not edition.permalinks[passage.id].is_gone:
                hashes[passage.id] = passage.hash
                yield from render_section_files(edition, passage, police)
        text, told = page.text, describe_page(edition, page)
        del page  # a large one takes ten times as much open as closed
        text = complete_linked_data(told, _add_to_page(edition, facts, text, moves))
        yield facts.file, police(finish_page(facts.file, text, assets, base))
    for path in list_other_pages(site):
        text = (site / path).read_text(encoding="utf-8")
        yield path, police(finish_page(path, text, assets, base))
    yield from render_gone_sections(edition, police)
    yield from ((path, police(text)) for path, text in render_moves(edition, moves))
    yield from render_index(edition, moves, hashes).items()
    yield from render_machine_files(edition, today)


def list_preview(edition: Edition, site: Path, memory: Memory) -> Iterator[Product]:
    """Yields path and text of what a live preview shows on its pages: the signs, the list of sections, what moved.

    Args:
        edition: the built site.
        site: its folder.
        memory: what was shown before: a page is made again when its file, or what others lend it, is another one.
    """
    moves = list_moves(edition)
    places = [(place.id, place.kind, place.page, place.title) for place in edition.places.values()]
    lent = memory.recall("what pages lend", (edition.url, edition.source, edition.pages, places), object)
    for page in edition.pages.values():
        text = (site / page.file).read_text(encoding="utf-8")
        question = text, lent, edition.shown.get(page.address), moves.get(page.address)
        yield page.file, memory.recall(f"shown {page.file}", question, partial(_show_page, edition, page, text, moves))
    yield "ids.json", render_index(edition, moves, {})["ids.json"]


def _show_page(edition: Edition, page: PageFacts, text: str, moves: dict[str, OldPage]) -> str:
    return _add_to_page(edition, page, clean_text(text), moves)


def list_other_pages(site: Path) -> list[str]:
    """Returns the paths of the HTML files that the builder wrote and that are no pages of the guide."""
    return [file.name for file in sorted(site.glob("*.html")) if file.name != "index.html"]


def _add_to_page(edition: Edition, page: PageFacts, text: str, moves: dict[str, OldPage]) -> str:
    text = name_headerlinks(edition, text, edition.places)
    text = fill_placeholder(edition, page, add_ways_in(edition, page, text))
    return add_old_fragments(edition, moves.get(page.address, OldPage(page.address)), text)
