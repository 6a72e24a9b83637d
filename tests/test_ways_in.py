"""The ways in: from each record to its own line in `data/`, from each section to a form that reports a problem."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from built import BuiltPage, BuiltSite
from selectolax.lexbor import LexborNode

from macros.catalog import Catalog
from macros.publish.built import parse_page
from macros.publish.edition import REPORT_FORM

ROOT = Path(__file__).resolve().parent.parent
FORK = "https://github.com/other/fork"
REPORT, EDIT = "a.guide-way--report", "a.guide-way[rel=edit]"
ANY = "a.guide-way, a[rel=edit], a[href*='/issues/']"
HOMES = {
    "comparisons": "tr[id]",
    "claims": 'tr[id^="claim-"]',
    "topics": 'tr[id^="topic-"]',
    "standards": 'tr[id^="standard-"]',
    "glossary": "h3.guide-entry",
    "references": "p.guide-reference",
    "questions": "li.guide-question[id]",
}
"""By kind of record: what shows it where it lives."""


@pytest.fixture(scope="module")
def repository(site: BuiltSite) -> str:
    link = site.pages["index.html"].tree.css_first("a.guide-source")
    assert link is not None
    return link.attributes["href"] or ""


@pytest.fixture(scope="module")
def fork(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The guide as somebody else publishes it, who says nothing but where the copy lies."""
    folder = tmp_path_factory.mktemp("fork") / "site"
    settings = os.environ | {"REPO_URL": FORK, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return BuiltSite(folder)


def list_ways(page: BuiltPage, selector: str) -> list[str]:
    return [node.attributes["href"] or "" for node in page.tree.css(selector)]


def find_way(node: LexborNode) -> str:
    """Where the first link to edit leads, in a record or after its heading."""
    place: LexborNode | None = node
    while place is not None:
        if place.is_element_node and (link := place.css_first(EDIT)) is not None:
            return link.attributes["href"] or ""
        place = place.next
    return ""


def read_line(address: str) -> tuple[str, str]:
    """The file that an address names, and its line there."""
    file, number = address.partition("/edit/main/")[2].split("#L")
    return file, (ROOT / file).read_text(encoding="utf-8").split("\n")[int(number) - 1]


# Records


@pytest.mark.parametrize("kind", HOMES)
def test_every_record_leads_to_the_line_where_it_begins(site: BuiltSite, kind: str) -> None:
    files = {"comparisons": [f"comparisons/{file.stem}" for file in (ROOT / "data" / "comparisons").glob("*.yml")]}
    wanted = set()
    for file in files.get(kind, [kind]):
        records = yaml.safe_load((ROOT / "data" / f"{file}.yml").read_text(encoding="utf-8"))
        rows = records["rows"] if kind == "comparisons" else records
        wanted |= {(f"data/{file}.yml", row["id"]) for row in rows}
    found = set()
    for page in site.guide_pages:
        for node in page.article.css(HOMES[kind]):
            address = find_way(node)
            if f"/data/{kind}" in address:
                file, line = read_line(address)
                id = re.sub(r"^- id: ", "", line.strip())
                assert (node.id or "").endswith(f"-{id}"), f"{node.id} leads to {address}"
                found.add((file, id))
    assert found == wanted


def test_every_row_of_a_comparison_has_its_link_also_where_the_table_is_shown_again(
    site: BuiltSite, catalog: Catalog
) -> None:
    tables = 0
    for page in site.guide_pages:
        for table in page.article.css(".guide-table--comparison table"):
            tables += 1
            for row in table.css("tbody tr"):
                link, label = row.css_first(f"td:last-child {EDIT}"), row.css_first("th")
                assert link is not None, f"{page.path}: {row.text()[:60]}"
                file, line = read_line(link.attributes["href"] or "")
                record = catalog.comparisons[Path(file).stem].rows
                names = {item.id: item.label for item in record}
                assert names[line.strip().removeprefix("- id: ")] == label.text().strip()
    assert tables > len(catalog.comparisons) - 1


@pytest.mark.parametrize(
    ("record", "file"),
    [
        (".guide-facts > ol > li", "data/safety-facts.yml"),
        (".guide-question", "data/questions.yml"),
        (".guide-care__sources", "data/care-cards.yml"),
        (".guide-description", "data/figures.yml"),
    ],
)
def test_what_has_no_address_of_its_own_can_be_edited_too(site: BuiltSite, record: str, file: str) -> None:
    found = [(page.path, node) for page in site.guide_pages for node in page.article.css(record)]
    assert found
    for path, node in found:
        link = node.css_first(EDIT)
        assert link is not None, path
        named, line = read_line(link.attributes["href"] or "")
        assert (named, line.startswith("- id: ")) == (file, True)


def test_a_safety_fact_and_a_question_lead_to_their_own_line_wherever_they_stand(
    site: BuiltSite, catalog: Catalog
) -> None:
    known = {("data/safety-facts.yml", id): item.fact for id, item in catalog.safety_facts.items()}
    known |= {("data/questions.yml", id): item.question for id, item in catalog.questions.items()}
    for page in site.guide_pages:
        for node in page.article.css(".guide-facts > ol > li, .guide-question"):
            words, link = node.css_first("strong"), node.css_first(EDIT)
            file, line = read_line(link.attributes["href"] or "")
            assert known[file, line.removeprefix("- id: ")].split() == words.text().split()


def test_the_name_of_a_link_begins_with_what_is_seen_and_says_what_it_edits(site: BuiltSite) -> None:
    for page in site.guide_pages:
        for link in page.tree.css("a.guide-way"):
            assert (link.attributes["aria-label"] or "").startswith(f"{link.text()}: ")


# Sections


def test_every_section_has_its_form_or_begins_with_a_section_that_has(site: BuiltSite) -> None:
    for page in site.guide_pages:
        asked = {parse_qs(urlsplit(link).query)["section"][0] for link in list_ways(page, REPORT)}
        headings = [node for node in page.article.css("h2[id], h3[id]") if "guide-entry" not in str(node.attributes)]
        for heading, below in zip(headings, [*headings[1:], None], strict=True):
            if heading.id not in asked:
                assert below is not None, f"{page.path}#{heading.id}"
                assert below.id in asked, f"{page.path}#{heading.id}"
                assert int(below.tag[1]) > int(heading.tag[1])


def test_a_report_stands_outside_headings_and_boxes(site: BuiltSite) -> None:
    parents = {link.parent.tag for page in site.guide_pages for link in page.tree.css(REPORT) if link.parent}
    assert parents == {"article"}


def test_a_report_stands_at_the_end_of_its_section(site: BuiltSite) -> None:
    for page in site.guide_pages:
        order = page.article.css(f"h2[id], h3[id]:not(.guide-entry), {REPORT}")
        for before, link in pairwise(order):
            if link.tag == "a":
                assert parse_qs(urlsplit(link.attributes["href"] or "").query)["section"] == [before.id]


def test_a_report_fills_in_fields_that_the_form_has(site: BuiltSite) -> None:
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / REPORT_FORM).read_text(encoding="utf-8"))
    fields = {part["id"] for part in form["body"] if "id" in part}
    for page in site.guide_pages:
        for link in list_ways(page, REPORT):
            asked = parse_qs(urlsplit(link).query)
            assert asked.pop("template") == [REPORT_FORM]
            assert asked.keys() == {"section", "address"}
            assert asked.keys() <= fields
            assert asked["address"] == [f"{site.url}s/{asked['section'][0]}/"]


