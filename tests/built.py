"""A built site, read: its files, its pages, where each link leads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(frozen=True)
class BuiltPage:
    """One HTML file of the site; `path` is below the site, such as `treatment/aftercare/index.html`."""

    path: str
    html: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    @cached_property
    def article(self) -> LexborNode:
        found = self.tree.css_first("article")
        assert found is not None, f"{self.path} has no article"
        return found

    @cached_property
    def ids(self) -> list[str]:
        return [node.attributes["id"] or "" for node in self.tree.css("[id]")]

    @cached_property
    def is_made(self) -> bool:
        """Whether it was made from another page after the build: the copy of a section, or a redirect."""
        return self.tree.css_first("html[data-guide-made]") is not None

    @property
    def address(self) -> str:
        return self.path.removesuffix("index.html")


@dataclass(frozen=True)
class BuiltSite:
    """The folder that a host serves."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every HTML file by path."""
        files = sorted(self.folder.rglob("*.html"))
        paths = [file.relative_to(self.folder).as_posix() for file in files]
        return {path: BuiltPage(path, (self.folder / path).read_text(encoding="utf-8")) for path in paths}

    @cached_property
    def guide_pages(self) -> list[BuiltPage]:
        """The pages with words of their own."""
        return [page for page in self.pages.values() if is_guide_page(page)]

    @cached_property
    def shown_pages(self) -> list[BuiltPage]:
        """What a browser test opens: the pages of the guide, the 404 page, and six of the copies of sections."""
        written = [page for page in self.pages.values() if not page.is_made]
        copies = [page for page in self.pages.values() if page.is_made and page.tree.css_first("article")]
        return written + copies[:: max(1, -(-len(copies) // 6))]

    @cached_property
    def url(self) -> str:
        """The address at which the site says it lives: the canonical address of its home page."""
        link = self.pages["index.html"].tree.css_first("link[rel=canonical]")
        assert link is not None, "the home page names no canonical address: set site_url in mkdocs.yml"
        return link.attributes["href"] or ""

    def find_page(self, source: str) -> BuiltPage:
        """The page built from `docs/<source>`."""
        path = source.removesuffix(".md").removesuffix("index").rstrip("/")
        return self.pages[f"{path}/index.html" if path else "index.html"]

    def find_dead(self, href: str, page: BuiltPage) -> str | None:
        """What is wrong with a link on a page: no file, or no id there; None when it works or leads elsewhere."""
        target = urlsplit(urljoin(self.url + page.address, href))
        home = urlsplit(self.url)
        inside = target.netloc == home.netloc and target.path.startswith(home.path)
        if not inside and (urlsplit(href).scheme or href.startswith("//")):
            return None
        if not inside:
            return f"{href}: leaves the site's own folder {home.path}"
        path = unquote(target.path).removeprefix(home.path)
        path += "index.html" if not path or path.endswith("/") else ""
        if not (self.folder / path).is_file():
            return f"{href}: there is no file {path}"
        fragment = unquote(target.fragment)
        if fragment and path.endswith(".html") and fragment not in self.pages[path].ids:
            return f"{href}: {path} has no id '{fragment}'"
        return None


def is_guide_page(page: BuiltPage) -> bool:
    """Whether a file is a page with words of its own: not the 404 page, not a redirect, not the copy of a section."""
    return page.path != "404.html" and not page.is_made and page.tree.css_first("article") is not None
