"""9,000 data files that nobody would write: each is read or refused with its place; none makes the check fall over.

Made by a seeded dice, not by Hypothesis: the same files on every machine, in seconds. A failure names its number.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from helpers import BASE, ROOT, make_project
from test_bad_input import time_limit

from macros.catalog import load_catalog
from macros.diagnostics import Diagnostic, render_report
from macros.models import LISTS, Tier, Verdict
from macros.project import load_project
from macros.vocabulary import MACROS, check_calls

FILES = 3_000
"""Of each of the three kinds."""

WHOLE = 15
"""Every how many files the whole check runs, pages and words included."""

SECONDS = 5
SIGNS = "\0\a\t\n\r \"'#&*!|>%@`{}[],:?-~\\/<=é漢\u200b\u202e\ufeff\ud800🍞09azAZ"
WORDS = (
    *("[" * 300, "{a: " * 300, "- " * 300, "&a ", "*a", "<<: *a", "!!python/object:os.system", "!!int", "? ", "---\n"),
    *("...\n", "%YAML 9.9\n", "null", "no", "1e999", "0x", "2026-02-30", '"', "'", "|\n", ">-\n", "\ud800", "\r"),
)
VALUES = (None, True, 0, -1, 10**30, 1.5, "", "a", "no", "é" * 3000, "\0", "\u202e", "{{ config }}", "<script>", [], {})
NAMES = [f"data/{name}.yml" for name in LISTS if (BASE / "data" / f"{name}.yml").exists()]
NAMES += ["data/comparisons/ovens.yml", "data/facts.yml", "data/wording.yml", "data/debt.yml"]
TEXTS = [file.read_text(encoding="utf-8")[:6_000] for file in sorted((BASE / "data").rglob("*.yml"))]
TEXTS += [(ROOT / "data" / name).read_text(encoding="utf-8")[:3_000] for name in ("facts.yml", "wording.yml")]
KEYS = sorted({key for model in LISTS.values() for key in model.model_fields} | {"cells", "rows", "columns", "text"})


def mutate(dice: random.Random) -> bytes:
    """A real data file with a few signs lost, doubled, swapped or put in."""
    text = dice.choice(TEXTS)
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(text) + 1)
        length = dice.choice((1, 1, 2, 5, 40, 400))
        kind = dice.randrange(5)
        if kind == 0:
            text = text[:at] + text[at + length :]
        elif kind == 1:
            text = text[:at] + dice.choice(SIGNS) + text[at:]
        elif kind == 2:
            text = text[:at] + dice.choice(WORDS) + text[at:]
        elif kind == 3:
            text = text[:at] + text[at : at + length] + text[at:]
        else:
            other = dice.choice(TEXTS)
            start = dice.randrange(len(other))
            text = text[:at] + other[start : start + length] + text[at:]
    return text.encode("utf-8", "surrogatepass")


def scatter(dice: random.Random) -> bytes:
    """Bytes, or signs that mean something to YAML, in no order."""
    if dice.random() < 0.3:
        return dice.randbytes(dice.randrange(400))
    return "".join(dice.choices(SIGNS, k=dice.randrange(400))).encode("utf-8", "surrogatepass")


def grow(dice: random.Random) -> bytes:
    """A list of records with keys of the guide and values of any kind, well written."""

    def value(depth: int) -> Any:
        kind = dice.randrange(8)
        if kind == 0 and depth:
            return [value(depth - 1) for _ in range(dice.randrange(4))]
        if kind == 1 and depth:
            return {dice.choice(KEYS): value(depth - 1) for _ in range(dice.randrange(5))}
        if kind == 2:
            return dice.choice((*get_args(Tier), *get_args(Verdict), "index.md", "dough", "gas-2024", "2026-11-01"))
        return dice.choice(VALUES)

    records = [{dice.choice(KEYS): value(6) for _ in range(dice.randrange(12))} for _ in range(dice.randrange(4))]
    return json.dumps(records if dice.random() < 0.8 else value(6), ensure_ascii=dice.random() < 0.5).encode(
        "utf-8", "surrogatepass"
    )


def read(root: Path, *, whole: bool) -> list[Diagnostic]:
    if not whole:
        return load_catalog(root)[1]
    project = load_project(root, MACROS)
    return [*project.problems, *check_calls(project)]


@pytest.mark.parametrize("make", [mutate, scatter, grow])
def test_no_data_file_makes_the_check_fall_over(make: Callable[[random.Random], bytes], tmp_path: Path) -> None:
    root = make_project(tmp_path)
    alone = tmp_path / "alone"
    for number in range(FILES):
        dice = random.Random(f"{make.__name__} {number}")  # noqa: S311 - the same files each time
        name, raw, whole = dice.choice(NAMES), make(dice), number % WHOLE == 0
        folder = root if whole else alone
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        try:
            with time_limit(SECONDS):
                problems = read(folder, whole=whole)
                report = render_report(problems)
        except Exception as error:  # noqa: BLE001 - whatever it is, the number finds it again
            pytest.fail(f"{make.__name__} {number} ({name}): {error!r}\n{raw[:500]!r}")
        assert all(problem.location.path and problem.location.line > 0 for problem in problems), number
        assert report.encode("utf-8", "replace")
        if (BASE / name).exists() and whole:
            shutil.copy(BASE / name, file)
        else:
            file.unlink()


def test_there_are_9000_generated_files() -> None:
    assert FILES * 3 == 9_000