def test_every_permanent_page_leads_to_the_form_and_to_the_words(site: BuiltSite, repository: str) -> None:
    copies = [page for page in site.pages.values() if page.is_made and page.tree.css_first(".guide-place__code")]
    assert len(copies) > 1000
    for page in copies:
        id = page.path.split("/")[1]
        form, editor = list_ways(page, "footer a[href*='/issues/'], footer a[rel=edit]")
        assert form == f"{repository}/issues/new?template={REPORT_FORM}&section={id}&address={site.url}s/{id}/"
        assert editor.startswith(f"{repository}/edit/main/{'data' if id.startswith('term-') else ''}")
        assert page.tree.css_first("a.guide-way") is None


# Both


def test_a_fork_leads_to_itself_and_says_the_same(site: BuiltSite, fork: BuiltSite, repository: str) -> None:
    assert fork.pages.keys() == site.pages.keys()
    ways = [(path, link) for path, page in fork.pages.items() for link in list_ways(page, ANY)]
    assert len(ways) > 3000
    assert [link for _, link in ways if not link.startswith(f"{FORK}/")] == []
    assert [(path, link.replace(FORK, repository)) for path, link in ways] == [
        (path, link) for path, page in site.pages.items() for link in list_ways(page, ANY)
    ]


def test_what_is_added_is_no_part_of_the_words(site: BuiltSite) -> None:
    page = site.find_page("glossary.md")
    again = parse_page(page.path, page.html)
    assert again is not None
    assert again.article.css_first(".guide-way") is None
    assert "Edit" not in again.article.text().split()
    for file in ("ids.json", "assets/search-index.json", "s/term-collagen/section.json"):
        text = (site.folder / file).read_text(encoding="utf-8")
        assert [words for words in ("guide-way", "&section=", "/edit/main/") if words in text] == []
