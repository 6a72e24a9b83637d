"""The rule of classes in Markdown. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic, suggest
from macros.pages import Page

PAGE_CLASSES = frozenset(
    ("guide-action", "guide-check", "guide-doors", "guide-find", "guide-message", "guide-sections", "guide-topics")
) | {"danger", "note", "tip", "warning"}
"""The classes that a page may write, and its kinds of boxes; all others are for what macros and the theme make."""
_CLASSES = re.compile(
    r"""(?<!\{)(?P<brace>\{)(?![{%\#])(?::?(?P<list>[^{}"'=\n]*)\})?"""  # {: .name #id }
    r"""|\bclass="(?P<html>[^"]*)"|(?<![^\s>])(?:!!!|\?{3}\+?)[ \t]*(?P<box>[^"\n]+)""",  # class="name", !!! name
)


def check_classes(pages: Mapping[str, Page], catalog: Catalog) -> Iterator[Diagnostic]:
    """A page or caption uses no class but those made for pages: others can hide words from who reviews a change."""
    for page in pages.values():
        for at, message, help in _find_mistakes(page.text):
            place = page.script.locate(at)
            yield page.diagnose(place.line, place.column, "page-class", message, help)
    for figure in catalog.figures.values():
        source = catalog.sources["data/figures.yml"]
        for _, message, help in _find_mistakes(figure.caption):
            yield source.diagnose((source.find_record(figure.id), "caption"), "page-class", message, help)


def _find_mistakes(markdown: str) -> Iterator[tuple[int, str, str]]:
    """Yields offset, message and help for each class that is not known, and each brace that may hide one."""
    for found in _CLASSES.finditer(markdown):
        if found["brace"] and found["list"] is None:
            yield found.start(), "this brace begins no list of classes and ids", "write `{: .class }` or `{: #id }`"
        dotted = [word[1:] for word in (found["list"] or "").split(" ") if word.startswith(".")]
        for name in [*dotted, *(found["html"] or found["box"] or "").split()]:
            if name not in PAGE_CLASSES:
                yield found.start(), f"'{name}' is no class for pages", suggest(name, PAGE_CLASSES) or "leave it out"
