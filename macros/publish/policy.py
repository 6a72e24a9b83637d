"""The content security policy: what a page may load and run. Everything that it does not name is blocked."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from macros.diagnostics import Diagnostic, Location
from macros.publish.built import is_run

FILE = "data/inline-scripts.yml"
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_OWN = re.compile(r'\s*<meta http-equiv="Content-Security-Policy"[^>]*>')
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r'\btype\s*=\s*"?([^\s">]*)', re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_TAG = r"<[a-zA-Z][\w-]*(?:\s+[^\s\"'=>]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?)*?"
_MAYBE = re.compile(r"\s(?:on[a-z]+|style|srcdoc)\s*=|<(?:style|base|iframe|object|embed|form)\b", re.IGNORECASE)
_BLOCKED = re.compile(rf"{_TAG}\s+(on[a-z]+|style|srcdoc)\s*=|<(style|base|iframe|object|embed|form)\b", re.IGNORECASE)


@cache
def render_policy(hashes: tuple[str, ...]) -> str:
    """Returns the policy of a page, as an attribute's value.

    Args:
        hashes: the scripts inside the page, such as `sha256-…`.
    """
    scripts = " ".join(["'self'", *(f"'{found}'" for found in hashes)])
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' data:; connect-src 'self';"
        " base-uri 'none'; form-action 'none'"
    )


def render_policy_tag(html: str) -> str:
    """Returns the element that gives a page its policy; it counts only for what stands below it."""
    return f'<meta http-equiv="Content-Security-Policy" content="{render_policy(list_hashes(html))}">'


def write_policy(html: str) -> str:
    """Returns an HTML file with its policy first in its head, in place of the one that it had."""
    html = _OWN.sub("", html)
    return _HEAD.sub(lambda found: f"{found.group()}\n{render_policy_tag(html)}", html, count=1)


def list_hashes(html: str) -> tuple[str, ...]:
    """Returns the hash of every script that stands inside a page, each once, in the order of the page."""
    return tuple(dict.fromkeys(hash_script(code) for code in list_scripts(html)))


def list_scripts(html: str) -> Iterator[str]:
    """Yields every script that stands inside a page and that a browser would run."""
    for attributes, code in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        if not _SOURCE.search(attributes) and is_run(kind.group(1) if kind else None):
            yield code


@cache
def hash_script(code: str) -> str:
    """Returns the name by which a policy knows a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def check_policy(path: str, html: str, reviewed: Collection[str]) -> Iterator[Diagnostic]:
    """Every script inside a page was reviewed, and a page holds nothing that its policy blocks."""
    for code in list_scripts(html):
        if hash_script(code) not in reviewed:
            start = " ".join(code.split())[:40]
            help = (
                f"move it to a file in docs/assets/, or let somebody review it and add to {FILE}: {hash_script(code)}"
            )
            yield Diagnostic(Location(path), "policy-script", f"nobody reviewed the script “{start}…”", help)
    for attribute, element in _BLOCKED.findall(html) if _MAYBE.search(html) else ():
        name = f"the attribute '{attribute}'" if attribute else f"the element <{element}>"
        help = "use a class and a style sheet, or a script in docs/assets/"
        yield Diagnostic(Location(path), "policy-blocked", f"browsers would block {name}", help)


def check_pages(pages: Iterable[tuple[str, str]], reviewed: Collection[str]) -> list[Diagnostic]:
    """Returns what is wrong with any page, given as path and HTML."""
    return [problem for path, html in pages for problem in check_policy(path, html, reviewed)]
