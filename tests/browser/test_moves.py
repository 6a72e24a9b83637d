"""Old addresses in a real browser: each lands on its section, scripts or none, and nothing hostile gets through."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from scratch_guide import ScratchGuide

ROOT = Path(__file__).resolve().parent.parent.parent
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
COLD = "## Keep it cold {: #rise-cold }\n\nOne night in the fridge.\n\n"
LANDINGS = {
    "old/": "dough/",
    "old/?from=card": "dough/?from=card",
    "rise/": "dough/",
    "rise/#rise-warm": "dough/#rise-warm",
    "rise/?from=card#rise-winter": "dough/?from=card#rise-winter",
    "rise/#rise-cold": "bake/#rise-cold",
    "bake/#steam": "bake/#bake-crust",
    "bake/#bake-times-large": "s/bake-times-large/",
}
"""What an old address opens, with scripts on."""
HOSTILE = [
    "#//evil.example/",
    "#https://evil.example/",
    "#javascript:alert(1)",
    "#<img src=x onerror=alert(1)>",
    "#%3Cscript%3Ealert(1)%3C/script%3E",
    "#__proto__",
    "#constructor",
    "#toString",
    "#hasOwnProperty",
    "#rise-warm#rise-cold",
    "#rise-warm/../../evil",
    "#%E0%A4%A",
    "#%00rise-warm",
    "#RISE-WARM",
    "#:~:text=evil",
    "#" + "a" * 100_000,
    "?next=https://evil.example/",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a guide can be read whose page was renamed, and whose sections moved and ended."""
    guide = ScratchGuide(tmp_path_factory.mktemp("guide"))
    (guide.root / "docs/assets").mkdir()
    shutil.copy(ROOT / "docs/assets/moved.js", guide.root / "docs/assets")
    guide.promise()
    (guide.root / "docs/rise.md").rename(guide.root / "docs/dough.md")
    guide.edit("docs/index.md", "rise.md", "dough.md")
    guide.edit("docs/dough.md", COLD, "")
    guide.edit("docs/dough.md", "(#rise-cold)", "(bake.md#rise-cold)")
    guide.edit("docs/bake.md", "| Large {: #bake-times-large } | 50 |\n", "")
    guide.write("docs/bake.md", f"{guide.read('docs/bake.md')}\n{COLD}")
    ended = 'status: retired, successor: bake-times-small, reason: "It burned."'
    line = next(line for line in guide.read("data/permalinks.yml").splitlines() if "bake-times-large" in line)
    guide.edit("data/permalinks.yml", line, line.replace("status: live", ended))
    redirects = [("/rise/", "/dough/"), ("/old/", "/dough/"), ("/bake/#steam", "bake-crust")]
    lines = [f'- {{from: "{source}", to: {to}, since: 2026-12-01}}\n' for source, to in redirects]
    guide.write("data/redirects.yml", "".join(lines))
    guide.promise()
    assert guide.publish() == []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(guide.site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Handler(SimpleHTTPRequestHandler):
    """Serves the guide under the policy that the real one has."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """Two readers, by whether their browser runs scripts."""
    made = {scripts: browser.new_context(java_script_enabled=scripts) for scripts in (True, False)}
    yield made
    for context in made.values():
        context.close()


@pytest.fixture
def reader(contexts: dict[bool, BrowserContext]) -> Iterator[Page]:
    with contexts[True].new_page() as page:
        yield page


@pytest.fixture
def reader_without_scripts(contexts: dict[bool, BrowserContext]) -> Iterator[Page]:
    with contexts[False].new_page() as page:
        yield page


@pytest.mark.parametrize("old", LANDINGS)
def test_an_old_address_lands_on_what_stands_there_now(reader: Page, address: str, old: str) -> None:
    reader.goto(address + old)
    reader.wait_for_url(address + LANDINGS[old], timeout=5000)
    fragment = LANDINGS[old].partition("#")[2]
    assert not fragment or reader.locator(f"[id='{fragment}']").count() == 1


@pytest.mark.parametrize("old", LANDINGS)
def test_without_scripts_an_old_address_names_the_new_place(
    reader_without_scripts: Page, address: str, old: str
) -> None:
    page = reader_without_scripts
    page.goto(address + old)
    fragment = old.partition("#")[2]
    spot = page.locator(f"[id='{fragment}']" if fragment else ".guide-message")
    spot.get_by_role("link").click()
    assert page.url.split("?")[0] == address + LANDINGS[old].replace("?from=card", "")


@pytest.mark.parametrize("page", ["rise/", "bake/"])
@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda words: words[:24])
def test_nothing_of_a_hostile_address_is_followed_run_or_kept(
    reader: Page, address: str, page: str, hostile: str
) -> None:
    seen: list[str] = []
    reader.on("request", lambda request: seen.append(request.url))
    reader.on("dialog", lambda dialog: seen.append(dialog.message))
    reader.on("pageerror", lambda error: seen.append(str(error)))
    reader.goto(address + page + hostile)
    reader.wait_for_load_state("networkidle")
    assert [entry for entry in seen if not entry.startswith(address)] == []
    if page == "rise/":
        assert reader.url == f"{address}dough/" + (hostile if hostile.startswith("?") else "")
    else:
        assert reader.url.startswith(f"{address}bake/")
