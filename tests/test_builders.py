"""The macros at work on another subject, in each builder: `tests/site/` is a three-page guide about bicycles."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from built import BuiltSite
from selectolax.lexbor import LexborNode

from macros.pages import load_pages
from macros.vocabulary import MACROS

ROOT = Path(__file__).resolve().parent.parent
PLACE = re.compile(r"^([\w/.-]+):(\d+):(\d+): error: ", re.MULTILINE)
HOSTILE = "{{ cycler.__init__.__globals__.os.environ }}"

needs_zensical = pytest.mark.skipif(
    importlib.util.find_spec("zensical") is None, reason="zensical is not installed: see requirements-dev.in"
)


def run(command: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in a folder, away from the settings of this machine."""
    unset = {"SITE_URL", "REPO_URL", "GUIDE_FAIL", "PYTHONPATH", "SOURCE_DATE_EPOCH", "MAKEFLAGS", "MAKELEVEL"}
    settings = {name: value for name, value in os.environ.items() if name not in unset}
    settings |= {"NO_MKDOCS_2_WARNING": "1", "SECRET_OF_THE_TEST": "do-not-print-me", **more}
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=120)


def build_with_mkdocs(folder: Path) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-m", "mkdocs", "build", "--strict"], folder)


def build_with_zensical(folder: Path) -> subprocess.CompletedProcess[str]:
    return run([sys.executable, "-m", "zensical", "build", "--strict", "--clean"], folder)


def copy_guide(folder: Path) -> Path:
    """Lays the bicycle guide and the macros into an empty folder, as a fork would have them."""
    shutil.copytree(ROOT / "tests" / "site", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return copy_guide(tmp_path)


@pytest.fixture(scope="module")
def bicycle(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    folder = copy_guide(tmp_path_factory.mktemp("mkdocs"))
    result = build_with_mkdocs(folder)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "WARNING" not in result.stderr
    return BuiltSite(folder / "site")


def test_a_build_does_not_load_what_only_unused_macros_of_the_plugin_need(guide: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "macros.mkdocs", "build", "--strict"]
    result = run(command, guide)
    assert result.returncode == 0, result.stdout + result.stderr
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines() if line.startswith("import time:")}
    assert {"mkdocs_macros.util", "macros.publishing"} <= loaded
    assert not {"urllib3", "charset_normalizer", "ssl"} & loaded


def test_what_is_loaded_late_is_there_when_it_is_asked_for() -> None:
    code = (
        "import sys; from macros.mkdocs import LateFinder; sys.meta_path.insert(0, LateFinder); import requests;"
        "late = 'urllib3' not in sys.modules; assert requests.get and late and 'urllib3' in sys.modules"
    )
    result = run([sys.executable, "-c", code], ROOT)
    assert result.returncode == 0, result.stderr


# What the macros make


def test_the_small_guide_calls_every_macro() -> None:
    pages, problems = load_pages(ROOT / "tests" / "site", MACROS)
    assert problems == []
    assert {call.name for page in pages.values() for call in page.calls} == set(MACROS)


def test_nothing_in_the_macros_names_the_subject_of_this_guide() -> None:
    files = [file for file in (ROOT / "macros").rglob("*.*") if "__pycache__" not in file.parts]
    named = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files
        for number, row in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"needl|collagen|dermat", row, re.IGNORECASE)
    ]
    assert named == []


