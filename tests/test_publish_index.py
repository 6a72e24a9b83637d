"""What programs, browsers and cameras read: ids.json, the signs beside headings, the list to copy from, QR codes."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from qr_reader import read_code
from scratch_guide import URL, ScratchGuide, parse_article
from selectolax.lexbor import LexborHTMLParser

from macros.diagnostics import GuideError
from macros.models import Permalink
from macros.places import Place
from macros.publish.edition import Edition
from macros.publish.headerlinks import name_headerlinks
from macros.publish.qr import render_qr
from macros.publish.records import IdIndex, PublishedSection
from macros.publish.section_table import fill_placeholder
from macros.publishing import renew


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> ScratchGuide:
    made = ScratchGuide(tmp_path_factory.mktemp("guide"))
    made.write("docs/list.md", '# Link to us\n\n## All {: #list-all }\n\n<div class="guide-sections"></div>\n')
    made.promise()
    assert made.publish() == []
    return made


def edition(*places: Place) -> Edition:
    page = parse_article("")
    promises = {
        place.id: Permalink.model_validate(
            {
                "id": place.id,
                "kind": place.kind,
                "since": date(2026, 11, 21),
                "page": place.page,
                "heading": place.title,
                "words": place.words,
                "status": "live",
            }
        )
        for place in places
    }
    return Edition(URL, {page.address: page}, {place.id: place for place in places}, promises)


def test_every_qr_code_is_read_as_the_permanent_address(guide: ScratchGuide) -> None:
    codes = sorted((guide.site / "s").rglob("qr.svg"))
    assert len(codes) == 10
    for code in codes:
        assert read_code(code.read_text(encoding="utf-8")) == f"{URL}s/{code.parent.name}/"


def test_a_qr_code_of_a_long_address_is_read_too() -> None:
    address = f"https://a-long-name-of-an-organization.example.org/guide/s/{'x' * 80}/"
    assert read_code(render_qr(address)) == address


def test_the_index_holds_every_promise_and_fits_its_own_schema(guide: ScratchGuide) -> None:
    index = IdIndex.model_validate_json(guide.shown("ids.json"))
    assert [entry.id for entry in index.ids] == sorted(re.findall(r"\{id: ([\w-]+)", guide.read("data/permalinks.yml")))
    assert json.loads(guide.shown("ids.schema.json"))["properties"]["ids"]["type"] == "array"


def test_an_entry_of_the_index_says_all_that_is_known(guide: ScratchGuide) -> None:
    entry = next(entry for entry in json.loads(guide.shown("ids.json"))["ids"] if entry["id"] == "rise-warm")
    assert entry.pop("since")
    assert len(entry.pop("hash")) == 64
    assert entry == {
        "id": "rise-warm",
        "kind": "section",
        "title": "Keep it warm",
        "address": f"{URL}rise/#rise-warm",
        "permanent": f"{URL}s/rise-warm/",
        "page": "/rise/",
        "page_title": "Rising",
        "was": [],
        "changed": None,
        "status": "live",
        "successor": None,
        "reason": None,
        "last_reviewed": "2026-11-20",
        "next_review": "2027-11-20",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def test_each_section_fits_the_schema_beside_it(guide: ScratchGuide) -> None:
    for file in (guide.site / "s").rglob("section.json"):
        PublishedSection.model_validate_json(file.read_text(encoding="utf-8"))
    fields = json.loads(guide.shown("s/section.schema.json"))["properties"]
    assert set(fields) == set(PublishedSection.model_fields)
    assert fields["text"]["description"].startswith("Plain text")


def test_the_sign_beside_a_heading_says_which_heading_and_what_to_copy() -> None:
    place = Place("a", "section", "/rise/", 'Warm & "cold"')
    text = '<h2 id="a">Warm<a class="headerlink" href="#a" title="Link to this section">#</a></h2>'
    shown = LexborHTMLParser(name_headerlinks(edition(place), text, {"a": place})).css_first("a")
    assert shown is not None
    assert shown.attributes["aria-label"] == 'Link to this section: Warm & "cold"'
    assert shown.attributes["data-permanent"] == f"{URL}s/a/"
    assert shown.attributes["href"] == "#a"
    assert shown.html is not None
    assert '<span aria-hidden="true">#</span>' in shown.html


def test_a_sign_beside_something_that_was_not_promised_is_left_alone() -> None:
    text = '<h1 id="x">X<a class="headerlink" href="#x" title="t">#</a></h1>'
    assert name_headerlinks(edition(), text, {}) == text


def test_the_list_has_every_section_with_its_permanent_address_and_its_code(guide: ScratchGuide) -> None:
    rows = LexborHTMLParser(guide.shown("list/index.html")).css("tbody tr")
    shown = {row.css("td")[0].text(): row for row in rows}
    assert len(shown) == 8
    row = shown[f"{URL}s/rise-warm/"]
    assert [cell.text() for cell in row.css("th, td")] == ["Keep it warm", f"{URL}s/rise-warm/", "QR code"]
    assert [link.attributes["href"] for link in row.css("a")] == ["../s/rise-warm/", "../s/rise-warm/qr.svg"]


def test_the_list_has_rows_as_plain_links(guide: ScratchGuide) -> None:
    links = LexborHTMLParser(guide.shown("list/index.html")).css("details li a")
    assert [link.attributes["href"] for link in links] == ["../s/bake-times-small/", "../s/bake-times-large/"]


def test_signs_in_a_title_are_words_in_the_list() -> None:
    place = Place("a", "section", "/rise/", 'A [b] <c> "d"')
    page = parse_article('<div class="guide-sections"></div>')
    shown = LexborHTMLParser(fill_placeholder(edition(place), page, page.text))
    assert [cell.text() for cell in shown.css("tbody th, tbody td")] == [place.title, f"{URL}s/a/", "QR code"]
    assert [link.attributes.get("aria-label") for link in shown.css("td a")] == [f"QR code: {place.title}"]


def test_a_page_without_the_placeholder_stays_as_it_is() -> None:
    page = parse_article("<p>x</p>")
    assert fill_placeholder(edition(), page, page.text) == page.text


def test_an_error_stops_publishing_before_anything_is_written(tmp_path: Path) -> None:
    made = ScratchGuide(tmp_path)
    assert {problem.rule for problem in made.publish()} == {"permalink-new"}
    assert not (made.site / "s").exists()


def test_a_folder_without_a_site_is_refused_before_a_promise_is_touched(tmp_path: Path) -> None:
    made = ScratchGuide(tmp_path)
    with pytest.raises(GuideError, match="there is no built site"):
        renew(made.site, made.root)


def test_a_live_preview_shows_what_was_not_promised_yet(tmp_path: Path) -> None:
    made = ScratchGuide(tmp_path)
    assert made.publish(preview=True) == []
    assert f'data-permanent="{URL}s/rise-warm/"' in made.shown("rise/index.html")
    assert not (made.site / "s").exists()


def test_a_guide_that_has_promised_nothing_is_published_without_a_contract(tmp_path: Path) -> None:
    made = ScratchGuide(tmp_path)
    (made.root / "data/permalinks.yml").unlink()
    assert made.publish() == []
    assert (made.site / "ids.json").is_file()
