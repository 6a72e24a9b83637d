"""Every rule: input that breaks it and the exact words that a contributor reads, and input that does not.

A case in `cases/<rule>.yml` is a small project about bread (`cases/_base/`) with some files written anew
(`files`), some words replaced (`edits`), symbolic links (`links`) and large files (`sizes`), and the report on it
(`expected`; nothing when all is well). After a change of words, `python tests/rewrite_cases.py` writes the reports
anew: read the difference before you keep it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest
import yaml
from helpers import make_project, render_problems
from pydantic import TypeAdapter

from macros.diagnostics import RULES

ON_BUILT_SITES = ("permalink-", "policy-", "redirect-")
"""Rules that are held against a built site; their tests build one."""
SOURCE_RULES = [rule for rule in RULES if not rule.startswith(ON_BUILT_SITES)]
CASES = Path(__file__).resolve().parent / "cases"


@dataclass(frozen=True)
class Case:
    name: str
    expected: str
    files: dict[str, str] = field(default_factory=dict)
    edits: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def breaks(self, rule: str) -> bool:
        return f"[{rule}]" in self.expected


@cache
def load_cases(rule: str) -> list[Case]:
    file = CASES / f"{rule}.yml"
    text = file.read_text(encoding="utf-8") if file.exists() else "[]"
    return TypeAdapter(list[Case]).validate_python(yaml.safe_load(text))


ALL = [pytest.param(case, id=f"{rule}: {case.name}") for rule in SOURCE_RULES for case in load_cases(rule)]


@pytest.mark.parametrize("case", ALL)
def test_a_contributor_reads_exactly_this(case: Case, tmp_path: Path) -> None:
    root = make_project(tmp_path, case.files, case.edits, case.links, case.sizes)
    assert render_problems(root) == case.expected.rstrip("\n")


@pytest.mark.parametrize("rule", SOURCE_RULES)
def test_every_rule_has_a_failing_and_a_passing_case(rule: str) -> None:
    cases = load_cases(rule)
    assert any(case.breaks(rule) for case in cases), "removing the check would go unnoticed"
    assert any(not case.expected for case in cases), "a check that always complains would go unnoticed"


def test_every_file_of_cases_belongs_to_a_rule() -> None:
    assert {file.stem for file in CASES.glob("*.yml")} == set(SOURCE_RULES)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule not in SOURCE_RULES])
def test_every_rule_for_built_sites_is_tested_elsewhere(rule: str) -> None:
    others = [file for file in CASES.parent.rglob("test_*.py") if file != Path(__file__)]
    assert any(rule in file.read_text(encoding="utf-8") for file in others)


def test_every_case_changes_something_and_has_a_name_of_its_own() -> None:
    for rule in SOURCE_RULES:
        cases = load_cases(rule)
        assert len({case.name for case in cases}) == len(cases)
        assert all(case.files or case.edits or case.links or case.sizes for case in cases)


def test_the_project_without_changes_has_no_problem(tmp_path: Path) -> None:
    assert render_problems(make_project(tmp_path)) == ""
