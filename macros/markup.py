"""Plain text made safe for a place where Markdown and HTML are both read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from markupsafe import Markup

_SIGNS = re.compile(r"[\\`*_\[\]{}<>&\"~^|]")
_BLOCK_START = re.compile(r"^(\d+)([.)])|^([#+\->:=])")
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


def find_citations(markdown: str) -> list[str]:
    """Returns the keys of `[@key]` in their order."""
    return _CITATION.findall(markdown)


def replace_citations(markdown: str, replacement: Callable[[str], str]) -> Markup:
    """Returns Markdown with each `[@key]` replaced; the rest stays Markdown."""
    return Markup(_CITATION.sub(lambda found: replacement(found.group(1)), " ".join(markdown.split())))


def format_date(day: date) -> str:
    """Returns a date that no reader can mistake: 20 November 2026."""
    return f"{day.day} {day:%B %Y}"
