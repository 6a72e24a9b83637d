"""Writes the reports in `cases/*.yml` anew, from what the checks say now: `python tests/rewrite_cases.py`.

A case that passes (`expected: ""`) is left alone: if it fails now, a check complains where it should not.
Read the difference (`git diff tests/cases`) before you keep it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path
from textwrap import indent

import yaml

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

from helpers import make_project, render_problems  # noqa: E402 - found by the path above

CASES = Path(__file__).resolve().parent / "cases"
REPORT = re.compile(r"^  expected: (?:\|\n(?:    .*\n|\n(?=    ))*|\?\n)", re.MULTILINE)


def rewrite(text: str) -> str:
    """The cases of a file with their reports as they are now; a new case may say `expected: ?`."""
    failing = [case for case in yaml.safe_load(text.replace("expected: ?\n", "expected: new\n")) if case["expected"]]
    reports = iter([render_case(case) for case in failing])
    return REPORT.sub(lambda _: f"  expected: |\n{indent(next(reports), '    ')}\n", text)


def render_case(case: dict[str, dict[str, str]]) -> str:
    changes = {key: value for key, value in case.items() if key not in {"name", "expected"}}
    with tempfile.TemporaryDirectory() as folder:
        return render_problems(make_project(Path(folder), **changes))  # type: ignore[arg-type]


if __name__ == "__main__":
    for file in sorted(CASES.glob("*.yml")):
        before = file.read_text(encoding="utf-8")
        after = rewrite(before)
        if after != before:
            file.write_text(after, encoding="utf-8")
            print(f"wrote {file.name}")
