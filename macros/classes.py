"""The rule of classes in pages. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from macros.diagnostics import Diagnostic, suggest
from macros.pages import Page

PAGE_CLASSES = frozenset(
    "guide-action guide-check guide-doors guide-find guide-message guide-sections guide-topics"
    " note tip warning danger".split()
)
"""The classes that a page may write, and its kinds of boxes; all others are for what macros and the theme make."""
_ATTRIBUTES = re.compile(r"(?<!\{)\{:?([^{}\n]*)\}")
_DOTTED = re.compile(r"(?:^|\s)\.([a-z][\w-]*)", re.IGNORECASE)
_NAMED = re.compile(
    r"""\bclass\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>}]+))|^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+([^"\n]+)""", re.IGNORECASE
)


def check_classes(pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """A page uses only the classes that are made for pages: the others can hide words from who reviews a change."""
    for page in pages.values():
        for number, row in enumerate(page.text.split("\n"), start=1):
            for name in _find_classes(row):
                if name not in PAGE_CLASSES:
                    help = suggest(name, PAGE_CLASSES) or "leave it out"
                    yield page.diagnose(number, 1, "page-class", f"'{name}' is no class for pages", help)


def _find_classes(row: str) -> list[str]:
    """Returns the classes that a line gives to something: `{: .name }`, `class="name"`, `!!! name`."""
    dotted = [name for attributes in _ATTRIBUTES.findall(row) for name in _DOTTED.findall(attributes)]
    return dotted + [name for found in _NAMED.findall(row) for name in "".join(found).split()]
