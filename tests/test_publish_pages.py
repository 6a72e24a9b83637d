"""`/s/<id>/`: the section whole, at an address that outlives moves and needs no script."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from scratch_guide import URL, ScratchGuide
from selectolax.lexbor import LexborHTMLParser

from macros.places import relative_address
from macros.publish.relocate import raise_headings, relocate
from macros.publishing import publish


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> ScratchGuide:
    made = ScratchGuide(tmp_path_factory.mktemp("guide"))
    made.promise()
    assert made.publish() == []
    return made


def page(guide: ScratchGuide, id: str) -> LexborHTMLParser:
    return LexborHTMLParser(guide.shown(f"s/{id}/index.html"))


def test_every_promised_id_has_a_page_and_stands_on_its_full_page(guide: ScratchGuide) -> None:
    ids = re.findall(r"\{id: ([\w-]+), .* page: (/[^,]*),", guide.read("data/permalinks.yml"))
    assert len(ids) == 9
    for id, address in ids:
        assert page(guide, id).css_first("h1") is not None
        assert f'id="{id}"' in guide.shown(f"{address.strip('/')}/index.html".lstrip("/"))


def test_the_title_names_the_section_and_the_page_it_comes_from(guide: ScratchGuide) -> None:
    tree = page(guide, "rise-winter")
    assert [(node.tag, node.text().strip()) for node in tree.css("h1, h2, h3")] == [("h1", "In winter")]
    assert tree.css_first("title").text() == "In winter \N{EN DASH} Rising \N{EN DASH} Bread guide"


def test_a_section_shows_its_parts_one_level_up_and_its_sources(guide: ScratchGuide) -> None:
    headings = [(node.tag, node.text().strip()) for node in page(guide, "rise-warm").css("h1, h2, h3")]
    assert headings == [("h1", "Keep it warm"), ("h2", "In winter"), ("h2", "Sources")]
    assert "A. Baker. Bread." in guide.shown("s/rise-warm/index.html")


def test_no_script_is_needed_and_none_of_the_theme_is_loaded(guide: ScratchGuide) -> None:
    assert [script.attributes for script in page(guide, "rise-warm").css("script")] == [
        {"src": "../../assets/bread.js", "defer": None}
    ]


def test_it_looks_as_the_page_it_comes_from(guide: ScratchGuide) -> None:
    tree = page(guide, "rise-warm")
    assert tree.css_first("link[rel=stylesheet]").attributes["href"] == "../../assets/bread.css"
    assert tree.body.attributes == {"data-colors": "warm"}


def test_search_engines_are_sent_to_the_full_page(guide: ScratchGuide) -> None:
    tree = page(guide, "rise-warm")
    assert tree.css_first("link[rel=canonical]").attributes["href"] == f"{URL}rise/"
    assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"


def test_it_is_not_in_the_list_of_pages_for_search_engines(guide: ScratchGuide) -> None:
    assert "/s/" not in guide.shown("sitemap.xml")


def test_every_link_on_it_leads_to_a_file_and_an_id(guide: ScratchGuide) -> None:
    for file in (guide.site / "s").rglob("index.html"):
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        for node in tree.css("a[href], img[src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            path, _, fragment = target.partition("#")
            if target.startswith("https:") or path.endswith((".css", ".js")):
                continue
            there = (file.parent / path).resolve() if path else file
            there = there / "index.html" if there.is_dir() else there
            assert there.is_file(), (file, target)
            assert not fragment or f'id="{fragment}"' in there.read_text(encoding="utf-8"), (file, target)


def test_no_id_stands_twice_on_it(guide: ScratchGuide) -> None:
    for file in (guide.site / "s").rglob("index.html"):
        ids = [node.id for node in LexborHTMLParser(file.read_text(encoding="utf-8")).css("[id]")]
        assert len(ids) == len(set(ids))


def test_a_link_to_another_part_of_the_old_page_leads_there(guide: ScratchGuide) -> None:
    links = {node.text(): node.attributes["href"] for node in page(guide, "rise-warm").css("article a")}
    assert links["the cold way"] == "../../rise/#rise-cold"
    assert links["the crust"] == "../../bake/#bake-crust"
    assert links["the list"] == "../../#home-start"


def test_a_footnote_leads_to_the_source_below_it_and_back(guide: ScratchGuide) -> None:
    tree = page(guide, "rise-warm")
    assert tree.css_first("a.footnote-ref").attributes["href"] == "#fn:baker"
    assert tree.css_first("a.footnote-backref").attributes["href"] == "#fnref:baker"


def test_it_says_when_it_was_reviewed_and_first_published_and_what_to_print(guide: ScratchGuide) -> None:
    words = " ".join(page(guide, "rise-warm").css_first("article").text().split())
    assert "Last reviewed: 20 November 2026" in words
    assert "First published on" in words
    assert f"The address of this section stays the same: {URL}s/rise-warm/" in words


def test_a_row_is_shown_with_its_headers_only(guide: ScratchGuide) -> None:
    tree = page(guide, "bake-times-small")
    assert [cell.text() for cell in tree.css("th, td")] == ["Loaf", "Minutes", "Small", "30"]


def test_other_sites_get_the_section_as_text_and_as_html_with_whole_addresses(guide: ScratchGuide) -> None:
    section = json.loads(guide.shown("s/rise-warm/section.json"))
    assert section["text"].splitlines()[:2] == [
        "Keep it warm",
        "Put the bowl at 25 degrees. Read about the crust or the cold way.",
    ]
    assert f'href="{URL}bake/#bake-crust"' in section["html"]
    assert "A. Baker. Bread." in section["html"]
    assert section["qr"] == f"{URL}s/rise-warm/qr.svg"


def test_links_are_written_anew_for_the_place_where_they_stand_now() -> None:
    html = '<p id="a"><a href="../b/#c">1</a><a href="#a">2</a><a href="#z">3</a><a href="https://x.example/">4</a></p>'
    shown = relocate(html, "/rise/", lambda address: relative_address(address, "/s/a/"))
    assert re.findall('href="([^"]*)"', shown) == ["../../b/#c", "#a", "../../rise/#z", "https://x.example/"]


def test_code_that_shows_an_address_is_left_alone() -> None:
    html = '<code>&lt;a href="../b/"&gt;</code>'
    assert relocate(html, "/rise/", lambda _: "other") == '<code>&lt;a href="../b/"&gt;</code>'


def test_headings_are_raised_but_never_above_the_first_level() -> None:
    assert raise_headings('<h3 id="a">A</h3><h4>B</h4>', 2) == '<h1 id="a">A</h1><h2>B</h2>'


def test_publishing_twice_changes_nothing(guide: ScratchGuide) -> None:
    def read() -> dict[Path, bytes]:
        return {file: file.read_bytes() for file in guide.site.rglob("*") if file.is_file()}

    before = read()
    assert publish(guide.site, guide.root, URL) == []
    assert read() == before


def test_a_site_that_breaks_a_promise_is_published_only_to_be_compared(guide: ScratchGuide) -> None:
    guide.edit("docs/rise.md", "{: #rise-warm }", "{: #rise-hot }")
    assert "permalink-lost" in {problem.rule for problem in guide.publish()}
    assert not (guide.site / "s").exists()
    assert "permalink-lost" in {problem.rule for problem in publish(guide.site, guide.root, URL, anyway=True)}
    assert (guide.site / "s" / "rise-hot" / "index.html").is_file()
