"""What the unit tests share: small projects about bread, and Markdown rendered as the site renders it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import markdown
import yaml
from hypothesis import settings
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.diagnostics import Diagnostic, render_text
from macros.links import AddressBook, Target
from macros.project import Project, load_project
from macros.vocabulary import MACROS, call_macro, check_calls

ROOT = Path(__file__).resolve().parent.parent
settings.register_profile("guide", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("guide")
BASE = Path(__file__).resolve().parent / "cases" / "_base"
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> *a* __b__ `c` [d](e) {: .f } {{ g }} {% h %} {# i #}"
    " # 1. \"j\" 'k' & &lt; </div> | ~ ^ \\ [^l] ![m](n)"
)


def make_project(
    folder: Path,
    files: Mapping[str, str] | None = None,
    edits: Mapping[str, Mapping[str, str]] | None = None,
    links: Mapping[str, str] | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Path:
    """A copy of the project about bread, with some files written anew and some words replaced.

    Args:
        folder: where to put it.
        files: what to write, by path.
        edits: by path, what to write in place of words that stand there once.
        links: symbolic links, and where they lead.
        sizes: files to fill with so many letters.
    """
    root = folder / "project"
    shutil.copytree(BASE, root)
    for path, text in (files or {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="")
    for path, changes in (edits or {}).items():
        text = (root / path).read_text(encoding="utf-8")
        for old, new in changes.items():
            assert text.count(old) == 1, f"{path} has {old!r} {text.count(old)} times"
            text = text.replace(old, new)
        (root / path).write_text(text, encoding="utf-8", newline="")
    for path, target in (links or {}).items():
        (root / path).symlink_to(target)
    for path, size in (sizes or {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("a" * size, encoding="utf-8")
    return root


@cache
def load_base() -> Project:
    """The project about bread as it stands."""
    return load_project(BASE, MACROS)


def load(root: Path) -> Project:
    return load_project(root, MACROS)


def list_problems(project: Project) -> list[Diagnostic]:
    """Every problem of a project, sorted by place, each once."""
    return sorted({*project.problems, *check_calls(project)})


def find_problems(root: Path) -> list[Diagnostic]:
    return list_problems(load(root))


def render_problems(root: Path) -> str:
    """The report on a project without its closing count; nothing when all is well."""
    return "\n\n".join(map(render_text, find_problems(root)))


def call(project: Project, page: str, name: str, *args: Any, **kwargs: Any) -> LexborHTMLParser:
    """What a macro shows on a page, after Markdown."""
    return render_markdown(call_macro(project, page, name, args, kwargs))


class _ConfigLoader(yaml.SafeLoader):
    """Reads mkdocs.yml; `!ENV` stands for its value outside any environment."""


_ConfigLoader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])


@cache
def load_config() -> dict[str, Any]:
    """The configuration of the builder."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=_ConfigLoader)  # noqa: S506 - a safe loader that knows one more tag


@cache
def load_markdown() -> markdown.Markdown:
    """The renderer of the site, with its own extensions."""
    names: list[str] = []
    options: dict[str, dict[str, Any]] = {}
    for item in load_config()["markdown_extensions"]:
        name, values = next(iter(item.items())) if isinstance(item, dict) else (item, {})
        names.append(name)
        options[name] = values
    return markdown.Markdown(extensions=names, extension_configs=options)


def render_html(text: str) -> str:
    return load_markdown().reset().convert(text)


def render_markdown(text: str) -> LexborHTMLParser:
    return LexborHTMLParser(render_html(text))


def select(tree: LexborHTMLParser | LexborNode, selector: str) -> list[str]:
    """The words of every element that fits, with white space folded, without the marks beside headings."""
    return [read(node) for node in tree.css(selector)]


def select_one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    found = tree.css(selector)
    assert len(found) == 1, f"{selector} fits {len(found)} elements"
    return found[0]


def read(node: LexborNode) -> str:
    return fold(node.text()).removesuffix("#").strip()


def fold(text: str) -> str:
    return " ".join(text.split())


def read_all(tree: LexborHTMLParser) -> str:
    """All words that a reader sees, with white space folded."""
    return fold(tree.body.text()) if tree.body else ""


def list_links(tree: LexborHTMLParser | LexborNode) -> dict[str, str]:
    """Where each link leads, by its words."""
    return {read(node): node.attributes["href"] or "" for node in tree.css("a[href]:not(.headerlink)")}


def make_book() -> AddressBook:
    """Addresses of a few things about bread."""
    return AddressBook(
        sections={"first-loaf-steps": Target("bake/first-loaf.md", "first-loaf-steps", "Your first loaf: steps")},
        references={
            "gas-2024": Target("evidence.md", "ref-gas-2024", "Gas 2024"),
            "clock-2025": Target("evidence.md", "ref-clock-2025", "Clock 2025"),
        },
        claims={
            "two-hours": Target("evidence.md", "claim-two-hours", "Article 1"),
            "three-hours": Target("evidence.md", "claim-three-hours", "Article 1"),
        },
        terms={"yeast": Target("glossary.md", "term-yeast", "yeast")},
        pages={"bake/first-loaf.md": Target("bake/first-loaf.md", "", "Your first loaf")},
    )
