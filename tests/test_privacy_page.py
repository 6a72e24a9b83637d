"""Every sentence of the privacy page is held true by a test, or says why none of ours can."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

import yaml
from built import BuiltSite
from selectolax.lexbor import LexborNode

ROOT = Path(__file__).resolve().parent.parent
PAGE = "about/privacy.md"
REASONS = ("advice", "about ", "a definition")
KINDS_OF_FILE = {"css", "html", "js", "json", "png", "svg", "txt", "xml"}
"""What the site is made of: nothing that a server would run."""


@cache
def load_lines() -> list[dict[str, str | list[str]]]:
    return yaml.safe_load((ROOT / "tests" / "privacy.yml").read_text(encoding="utf-8"))


@cache
def list_tests() -> frozenset[str]:
    files = [file for file in (ROOT / "tests").rglob("test_*.py") if file != Path(__file__)]
    code = "\n".join(file.read_text(encoding="utf-8") for file in [*files, Path(__file__)])
    return frozenset(re.findall(r"^def (test_\w+)\(", code, re.MULTILINE))


def list_sentences(article: LexborNode) -> list[str]:
    """The sentences of a page, up to the review dates, as a reader reads them."""
    found = []
    for node in article.css("p, li"):
        holds_paragraphs = node.tag == "li" and node.css_first("p")
        if holds_paragraphs or node.css_matches(".guide-print-head, .guide-edit, .guide-review *"):
            continue
        found += re.split(r"(?<=[.?!])\s+(?=[A-Z])", " ".join(node.text().split()))
    return found


def test_every_sentence_of_the_privacy_page_has_its_line(site: BuiltSite) -> None:
    told = [str(line["sentence"]) for line in load_lines()]
    assert sorted(set(list_sentences(site.find_page(PAGE).article))) == sorted(told), "mend tests/privacy.yml"


def test_every_line_names_tests_that_exist_or_says_why_there_is_none() -> None:
    for line in load_lines():
        assert set(line) in ({"sentence", "tests"}, {"sentence", "why"}), line
        assert set(line.get("tests", [])) <= list_tests(), line
        assert str(line.get("why", "advice")).startswith(REASONS), line


def test_most_sentences_about_us_have_a_test() -> None:
    about_us = [line for line in load_lines() if re.search(r"\b(?:We|we|guide|Nothing|No)\b", str(line["sentence"]))]
    without = [line["sentence"] for line in about_us if "why" in line]
    assert without == [
        "A copy of the guide run by other people may have another host, with its own rules.",
        "We do not get these logs.",
        "We cannot see them, change them or delete them.",
    ]


# What needs no browser


def test_the_site_is_files_and_nothing_else(site: BuiltSite) -> None:
    kinds = {file.suffix.removeprefix(".") for file in site.folder.rglob("*") if file.is_file()}
    assert kinds <= KINDS_OF_FILE


def test_the_privacy_page_links_the_words_of_the_host(site: BuiltSite) -> None:
    links = [node.attributes["href"] or "" for node in site.find_page(PAGE).article.css("a[href^=https]")]
    assert any(link.startswith("https://docs.github.com/") and link.endswith("privacy-statement") for link in links)


def test_the_guide_is_published_to_the_host_that_the_privacy_page_names() -> None:
    workflow = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    assert "actions/deploy-pages@" in workflow


def test_the_ways_to_report_a_problem_lead_to_where_the_source_is_kept(site: BuiltSite) -> None:
    source = site.pages["index.html"].tree.css_first("a.guide-source")
    assert source is not None
    page = site.find_page("about/how-we-make-it.md")
    links = [node.attributes["href"] or "" for node in page.tree.css("a[href*='/issues/'], a[rel=edit]")]
    assert links
    assert [link for link in links if not link.startswith(source.attributes["href"] or "?")] == []


def test_every_page_leads_to_the_privacy_page(site: BuiltSite) -> None:
    for page in site.guide_pages:
        links = [urljoin(f"/{page.address}", node.attributes["href"] or "") for node in page.tree.css("footer a[href]")]
        assert "/about/privacy/" in links, page.path
