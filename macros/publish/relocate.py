"""HTML taken from one page and shown on another: every link still leads where it led."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

from markupsafe import Markup

_ATTRIBUTES = r'(?:\s+[^\s"=>]+(?:="[^"]*")?)*?'
_SIGN = re.compile(rf'<a{_ATTRIBUTES}\s+class="headerlink"[^>]*>.*?</a>', re.DOTALL)
_BACK = re.compile(
    rf'<a(?={_ATTRIBUTES}\s+class="footnote-backref")({_ATTRIBUTES}\s+href="([^"]*)"[^>]*>).*?</a>', re.DOTALL
)
_LINK = re.compile(rf'(<[a-zA-Z][\w-]*{_ATTRIBUTES}\s+(?:href|src)=")([^"]*)(?=")')
_HEADING = re.compile(r"<(/?)h([2-6])(?=[\s>])")
_IDS = re.compile(r'\sid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def relocate(html: str, page: str, write: Callable[[str], str], beside: str = "") -> Markup:
    """Returns HTML of the page `page` for another place, without the signs that link to its headings.

    A link to an id that comes along stays a link inside; marks that lead back to text left behind are dropped.

    Args:
        html: a part of the page, as a parser writes it: every value in double quotes.
        page: the page's address from the site's root.
        write: turns an address from the site's root into the link to print.
        beside: more HTML of that page, which comes along elsewhere.
    """
    kept = {f"#{id}" for id in _IDS.findall(html + beside)}

    def send(found: re.Match[str]) -> str:
        start, target = found.groups()
        if target in kept or _ELSEWHERE.match(target):
            return found.group()
        return start + _quote(write(urljoin(page, target.replace("&amp;", "&"))))

    html = _SIGN.sub("", html)
    html = _BACK.sub(lambda found: found.group() if found.group(2) in kept else "", html)
    return Markup(_LINK.sub(send, html))


def raise_headings(html: str, levels: int) -> Markup:
    """Returns HTML with its headings raised, so that a part of a page can be a page: `<h3>` becomes `<h1>`."""
    return Markup(_HEADING.sub(lambda found: f"<{found.group(1)}h{max(1, int(found.group(2)) - levels)}", str(html)))


def _quote(address: str) -> str:
    return address.replace("&", "&amp;").replace('"', "&quot;")
