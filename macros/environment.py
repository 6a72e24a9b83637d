"""The adapter: with `serving`, and `mkdocs` which starts one, all that knows that a builder exists.

Both builders call `define_env`: MkDocs once a build, Zensical once a page; so everything is cached by
the time stamps of the files, and everything is checked before the first page is rendered. The check carries out every
macro; MkDocs takes what they printed from there, Zensical calls them again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import Any, Protocol

import jinja2

from macros import serving
from macros.diagnostics import GuideError, MacroError, render_report
from macros.memory import Memory
from macros.project import Project, load_project, settle_words, stamp_project
from macros.publish.written import Written, keep_written
from macros.publishing import publish
from macros.vocabulary import MACROS, call_macro, expand_page

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class _Opened:
    """A project without errors, as its files were at the time of a stamp."""

    stamp: object
    project: Project | None
    """None when all macros were carried out, and the builder makes pages of what they printed."""
    written: Written
    texts: dict[str, str]
    """Every page with what its macros print, by path."""


_QUIET = 0.25
"""Seconds in which a browser loads what a live preview shows, before the words are checked."""
_cache: dict[Path, _Opened] = {}
_memory = Memory()


class Environment(Protocol):
    """What both builders offer, and all that is used of it."""

    def macro(self, function: Callable[..., str], name: str = ...) -> Any:
        """Registers a macro."""


def define_env(env: Environment, root: Path = ROOT) -> None:
    """Registers the guide's macros; raises GuideError with the whole report when anything is wrong."""
    preview = _is_preview(env)
    if preview:
        _add_serving(env)
    open_project(root, preview=preview)
    for name in MACROS:
        env.macro(_adapt(name, root), name)


def on_pre_page_macros(env: Any, root: Path = ROOT) -> None:
    """Hands a page to MkDocs as its macros made it when they were checked: they need not be carried out again."""
    opened, path = _cache[root], env.page.file.src_uri
    env.page.meta["render_macros"] = False
    if _is_preview(env):
        env.markdown = opened.texts[path].lstrip("\n")
        _remember_rendering(env.page)
    else:
        opened.project = None
        env.markdown = opened.texts.pop(path).lstrip("\n")
        _forget_markdown(env.page)


def on_post_build(env: Any, root: Path = ROOT) -> None:
    """Publishes the site that MkDocs built; raises GuideError when something is wrong.

    A live preview shows pages as they are. What is wrong with their words is told beside, when there is time for it.
    """
    site, url, opened = Path(env.conf["site_dir"]), env.conf["site_url"] or "/", _cache[root]
    if _is_preview(env):
        publish(site, root, url, written=opened.written, preview=_memory)
        Timer(_QUIET, _tell_words, args=(opened.project,)).start()
        return
    del _cache[root]
    for page in env.variables["navigation"].pages:
        page.content = ""  # it stands in its file
    problems = publish(site, root, url, written=opened.written)
    if any(problem.level == "error" for problem in problems):
        raise GuideError("\n" + render_report(problems))


def _is_preview(env: Any) -> bool:
    """Whether MkDocs follows edits (`make serve`), or builds what is not to be published."""
    return not getattr(env, "config", {}).get("on_error_fail", True)


def _add_serving(env: Any) -> None:
    """Lets MkDocs call `serving` as it calls its plugins; other builders do without it."""
    if hasattr(env.conf, "plugins"):
        env.conf.plugins["serving"] = serving


def _tell_words(project: Project) -> None:
    """Prints what is wrong with the words of a project that is shown already."""
    problems = settle_words(project.catalog, project.pages, project.problems).problems
    if problems:
        print(render_report(problems), file=sys.stderr)


def _forget_markdown(page: Any) -> None:
    """Lets a page of MkDocs drop its Markdown when it has become HTML: MkDocs keeps all pages until it ends."""
    render = page.render

    def render_once(config: Any, files: Any) -> None:
        render(config, files)
        page.markdown = ""

    page.render = render_once


def _remember_rendering(page: Any) -> None:
    """Lets a page of MkDocs become what it became before, while its Markdown and the files of the site are the same.

    So MkDocs warns of a page only when it has changed. Links to sections are checked by the guide itself.
    """
    render = page.render

    def render_again(config: Any, files: Any) -> None:
        question = page.markdown, [file.src_uri for file in files], str(config["markdown_extensions"])
        vars(page).update(_memory.recall(f"rendered {page.file.src_uri}", question, lambda: make(config, files)))

    def make(config: Any, files: Any) -> dict[str, Any]:
        before = dict(vars(page))
        render(config, files)
        page.links_to_anchors = None
        return {name: value for name, value in vars(page).items() if before.get(name) is not value}

    page.render = render_again


def open_project(root: Path, *, preview: bool = False) -> Project:
    """Returns the checked project, read again only when a file has changed; raises GuideError.

    Args:
        root: the project.
        preview: whether only files with other words are parsed again, and the rules of words left for later.
    """
    stamp = stamp_project(root), preview
    opened = _cache.get(root)
    if opened is None or opened.project is None or opened.stamp != stamp:
        project = load_project(root, MACROS, _memory if preview else None, words=not preview)
        expanded = {path: expand_page(project, page) for path, page in project.pages.items()}
        problems = [*project.problems, *(problem for _, found in expanded.values() for problem in found)]
        if any(problem.level == "error" for problem in problems):
            raise GuideError("\n" + render_report(problems))
        texts = {path: text for path, (text, _) in expanded.items()}
        _cache[root] = _Opened(stamp, project, keep_written(project.catalog, project.pages, root), texts)
        return project
    return opened.project


def _adapt(name: str, root: Path) -> Callable[..., str]:
    """Returns a macro as the builder calls it, for this build; the page comes from the template's own context."""

    @jinja2.pass_context
    def macro(context: jinja2.runtime.Context, *args: Any, **kwargs: Any) -> str:
        page = find_source_path(context)
        try:
            return call_macro(_cache[root].project or open_project(root), page, name, args, kwargs)
        except MacroError as error:
            raise GuideError(f"docs/{page}: {error.message}. {error.help}") from None

    macro.__name__ = name
    return macro


def find_source_path(context: jinja2.runtime.Context) -> str:
    """Returns the path of the page below `docs/`: MkDocs and Zensical name it differently."""
    page = context["page"]
    file = getattr(page, "file", None)
    return str(file.src_uri if file is not None else page.path)
