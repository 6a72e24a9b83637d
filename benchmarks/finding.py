"""How often a search finds the right section: questions by part, shares of 100, and what falls short of the budget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.guides import ROOT
from macros.catalog import Catalog, load_catalog
from macros.models import Query
from macros.publish.built import read_site
from macros.publish.search import Findable, list_findable
from macros.publish.search_index import Section


@dataclass(frozen=True)
class Guide:
    """The built guide as the searches need it."""

    sections: Sequence[Section]
    tops: Mapping[str, str]
    """The id of the key points by address of a page: who is led to a page meets them first."""
    catalog: Catalog

    def judge(self, query: Query, found: Sequence[str]) -> Answer:
        """Returns how well the addresses that a search found answer a query."""
        ids = [id or self.tops.get(page, "") for page, _, id in (address.partition("#") for address in found)]
        return Answer(
            first=any(id in query.answers for id in ids[:1]),
            in_three=any(id in query.answers for id in ids[:3]),
            danger=any(id in query.answers and id.startswith("care-") for id in ids[:1]) if query.danger else None,
        )


@dataclass(frozen=True)
class Answer:
    """Whether the first result, and one of the first three, is right; in danger, whether it is the care card."""

    first: bool
    in_three: bool
    danger: bool | None


def read_guide(site: Path) -> Guide:
    """Returns what can be found in a built guide."""
    findable = Findable()
    for page in read_site(site):
        findable.add_page(page)
    catalog, _ = load_catalog(ROOT)
    return Guide(list_findable(findable, catalog), {page: id for id, page in findable.tops.items()}, catalog)


def split(queries: Mapping[str, Query]) -> dict[str, list[str]]:
    """Returns the ids of the queries by part; those of the newest day that are held out are unforeseen."""
    days = sorted({query.held_out for query in queries.values() if query.held_out})
    parts: dict[str, Callable[[Query], bool]] = {
        "tuned": lambda query: query.held_out is None,
        **{f"held out {day}": lambda query, day=day: query.held_out == day for day in days},
        "foreseen": lambda query: query.held_out not in days[-1:],
        "unforeseen": lambda query: query.held_out in days[-1:],
        "all": lambda _: True,
    }
    return {name: [id for id, query in queries.items() if belongs(query)] for name, belongs in parts.items()}


def share(hits: Iterable[bool]) -> float:
    """Returns how many in 100 hit."""
    every = list(hits)
    return 100 * sum(every) / len(every)


def summarize(answers: Mapping[str, Answer], part: Sequence[str]) -> dict[str, float]:
    """Returns how many of some queries in 100 have the right section first, in three, and its care card first."""
    chosen = [answers[id] for id in part]
    danger = [each.danger for each in chosen if each.danger is not None]
    return {
        "first": share(each.first for each in chosen),
        "in_three": share(each.in_three for each in chosen),
        **({"danger": share(danger)} if danger else {}),
    }


def find_shortfalls(figures: Mapping[str, Mapping[str, float]], size: int, budget: Mapping[str, Any]) -> list[str]:
    """Returns where ours misses tests/budget.yml, in words."""
    found = [
        f"{part}, {name}: {figures[part][name]:.1f} %, less than {least}"
        for part, least_by_name in budget["least"].items()
        for name, least in least_by_name.items()
        if figures[part][name] < least
    ]
    if size / 1000 > budget["kilobytes"]:
        found.append(f"the first result loads {size / 1000:.1f} kB, more than {budget['kilobytes']}")
    return found
