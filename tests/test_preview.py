"""`make serve`: a real live preview of the bicycle guide follows every edit, says what is wrong, and goes on."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from test_builders import copy_guide, edit

from macros.serving import on_serve

PATIENCE = 120
"""Seconds after which a test gives up; none says how fast a preview is."""


class Preview:
    """A running preview."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.folder, self.url, self.log = folder, f"http://{address}/bicycle", folder / "preview.log"
        unset = {"SITE_URL", "REPO_URL", "PYTHONPATH", "SOURCE_DATE_EPOCH", "MAKEFLAGS", "MAKELEVEL"}
        settings = {name: value for name, value in os.environ.items() if name not in unset}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "macros.mkdocs", "serve", "--dev-addr", address],
                cwd=folder,
                env=settings | {"GUIDE_FAIL": "false", "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(folder.parent)},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def read(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=PATIENCE) as answer:  # noqa: S310 - our own
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""

    def tell(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait(self, happened: Callable[[], bool]) -> None:
        """Returns when something has happened; fails when the preview ends, or nothing happens."""
        given_up = time.monotonic() + PATIENCE
        while not happened():
            assert self.process.poll() is None, self.tell()
            assert time.monotonic() < given_up, self.tell()
            time.sleep(0.05)

    def wait_for(self, path: str, words: str) -> None:
        self.wait(lambda: words in self.read(path))

    def wait_until_it_tells(self, words: str, since: int = 0) -> None:
        self.wait(lambda: words in self.tell()[since:])


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = copy_guide(tmp_path_factory.mktemp("preview"))
    repository = "repo_url: https://github.com/example/bicycle\nedit_uri: edit/main/docs/"
    edit(folder / "mkdocs.yml", "watch: [data, macros]", f"watch: [data, macros, overrides]\n{repository}")
    edit(folder / "mkdocs.yml", "  name: material\n", "  name: material\n  custom_dir: overrides\n")
    (folder / "overrides" / "partials").mkdir(parents=True)
    frame = '<p>Saddles</p>{% if page %}<a rel="edit" href="{{ page.edit_url }}">Edit</a>{% endif %}'
    (folder / "overrides" / "partials" / "copyright.html").write_text(frame, encoding="utf-8")
    edit(folder / "docs" / "words.md", "## Standards", '<div class="guide-sections"></div>\n\n## Standards')
    topics = '<div class="guide-topics" markdown="block">\n\n- [The chain](care/chain.md)\n\n</div>'
    edit(folder / "docs" / "index.md", "## All pages", f"{topics}\n\n## All pages")
    (folder / "data" / "search-words.yml").write_text("- words: [bicycle, cycle]\n", encoding="utf-8")
    with start_preview(folder) as running:
        yield running


@contextmanager
def start_preview(folder: Path) -> Iterator[Preview]:
    """Yields a preview of the guide in a folder when it is shown."""
    running = Preview(folder)
    try:
        running.wait_until_it_tells("Serving on")
        yield running
    finally:
        running.process.terminate()
        running.process.wait(PATIENCE)


def read_site(preview: Preview) -> dict[str, str]:
    """Returns every page, and what its search and its list of sections read, without what differs by the hour."""
    pages = re.findall(r"<loc>[^<]*?/bicycle(/[^<]*)</loc>", preview.read("/sitemap.xml"))
    assert len(pages) == len([*preview.folder.glob("docs/**/*.md")])
    files = ("/404.html", "/ids.json", "/search/search_index.json", "/assets/search-index.json")
    texts = {path: preview.read(path) for path in (*pages, *files)}
    address = preview.url.removesuffix("/bicycle")
    return {path: re.sub(r"livereload\(\d+, \d+\)", "", text.replace(address, "")) for path, text in texts.items()}


@pytest.mark.parametrize(
    ("file", "old", "new", "path", "shown"),
    [
        ("docs/index.md", "A bicycle that", "A rusty bicycle that", "/", "A rusty bicycle"),
        ("data/glossary.yml", "definition: ", "definition: Rubber, ", "/words/", "Rubber, "),
        ("data/comparisons/cleaning.yml", "text: ", "text: Sandy, ", "/care/chain/", "Sandy, "),
        ("data/glossary.yml", "- id: chain", "# Parts of it\n- id: chain", "/words/", "glossary.yml#L2"),
        ("docs/index.md", "## What changed", "## What is new", "/words/", ">What is new<"),
        ("data/search-words.yml", "cycle]", "cycle, tandem]", "/assets/search-index.json", "tandem"),
        ("macros/templates/review.html.jinja", "<", "<p>Oiled</p>\n<", "/", "<p>Oiled</p>"),
        ("overrides/partials/copyright.html", "Saddles", "Pedals", "/care/chain/", "<p>Pedals</p>"),
        ("overrides/partials/copyright.html", "Pedals", "Brakes", "/care/chain/", "<p>Brakes</p>"),
    ],
    ids=["page", "definition", "cell", "line", "heading", "search", "template", "theme", "theme, again"],
)
def test_a_preview_shows_every_edit(preview: Preview, file: str, old: str, new: str, path: str, shown: str) -> None:
    assert shown not in preview.read(path)
    edit(preview.folder / file, old, new)
    preview.wait_for(path, shown)


@pytest.mark.parametrize(
    ("file", "old", "new", "shown"),
    [
        ("docs/index.md", "bicycle that", "bicycle, saved anew, that", "saved anew"),
        ("mkdocs.yml", "Keep your bicycle", "Mind your bicycle", "Mind your bicycle"),
    ],
    ids=["page", "configuration"],
)
def test_a_preview_follows_an_editor_that_puts_a_new_file_in_the_place_of_the_old(
    preview: Preview, file: str, old: str, new: str, shown: str
) -> None:
    there = preview.folder / file
    beside = preview.folder.parent / there.name
    shutil.copy(there, beside)
    edit(beside, old, new)
    beside.replace(there)
    preview.wait_for("/", shown)


def test_a_preview_tells_what_is_wrong_and_goes_on_when_it_is_mended(preview: Preview) -> None:
    file = preview.folder / "data" / "glossary.yml"
    whole, since = file.read_text(encoding="utf-8"), len(preview.tell())
    file.write_text(whole.replace("definition:", "meaning:", 1), encoding="utf-8")
    preview.wait_until_it_tells("unknown key 'meaning'", since)
    assert re.search(r"data/glossary\.yml:\d+:\d+: error", preview.tell()[since:])
    file.write_text(whole.replace("definition: ", "definition: Mended, ", 1), encoding="utf-8")
    preview.wait_for("/words/", "Mended, ")


def test_a_preview_shows_a_page_whose_words_break_a_rule_and_tells_it_beside(preview: Preview) -> None:
    since = len(preview.tell())
    edit(preview.folder / "docs" / "index.md", "\n## ", f"\nOne two {'three ' * 30}four.\n\n## ")
    preview.wait_for("/", "three three")
    preview.wait_until_it_tells("prose-long-sentence", since)


def test_a_preview_shows_again_what_it_showed_before(preview: Preview) -> None:
    file = preview.folder / "docs" / "index.md"
    whole = file.read_text(encoding="utf-8")
    edit(file, "\n## ", "\nA flat tire.\n\n## ")
    preview.wait_for("/", "A flat tire.")
    file.write_text(whole, encoding="utf-8")
    preview.wait(lambda: "A flat tire." not in preview.read("/") and "</html>" in preview.read("/"))


def test_after_all_these_edits_a_preview_shows_what_a_new_one_shows(preview: Preview, tmp_path: Path) -> None:
    old = read_site(preview)
    with start_preview(shutil.copytree(preview.folder, tmp_path / "guide")) as fresh:
        assert read_site(fresh) == old


def test_a_preview_watches_the_files_of_the_builder_and_looks_more_often(tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path))
    server.watch(str(tmp_path))
    (before,) = server.observer.emitters
    assert on_serve(server, config=None, builder=None) is server
    (after,) = server.observer.emitters
    assert (after.watch, type(after)) == (before.watch, type(before))
    assert after.timeout < before.timeout
    server.unwatch(str(tmp_path))
    assert not server.observer.emitters
    server.server_close()
