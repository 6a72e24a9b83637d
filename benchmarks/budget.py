"""What of the measured figures is over tests/budget.yml, in words."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

import yaml

from benchmarks.browsing import Paint
from benchmarks.guides import ROOT

FEW, MANY = 46, 200
"""Pages of the two guides that are held side by side."""
Weights = Mapping[str, Mapping[str, int]]
"""Bytes of a first visit by kind of page and address."""


def load_budget() -> dict[str, Any]:
    """Returns tests/budget.yml."""
    found: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "budget.yml").read_text(encoding="utf-8"))
    return found


def find_median(weights: Weights, special: Mapping[str, float]) -> float:
    """Returns the median of all pages without a figure of their own, in kilobytes."""
    return median(w for found in weights.values() for address, w in found.items() if address not in special) / 1000


def find_breaches(weights: Weights, growth: float, budget: Mapping[str, Any]) -> list[str]:
    """Returns what is over the budget of first visits, in words."""
    limits = budget["pages"]
    pages = {address: weight / 1000 for found in weights.values() for address, weight in found.items()}
    found = [
        f"/{address} loads {weight:.1f} kB, more than {limits.get(address, budget['ordinary'])}"
        for address, weight in pages.items()
        if weight > limits.get(address, budget["ordinary"])
    ]
    middle = find_median(weights, limits)
    if middle > budget["median"]:
        found.append(f"half of all ordinary pages load more than {middle:.1f} kB, more than {budget['median']}")
    if growth > budget["growth"]:
        found.append(f"a page of {MANY} loads {growth:.1f} kB more than a page of {FEW}, more than {budget['growth']}")
    return found


def find_slow(paints: Mapping[str, tuple[Paint, Paint]], budget: Mapping[str, float]) -> list[str]:
    """Returns what is over the budget of a slow phone, in words."""
    found = []
    for address, (ours, hand) in paints.items():
        if ours.largest > budget["ratio"] * hand.largest:
            ratio = ours.largest / hand.largest
            found.append(f"/{address} is shown after {ratio:.2f} times the time by hand, more than {budget['ratio']}")
        if ours.shift > budget["shift"]:
            found.append(f"/{address} moves by {ours.shift:.3f} while it is read, more than {budget['shift']}")
    return found