EXPECTED = {
    "a term is a link that carries its definition": (
        "care/chain.md",
        'a.guide-term[href="../../words/#term-chain"][data-definition^="Links of metal that carry your "]',
    ),
    "a term can have other words": ("care/chain.md", 'a.guide-term[href$="#term-chain-checker"]'),
    "a citation is a footnote": ("care/chain.md", 'sup a.footnote-ref[href="#fn:chain-test"]'),
    "a footnote links the work": (
        "care/chain.md",
        'li[id="fn:chain-test"] cite a[href="https://doi.org/10.1234/test.5678"]',
    ),
    "a footnote links how it was checked": ("care/chain.md", '.footnote a[href="../../words/#ref-handbook"]'),
    "a key point can cite": ("index.md", ".guide-key-points li a.footnote-ref"),
    "a comparison is a named table": ("care/chain.md", 'table[aria-labelledby="table-cleaning"]'),
    "a row of a comparison has an address": ("care/chain.md", 'tr[id="cleaning-time"] th[scope=row]'),
    "a cell links its sources": (
        "care/chain.md",
        'tr[id="cleaning-time"] td .guide-sources a[href="../../words/#ref-handbook"]',
    ),
    "a table can stand twice": ("care/chain.md", '[id="table-cleaning-turned"]'),
    "the glossary has an address for each word": ("words.md", 'h3[id="term-derailleur"]'),
    "the glossary files digits under one heading": ("words.md", 'h2[id="glossary-0-9"]'),
    "the glossary links back to where a word is used": (
        "words.md",
        '.guide-entry__also a[href="../care/chain/#chain-wear"]',
    ),
    "the bibliography has an address for each source": ("words.md", '.guide-reference[id="ref-chain-test"] cite'),
    "the bibliography says what we take from it": ("words.md", "details.guide-findings li"),
    "a claim has an address, a verdict and an answer": (
        "words.md",
        'tr[id="claim-wipe-daily"][data-verdict="partly-supported"] a[href="../care/chain/#chain-choices"]',
    ),
    "a verdict is said in words": ("words.md", ".guide-verdict--misleading"),
    "the place of the filter waits for its script": ("words.md", "[data-guide-filter][hidden]"),
    "a disagreement has an address": ("words.md", 'h3[id="disagree-how-often"]'),
    "a topic says where to read more": ("words.md", 'tr[id="topic-chain-wear"] a'),
    "an item of a standard says if it is met": ("words.md", 'tr[id="standard-wcag-contrast"] .guide-met--partly'),
    "a care card says how urgent it is": ("index.md", ".guide-care--emergency h3 .guide-care__level"),
    "a safety fact leads to its sections": ("index.md", '.guide-facts a[href="care/chain/#chain-wear"]'),
    "a question can be ticked": ("care/chain.md", '[id="question-price"] label input[type=checkbox]'),
    "a drawing is part of the page": ("index.md", 'figure svg[role=img][aria-labelledby="links-title"]'),
    "a drawing is described in words": ("index.md", "details.guide-description p"),
    "a page says when it is next due": ("index.md", '.guide-review--safety[data-next-review="2027-11-20"]'),
    "changes have dates": ("index.md", '.guide-changes time[datetime="2026-11-20"]'),
    "contents lead to pages": ("index.md", '.guide-contents a[href="care/chain/"]'),
    "Markdown inside a block is read": ("index.md", ".guide-doors strong"),
}


@pytest.mark.parametrize("promise", EXPECTED)
def test_the_macros_keep_their_promise_that(bicycle: BuiltSite, promise: str) -> None:
    source, selector = EXPECTED[promise]
    assert bicycle.find_page(source).article.css(selector), selector


def test_every_link_of_the_small_guide_leads_to_a_file_and_an_id(bicycle: BuiltSite) -> None:
    dead = [
        f"{page.path}: {bicycle.find_dead(node.attributes['href'] or '', page)}"
        for page in bicycle.pages.values()
        for node in page.tree.css("article a[href]")
        if bicycle.find_dead(node.attributes["href"] or "", page)
    ]
    assert dead == []


def test_no_id_stands_twice_in_the_small_guide(bicycle: BuiltSite) -> None:
    for page in bicycle.guide_pages:
        assert len(page.ids) == len(set(page.ids))


def test_words_from_data_show_as_they_are_written(bicycle: BuiltSite) -> None:
    words = " ".join(page.article.text() for page in bicycle.guide_pages)
    assert 'carry your "push"' in words
    assert "Good <enough> for most" in words
    assert "A chain lasts for ever *if* it is cleaned." in words
    assert "A handbook of this test: brakes & <chains>" in words


