"""A built site as its readers get it: every page of the guide, with what its permanent pages borrow from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

MADE = "data-guide-made"
"""Marks a page that `publish` made: it is not read again."""
_MADE_BLOCK = re.compile(r"<!--guide-made-->.*?<!--/guide-made-->", re.DOTALL)
_NOT_PAGES = ("assets/", "s/", "404.html")


@dataclass(frozen=True)
class BuiltPage:
    """A page of the built site; addresses begin at the site's root."""

    file: str
    """Its path below the site, such as `treatment/aftercare/index.html`."""
    address: str
    text: str
    """The whole file, without what `publish` added before."""
    article: LexborNode
    title: str
    site_name: str
    language: str
    body: Markup
    """The attributes of its body: they carry the theme's colors."""
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    """The guide's own scripts, not those of the theme."""
    icon: str | None
    canonical: str | None
    reviewed: str | None
    next_review: str | None

    @property
    def ids(self) -> list[str]:
        """Every id of the article, as often as it stands there."""
        return [node.id for node in self.article.css("[id]") if node.id]

    def find_review(self) -> str:
        """Returns the HTML of the block of review dates, or nothing."""
        review = self.article.css_first(".guide-review")
        return review.html or "" if review else ""


def read_site(site: Path) -> list[BuiltPage]:
    """Returns the pages of a built site, in the order of their addresses."""
    pages = []
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if not path.startswith(_NOT_PAGES):
            page = parse_page(path, file.read_text(encoding="utf-8"))
            pages += [page] if page else []
    return sorted(pages, key=lambda page: page.address)


def parse_page(file: str, text: str) -> BuiltPage | None:
    """Returns a page, or None for what is no page of the guide: it has no article, or `publish` made it."""
    text = _MADE_BLOCK.sub("", text)
    tree = LexborHTMLParser(text)
    article = tree.css_first("article")
    root, body = tree.css_first("html"), tree.body
    if article is None or root is None or body is None or MADE in root.attributes:
        return None
    address = "/" + re.sub(r"(^|/)index\.html$", r"\1", file)
    canonical = tree.css_first("link[rel=canonical]")
    icon = tree.css_first("link[rel=icon]")
    logo = tree.css_first("a.md-logo[title]")
    heading = article.css_first("h1")
    times = article.css(".guide-review time[datetime]")
    return BuiltPage(
        file=file,
        address=address,
        text=text,
        article=article,
        title=name_heading(heading) if heading else address,
        site_name=(logo.attributes.get("title") if logo else None) or "",
        language=root.attributes.get("lang") or "en",
        body=Markup(" ").join(Markup('{}="{}"').format(*item) for item in body.attributes.items()),
        styles=_resolve(tree.css("link[rel=stylesheet]"), "href", address),
        scripts=tuple(
            script for script in _resolve(tree.css("script[src]"), "src", address) if "/javascripts/" not in script
        ),
        icon=next(iter(_resolve([icon] if icon else [], "href", address)), None),
        canonical=canonical.attributes.get("href") if canonical else None,
        reviewed=times[0].attributes.get("datetime") if times else None,
        next_review=times[1].attributes.get("datetime") if len(times) > 1 else None,
    )


def mark_made(html: str) -> str:
    """Returns HTML marked as made by `publish`, so that the next run does not take it for words of the page."""
    return f"<!--guide-made-->{html}<!--/guide-made-->"


def name_heading(heading: LexborNode) -> str:
    """Returns the words of a heading, without the sign that links to it."""
    copy = LexborHTMLParser(heading.html or "", is_fragment=True)
    for sign in copy.css(".headerlink"):
        sign.decompose()
    return " ".join(copy.text().split())


def _resolve(nodes: Sequence[LexborNode], attribute: str, address: str) -> tuple[str, ...]:
    """Returns addresses from the site's root of what the nodes name; what other sites hold is left out."""
    found = (node.attributes.get(attribute) or "" for node in nodes)
    return tuple(urljoin(address, name) for name in found if name and not re.match(r"[a-z]+:|//", name))
