"""What publishing needs of the data and the pages as they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from macros.catalog import Catalog, Promises, keep_promises, load_catalog
from macros.pages import Page, load_pages, reopen_pages
from macros.publish.lines import SHOWING, Shown, list_shown


@dataclass(frozen=True)
class Written:
    """The promises, and what pages show of `data/`; files are read again to say where something is wrong."""

    promises: Promises
    pages: Mapping[str, Page]
    """Each read again when it is asked for."""
    shown: Mapping[str, Sequence[Shown]]
    """What the macros of each page show of `data/`, by its address."""


def keep_written(catalog: Catalog, pages: Mapping[str, Page], root: Path) -> Written:
    """Returns what publishing needs of a project that was read; the rest need not be kept while pages are made."""
    return Written(keep_promises(catalog, root), reopen_pages(pages, root), list_shown(catalog, pages))


def load_written(root: Path) -> Written:
    """Returns the same of the project at `root`; problems of the project itself are not repeated."""
    return keep_written(load_catalog(root)[0], load_pages(root, SHOWING)[0], root)
