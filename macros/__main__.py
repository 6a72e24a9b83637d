"""`python -m macros …`: what contributors and CI run. Each command returns the exit status: 1 asks for mending."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from macros import lookout, starting
from macros.diagnostics import Diagnostic, render_report
from macros.difference.clinics import load_clinics
from macros.difference.compare import compare
from macros.difference.report import render_report as render_changes
from macros.difference.sites import read_site
from macros.project import load_project
from macros.publish.built import find_site_url
from macros.publishing import check_guide, make_edition, publish, read_guide, renew
from macros.readability import render_grades
from macros.schemas import list_schemas
from macros.vocabulary import MACROS, check_calls


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0 when all is well, 1 when something must be mended."""
    options = build_parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def build_parser() -> argparse.ArgumentParser:
    """Returns the reader of the command line; `run` of what it reads is the command itself."""
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check data and pages, all problems at once")
    check.add_argument("--known", action="store_true", help="also the places that data/debt.yml lets be")
    check.set_defaults(run=run_check)
    schema = commands.add_parser("schema", help="write data/schema/*.json, for editors")
    schema.set_defaults(run=run_schema)
    permalinks = commands.add_parser("permalinks", help="hold a built site against data/permalinks.yml")
    permalinks.add_argument("site", type=Path, help="the folder that the builder wrote")
    permalinks.add_argument("--write", action="store_true", help="add and renew promises; none is removed")
    permalinks.add_argument("--same", nargs="*", default=[], metavar="ID", help="ids whose question is still the same")
    permalinks.set_defaults(run=run_permalinks)
    publishing = commands.add_parser("publish", help="add permanent pages, ids.json and QR codes to a built site")
    publishing.add_argument("site", type=Path, help="the folder that the builder wrote")
    publishing.add_argument("--site-url", help="where it will stand (default: as its first page says)")
    publishing.add_argument("--anyway", action="store_true", help="whatever is wrong: to compare, never to show")
    publishing.set_defaults(run=run_publish)
    for command in (check, permalinks, publishing):
        command.add_argument("--format", choices=["text", "github"], default="text")
    for command in (check, schema, permalinks, publishing):
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the project (default: this folder)")
    diff = commands.add_parser("diff", help="print what readers and clinics will see differently, as Markdown")
    diff.add_argument("old", type=Path, help="the built site as it is")
    diff.add_argument("new", type=Path, help="the built site as it would be")
    diff.add_argument("--clinics", type=Path, action="append", help="data/clinics.yml; give the old and the new one")
    diff.set_defaults(run=run_diff)
    grades = commands.add_parser("grades", help="print the reading grade of every page of a built site")
    grades.add_argument("site", type=Path, help="the folder that the builder wrote")
    grades.set_defaults(run=run_grades)
    new = commands.add_parser("new", help="start a term, a reference, a table or a page")
    starting.add_arguments(new)
    new.set_defaults(run=starting.run)
    watch = commands.add_parser("watch", help="look at what goes stale while nobody edits")
    lookout.add_arguments(watch)
    watch.set_defaults(run=lookout.run)
    return parser


def _report(problems: Sequence[Diagnostic], form: str) -> int:
    """Prints the problems; returns 1 if one of them is an error."""
    print(render_report(problems, form))
    return 1 if any(problem.level == "error" for problem in problems) else 0


def run_check(options: argparse.Namespace) -> int:
    """Prints every problem of the project."""
    project = load_project(options.root, MACROS)
    known = project.known if options.known else ()
    return _report([*project.problems, *check_calls(project), *known], options.format)


def run_permalinks(options: argparse.Namespace) -> int:
    """Prints every broken promise; with `--write`, adds and renews promises first."""
    if options.write:
        added, renewed = renew(options.site, options.root, options.same)
        print(f"data/permalinks.yml: {added} added, {renewed} renewed\n")
    guide = read_guide(options.site, options.root)
    return _report(check_guide(guide, make_edition(guide, "/")), options.format)


def run_publish(options: argparse.Namespace) -> int:
    """Adds to a built site what is made from it; changes nothing if a promise is broken, unless `--anyway`."""
    url = options.site_url or find_site_url(options.site)
    if url is None:
        print(f"{options.site}/index.html does not say where the site will stand: give --site-url")
        return 1
    return _report(publish(options.site, options.root, url, anyway=options.anyway), options.format)


def run_diff(options: argparse.Namespace) -> int:
    """Prints the change report."""
    try:
        sites = read_site(options.old), read_site(options.new)
    except FileNotFoundError as error:
        print(f"{error}: error: holds no built page; build the site into it first", file=sys.stderr)
        return 1
    links, problems = load_clinics(options.clinics or [Path("data/clinics.yml")])
    if problems:
        print(render_report(problems), file=sys.stderr)
    print(render_changes(compare(*sites, None if problems else links)))
    return 0


def run_grades(options: argparse.Namespace) -> int:
    """Prints words and grade of every page, the hardest first."""
    print(render_grades(options.site))
    return 0


def run_schema(options: argparse.Namespace) -> int:
    """Writes the JSON Schemas; returns 1 if any was outdated, so that CI notices."""
    folder = options.root / "data" / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    outdated = []
    for name, schema in list_schemas().items():
        file = folder / f"{name}.json"
        text = json.dumps(schema, indent=2, sort_keys=True) + "\n"
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            outdated.append(name)
            file.write_text(text, encoding="utf-8")
    print(f"wrote {', '.join(outdated)}" if outdated else "all schemas are up to date")
    return 1 if outdated else 0


if __name__ == "__main__":
    sys.exit(main())
