"""`make bench-build`: guides of 20, 200 and 1000 pages, ours against plain Material with the same rendered words.

Both are built in turn, in the same run, into new folders. What ours takes more is what checks, macros and publishing
add: a permanent page, a record and a QR code for every section are among it.

Nothing is deleted before the end: ext4 does not use the place of a file again for some minutes, and looks at each such
place for every new file. After 12,000 were deleted, making 12,000 took the kernel 1.0 to 1.9 s instead of 0.2.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import yaml

from benchmarks.guides import ROOT, make_guide, make_plain
from benchmarks.running import Cost, build

ROUNDS = {20: 5, 200: 3, 1000: 1}


@dataclass(frozen=True)
class Row:
    """A size: medians of both."""

    pages: int
    plain: Cost
    ours: Cost
    files: int

    @property
    def added(self) -> float:
        """What ours takes more, in plain builds."""
        return (self.ours.cpu - self.plain.cpu) / self.plain.cpu

    @property
    def memory(self) -> float:
        """Peak of ours, in plain builds."""
        return self.ours.memory / self.plain.memory


def measure(pages: int, rounds: int, folder: Path) -> Row:
    """Builds a guide of so many pages and its plain twin in turn."""
    guide = make_guide(folder / "ours", pages)
    plain = make_plain(guide, folder / "plain")
    costs: dict[str, list[Cost]] = {"plain": [], "ours": []}
    for number in range(rounds):
        costs["plain"].append(build(plain, folder / f"plain-site-{number}"))
        costs["ours"].append(build(guide, folder / f"site-{number}"))
    files = sum(1 for file in (folder / "site-0").rglob("*") if file.is_file())
    return Row(pages, _median(costs["plain"]), _median(costs["ours"]), files)


def _median(costs: list[Cost]) -> Cost:
    return Cost(
        median(cost.cpu for cost in costs),
        median(cost.wall for cost in costs),
        int(median(cost.memory for cost in costs)),
    )


def find_breaches(rows: list[Row], budget: dict[str, float]) -> list[str]:
    """Returns what is over the budget, in words."""
    found = []
    for row in rows:
        if row.added > budget["added"]:
            found.append(f"{row.pages} pages: adds {row.added:.2f} plain builds, more than {budget['added']}")
        if row.memory > budget["memory"]:
            found.append(f"{row.pages} pages: takes {row.memory:.2f} times the memory, more than {budget['memory']}")
    for one, other in pairwise(rows):
        growth = find_growth(one, other)
        if growth > budget["growth"]:
            found.append(f"{one.pages} to {other.pages} pages: grows by {growth:.2f}, more than {budget['growth']}")
    return found


def find_growth(one: Row, other: Row) -> float:
    """Returns the exponent by which CPU grows with pages."""
    return math.log(other.ours.cpu / one.ours.cpu) / math.log(other.pages / one.pages)


def main() -> int:
    """Prints the table; returns 1 when the budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(ROUNDS), help="numbers of pages")
    sizes = parser.parse_args().sizes
    budget = yaml.safe_load((ROOT / "tests" / "budget.yml").read_text(encoding="utf-8"))["build"]
    print("| pages | plain CPU s | ours CPU s | ours / plain | added / plain | plain MiB | ours MiB | ratio | files |")
    print("|---|---|---|---|---|---|---|---|---|")
    rows = []
    with tempfile.TemporaryDirectory(prefix="guide-bench-") as folder:
        for pages in sizes:
            row = measure(pages, ROUNDS.get(pages, 1), Path(folder, str(pages)))
            rows.append(row)
            print(
                f"| {pages} | {row.plain.cpu:.2f} | {row.ours.cpu:.2f} | {row.ours.cpu / row.plain.cpu:.2f}"
                f" | {row.added:.2f} | {row.plain.memory} | {row.ours.memory} | {row.memory:.2f} | {row.files} |",
                flush=True,
            )
    for one, other in pairwise(rows):
        print(f"growth from {one.pages} to {other.pages} pages: pages to the power of {find_growth(one, other):.2f}")
    breaches = find_breaches(rows, budget)
    print("\n".join(f"OVER BUDGET: {breach}" for breach in breaches) or "within the budget")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
