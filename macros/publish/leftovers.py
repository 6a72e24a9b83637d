"""Files of the theme that nothing on the site asks for: they are not published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import Path

_OF_THE_THEME = ("assets/stylesheets/", "assets/javascripts/", "assets/images/", "search/search_index", "search.json")
_OF_THE_BUILDER = frozenset({"sitemap.xml.gz", "objects.inv"})
_NAME = re.compile(r"[\w.-]+\.(?:css|gz|ico|js|json|map|png|svg|webp|woff2?)\b")


def list_mentioned(texts: Iterable[str]) -> set[str]:
    """Returns the names of all files that texts mention."""
    return {name for text in texts for name in _NAME.findall(text)}


def find_leftovers(site: Path, paths: Collection[str], mentioned: set[str], bundled: Iterable[str]) -> list[Path]:
    """Returns every file that no page, script or style sheet names, or that now stands in the one sheet or script.

    Args:
        site: the folder that a builder wrote.
        paths: every file in it.
        mentioned: names of files in pages and in the guide's own scripts and sheets.
        bundled: paths of the sheets and scripts that are now one.
    """
    gone = set(bundled)
    themes = sorted(path for path in paths if path.startswith(_OF_THE_THEME))
    kept = {path for path in themes if Path(path).name in mentioned} - gone
    known = list_mentioned(_read(site / path) for path in kept)
    unasked = {path for path in themes if path not in kept and Path(path).name not in known}
    return [site / path for path in sorted({*unasked, *gone, *(_OF_THE_BUILDER & set(paths))}) if path in paths]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="ignore") if file.suffix in {".css", ".js"} else ""
