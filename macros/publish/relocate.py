"""HTML taken from one page and shown on another: every link still leads where it led."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

_HEADING = re.compile(r"<(/?)h([2-6])(?=[\s>])")
_IDS = re.compile(r'\bid="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def relocate(html: str, page: str, write: Callable[[str], str], beside: str = "") -> Markup:
    """Returns HTML of the page `page` for another place, without the signs that link to its headings.

    A link to an id that comes along stays a link inside; marks that lead back to text left behind are dropped.

    Args:
        html: a part of the page.
        page: the page's address from the site's root.
        write: turns an address from the site's root into the link to print.
        beside: more HTML of that page, which comes along elsewhere.
    """
    tree = LexborHTMLParser(html, is_fragment=True)
    kept = {f"#{id}" for id in _IDS.findall(html + beside)}
    for sign in tree.css("a.headerlink"):
        sign.decompose()
    for node in tree.css("[href], [src]"):
        name = "href" if "href" in node.attributes else "src"
        target = node.attributes.get(name) or ""
        if target in kept or _ELSEWHERE.match(target):
            continue
        if "footnote-backref" in (node.attributes.get("class") or ""):
            node.decompose()
        else:
            node.attrs[name] = write(urljoin(page, target))
    return Markup(tree.html or "")


def raise_headings(html: str, levels: int) -> Markup:
    """Returns HTML with its headings raised, so that a part of a page can be a page: `<h3>` becomes `<h1>`."""
    return Markup(_HEADING.sub(lambda found: f"<{found.group(1)}h{max(1, int(found.group(2)) - levels)}", str(html)))
