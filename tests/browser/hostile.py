"""Words that somebody may put into an address or a field to show, run or fetch something; each names `attack`."""

from __future__ import annotations

from playwright.sync_api import Page

PAYLOADS = [
    "<script>alert('attack')</script>",
    "<img src=x onerror=alert('attack')>",
    "<svg onload=alert('attack')>",
    "<iframe src=https://evil.example/attack></iframe>",
    "<a href=javascript:alert('attack')>attack</a>",
    '"><script>alert("attack")</script>',
    "'-alert('attack')-'",
    "javascript:alert('attack')",
    "data:text/html,<script>alert('attack')</script>",
    "https://evil.example/attack",
    "//evil.example/attack",
    "%3Cscript%3Ealert('attack')%3C/script%3E",
    "{{attack}}${attack}#{attack}",
    "__proto__[attack]=attack",
    "Call 0800 attack now: your skin is in danger",
    "\u202eattack\u200b%E0%A4%A",
    "attack" * 2000,
]


class Watch:
    """What a page asks for, says, and gets wrong."""

    def __init__(self, tab: Page, address: str) -> None:
        self.address = address
        self.asked: list[str] = []
        self.faults: list[str] = []
        tab.on("request", lambda request: self._note(request.url))
        tab.on("dialog", lambda dialog: self.faults.append(dialog.message))
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on("popup", lambda popup: self.faults.append(popup.url))

    def _note(self, url: str) -> None:
        if not url.endswith("/favicon.svg"):
            self.asked.append(url)
        if not url.startswith(self.address):
            self.faults.append(url)
