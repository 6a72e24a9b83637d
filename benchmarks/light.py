"""`make bench-light`: what a first visit loads, and how soon a slow phone shows it, in a real browser.

Beside this guide stand, in the same run: stock Material with the same rendered words (no fonts, tabs, section index
pages and its search; everything else as it comes), and each article in a page as one writes it by hand, with half a
kilobyte of style (the list of all sections has few words there: it is made after the build). Then the same for a made
guide of 46 and of 200 pages, of which every kind of page is visited.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from benchmarks.browsing import Paint, open_browser, time_paint, weigh, weigh_search
from benchmarks.budget import FEW, MANY, Weights, find_breaches, find_median, find_slow, load_budget
from benchmarks.guides import ROOT, make_guide, make_plain
from benchmarks.handwritten import write_by_hand
from benchmarks.running import build
from benchmarks.serving import Host

VISITED = 15
"""Pages of text of a made guide that are visited."""
ROUNDS = 5
KINDS = {
    "": "home",
    "glossary/": "glossary",
    "words/": "glossary",
    "evidence/claims/": "claims",
    "claims/": "claims",
    "evidence/references/": "sources",
    "sources/": "sources",
    "clinics/link-to-a-section/": "all sections",
    "search/": "search",
}
TEXT, TABLE = "text", "largest table"
OURS_SEARCH = ("a.guide-search", ".guide-find input", ".guide-find__results a")
STOCK_SEARCH = ("label[for=__search]:visible", ".md-search__input", ".md-search-result__link")


@dataclass(frozen=True)
class Trio:
    """Hosts of the same words three times."""

    ours: Host
    stock: Host
    hand: Host


def open_trio(stack: ExitStack, guide: Path, folder: Path) -> Trio:
    """Builds a guide and what stands beside it, and serves all three."""
    build(guide, folder / "ours")
    build(make_plain(guide, folder / "plain"), folder / "stock")
    sites = (folder / "ours", folder / "stock", write_by_hand(folder / "stock", folder / "hand"))
    return Trio(*(stack.enter_context(Host(site)) for site in sites))


def sort_pages(site: Path, most: int | None = None) -> dict[str, list[str]]:
    """Returns the addresses of a site's pages by kind; of pages of text no more than `most`, spread over the guide."""
    kinds: dict[str, list[str]] = {kind: [] for kind in dict.fromkeys(["home", TEXT, TABLE, *KINDS.values()])}
    cells = {}
    for file in sorted(site.rglob("index.html")):
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        if address.startswith("s/") or tree.css_first("article") is None:
            continue
        kinds[KINDS.get(address, TEXT)].append(address)
        if address not in KINDS:
            cells[address] = len(tree.css("article td"))
    kinds[TABLE] = [max(cells, key=lambda address: cells[address])]
    kinds[TEXT] = kinds[TEXT][:: -(-len(kinds[TEXT]) // most)] if most else kinds[TEXT]
    return {kind: addresses for kind, addresses in kinds.items() if addresses}


def weigh_all(browser: Browser, host: Host, kinds: Mapping[str, Sequence[str]]) -> Weights:
    """Returns what a first visit to each page loads."""
    return {kind: {address: weigh(browser, host, address) for address in found} for kind, found in kinds.items()}


def print_weights(title: str, columns: Mapping[str, Weights]) -> None:
    """Prints kilobytes by kind of page: the median, and the largest where there is more than one page."""
    print(f"\n{title}: kB of a first visit (brotli), median / largest\n")
    print(f"| page | number | {' | '.join(columns)} |\n|---|---|{'---|' * len(columns)}")
    first = next(iter(columns.values()))
    for kind, found in first.items():
        cells = (_show(list(weights[kind].values())) if kind in weights else "" for weights in columns.values())
        print(f"| {kind} | {len(found)} | {' | '.join(cells)} |", flush=True)


def _show(bytes_: list[int]) -> str:
    least = f"{median(bytes_) / 1000:.1f}"
    return f"{least} / {max(bytes_) / 1000:.1f}" if len(bytes_) > 1 else least


def time_pairs(browser: Browser, trio: Trio, addresses: Sequence[str]) -> dict[str, tuple[Paint, Paint]]:
    """Returns medians of ours and of the page by hand, opened in turn."""
    found = {}
    for address in addresses:
        pairs = [[time_paint(browser, host, address) for host in (trio.ours, trio.hand)] for _ in range(ROUNDS)]
        found[address] = (_middle([ours for ours, _ in pairs]), _middle([hand for _, hand in pairs]))
    return found


def _middle(paints: list[Paint]) -> Paint:
    """Returns the median time, and the worst of the rest."""
    return Paint(median(p.largest for p in paints), max(p.shift for p in paints), max(p.task for p in paints))


def print_paints(paints: Mapping[str, tuple[Paint, Paint]]) -> None:
    """Prints how pages come up on a slow phone."""
    print(f"\nSlow phone (processor 4 times slower, slow 4G), median of {ROUNDS} pairs; worst shift and longest task\n")
    print("| page | LCP ours ms | LCP by hand ms | ratio | shift | longest task ms |\n|---|---|---|---|---|---|")
    for address, (ours, hand) in paints.items():
        ratio = ours.largest / hand.largest
        cells = f"{ours.largest:.0f} | {hand.largest:.0f} | {ratio:.2f} | {ours.shift:.3f} | {ours.task:.0f}"
        print(f"| /{address} | {cells} |", flush=True)


def main() -> int:
    """Prints the tables; returns 1 when the budget is broken."""
    budget = load_budget()
    folder = Path(tempfile.mkdtemp(prefix="guide-bench-"))
    try:
        with ExitStack() as stack:
            real = open_trio(stack, ROOT, folder / "real")
            small, large = (
                open_trio(stack, make_guide(folder / f"guide-{size}", size), folder / f"made-{size}")
                for size in (FEW, MANY)
            )
            browser = stack.enter_context(open_browser())
            kinds = sort_pages(real.ours.site)
            ours = weigh_all(browser, real.ours, kinds)
            beside = {name: weigh_all(browser, getattr(real, name), kinds) for name in ("stock", "hand")}
            print_weights("This guide", {"ours": ours, **beside})
            some = sort_pages(large.ours.site, VISITED)
            few = weigh_all(browser, small.ours, sort_pages(small.ours.site, VISITED))
            many = {name: weigh_all(browser, getattr(large, name), some) for name in ("ours", "stock", "hand")}
            print_weights(f"A made guide of {MANY} pages", {**many, f"ours, {FEW} pages": few})
            growth = (median(many["ours"][TEXT].values()) - median(few[TEXT].values())) / 1000
            print(f"\nordinary pages, median: {find_median(ours, budget['first_visit']['pages']):.1f} kB")
            print(f"a page of text of {MANY} pages loads {growth:+.1f} kB beside one of {FEW}")
            for name, host, words in (("ours", real.ours, OURS_SEARCH), ("stock", real.stock, STOCK_SEARCH)):
                before, more = weigh_search(browser, host, *words)
                print(f"search, {name}: {before / 1000:.1f} kB on arrival, {more / 1000:.1f} more to the first result")
            shown = ["", "treatment/aftercare/", *(kinds[kind][0] for kind in (TABLE, "glossary", "claims"))]
            paints = time_pairs(browser, real, shown)
            print_paints(paints)
            breaches = find_breaches(ours, growth, budget["first_visit"]) + find_slow(paints, budget["slow_phone"])
    finally:
        shutil.rmtree(folder)
    print("\n" + ("\n".join(f"OVER BUDGET: {breach}" for breach in breaches) or "within the budget"))
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
