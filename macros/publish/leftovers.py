"""Files of the theme that nothing on the site asks for: they are not published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_OF_THE_THEME = ("assets/stylesheets/", "assets/javascripts/", "assets/images/", "search/search_index", "search.json")
_OF_THE_BUILDER = frozenset({"sitemap.xml.gz", "objects.inv"})
_NAME = re.compile(r"[\w.-]+\.(?:css|gz|ico|js|json|map|png|svg|webp|woff2?)\b")


def list_mentioned(texts: Iterable[str]) -> set[str]:
    """Returns the names of all files that texts mention."""
    return {name for text in texts for name in _NAME.findall(text)}


def find_leftovers(site: Path, mentioned: set[str], bundled: Iterable[str]) -> Iterator[Path]:
    """Yields every file that no page, script or style sheet names, or that now stands in the one sheet or script.

    Args:
        site: the folder that a builder wrote.
        mentioned: names of files in pages and in the guide's own scripts and sheets.
        bundled: paths of the sheets and scripts that are now one.
    """
    gone = set(bundled)
    files = {file.relative_to(site).as_posix(): file for file in sorted(site.rglob("*")) if file.is_file()}
    kept = {path for path in files if path.startswith(_OF_THE_THEME) and Path(path).name in mentioned} - gone
    known = list_mentioned(_read(files[path]) for path in kept)
    for path, file in files.items():
        unasked = path.startswith(_OF_THE_THEME) and path not in kept and Path(path).name not in known
        if path in gone or path in _OF_THE_BUILDER or unasked:
            yield file


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="ignore") if file.suffix in {".css", ".js"} else ""
