"""Where the built site is, and the pages on which a test runs.

`make test` builds `site/` first. To test another folder: GUIDE_SITE=/path/to/site python -m pytest.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from built import BuiltPage, BuiltSite

from macros.catalog import Catalog, load_catalog

ROOT = Path(__file__).resolve().parent.parent
MISSING = "(the site is missing or out of date)"


@cache
def find_site() -> tuple[BuiltSite | None, str]:
    """The site to test, or None and what to do."""
    chosen = os.environ.get("GUIDE_SITE")
    folder = Path(chosen) if chosen else ROOT / "site"
    if not (folder / "index.html").is_file():
        return None, f"there is no built site at {folder}: run `make build`, or set GUIDE_SITE to a built site"
    if not chosen:
        built = (folder / "index.html").stat().st_mtime
        newer = [file for file in list_sources() if file.stat().st_mtime > built]
        if newer:
            return None, f"{newer[0].relative_to(ROOT)} is newer than site/: run `make build`, or `make test`"
    return BuiltSite(folder), ""


def list_sources() -> Iterator[Path]:
    """The files of which the site is made."""
    yield ROOT / "mkdocs.yml"
    for folder in ("docs", "data", "macros", "overrides"):
        yield from (file for file in sorted((ROOT / folder).rglob("*.*")) if is_source(file))


def is_source(file: Path) -> bool:
    return file.is_file() and not {"__pycache__", "schema"} & set(file.parts)


@pytest.fixture(scope="session")
def site() -> BuiltSite:
    found, help = find_site()
    if found is None:
        pytest.fail(help, pytrace=False)
    return found


@pytest.fixture(scope="session")
def built_site(site: BuiltSite) -> Path:
    return site.folder


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return load_catalog(ROOT)[0]


@pytest.fixture(scope="session")
def sources() -> list[str]:
    """Every page as written, by its path below `docs/`."""
    return [file.relative_to(ROOT / "docs").as_posix() for file in sorted((ROOT / "docs").rglob("*.md"))]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test once for each page that it asks for.

    `any_path` stands for every HTML file, `shown_path` for those that a browser test opens, `page_path` for
    the pages of the guide.
    """
    found, _ = find_site()
    chosen = {
        "any_path": list(found.pages.values()) if found else [],
        "shown_path": found.shown_pages if found else [],
        "page_path": found.guide_pages if found else [],
    }
    for name in set(chosen) & set(metafunc.fixturenames):
        metafunc.parametrize(name, [page.path for page in chosen[name]] or [MISSING])


@pytest.fixture
def any_page(site: BuiltSite, any_path: str) -> BuiltPage:
    return site.pages[any_path]


@pytest.fixture
def page(site: BuiltSite, page_path: str) -> BuiltPage:
    return site.pages[page_path]
