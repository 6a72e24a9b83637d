"""Text made safe for a place where Markdown and HTML are read, and searched for signs that must not stand there."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import quote

from markupsafe import Markup

_SIGNS = re.compile(r"[\\`*_\[\]{}<>&\"~^|]")
_BLOCK_START = re.compile(r"^(\d+)([.)])|^([#+\->:=!?])")
_UNUSUAL = re.compile(r"[^\t\n -~]")
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_TAG = re.compile(r"<(?!!--(?!-?>))/?([a-zA-Z!?][a-zA-Z0-9:-]*)([^>]*)(?:>|\Z)")
_PLAIN_ATTRIBUTES = re.compile(r"""^(\s+(class="[a-z0-9_ -]+"|markdown="(block|span|1)"|id="[a-z0-9-]+"))*\s*/?$""")
_ACTIVE = re.compile(r"""\bon[a-z]+=|\bstyle=|javascript:|data:text|vbscript:""", re.IGNORECASE)
_OPENING = re.compile(r"^(`{3,}|~{3,})[^`\n]*$|<!--", re.MULTILINE)
_UNSEEN = re.compile(r"[^\n]")
_CITATION = re.compile(r"\s?\[@([^\]\s]+)\]")


def escape_text(text: object) -> Markup:
    """Returns text that shows as itself, in Markdown and in an HTML attribute; `Markup` stays as it is."""
    if isinstance(text, Markup):
        return text
    escaped = _SIGNS.sub(lambda found: f"&#{ord(found.group())};", " ".join(str(text).split()))
    start = _BLOCK_START.match(escaped)
    if start:
        sign = start.start(2) if start.group(2) else start.start(3)
        escaped = f"{escaped[:sign]}&#{ord(escaped[sign])};{escaped[sign + 1 :]}"
    return Markup(escaped)


def escape_address(address: str) -> Markup:
    """Returns an address for a Markdown link, in which no sign can end the link."""
    return Markup(quote(address, safe="/:?#@!$&+,;=%~"))


def find_hidden(text: str) -> tuple[int, str] | None:
    """Returns offset and name of the first sign that nobody sees, or that turns the writing round; or None."""
    for found in _UNUSUAL.finditer(text):
        if unicodedata.category(found.group()) in _HIDDEN:
            return found.start(), unicodedata.name(found.group(), f"U+{ord(found.group()):04X}")
    return None


def blank_code_and_comments(body: str) -> str:
    """Returns the body with fenced code and HTML comments blanked, every other sign where it was.

    Searched from mark to mark, not by one pattern: a page full of marks that never close must not take minutes.
    """
    parts: list[str] = []
    at = start = 0
    unclosed: set[str] = set()
    while found := _OPENING.search(body, at):
        mark = found.group(1) or "<!--"
        end = -1 if mark in unclosed else _find_closing(body, found.end(), mark)
        if end < 0:
            unclosed.add(mark)
            at = found.end()
        else:
            parts += (body[start : found.start()], _UNSEEN.sub(" ", body[found.start() : end]))
            at = start = end
    return "".join(parts) + body[start:]


def _find_closing(body: str, at: int, mark: str) -> int:
    """Returns the offset behind the mark that closes a comment or fenced code, or -1."""
    if mark == "<!--":
        end = body.find("-->", at)
        return end + 3 if end >= 0 else -1
    closing = re.compile(rf"^{mark}[ \t]*$", re.MULTILINE).search(body, at)
    return closing.end() if closing else -1


def find_active_html(text: str) -> Iterator[tuple[int, str]]:
    """Yields the offset and the words of every piece of HTML but comments and plain div, span and br.

    What comments hold is searched too: a browser ends some of them sooner than the eye does.
    """
    for tag in _TAG.finditer(text):
        if tag.group(1).lower() not in ("div", "span", "br") or not _PLAIN_ATTRIBUTES.match(tag.group(2)):
            yield tag.start(), " ".join(tag.group().split())
    at = 0
    for row in text.splitlines(keepends=True):
        for active in _ACTIVE.finditer(html.unescape(row)):
            yield at + max(row.find(active.group()), 0), active.group()
        at += len(row)


def find_citations(markdown: str) -> list[str]:
    """Returns the keys of `[@key]` in their order."""
    return _CITATION.findall(markdown)


def replace_citations(markdown: str, replacement: Callable[[str], str]) -> Markup:
    """Returns Markdown with each `[@key]` replaced; the rest stays Markdown."""
    return Markup(_CITATION.sub(lambda found: replacement(found.group(1)), " ".join(markdown.split())))


def format_date(day: date) -> str:
    """Returns a date that no reader can mistake: 20 November 2026."""
    return f"{day.day} {day:%B %Y}"
