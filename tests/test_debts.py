"""Rules of judgement: what is known may stay, and never grows."""

from __future__ import annotations

import pytest
from helpers import load_base

from macros.catalog import Catalog
from macros.debts import JUDGED, Settlement, settle
from macros.diagnostics import RULES, Diagnostic, Location
from macros.models import Debt
from macros.source import parse_yaml

PAGE = "docs/a.md"
RULE = "prose-frequency"


def breaches(count: int, rule: str = RULE) -> list[Diagnostic]:
    return [Diagnostic(Location(PAGE, line), rule, f"'often' {line}", level="warning") for line in range(1, count + 1)]


def settle_with(allowed: int, found: list[Diagnostic], *, rule: str = RULE, readable: bool = True) -> Settlement:
    text = f"- rule: {rule}\n  file: {PAGE}\n  count: {allowed}\n" if allowed else "[]\n"
    source, _ = parse_yaml(text, "data/debt.yml")
    assert source is not None
    debt = {"0": Debt(rule=rule, file=PAGE, count=allowed)} if allowed else {}
    return settle(found, Catalog(debt=debt, sources={"data/debt.yml": source}), readable=readable)


def test_what_is_known_is_summed_up_in_one_warning() -> None:
    settled = settle_with(2, breaches(2))
    (sum_up,) = settled.problems
    assert (sum_up.level, sum_up.rule, sum_up.message) == ("warning", RULE, "2 places in 1 file wait to be mended")
    assert settled.known == breaches(2)


def test_one_more_is_one_error_that_names_every_line_of_the_file() -> None:
    settled = settle_with(2, breaches(3))
    (problem,) = settled.problems
    assert problem.level == "error"
    assert problem.message.endswith("so are lines 2, 3: 3 places, of which data/debt.yml allows 2")
    assert settled.known == []


def test_without_a_count_every_breach_is_an_error() -> None:
    assert [problem.level for problem in settle_with(0, breaches(1)).problems] == ["error"]


def test_one_less_wants_a_lower_count() -> None:
    (problem,) = settle_with(2, breaches(1)).problems
    assert (problem.rule, problem.level, problem.location.line) == ("debt-count", "error", 3)
    assert problem.help == "well done: lower the number to 1"


def test_none_wants_the_record_deleted() -> None:
    assert [problem.help for problem in settle_with(2, []).problems] == ["well done: delete this record"]


def test_a_count_that_fell_proves_nothing_while_files_cannot_be_read() -> None:
    assert settle_with(2, [], readable=False).problems == []


def test_a_rule_that_is_no_matter_of_judgement_has_no_debt() -> None:
    (problem,) = settle_with(1, [], rule="prose-hype").problems
    assert problem.rule == "data-unknown-id"
    assert "no breach of it is allowed" in problem.message


def test_other_problems_pass_through() -> None:
    other = Diagnostic(Location(PAGE), "prose-hype", "'magic'")
    assert settle_with(0, [other]).problems == [other]


@pytest.mark.parametrize("rule", JUDGED)
def test_every_rule_of_judgement_is_a_rule(rule: str) -> None:
    assert rule in RULES


def test_a_project_without_debt_has_none() -> None:
    assert list(load_base().known) == []
