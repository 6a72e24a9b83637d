"""From a built site to the published one: the contract is held against it, and what needs it is added."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import chain
from pathlib import Path

from macros.diagnostics import Diagnostic, GuideError, Location
from macros.memory import Memory
from macros.models import Permalink
from macros.pages import Page
from macros.permalinks.checks import check_history, check_permalinks
from macros.permalinks.contract import FILE, Contract, renew_permalinks
from macros.permalinks.form import render_permalinks
from macros.permalinks.history import load_promises_before
from macros.places import page_address
from macros.publish import policy
from macros.publish.assets import bundle_assets
from macros.publish.built import PageFacts
from macros.publish.edition import Edition
from macros.publish.leftovers import find_leftovers
from macros.publish.lines import find_source
from macros.publish.names import Names
from macros.publish.output import Output, list_files
from macros.publish.products import Product, list_other_pages, list_preview, list_products
from macros.publish.reading import SiteFacts, add_frame, read_facts, read_preview
from macros.publish.redirects import check_redirects
from macros.publish.search import SearchIndex, check_search, make_index, render_search
from macros.publish.written import Written, load_written


@dataclass(frozen=True)
class BuiltGuide:
    """A built site beside the data and the pages it was built from."""

    facts: SiteFacts
    contract: Contract
    written: Written
    scripts: Collection[str] | None
    """The hashes of scripts that may stand inside a page; None when pages have no policy."""
    before: Mapping[str, Permalink]
    """The promises as published before this change; empty where that is not known."""
    today: date


def publish(
    site: Path,
    root: Path,
    site_url: str,
    *,
    written: Written | None = None,
    preview: Memory | None = None,
    anyway: bool = False,
) -> list[Diagnostic]:
    """Makes a built site what readers get, and returns every problem; run twice, it changes nothing.

    A guide without `data/permalinks.yml` has promised nothing yet: its pages are published, and held against nothing.
    One without `data/inline-scripts.yml` gets no content policy.

    Args:
        site: the folder that a builder wrote.
        root: the project it was built from.
        site_url: where it will stand.
        written: what is needed of data and pages, when somebody has read them already.
        preview: of a live preview, what it remembers: only what the pages themselves show is changed, whatever is
            wrong; else nothing is written when there is an error.
        anyway: write everything whatever is wrong, so that it can be compared.
    """
    guide = read_guide(site, root, written, preview)
    edition = make_edition(guide, site_url)
    index = _make_index(guide, edition.home.repository, preview or Memory())
    search = render_search(index, site)
    if preview is not None:
        for path, text in chain(list_preview(edition, site, preview), search):
            Output(site).write(path, text)
        return []
    add_frame(guide.facts, site, list_other_pages(site), edition.scripts)
    begun = (root / FILE).exists()
    problems = check_guide(guide, edition) if begun else list(check_history(guide.contract, guide.before))
    problems += guide.facts.blocked
    problems += check_search(guide.facts.findable, guide.contract.promises, index)
    if anyway or not any(problem.level == "error" for problem in problems):
        _write_site(guide, edition, site, search)
    return problems


def _make_index(guide: BuiltGuide, repository: str | None, memory: Memory) -> SearchIndex | None:
    """Returns the index of the search; the last one when all that it is made of is the same."""
    findable, promises = guide.facts.findable, guide.contract.promises
    question = findable, replace(promises, sources={}), repository
    return memory.recall("search", question, partial(make_index, findable, promises, repository))


def _write_site(guide: BuiltGuide, edition: Edition, site: Path, search: Iterator[Product]) -> None:
    """Writes every product, and takes out what nothing asks for."""
    facts, output = guide.facts, Output(site)
    assets = bundle_assets(site, facts.pages, facts.names)
    facts.names = Names()  # one for each value on the site: nobody asks for them again
    dressed = replace(edition, pages={address: assets.dress(page) for address, page in edition.pages.items()})
    for path, text in chain(list_products(dressed, site, assets, guide.today), search):
        output.write(path, text)
    old = {name.removeprefix("/") for name in (*assets.styles, *assets.scripts)} - set(assets.files)
    for file in find_leftovers(site, set(list_files(site)), facts.mentioned, old):
        output.remove(file)
    output.finish(os.environ.get("GUIDE_COMMIT") or None, guide.today if "SOURCE_DATE_EPOCH" in os.environ else None)


def renew(site: Path, root: Path, same: Collection[str] = ()) -> tuple[int, int]:
    """Writes `data/permalinks.yml` anew from a built site; returns how many promises were added, and renewed.

    Args:
        site: the folder that a builder wrote.
        root: the project it was built from.
        same: ids that a person has looked at: they open other words, and still answer the same question.
    """
    guide = read_guide(site, root)
    old = guide.contract.promises.permalinks
    new = renew_permalinks(guide.contract, guide.today, same)
    file = root / FILE
    text = render_permalinks(new, file.read_text(encoding="utf-8") if file.exists() else "")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return len(new) - len(old), sum(1 for id in old if old[id] != new[id])


def read_guide(site: Path, root: Path, written: Written | None = None, preview: Memory | None = None) -> BuiltGuide:
    """Returns the site in `site` beside the project at `root`; problems of the project itself are not repeated.

    Raises:
        GuideError: when no page stands in `site`.
    """
    written = written or load_written(root)
    scripts = {script.hash for script in written.promises.inline_scripts.values()}
    reviewed = scripts if (root / policy.FILE).exists() else None
    facts = read_facts(site, reviewed) if preview is None else read_preview(site, preview)
    if not facts.pages:
        raise GuideError(f"there is no built site in {site}: run `make build` first")
    contract = Contract(written.promises, facts.places, {page.address for page in facts.pages}, written.pages)
    before = load_promises_before(root) if preview is None else {}
    return BuiltGuide(facts, contract, written, reviewed, before, find_today())


def make_edition(guide: BuiltGuide, site_url: str) -> Edition:
    """Returns what the products draw from: the promises as they would be once every change was seen."""
    contract = guide.contract
    promises = renew_permalinks(contract, guide.today, same=contract.by_id)
    return Edition(
        url=site_url if site_url.endswith("/") else f"{site_url}/",
        pages={page.address: page for page in guide.facts.pages},
        places=contract.by_id,
        permalinks={id: entry for id, entry in promises.items() if entry.is_gone or id in contract.by_id},
        redirects=tuple(contract.promises.redirects.values()),
        scripts=guide.scripts,
        source=find_source(guide.facts.pages, contract.pages),
        shown=guide.written.shown,
    )


def check_guide(guide: BuiltGuide, edition: Edition) -> list[Diagnostic]:
    """Returns every broken promise, every broken redirect, and everything that nobody can link to."""
    paths = {page_address(path): path for path in guide.contract.pages}
    problems = [
        *check_permalinks(guide.contract, guide.today),
        *check_history(guide.contract, guide.before),
        *check_redirects(edition, guide.contract.promises, guide.today),
    ]
    for built, words in guide.facts.unnamed:
        path = paths.get(built.address)
        problems.append(report_unnamed(built, guide.contract.pages[path] if path else None, words))
    return problems


def report_unnamed(built: PageFacts, page: Page | None, words: str) -> Diagnostic:
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


def find_today() -> date:
    """Returns the day of the commit that is built, where the builder says it, or today."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(stamp), UTC).date() if stamp else datetime.now(UTC).date()
