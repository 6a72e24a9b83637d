"""A first visit loads no more than tests/budget.yml allows: each page, compressed, with all that it names.

What scripts fetch later is not seen here; `make bench-light` sees it, in a browser.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath
from urllib.parse import urljoin

import pytest
from built import BuiltPage, BuiltSite

pytest.importorskip("brotli", reason="nothing to weigh pages with: `make test` installs it")

from benchmarks.browsing import Paint
from benchmarks.budget import find_breaches, find_slow, load_budget
from benchmarks.serving import compress

BUDGET = load_budget()
VISIT = BUDGET["first_visit"]
LOADED = "link[rel=stylesheet], link[rel=icon], script[src], img[src]"
FILE = re.compile(r"""url\(["']?(?!data:|#)([^"')]+)""")


def list_files(site: BuiltSite, page: BuiltPage) -> set[Path]:
    """The page and every file that it, or its style sheet, names to be loaded."""
    nodes = page.tree.css(LOADED)
    names = [node.attributes.get("href") or node.attributes.get("src") or "" for node in nodes]
    found = {site.folder / urljoin(f"/{page.path}", name).lstrip("/") for name in names if not name.startswith("data:")}
    for sheet in [file for file in found if file.suffix == ".css"]:
        asked = FILE.findall(sheet.read_text(encoding="utf-8"))
        found |= {Path(normpath(sheet.parent / name)) for name in asked}
    return {site.folder / page.path, *found}


def weigh(site: BuiltSite) -> dict[str, int]:
    """The bytes of every page of the guide with all its files, by address."""
    return {page.address: sum(map(len, map(compress, list_files(site, page)))) for page in site.guide_pages}


def test_a_first_visit_loads_no_more_than_the_budget(site: BuiltSite) -> None:
    assert find_breaches({"all": weigh(site)}, 0, VISIT) == []


def test_every_page_with_a_figure_of_its_own_is_a_page_of_the_guide(site: BuiltSite) -> None:
    assert set(VISIT["pages"]) - {page.address for page in site.guide_pages} == set()


def test_a_page_loads_its_words_its_style_sheet_its_script_its_icon_and_its_logo(site: BuiltSite) -> None:
    kinds = sorted(file.suffix for file in list_files(site, site.find_page("decide/cost.md")))
    assert kinds == [".css", ".html", ".js", ".svg", ".svg"]


def test_a_page_over_the_budget_is_named_with_what_it_loads() -> None:
    pages = {"small/": 9_000, "smaller/": 9_000, "big/": 90_400}
    assert find_breaches({"text": pages}, 0, VISIT) == [f"/big/ loads 90.4 kB, more than {VISIT['ordinary']}"]


def test_a_budget_that_half_of_all_pages_break_is_named() -> None:
    assert find_breaches({"text": {"a/": 31_000, "b/": 31_000}}, 0, VISIT) == [
        f"half of all ordinary pages load more than 31.0 kB, more than {VISIT['median']}"
    ]


def test_pages_that_grow_with_the_guide_are_named() -> None:
    assert find_breaches({"text": {"a/": 9_000}}, 2.5, VISIT) == [
        f"a page of 200 loads 2.5 kB more than a page of 46, more than {VISIT['growth']}"
    ]


def test_a_page_that_a_slow_phone_shows_late_or_moves_is_named() -> None:
    assert find_slow({"a/": (Paint(1500, 0.2, 0), Paint(1000, 0, 0))}, BUDGET["slow_phone"]) == [
        "/a/ is shown after 1.50 times the time by hand, more than 1.3",
        "/a/ moves by 0.200 while it is read, more than 0",
    ]
