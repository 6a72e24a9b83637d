"""The one door to the network: asking an address for an answer. Only `watching` goes through it.

Nothing that builds or checks the guide imports this module.
"""

from __future__ import annotations

import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

MAX_BYTES = 4_000_000
SECONDS = 10
NO_ANSWER = 0
_NAME = "guide-watch/1 (looks at links once a week; {})"


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when nobody answered, and then `reason` says why."""

    status: int
    text: str = ""
    reason: str = ""

    @property
    def is_fine(self) -> bool:
        """Whether the address gave what it was asked for."""
        return 200 <= self.status < 300


class Fetch(Protocol):
    """Asks an address; never raises."""

    def __call__(self, url: str, method: str = "GET", body: str | None = None) -> Answer:
        """Returns the answer."""


def fetch(url: str, method: str = "GET", body: str | None = None) -> Answer:
    """Returns the answer of an https address; follows redirects, keeps no cookie, waits 10 seconds at most."""
    if not url.startswith("https://"):
        return Answer(NO_ANSWER, reason="not an https address")
    headers = {"User-Agent": _NAME.format(os.environ.get("REPO_URL", "no address")), "Accept": "*/*"}
    if body is not None:
        headers["Content-Type"] = "application/json"
    try:
        data = None if body is None else body.encode()
        request = urllib.request.Request(url, data=data, headers=headers, method=method)  # noqa: S310 - https only
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - https only
            return Answer(answer.status, answer.read(MAX_BYTES).decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(error.code, reason=str(error.reason))
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(NO_ANSWER, reason=str(getattr(error, "reason", "") or error or type(error).__name__))


def be_nobody(url: str, method: str = "GET", body: str | None = None) -> Answer:  # noqa: ARG001 - asks nobody
    """Returns no answer: what a machine without a network would get, at once."""
    return Answer(NO_ANSWER, reason="no network")


def insist(ask: Fetch, waits: tuple[float, ...] = (2, 8), sleep: Callable[[float], None] = time.sleep) -> Fetch:
    """Returns a fetch that asks again, after each of `waits` seconds, while nobody answers or a server stumbles.

    A HEAD request is asked once: whoever sends one falls back to GET.
    """

    def insisting(url: str, method: str = "GET", body: str | None = None) -> Answer:
        answer = ask(url, method, body)
        for seconds in waits if method != "HEAD" else ():
            if answer.status not in (NO_ANSWER, 429) and answer.status < 500:
                break
            sleep(seconds)
            answer = ask(url, method, body)
        return answer

    return insisting
