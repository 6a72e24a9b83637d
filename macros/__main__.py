"""`python -m macros check | schema | permalinks | publish`: what contributors and CI run."""

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
from macros.publishing import check_guide, find_site_url, make_edition, publish, read_guide, renew
from macros.vocabulary import MACROS, check_calls


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0 when all is well, 1 when something must be mended."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check data and pages, all problems at once")
    check.add_argument("--format", choices=["text", "github"], default="text")
    check.add_argument("--known", action="store_true", help="also show the places that data/debt.yml allows")
    check.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    schema = commands.add_parser("schema", help="write data/schema/*.json, for editors")
    schema.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    permalinks = commands.add_parser("permalinks", help="hold a built site against data/permalinks.yml")
    permalinks.add_argument("site", type=Path, help="the folder that the builder wrote")
    permalinks.add_argument("--write", action="store_true", help="add and renew promises; none is removed")
    permalinks.add_argument("--same", nargs="*", default=[], metavar="ID", help="ids whose question is still the same")
    permalinks.add_argument("--format", choices=["text", "github"], default="text")
    permalinks.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    publishing = commands.add_parser("publish", help="add permanent pages, ids.json and QR codes to a built site")
    publishing.add_argument("site", type=Path, help="the folder that the builder wrote")
    publishing.add_argument("--site-url", help="where it will stand (default: as its first page says)")
    publishing.add_argument("--format", choices=["text", "github"], default="text")
    publishing.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    options = parser.parse_args(arguments)
    if options.command == "check":
        return run_check(options.root, options.format, known=options.known)
    if options.command == "schema":
        return run_schema(options.root)
    if options.command == "permalinks":
        return run_permalinks(options.site, options.root, options.format, options.same if options.write else None)
    return run_publish(options.site, options.root, options.format, options.site_url)


def run_check(root: Path, form: str, *, known: bool = False) -> int:
    """Prints every problem of the project; returns 1 if one of them is an error."""
    project = load_project(root, MACROS)
    problems = [*project.problems, *check_calls(project), *(project.known if known else ())]
    print(render_report(problems, form))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def run_permalinks(site: Path, root: Path, form: str, same: Sequence[str] | None) -> int:
    """Prints every broken promise; writes new ones first unless `same` is None. Returns 1 if one is broken."""
    if same is not None:
        added, renewed = renew(site, root, same)
        print(f"data/permalinks.yml: {added} added, {renewed} renewed\n")
    guide = read_guide(site, root)
    problems = check_guide(guide, make_edition(guide, "/"))
    print(render_report(problems, form))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def run_publish(site: Path, root: Path, form: str, site_url: str | None) -> int:
    """Adds to a built site what is made from it; returns 1 and changes nothing if a promise is broken."""
    url = site_url or find_site_url(site)
    if url is None:
        print(f"{site}/index.html does not say where the site will stand: give --site-url")
        return 1
    problems = publish(site, root, url)
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
