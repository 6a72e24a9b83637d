"""Two builders, one guide: MkDocs and Zensical make the same pages of the same tree, and both are published alike."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from built import BuiltPage, BuiltSite
from test_builders import normalize
from whole_guide import build_whole_guide, copy_whole_guide

from macros.__main__ import main

FRAME_OF_THE_BUILDER = "#__skip, .md-dialog, .md-skip, label.md-overlay"
"""What each theme writes around a page in its own way."""

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("zensical") is None, reason="zensical is not installed: see requirements-dev.in"
)


@pytest.fixture(scope="module")
def other(site: BuiltSite, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same guide, built by Zensical and published."""
    folder = copy_whole_guide(tmp_path_factory.mktemp("zensical"))
    version = json.loads((site.folder / "version.json").read_text(encoding="utf-8"))
    settings = {name: value for name, value in os.environ.items() if name != "SITE_DIR"} | {"SITE_URL": site.url}
    if version["date"]:
        day = datetime.fromisoformat(version["date"]).replace(tzinfo=UTC)
        settings |= {"SOURCE_DATE_EPOCH": str(int(day.timestamp())), "GUIDE_DATE": f"{day:%-d %B %Y}"}
    if version["commit"]:
        settings["GUIDE_COMMIT"] = version["commit"]
    return BuiltSite(build_whole_guide(folder, "zensical", settings))


def list_files(site: BuiltSite) -> set[str]:
    """Every file; a name that holds a print of the theme's rules counts without it."""
    paths = (file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*") if file.is_file())
    return {re.sub(r"guide\.\w{8}\.", "guide.", path) for path in paths}


def list_ids(page: BuiltPage) -> list[str]:
    return [id for id in page.ids if id != "__skip"]


def list_links(page: BuiltPage) -> list[str]:
    nodes = [node for node in page.tree.css("body [href]") if not node.css_matches(".md-skip")]
    return [(node.attributes["href"] or "").replace("./#", "#") for node in nodes]


def read_frame(page: BuiltPage) -> list[str]:
    """What stands around the article, one tag or text a line."""
    body = page.tree.body
    assert body is not None
    for part in body.css(f"{FRAME_OF_THE_BUILDER}, article"):
        part.decompose()
    return [re.sub(r"guide\.\w{8}\.", "guide.", line) for line in normalize(body)]


def test_both_write_the_same_files(site: BuiltSite, other: BuiltSite) -> None:
    assert list_files(other) == list_files(site)


def test_every_address_has_the_same_ids_in_the_same_order(site: BuiltSite, other: BuiltSite) -> None:
    assert {path: list_ids(page) for path, page in other.pages.items()} == {
        path: list_ids(page) for path, page in site.pages.items()
    }


def test_every_link_is_the_same(site: BuiltSite, other: BuiltSite) -> None:
    for path, page in site.pages.items():
        assert list_links(other.pages[path]) == list_links(page), path


def test_every_article_has_the_same_words_and_structure(site: BuiltSite, other: BuiltSite) -> None:
    for path, page in site.pages.items():
        if page.tree.css_first("article") is not None:
            mine, theirs = BuiltPage(path, page.html), BuiltPage(path, other.pages[path].html)
            assert normalize(theirs.article) == normalize(mine.article), path


def test_the_frame_around_every_page_is_the_same(site: BuiltSite, other: BuiltSite) -> None:
    for path, page in site.pages.items():
        mine, theirs = BuiltPage(path, page.html), BuiltPage(path, other.pages[path].html)
        assert read_frame(theirs) == read_frame(mine), path


def test_what_is_no_page_is_the_same_byte_for_byte(site: BuiltSite, other: BuiltSite) -> None:
    """Ids, sitemap, search, scripts, codes and data of each section; not the print of the site."""
    files = [file for file in site.folder.rglob("*") if file.is_file() and file.suffix not in {".html", ".css"}]
    paths = {file.relative_to(site.folder) for file in files} - {Path("version.json")}
    assert {Path("ids.json"), Path("assets/search-index.json"), Path(".well-known/security.txt")} <= paths
    assert len(paths) > 2000
    assert [path for path in paths if (other.folder / path).read_bytes() != (site.folder / path).read_bytes()] == []


def test_every_link_of_the_other_leads_to_a_file_and_an_id(other: BuiltSite) -> None:
    dead = {
        other.find_dead(node.attributes[name] or "", page)
        for page in other.pages.values()
        for name in ("href", "src")
        for node in page.tree.css(f"[{name}]")
    }
    assert dead - {None} == set()


def test_the_other_keeps_every_promise(other: BuiltSite, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["permalinks", str(other.folder), "--root", str(other.folder.parent)])
    assert status == 0, capsys.readouterr().out
