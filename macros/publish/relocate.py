"""HTML taken from one page and shown on another: every link still leads where it led."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urljoin

from markupsafe import Markup

_ATTRIBUTES = r'(?:\s+[^\s"=>]+(?:="[^"]*")?)*?'
_SIGN = re.compile(r'<a\s[^>]*?\bclass="headerlink".*?</a>', re.DOTALL)
_BACK = re.compile(
    rf'<a(?={_ATTRIBUTES}\s+class="footnote-backref")({_ATTRIBUTES}\s+href="([^"]*)"[^>]*>).*?</a>', re.DOTALL
)
_LINK = re.compile(rf'(<[a-zA-Z][\w-]*{_ATTRIBUTES}\s+(?:href|src)=")([^"]*)(?=")')
_HEADING = re.compile(r"<(/?)h([2-6])(?=[\s>])")
_IDS = re.compile(r'\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True)
class Cleaned:
    """HTML without what makes sense on its page only."""

    html: str
    kept: frozenset[str]
    """Links to what comes along, such as `#an-id`."""


def clean(html: str, beside: str = "") -> Cleaned:
    """Returns HTML without the signs that link to its headings, and without marks that lead back to text left behind.

    Args:
        html: a part of a page, as a parser writes it: every value in double quotes.
        beside: more HTML of that page, which comes along elsewhere.
    """
    kept = frozenset(f"#{id}" for id in _IDS.findall(html + beside))
    html = _SIGN.sub("", html) if "headerlink" in html else html
    if "footnote-backref" in html:
        html = _BACK.sub(lambda found: found.group() if found.group(2) in kept else "", html)
    return Cleaned(html, kept)


def send_links(cleaned: Cleaned, page: str, write: Callable[[str], str]) -> Markup:
    """Returns HTML whose links lead on where they led; a link to an id that comes along stays a link inside.

    Args:
        cleaned: a part of a page.
        page: the page's address from the site's root.
        write: turns an address from the site's root into the link to print.
    """

    def send(found: re.Match[str]) -> str:
        start, target = found.groups()
        if target in cleaned.kept:
            return found.group()
        address = _find_address(page, target)
        return found.group() if address is None else start + write(address).replace("&", "&amp;")

    return Markup(_LINK.sub(send, cleaned.html))


def relocate(html: str, page: str, write: Callable[[str], str]) -> Markup:
    """Returns HTML of a page for another place."""
    return send_links(clean(html), page, write)


def _find_address(page: str, target: str) -> str | None:
    """Returns where a link on a page leads, from the site's root; None when it leads elsewhere."""
    if _ELSEWHERE.match(target):
        return None
    path, sign, fragment = target.replace("&amp;", "&").partition("#")
    return _find_file(page, path) + sign + fragment


@lru_cache(maxsize=1024)
def _find_file(page: str, path: str) -> str:
    return urljoin(page, path) if path else page


def raise_headings(html: str, levels: int) -> Markup:
    """Returns HTML with its headings raised, so that a part of a page can be a page: `<h3>` becomes `<h1>`."""
    return Markup(_HEADING.sub(lambda found: f"<{found.group(1)}h{max(1, int(found.group(2)) - levels)}", str(html)))
