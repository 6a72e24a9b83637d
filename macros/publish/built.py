"""A built site as its readers get it: every page of the guide, with what its permanent pages borrow from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from urllib.parse import urljoin

from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.publish.plain_tables import dress_tables

MADE = "data-guide-made"
"""Marks a page that `publish` made: it is not read again."""
_MADE_PART = re.compile(r'<!--guide-made-->.*?<!--/guide-made-->| ?<a class="guide-way\b[^>]*>.*?</a>', re.DOTALL)
_NOT_PAGES = ("assets/", "s/", "404.html")


@dataclass(frozen=True)
class PageFacts:
    """What is kept of a page when the next one is read; addresses begin at the site's root."""

    file: str
    """Its path below the site, such as `treatment/aftercare/index.html`."""
    address: str
    title: str
    description: str
    site_name: str
    language: str
    body: Markup
    """The attributes of its body: they carry the theme's colors."""
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    """The guide's own scripts, not those of the theme."""
    first_script: Markup
    """The script that stands inside the page: it runs before anything is painted."""
    icon: str | None
    canonical: str | None
    repository: str | None
    """Where the source of the guide is kept."""
    editor: str | None
    """Where the page is edited."""
    reviewed: str | None
    next_review: str | None
    review: str
    """The HTML of the block of review dates, or nothing."""
    ids: tuple[str, ...]
    """Every id of the article, as often as it stands there."""


@dataclass(frozen=True)
class BuiltPage(PageFacts):
    """A page that lies open."""

    text: str
    """The whole file, without what `publish` added before."""
    tree: LexborHTMLParser
    article: LexborNode

    @cached_property
    def facts(self) -> PageFacts:
        """What is left when the page is closed."""
        return PageFacts(**{field.name: getattr(self, field.name) for field in fields(PageFacts)})


def list_pages(site: Path) -> list[Path]:
    """Returns the files of a site that may be pages, in the order of their addresses."""
    files = (file for file in site.rglob("*.html") if not _path(file, site).startswith(_NOT_PAGES))
    return sorted(files, key=lambda file: find_address(_path(file, site)))


def read_site(site: Path) -> Iterator[BuiltPage]:
    """Yields the pages of a built site, in the order of their addresses; only one lies open at a time."""
    for file in list_pages(site):
        page = parse_page(_path(file, site), file.read_text(encoding="utf-8"))
        if page is not None:
            yield page
        del page  # before the next is opened; who asks for the pages lets go of each as well


def find_site_url(site: Path) -> str | None:
    """Returns where a built site says that it will stand, or None: the canonical address of its first page."""
    home = next(read_site(site), None)
    return home.canonical if home else None


def find_address(file: str) -> str:
    """Returns the address of a file, from the site's root: `/rise/` for `rise/index.html`."""
    return "/" + re.sub(r"(^|/)index\.html$", r"\1", file)


def clean_text(text: str) -> str:
    """Returns a page's file without what `publish` added before, its Markdown tables dressed."""
    made = "guide-made" in text or "guide-way" in text  # much sooner known than searched for
    return dress_tables(_MADE_PART.sub("", text) if made else text)


def parse_page(file: str, text: str) -> BuiltPage | None:
    """Returns a page, or None for what is no page of the guide: it has no article, or `publish` made it."""
    text = clean_text(text)
    tree = LexborHTMLParser(text)
    article = tree.css_first("article")
    root, body = tree.css_first("html"), tree.body
    if article is None or root is None or body is None or MADE in root.attributes:
        return None
    address = find_address(file)
    heading = article.css_first("h1")
    name = tree.css_first("a.md-logo")
    review = article.css_first(".guide-review")
    times = review.css("time[datetime]") if review else []
    inside = [node.text() for node in tree.css("script:not([src])") if is_run(node.attributes.get("type"))]
    icon = _find(tree, "link[rel=icon]", "href")
    return BuiltPage(
        file=file,
        address=address,
        text=text,
        tree=tree,
        article=article,
        title=name_heading(heading) if heading else address,
        description=_find(tree, "meta[name=description]", "content") or "",
        site_name=name.text(strip=True) if name else "",
        language=root.attributes.get("lang") or "en",
        body=Markup(" ").join(Markup('{}="{}"').format(*item) for item in body.attributes.items()),
        styles=resolve(tree.css("link[rel=stylesheet]"), "href", address),
        scripts=tuple(
            script for script in resolve(tree.css("script[src]"), "src", address) if "/javascripts/" not in script
        ),
        first_script=Markup(inside[0] if inside else ""),
        icon=urljoin(address, icon) if icon else None,
        canonical=_find(tree, "link[rel=canonical]", "href"),
        repository=_find(tree, "a.guide-source", "href"),
        editor=_find(tree, "a[rel=edit]", "href"),
        reviewed=times[0].attributes.get("datetime") if times else None,
        next_review=times[1].attributes.get("datetime") if len(times) > 1 else None,
        review=(review.html or "") if review else "",
        ids=tuple(node.id for node in article.css("[id]") if node.id),
    )


def is_run(kind: str | None) -> bool:
    """Whether a browser runs a script with this type; others hold data."""
    return kind in (None, "", "module", "text/javascript")


def mark_made(html: str) -> str:
    """Returns HTML marked as made by `publish`, so that the next run does not take it for words of the page."""
    return f"<!--guide-made-->{html}<!--/guide-made-->"


def name_heading(heading: LexborNode) -> str:
    """Returns the words of a heading, without the sign that links to it."""
    if heading.css_first(".headerlink") is None:
        return " ".join(heading.text().split())
    copy = LexborHTMLParser(heading.html or "", is_fragment=True)
    for sign in copy.css(".headerlink"):
        sign.decompose()
    return " ".join(copy.text().split())


def resolve(nodes: Sequence[LexborNode], attribute: str, address: str) -> tuple[str, ...]:
    """Returns addresses from the site's root of what the nodes name; what other sites hold is left out."""
    found = (node.attributes.get(attribute) or "" for node in nodes)
    return tuple(urljoin(address, name) for name in found if name and not re.match(r"[a-z]+:|//", name))


def _find(tree: LexborHTMLParser, selector: str, attribute: str) -> str | None:
    node = tree.css_first(selector)
    return node.attributes.get(attribute) if node else None


def _path(file: Path, site: Path) -> str:
    return file.relative_to(site).as_posix()