def test_a_turned_table_shows_the_chosen_options_as_rows(bicycle: BuiltSite) -> None:
    table = bicycle.find_page("care/chain.md").article.css_first('[aria-labelledby="table-cleaning-turned"]')
    assert table is not None
    assert [node.text() for node in table.css("tbody th")] == ["A rag", "Do nothing"]
    assert [node.text() for node in table.css("thead th")][1:] == ["Time"]


def test_a_count_is_a_number_in_a_sentence(bicycle: BuiltSite) -> None:
    assert "The list holds 2 sources." in bicycle.find_page("words.md").article.text()


def test_a_fact_is_a_figure_with_its_source(bicycle: BuiltSite) -> None:
    html = bicycle.find_page("care/chain.md").article.html or ""
    assert re.search(r'with 2 drops<sup[^>]*><a class="footnote-ref" href="#fn:handbook"', html)


def test_sources_stand_once_and_in_the_order_of_their_first_use(bicycle: BuiltSite) -> None:
    notes = bicycle.find_page("care/chain.md").article.css(".footnote li[id]")
    assert [node.attributes["id"] for node in notes] == ["fn:chain-test", "fn:handbook"]


def test_a_reviewer_is_named_only_where_there_is_one(bicycle: BuiltSite) -> None:
    assert "Reviewed by A. Tester" in bicycle.find_page("care/chain.md").article.text()
    assert "No clinician has reviewed this page yet" in bicycle.find_page("words.md").article.text()


# What stops a build

MISTAKES: dict[str, tuple[str, str, str, str]] = {
    "data that names a record that does not exist": (
        "data/glossary.yml",
        "    - derailleur\n",
        "    - derailer\n",
        "did you mean 'derailleur'?",
    ),
    "a key that nobody knows": (
        "data/claims.yml",
        "  verdict: misleading",
        "  verdickt: misleading",
        "unknown key 'verdickt'",
    ),
    "a colon in a title without quotes": (
        "docs/care/chain.md",
        "title: The chain",
        "title: Chain: clean",
        "put the text in",
    ),
    "a page that would run code": ("docs/words.md", "{{ verdicts() }}", HOSTILE, "only a call of one of"),
    "a statement in a page": ("docs/words.md", "{{ verdicts() }}", "{% set a = 1 %}", "a statement {% … %}"),
    "a macro that nobody knows": ("docs/words.md", "{{ verdicts() }}", "{{ verdict() }}", "did you mean 'verdicts'?"),
    "a link to a section that is not there": (
        "docs/index.md",
        "#chain-choices",
        "#chain-choice",
        "did you mean 'chain-choices'?",
    ),
}


@pytest.mark.parametrize("what", MISTAKES)
def test_a_mistake_stops_the_build_and_is_told_with_its_place(guide: Path, what: str) -> None:
    path, old, new, told = MISTAKES[what]
    edit(guide / path, old, new)
    result = build_with_mkdocs(guide)
    output = result.stdout + result.stderr
    assert result.returncode == 1
    assert path in {match.group(1) for match in PLACE.finditer(output)}
    assert told in output
    assert "Traceback" not in output
    assert "do-not-print-me" not in output
    assert not list(guide.rglob("*.html"))


def test_all_mistakes_are_told_in_one_run(guide: Path) -> None:
    edit(guide / "data" / "claims.yml", "answered_in: chain-wear", "answered_in: chain-tear")
    edit(guide / "docs" / "words.md", "{{ verdicts() }}", HOSTILE)
    result = build_with_mkdocs(guide)
    assert {"data/claims.yml", "docs/words.md"} <= {match.group(1) for match in PLACE.finditer(result.stderr)}


# `make build` beside the old site, then swapped in whole


@pytest.fixture
def made(guide: Path) -> Path:
    assert make_build(with_this_python(guide)).returncode == 0
    return guide


