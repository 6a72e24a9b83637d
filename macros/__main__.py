"""`python -m macros check | schema`: what contributors and CI run."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from macros import models
from macros.diagnostics import render_report
from macros.project import load_project
from macros.vocabulary import MACROS, check_calls


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0 when all is well, 1 when something must be mended."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check data and pages, all problems at once")
    check.add_argument("--format", choices=["text", "github"], default="text")
    check.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    schema = commands.add_parser("schema", help="write data/schema/*.json, for editors")
    schema.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    options = parser.parse_args(arguments)
    return run_check(options.root, options.format) if options.command == "check" else run_schema(options.root)


def run_check(root: Path, form: str) -> int:
    """Prints every problem of the project; returns 1 if one of them is an error."""
    project = load_project(root, MACROS)
    problems = [*project.problems, *check_calls(project)]
    print(render_report(problems, form))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def run_schema(root: Path) -> int:
    """Writes the JSON Schemas; returns 1 if any was outdated, so that CI notices."""
    folder = root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    schemas = {name: TypeAdapter(list[model]).json_schema() for name, model in models.LISTS.items()}  # type: ignore[valid-type]
    schemas["comparison"] = TypeAdapter(models.Comparison).json_schema()
    schemas["page"] = TypeAdapter(models.FrontMatter).json_schema()
    outdated = []
    for name, schema in schemas.items():
        file = folder / f"{name}.json"
        text = json.dumps(schema, indent=2, sort_keys=True) + "\n"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            outdated.append(name)
            file.write_text(text, encoding="utf-8")
    print(f"wrote {', '.join(outdated)}" if outdated else "all schemas are up to date")
    return 1 if outdated else 0


if __name__ == "__main__":
    sys.exit(main())
