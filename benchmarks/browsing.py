"""Visits to a site in a real browser with an empty cache: what they load, and how soon they show something."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.serving import Host, compress

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE = {"width": 390, "height": 844}
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 184_320, "uploadThroughput": 84_480}
"""Lighthouse's slow 4G as a browser imitates it: milliseconds a request, bytes a second."""
PROCESSOR = 4
"""How many times slower the phone is than this machine."""
_PAINTS = """() => new Promise((done) => {
  const read = (type) => new Promise((found) => {
    const entries = [];
    new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
    setTimeout(() => found(entries), 100);
  });
  Promise.all(["largest-contentful-paint", "layout-shift", "longtask"].map(read)).then(([paints, shifts, tasks]) =>
    done([paints.at(-1).startTime, shifts.reduce((sum, shift) => sum + shift.value, 0),
      Math.max(0, ...tasks.map((task) => task.duration))]));
})"""


@dataclass(frozen=True)
class Paint:
    """How a page came up on a slow phone."""

    largest: float
    """When its largest part was painted (LCP), in milliseconds."""
    shift: float
    """How much moved afterwards (CLS)."""
    task: float
    """The longest time for which it answered nobody, in milliseconds."""


def find_browser() -> str | None:
    """Returns the path of a Chromium on this machine, or None."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Opens Chromium for as long as it is needed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def visit(browser: Browser, host: Host, address: str, *, slow: bool = False) -> Iterator[Page]:
    """Opens a page in a new profile and waits until nothing more comes; asking other hosts stops everything."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if _is_foreign(asked.url, host) else None)
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    host.sent.clear()
    page.goto(host.url + address, wait_until="networkidle")
    settle(page, host)
    yield page
    context.close()
    if foreign:
        raise SystemExit(f"{address} asks another host: {foreign[0]}")


def settle(page: Page, host: Host) -> None:
    """Waits until the host was asked for nothing for half a second; workers ask too."""
    count = -1
    while count != len(host.sent):
        count = len(host.sent)
        page.wait_for_timeout(500)


def weigh(browser: Browser, host: Host, address: str) -> int:
    """Returns the bytes that a first visit loads, with the icon, which a browser without a window leaves out."""
    with visit(browser, host, address) as page:
        icon = page.locator("link[rel=icon]").get_attribute("href") or ""
        file = None if icon.startswith("data:") else host.find_file(urljoin(f"/{address}", icon))
        return sum(host.sent) + (len(compress(file)) if file else 0)


def weigh_search(browser: Browser, host: Host, button: str, field: str, result: str) -> tuple[int, int]:
    """Returns the bytes that the first page loads, and the bytes more until the first result of a search.

    Args:
        browser: an open browser.
        host: where the site stands.
        button: the selector of what opens the search.
        field: where one types.
        result: what then appears.
    """
    with visit(browser, host, "") as page:
        before = sum(host.sent)
        page.locator(button).first.click()
        page.locator(field).press_sequentially("skin")
        page.locator(result).first.wait_for()
        settle(page, host)
        return before, sum(host.sent) - before


def time_paint(browser: Browser, host: Host, address: str) -> Paint:
    """Returns how a page comes up on a slow phone."""
    with visit(browser, host, address, slow=True) as page:
        found: list[Any] = page.evaluate(_PAINTS)
        return Paint(*found)


def _is_foreign(address: str, host: Host) -> bool:
    return not address.startswith((host.url, "data:", "blob:"))