def with_this_python(guide: Path) -> Path:
    """The small guide with the project's Makefile and with this Python in place of its own."""
    shutil.copy(ROOT / "Makefile", guide)
    (guide / "requirements.txt").touch()
    folder = guide / ".venv" / "bin"
    folder.mkdir(parents=True)
    for name, words in {"zensical": "-m zensical", "python": ""}.items():
        (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        (folder / name).chmod(0o755)
    (guide / ".venv" / "guide").touch()
    return guide


def make_build(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(["make", "build"], folder)


def read_all(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


BREAKS: dict[str, Callable[[Path], None]] = {
    "before the first page": lambda folder: edit(folder / "data" / "topics.yml", "- chain-wear", "- chain-tear"),
    "after the last page": lambda folder: edit(folder / "docs" / "index.md", "## Ask", "![A](a.png)\n\n## Ask"),
}


@pytest.mark.parametrize("moment", BREAKS)
def test_a_build_that_fails_leaves_the_site_that_stood_there(made: Path, moment: str) -> None:
    before = read_all(made / "site")
    BREAKS[moment](made)
    edit(made / "docs" / "words.md", "# Words and sources", "# Words, changed")
    assert make_build(made).returncode != 0
    assert read_all(made / "site") == before


def test_a_build_that_succeeds_replaces_the_whole_site(made: Path) -> None:
    (made / "site" / "old.html").touch()
    edit(made / "docs" / "words.md", "# Words and sources", "# Words, changed")
    assert make_build(made).returncode == 0
    assert "Words, changed" in (made / "site" / "words" / "index.html").read_text(encoding="utf-8")
    assert not (made / "site" / "old.html").exists()
    assert {file.name for file in made.glob(".site*")} == set()


# The other builder


@needs_zensical
def test_zensical_builds_the_same_pages_with_the_same_words_ids_and_links(bicycle: BuiltSite, guide: Path) -> None:
    built = build_with_zensical(guide)
    assert built.returncode == 0, built.stdout + built.stderr
    published = run([sys.executable, "-m", "macros", "publish", "site"], guide)
    assert published.returncode == 0, published.stdout + published.stderr
    other = BuiltSite(guide / "site")
    assert set(other.pages) == set(bicycle.pages)
    for path in set(bicycle.pages) - {"404.html"}:
        assert normalize(other.pages[path].article) == normalize(bicycle.pages[path].article)


@needs_zensical
def test_zensical_stops_at_a_page_that_would_run_code(guide: Path) -> None:
    edit(guide / "docs" / "words.md", "{{ verdicts() }}", HOSTILE)
    result = build_with_zensical(guide)
    output = result.stdout + result.stderr
    assert result.returncode == 1
    assert "docs/words.md" in {match.group(1) for match in PLACE.finditer(output)}
    assert "do-not-print-me" not in output
    assert not (guide / "site" / "words").exists()


@needs_zensical
def test_zensical_previews_too(guide: Path) -> None:
    result = run([sys.executable, "-m", "zensical", "build", "--clean"], guide, GUIDE_FAIL="false")
    assert result.returncode == 0, result.stdout + result.stderr
    assert (guide / "site" / "words" / "index.html").exists()


@needs_zensical
def test_make_tells_a_mistake_without_traces_whoever_builds(made: Path) -> None:
    before = read_all(made / "site")
    BREAKS["before the first page"](made)
    result = run(["make", "build", "BUILDER=zensical"], made)
    assert result.returncode != 0
    assert "data/topics.yml" in {match.group(1) for match in PLACE.finditer(result.stdout)}
    assert "Traceback" not in result.stdout + result.stderr
    assert read_all(made / "site") == before


def normalize(article: LexborNode) -> list[str]:
    """An article without the theme's own buttons, one tag or text a line, spelled alike."""
    for node in article.css(".md-content__button, .md-source-file, #__skip"):
        node.decompose()
    html = re.sub(r"<!--.*?-->", "", article.inner_html or "", flags=re.DOTALL).replace('"./#', '"#')
    parts = (" ".join(part.split()) for part in re.split(r"(<[^>]*>)", html))
    return [part for part in parts if part]
