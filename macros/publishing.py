"""From a built site to the published one: the contract is held against it, and what needs it is added."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from macros.catalog import load_catalog, validate
from macros.diagnostics import Diagnostic, GuideError, Location
from macros.models import Permalink
from macros.pages import Page, load_pages
from macros.permalinks.checks import check_history, check_permalinks
from macros.permalinks.contract import FILE, Contract, renew_permalinks
from macros.permalinks.form import render_permalinks
from macros.places import page_address
from macros.publish.built import BuiltPage, read_site
from macros.publish.edition import Edition
from macros.publish.headerlinks import name_headerlinks
from macros.publish.index import render_index
from macros.publish.moves import OldPage, add_old_fragments, list_moves, render_moves
from macros.publish.redirects import check_redirects
from macros.publish.section_pages import render_sections
from macros.publish.section_table import fill_placeholder
from macros.publish.sections import find_places, find_unnamed
from macros.source import parse_yaml


@dataclass(frozen=True)
class BuiltGuide:
    """A built site beside the data and the pages it was built from."""

    pages: Sequence[BuiltPage]
    contract: Contract
    before: Mapping[str, Permalink]
    """The promises as published before this change; empty where that is not known."""
    today: date


def publish(site: Path, root: Path, site_url: str, *, enforce: bool = True) -> list[Diagnostic]:
    """Adds to a built site what is made from it, and returns every problem; run twice, it changes nothing.

    A guide without `data/permalinks.yml` has promised nothing yet: its pages are published, and held against nothing.

    Args:
        site: the folder that a builder wrote.
        root: the project it was built from.
        site_url: where it will stand.
        enforce: write nothing when there is an error; a live preview shows the site as it is.
    """
    guide = read_guide(site, root)
    edition = make_edition(guide, site_url)
    begun = (root / FILE).exists()
    problems = check_guide(guide, edition) if begun else list(check_history(guide.contract, guide.before))
    if not enforce or not any(problem.level == "error" for problem in problems):
        for path, text in list_products(edition):
            _write(site / path, text)
    return problems


def renew(site: Path, root: Path, same: Collection[str] = ()) -> tuple[int, int]:
    """Writes `data/permalinks.yml` anew from a built site; returns how many promises were added, and renewed.

    Args:
        site: the folder that a builder wrote.
        root: the project it was built from.
        same: ids that a person has looked at: they open other words, and still answer the same question.
    """
    guide = read_guide(site, root)
    old = guide.contract.catalog.permalinks
    new = renew_permalinks(guide.contract, guide.today, same)
    file = root / FILE
    _write(file, render_permalinks(new, file.read_text(encoding="utf-8") if file.exists() else ""))
    return len(new) - len(old), sum(1 for id in old if old[id] != new[id])


def read_guide(site: Path, root: Path) -> BuiltGuide:
    """Returns the site in `site` beside the project at `root`; problems of the project itself are not repeated.

    Raises:
        GuideError: when no page stands in `site`.
    """
    catalog, _ = load_catalog(root)
    sources, _ = load_pages(root, ())
    pages = read_site(site)
    if not pages:
        raise GuideError(f"there is no built site in {site}: run `make build` first")
    places = [place for page in pages for place in find_places(page)]
    contract = Contract(catalog, places, {page.address for page in pages}, sources)
    return BuiltGuide(pages, contract, load_promises_before(root), find_today())


def make_edition(guide: BuiltGuide, site_url: str) -> Edition:
    """Returns what the products draw from: the promises as they would be once every change was seen."""
    contract = guide.contract
    promises = renew_permalinks(contract, guide.today, same=contract.by_id)
    return Edition(
        url=site_url if site_url.endswith("/") else f"{site_url}/",
        pages={page.address: page for page in guide.pages},
        places=contract.by_id,
        permalinks={id: entry for id, entry in promises.items() if entry.is_gone or id in contract.by_id},
        redirects=tuple(contract.catalog.redirects.values()),
    )


def check_guide(guide: BuiltGuide, edition: Edition) -> list[Diagnostic]:
    """Returns every broken promise, every broken redirect, and everything that nobody can link to."""
    written = {page_address(path): page for path, page in guide.contract.pages.items()}
    problems = [
        *check_permalinks(guide.contract, guide.today),
        *check_history(guide.contract, guide.before),
        *check_redirects(edition, guide.contract.catalog),
    ]
    for page in guide.pages:
        problems += (report_unnamed(page, written.get(page.address), words) for words in find_unnamed(page))
    return problems


def report_unnamed(built: BuiltPage, page: Page | None, words: str) -> Diagnostic:
    """Returns an error at the line of a page that shows `words`, or at the page when a macro shows them."""
    rule, message = "permalink-unnamed", f"“{words[:60]}” has no id"
    help = "write {: #an-id-of-its-own } at the end of the heading, or of the row's first cell"
    if page is None:
        return Diagnostic(Location(built.file), rule, message, help)
    wanted = re.findall(r"\w+", words)
    for number, line in enumerate(page.text.split("\n"), start=1):
        shown = re.sub(r"\]\([^)]*\)|<[^>]*>", " ", line)
        if wanted and re.findall(r"\w+", shown)[: len(wanted)] == wanted:
            return page.diagnose(number, 1, rule, message, help)
    return page.diagnose(1, 1, rule, message, help)


def list_products(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yields path and text of every file that is added or changed."""
    moves = list_moves(edition)
    for page in edition.pages.values():
        text = name_headerlinks(edition, page.text, edition.places)
        text = fill_placeholder(edition, page, text)
        yield page.file, add_old_fragments(edition, moves.get(page.address, OldPage(page.address)), text)
    yield from render_sections(edition)
    yield from render_moves(edition, moves)
    yield from render_index(edition, moves).items()


def find_site_url(site: Path) -> str | None:
    """Returns where a built site says that it will stand, or None: the canonical address of its first page."""
    home = [page for page in read_site(site) if page.address == "/"]
    return home[0].canonical if home else None


def find_today() -> date:
    """Returns the day of the commit that is built, where the builder says it, or today."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(stamp), UTC).date() if stamp else datetime.now(UTC).date()


def load_promises_before(root: Path) -> dict[str, Permalink]:
    """Returns the promises at the point where this work left what is published; none outside a Git checkout."""
    git = shutil.which("git")
    if git is None:
        return {}

    def run(*words: str) -> str:
        result = subprocess.run([git, "-C", str(root), *words], capture_output=True, check=False)  # noqa: S603
        return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else ""

    base = run("merge-base", "HEAD", "origin/main").strip() or "HEAD"
    source, _ = parse_yaml(run("show", f"{base}:./{FILE}"), FILE)
    rows = source.value if source and isinstance(source.value, list) else []
    unread: list[Any] = []
    found = (validate(Permalink, row, source, (index,), unread) for index, row in enumerate(rows)) if source else ()
    return {entry.id: entry for entry in found if entry is not None}


def _write(file: Path, text: str) -> None:
    """Writes a file when its text differs."""
    data = text.encode()
    if not file.is_file() or file.read_bytes() != data:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
