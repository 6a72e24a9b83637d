"""What search engines, security researchers and other programs ask a site for."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from scratch_guide import URL, ScratchGuide, parse_article
from selectolax.lexbor import LexborHTMLParser

from macros.deadlines import check_security_txt
from macros.publish.edition import Edition
from macros.publish.linked_data import complete_linked_data, describe_page

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> ScratchGuide:
    made = ScratchGuide(tmp_path_factory.mktemp("guide"))
    link = '<a class="guide-source" href="https://code.example/bread">Source</a><article>'
    theme = made.read("theme/main.html").replace("<article>", link)
    made.write(
        "theme/main.html", theme.replace("</head>", '<meta name="description" content="All about bread."></head>')
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2026, 11, 21, tzinfo=UTC).timestamp())))
        patch.setenv("GUIDE_COMMIT", "a" * 40)
        made.promise()
        assert made.publish() == []
    return made


# Search engines


def test_the_sitemap_lists_every_page_and_when_its_words_last_changed(guide: ScratchGuide) -> None:
    tree = ET.fromstring(guide.shown("sitemap.xml"))  # noqa: S314 - our own file
    rows = {node[0].text: node[1].text for node in tree.iter(f"{SITEMAP}url")}
    assert rows == {URL: "2026-11-21", f"{URL}bake/": "2026-11-21", f"{URL}rise/": "2026-11-21"}


def test_robots_are_welcome_and_are_told_where_the_sitemap_is(guide: ScratchGuide) -> None:
    assert guide.shown("robots.txt") == f"User-agent: *\nAllow: /\n\nSitemap: {URL}sitemap.xml\n"


def test_language_models_get_every_page_with_its_title(guide: ScratchGuide) -> None:
    text = guide.shown("llms.txt")
    assert text.startswith("# Bread guide\n\n> All about bread.\n\nText: ")
    assert re.findall(r"^- \[(.*)\]\((.*?)\)", text, re.MULTILINE) == [
        ("Bread guide", URL),
        ("Baking", f"{URL}bake/"),
        ("Rising", f"{URL}rise/"),
    ]


# Facts about a page

NOTES = """<div class="footnote"><ol><li id="fn:a"><p>A.
<cite><a href="https://doi.org/10.1/x(2)">A &lt;study&gt;</a></cite> <a href="../refs/#a">how we checked it</a></p></li>
<li id="fn:b"><cite><a href="https://b.example/">B</a></cite></li></ol></div>
<div class="guide-review"><time datetime="2026-11-20">x</time></div>"""
BEGUN = '<script type="application/ld+json">{"@type": "MedicalWebPage", "reviewedBy": null}</script>'


def describe(text: str) -> str:
    page = parse_article(NOTES)
    return complete_linked_data(describe_page(Edition(URL, {page.address: page}, {}, {}), page), text)


def test_the_facts_of_a_page_say_what_it_cites_and_when_it_was_reviewed() -> None:
    facts = json.loads(describe(BEGUN).partition(">")[2].partition("</script>")[0])
    assert facts == {
        "@type": "MedicalWebPage",
        "name": "Rising",
        "url": f"{URL}rise/",
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "lastReviewed": "2026-11-20",
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "A <study>",
                "url": "https://doi.org/10.1/x(2)",
                "identifier": "doi:10.1/x(2)",
            },
            {"@type": "CreativeWork", "name": "B", "url": "https://b.example/"},
        ],
    }


def test_no_word_of_a_page_can_end_the_element_that_holds_its_facts() -> None:
    made = LexborHTMLParser(describe(BEGUN))
    assert len(made.css("script")) == 1
    assert "A <study>" not in describe(BEGUN)


def test_completing_the_facts_twice_changes_nothing() -> None:
    assert describe(describe(BEGUN)) == describe(BEGUN)


def test_a_page_without_facts_stays_so() -> None:
    assert describe("<p>x</p>") == "<p>x</p>"


# Security researchers


def test_the_contact_for_security_is_where_the_source_is_kept(guide: ScratchGuide) -> None:
    lines = dict(line.split(": ", 1) for line in guide.shown(".well-known/security.txt").splitlines())
    assert lines["Contact"] == "https://code.example/bread/security/advisories/new"
    assert lines["Canonical"] == f"{URL}.well-known/security.txt"


def test_the_contact_for_security_holds_for_less_than_a_year_and_is_watched(guide: ScratchGuide) -> None:
    text = guide.shown(".well-known/security.txt")
    [expires] = re.findall(r"^Expires: (\S+)$", text, re.MULTILINE)
    assert timedelta(days=300) < datetime.fromisoformat(expires).date() - DAY < timedelta(days=365)
    assert check_security_txt(text, DAY) == []
    assert check_security_txt(text, DAY + timedelta(days=330)) != []


def test_a_guide_whose_source_is_nowhere_promises_no_contact(tmp_path: Path) -> None:
    made = ScratchGuide(tmp_path)
    made.promise()
    assert made.publish() == []
    assert not (made.site / ".well-known").exists()


# Which state this is


def test_the_version_names_commit_and_day_and_the_print_of_every_file(guide: ScratchGuide) -> None:
    version = json.loads(guide.shown("version.json"))
    files = sorted(file for file in guide.site.rglob("*") if file.is_file() and file.name != "version.json")
    prints = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(guide.site).as_posix()}\n"
        for file in files
    ]
    prints.sort(key=lambda line: line.split("  ", 1)[1])
    assert version == {
        "commit": "a" * 40,
        "date": "2026-11-21",
        "files": len(files),
        "sha256": hashlib.sha256("".join(prints).encode()).hexdigest(),
    }


def test_a_state_that_nobody_committed_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GUIDE_COMMIT", raising=False)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = ScratchGuide(tmp_path)
    made.promise()
    assert made.publish() == []
    assert {key: json.loads(made.shown("version.json"))[key] for key in ("commit", "date")} == {
        "commit": None,
        "date": None,
    }
