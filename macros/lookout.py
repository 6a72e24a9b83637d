"""The weekly look at what goes stale: gathers what to look at, looks, and writes a report of each kind.

`python -m macros watch` runs it. Its folder holds `report.json` and, for each kind that could be looked at,
`<kind>.md`: the words of an issue, or an empty file when nothing is to do. A kind that could not be looked at
has no file, so that its issue stays as it was.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from macros import deadlines, watching
from macros.catalog import Catalog, load_catalog
from macros.diagnostics import Diagnostic, render_report
from macros.fetching import NO_ANSWER, Fetch, be_nobody, fetch, insist
from macros.findings import KINDS, Finding, Look, NobodyAnswersError, render_issue, render_json, render_summary
from macros.models import FrontMatter
from macros.pages import Page, load_pages
from macros.vocabulary import MACROS

PROBES = ("https://doi.org/", "https://api.osv.dev/", "https://github.com/")
"""Who is asked first: if none of them answers, there is no network, and nobody waits for the rest."""
LOCKS = ("requirements.txt", "requirements-dev.txt")


def collect_links(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[str]]:
    """Returns every outside address of the guide, and the places that use it."""
    links: dict[str, list[str]] = {}
    for path, source in catalog.sources.items():
        for where, value in _walk(source.value, ()):
            if value.startswith("https://"):
                links.setdefault(value, []).append(f"{path}:{source.locate(where).line}")
    for reference in catalog.references.values():
        if reference.doi:
            links.setdefault(reference.address, []).append(f"data/references.yml ({reference.id})")
    for page in pages.values():
        for link in page.links:
            if link.target.startswith("https://"):
                links.setdefault(link.target, []).append(f"{link.location.path}:{link.location.line}")
    return links


def _walk(value: Any, where: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in parts:
            yield from _walk(part, (*where, key))


def look(root: Path, today: date, fetch: Fetch, site: str = "") -> tuple[list[Look], list[Diagnostic]]:
    """Returns what each kind of check found, and what of the project could not be read.

    Args:
        root: the project.
        today: the day for which review dates and ends are counted.
        fetch: asks an address.
        site: address of the published guide, or nothing.
    """
    catalog, problems = load_catalog(root)
    pages, unread = load_pages(root, MACROS)
    dates, undated = deadlines.load_end_dates(root)
    texts = {name: root / name for name in LOCKS}
    locks = {name: file.read_text(encoding="utf-8") for name, file in texts.items() if file.is_file()}
    links = collect_links(catalog, pages)

    def look_at_dates() -> list[Finding]:
        text, unknown = deadlines.find_security_txt(root, site, fetch)
        unsure = [Finding(".well-known/security.txt", f"was not looked at: {unknown}", sure=False)]
        return deadlines.find_end_dates(dates, today) + (
            unsure if unknown else deadlines.check_security_txt(text, today)
        )

    checks: dict[str, Callable[[], list[Finding]]] = {
        "links": lambda: watching.find_dead_links(links, fetch),
        "review": lambda: watching.find_due_pages(read_front_matter(pages), today),
        "references": lambda: watching.find_changed_references(catalog.references.values(), fetch),
        "packages": lambda: watching.find_faulty_packages(locks, fetch),
        "dates": look_at_dates,
    }
    return [_look_at(kind, checks[kind]) for kind in KINDS], [*problems, *unread, *undated]


def _look_at(kind: str, check: Callable[[], list[Finding]]) -> Look:
    try:
        return Look(kind, tuple(check()))
    except NobodyAnswersError as error:
        return Look(kind, skipped=str(error))


def read_front_matter(pages: Mapping[str, Page]) -> dict[str, FrontMatter]:
    """Returns the front matter of every page that has one of the right shape; `check` tells of the others."""
    found = {}
    for path, page in pages.items():
        try:
            found[path] = FrontMatter.model_validate(page.front.value if page.front else None)
        except ValidationError:
            continue
    return found


def write_reports(looks: Sequence[Look], today: date, folder: Path) -> None:
    """Writes `report.json` and `<kind>.md` into a folder; removes the files of kinds that were skipped."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(render_json(looks, today), encoding="utf-8")
    for item in looks:
        file = folder / f"{item.kind}.md"
        if item.skipped:
            file.unlink(missing_ok=True)
        else:
            file.write_text(render_issue(item), encoding="utf-8")


def find_site(environment: Mapping[str, str]) -> str:
    """Returns where the guide is published: SITE_URL, or GitHub's address for the repository, or nothing."""
    owner, _, name = environment.get("GITHUB_REPOSITORY", "").partition("/")
    pages = f"{owner.lower()}.github.io"
    by_github = (f"https://{pages}/" if name.lower() == pages else f"https://{pages}/{name}/") if name else ""
    return environment.get("SITE_URL") or by_github


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds what `watch` takes."""
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    parser.add_argument("--report", type=Path, default=Path(".cache/watch"), help="the folder for the reports")
    parser.add_argument("--today", type=date.fromisoformat, help="another day than today, to see what comes")


def run(options: argparse.Namespace, ask: Fetch = fetch) -> int:
    """Looks, writes the reports and prints a summary; returns 1 only when the project cannot be read."""
    today = options.today or datetime.now(UTC).date()
    online = any(ask(url, "HEAD").status != NO_ANSWER for url in PROBES)
    looks, problems = look(options.root, today, insist(ask) if online else be_nobody, find_site(os.environ))
    write_reports(looks, today, options.root / options.report)
    print(render_summary(looks))
    errors = [problem for problem in problems if problem.level == "error"]
    if errors:
        print(render_report(errors), file=sys.stderr)
    return 1 if errors else 0
