"""A local server for the built site and one real browser for all tests.

The browser is the system's own Chromium: CHROMIUM=/path/to/chromium chooses another. Where there is
none, these tests are skipped with a reason; with CI=true they fail, so that nobody publishes untested.
Names outside this machine do not resolve in it: a request to another origin is seen, and goes nowhere.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from built import BuiltSite
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.browsing import NAMES, find_browser

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder, so that `-m "not browser"` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class SiteHandler(SimpleHTTPRequestHandler):
    """Serves the site below its own base path, and its 404 page for everything else, as a host does."""

    def __init__(self, *args: Any, base: str, **kwargs: Any) -> None:
        self.base = base
        super().__init__(*args, **kwargs)

    def translate_path(self, path: str) -> str:
        path = urlsplit(path).path
        return super().translate_path("/" + path.removeprefix(self.base) if path.startswith(self.base) else "/-/")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="session")
def address(site: BuiltSite) -> Iterator[str]:
    """Where the site can be read, ending in a slash."""
    base = urlsplit(site.url).path or "/"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SiteHandler, directory=str(site.folder), base=base))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{base}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        reason = f"no browser: install Chromium, or set CHROMIUM to its path (looked for {', '.join(NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        expect.set_options(timeout=15_000)
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


Open = Callable[..., BrowserContext]


def open_contexts(browser: Browser) -> Iterator[Open]:
    """Yields a maker of fresh profiles, such as `make(color_scheme="dark")`, and closes them all."""
    contexts: list[BrowserContext] = []

    def make(**settings: Any) -> BrowserContext:
        context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **settings})
        context.set_default_timeout(15_000)
        context.set_default_navigation_timeout(60_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_context(browser: Browser) -> Iterator[Open]:
    """Makes profiles for one test."""
    yield from open_contexts(browser)


@pytest.fixture(scope="module")
def make_context(browser: Browser) -> Iterator[Open]:
    """Makes profiles that all tests of a file share."""
    yield from open_contexts(browser)


@pytest.fixture
def tab(open_context: Open) -> Page:
    """A tab of a fresh profile on a wide screen."""
    return open_context().new_page()
