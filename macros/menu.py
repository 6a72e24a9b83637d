"""The menu in `mkdocs.yml` and the pages of `docs/`: what stands in one stands in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from macros.diagnostics import Diagnostic, Location, Script, suggest
from macros.pages import Page
from macros.source import read_text

FILE = "mkdocs.yml"
_MENU = re.compile(r"^nav:[ \t]*\n((?:[ \t#-].*\n?|\n)*)", re.MULTILINE)
_ENTRY = re.compile(r"^[ \t]*- (?:[^\n#]*: )?[\"']?([\w./-]+\.md)\b", re.MULTILINE)


def check_menu(root: Path, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Every page stands in the menu, once, and every entry of the menu is a page; a guide may go without a menu."""
    text, _ = read_text(root / FILE, FILE) if (root / FILE).is_file() else ("", [])
    menu = _MENU.search(text)
    if menu is None:
        return
    script = Script(FILE, text)
    seen: set[str] = set()
    for path, place in _list_entries(script, menu):
        if path not in pages:
            yield script.diagnose(place, "page-menu", f"there is no page '{path}'", suggest(path, pages))
        elif path in seen:
            yield script.diagnose(place, "page-menu", f"'{path}' stands in the menu twice", "keep one of them")
        seen.add(path)
    for path, page in pages.items():
        if path not in seen:
            help = f"add a line `- {path}` under 'nav:' in {FILE}, where readers expect it"
            yield page.diagnose(1, 1, "page-menu", "stands in no menu", help)


def _list_entries(script: Script, menu: re.Match[str]) -> Iterator[tuple[str, Location]]:
    """Yields the path of every page in the menu, and its place."""
    for found in _ENTRY.finditer(script.text, menu.start(1), menu.end(1)):
        yield found[1], script.locate(found.start(1))
