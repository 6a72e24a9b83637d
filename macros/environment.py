"""The adapter: the one module that knows that a builder exists.

Both builders call `define_env`: MkDocs once a build, Zensical once a page; so everything is cached by
the time stamps of the files, and everything is checked before the first page is rendered. The check carries out every
macro; MkDocs takes what they printed from there, Zensical calls them again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import jinja2

from macros.diagnostics import GuideError, MacroError, render_report
from macros.project import Project, load_project, stamp_project
from macros.publishing import publish
from macros.vocabulary import MACROS, call_macro, expand_page

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class _Opened:
    """A project without errors, as its files were at the time of a stamp."""

    stamp: object
    project: Project
    texts: dict[str, str]
    """Every page with what its macros print, by path."""


_cache: dict[Path, _Opened] = {}


class Environment(Protocol):
    """What both builders offer, and all that is used of it."""

    def macro(self, function: Callable[..., str], name: str = ...) -> Any:
        """Registers a macro."""


def define_env(env: Environment, root: Path = ROOT) -> None:
    """Registers the guide's macros; raises GuideError with the whole report when anything is wrong."""
    project = open_project(root)
    for name in MACROS:
        env.macro(_adapt(name, project), name)


def on_pre_page_macros(env: Any, root: Path = ROOT) -> None:
    """Hands a page to MkDocs as its macros made it when they were checked: they need not be carried out again."""
    env.markdown = _cache[root].texts[env.page.file.src_uri].lstrip("\n")
    env.page.meta["render_macros"] = False


def on_post_build(env: Any, root: Path = ROOT) -> None:
    """Publishes the site that MkDocs built; raises GuideError when something is wrong, except in a live preview."""
    preview = not env.config["on_error_fail"]
    project = open_project(root)
    written = project.catalog, project.pages
    problems = publish(Path(env.conf["site_dir"]), root, env.conf["site_url"] or "/", written=written, preview=preview)
    if any(problem.level == "error" for problem in problems):
        raise GuideError("\n" + render_report(problems))


def open_project(root: Path) -> Project:
    """Returns the checked project, read again only when a file has changed; raises GuideError."""
    stamp = stamp_project(root)
    if root not in _cache or _cache[root].stamp != stamp:
        project = load_project(root, MACROS)
        expanded = {path: expand_page(project, page) for path, page in project.pages.items()}
        problems = [*project.problems, *(problem for _, found in expanded.values() for problem in found)]
        if any(problem.level == "error" for problem in problems):
            raise GuideError("\n" + render_report(problems))
        _cache[root] = _Opened(stamp, project, {path: text for path, (text, _) in expanded.items()})
    return _cache[root].project


def _adapt(name: str, project: Project) -> Callable[..., str]:
    """Returns a macro as the builder calls it, for this build; the page comes from the template's own context."""

    @jinja2.pass_context
    def macro(context: jinja2.runtime.Context, *args: Any, **kwargs: Any) -> str:
        page = find_source_path(context)
        try:
            return call_macro(project, page, name, args, kwargs)
        except MacroError as error:
            raise GuideError(f"docs/{page}: {error.message}. {error.help}") from None

    macro.__name__ = name
    return macro


def find_source_path(context: jinja2.runtime.Context) -> str:
    """Returns the path of the page below `docs/`: MkDocs and Zensical name it differently."""
    page = context["page"]
    file = getattr(page, "file", None)
    return str(file.src_uri if file is not None else page.path)
