"""What `make bench-search` makes of the answers: the parts of the questions, the shares, and where ours falls short."""

from __future__ import annotations

from datetime import date

from benchmarks.finding import Guide, find_shortfalls, split, summarize
from macros.catalog import Catalog
from macros.models import Query

OLD, NEW = date(2026, 1, 1), date(2026, 2, 1)
QUERIES = {
    "0": Query(query="hard crust", answers=("bake-crust",)),
    "1": Query(query="smoke", answers=("care-fire", "bake-oven"), danger=True),
    "2": Query(query="flat loaf", answers=("rise-key-points",), held_out=OLD),
    "3": Query(query="burnt bottom", answers=("bake-oven",), held_out=NEW),
}
GUIDE = Guide(sections=[], tops={"rise/": "rise-key-points"}, catalog=Catalog(queries=QUERIES))
BUDGET = {"least": {"all": {"first": 80, "danger": 100}, "unforeseen": {"first": 40}}, "kilobytes": 28}
GOOD = {"all": {"first": 80.0, "danger": 100.0}, "unforeseen": {"first": 40.0}}


def test_only_the_newest_questions_that_were_left_aside_are_unforeseen() -> None:
    parts = split(QUERIES)
    assert (parts["foreseen"], parts["unforeseen"]) == (["0", "1", "2"], ["3"])
    assert parts["tuned"] == ["0", "1"]


def test_a_page_counts_as_its_key_points() -> None:
    assert GUIDE.judge(QUERIES["2"], ["rise/", "bake/#bake-oven"]).first


def test_danger_is_answered_by_a_care_card_only() -> None:
    found = GUIDE.judge(QUERIES["1"], ["bake/#bake-oven", "help/#care-fire"])
    assert (found.first, found.in_three, found.danger) == (True, True, False)


def test_shares_are_of_a_hundred() -> None:
    answers = {id: GUIDE.judge(query, ["bake/#bake-crust"]) for id, query in QUERIES.items()}
    assert summarize(answers, ["0", "1"]) == {"first": 50.0, "in_three": 50.0, "danger": 0.0}


def test_what_reaches_the_budget_is_no_shortfall() -> None:
    assert find_shortfalls(GOOD, 28_000, BUDGET) == []


def test_each_shortfall_is_named() -> None:
    bad = {"all": {"first": 79.9, "danger": 99.0}, "unforeseen": {"first": 39.0}}
    found = find_shortfalls(bad, 28_001, BUDGET)
    assert [line.split(":")[0] for line in found[:3]] == ["all, first", "all, danger", "unforeseen, first"]
    assert "28.0 kB" in found[3]
