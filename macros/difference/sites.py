"""A built site, read from its files: pages, sources, and whatever else changes what people see."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.difference.addresses import resolve
from macros.difference.sections import SectionText, extract_sections, find_content
from macros.difference.sentences import split_sentences

FRAME = "(around every page)"
"""Stands in for an address: menus, header and footer, read from one page."""

_LOOKS = re.compile(r"\.(css|m?js|svg|png|jpe?g|gif|webp|avif|ico|woff2?|pdf|mp4|webm)$", re.IGNORECASE)
_LINK = re.compile(r" <(\S+)>")
_LINKS = re.compile(r"( <\S+>)+$")
_SENDS_ON = re.compile(r"url\s*=\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class PageText:
    """What a page shows.

    `address` is its path below the site, '' for the first page; `notes` are the footnotes by key. A page that only
    leads elsewhere (a redirect, the permanent address of one section) has that place as its `target`.
    """

    address: str
    title: str
    sections: tuple[SectionText, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    is_safety: bool = False
    target: str = ""
    html: str = field(default="", repr=False)


@dataclass(frozen=True)
class SiteText:
    """What a site shows: its pages by address, and the digest of every style, script, picture and document."""

    pages: Mapping[str, PageText]
    files: Mapping[str, str] = field(default_factory=dict)


def read_site(folder: Path) -> SiteText:
    """Returns what a built site shows; symbolic links are not followed, signs that are not UTF-8 are replaced.

    Raises:
        FileNotFoundError: the folder holds no page.
    """
    pages: dict[str, PageText] = {}
    files: dict[str, str] = {}
    for file in sorted(folder.rglob("*")):
        if file.is_symlink() or not file.is_file():
            continue
        path = file.relative_to(folder).as_posix()
        if _LOOKS.search(path):
            files[path] = hashlib.sha256(file.read_bytes()).hexdigest()
        elif file.suffix.lower() in {".html", ".htm"}:
            address = path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path
            pages[address] = parse_page(file.read_text(encoding="utf-8", errors="replace"), address)
    if not pages:
        raise FileNotFoundError(folder)
    around = pages.get("404.html") or pages.get("") or next(iter(pages.values()))
    return SiteText(_drop_repeated_words({**pages, FRAME: parse_frame(around.html)}), files)


def _drop_repeated_words(pages: Mapping[str, PageText]) -> dict[str, PageText]:
    """Returns the pages; of those that only lead elsewhere, the words and addresses that no other page has."""
    said: set[str] = set()
    for page in pages.values():
        if not page.target:
            for section in page.sections:
                said.update(split_sentences(section.words))
                said.update(address for _, address in section.links)
            for note in page.notes.values():
                said.update(split_sentences([_LINKS.sub("", note)]))
                said.update(_LINK.findall(note))
    kept = {}
    for address, page in pages.items():
        if page.target:
            words = [word for section in page.sections for word in split_sentences(section.words) if word not in said]
            links = [link for section in page.sections for link in section.links if link[1] not in said]
            kept[address] = replace(page, sections=(SectionText(address, "", blocks=words, links=links),), notes={})
        else:
            kept[address] = page
    return kept


def parse_page(html: str, address: str) -> PageText:
    """Returns what the page shows, without its menus, header and footer."""
    tree = LexborHTMLParser(html)
    target = _find_target(tree, address)
    content = find_content(tree)
    if content is None:
        return PageText(address, "", (), target=target, html=html)
    notes = _take_notes(content)
    safety = content.css_first(".guide-review--safety") is not None
    sections = extract_sections(content, address)
    title = next((section.heading for section in sections if section.heading), "") or _find_title(tree)
    description = tree.css_first("meta[name=description]")
    if description is not None and description.attributes.get("content"):
        lead = SectionText(address, "", blocks=[f"Shown by search engines: {description.attributes['content']}"])
        sections = [lead, *sections] if not sections or sections[0].id else [_join(lead, sections[0]), *sections[1:]]
    return PageText(address, title, tuple(sections), notes, safety, target, html)


def parse_frame(html: str) -> PageText:
    """Returns what stands around every page, as one section; not which version it is, which always differs."""
    tree = LexborHTMLParser(html)
    content = find_content(tree)
    body = tree.body
    if body is None or content is None or content.tag == "body":
        return PageText(FRAME, FRAME, ())
    content.decompose()
    for node in body.css(".guide-version"):
        node.decompose()
    parts = extract_sections(body, "")
    whole = SectionText(FRAME, "", heading="Menus, header and footer")
    for part in parts:
        whole = _join(whole, part)
    return PageText(FRAME, FRAME, (whole,))


def _join(first: SectionText, second: SectionText) -> SectionText:
    """Returns one section with the words and links of both, under the name of the first."""
    return SectionText(
        page=first.page,
        id=first.id,
        heading=first.heading,
        blocks=[*first.blocks, *second.words],
        safety=[*first.safety, *second.safety],
        sources=[*first.sources, *second.sources],
        links=[*first.links, *second.links],
    )


def _find_target(tree: LexborHTMLParser, address: str) -> str:
    """Returns where a page only sends on: by a refresh, or because it calls another its original; '' for a page."""
    head = tree.head
    if head is None:
        return ""
    for node in head.css("meta[http-equiv]"):
        found = _SENDS_ON.search(node.attributes.get("content") or "")
        if found and (node.attributes.get("http-equiv") or "").lower() == "refresh":
            return found.group(1)
    canonical = head.css_first("link[rel=canonical]")
    href = (canonical.attributes.get("href") or "") if canonical is not None else ""
    own = f"/{address.removesuffix('.html')}"
    return "" if not address or resolve(href, "").removesuffix(".html").endswith(own) else href


def _take_notes(content: LexborNode) -> dict[str, str]:
    """Returns every footnote by its key, its links spelled out, and takes all of them off the page."""
    notes = {}
    for node in content.css(".footnote li[id], .footnotes li[id]"):
        for back in node.css(".footnote-backref"):
            back.decompose()
        links = [link.attributes.get("href") or "" for link in node.css("a[href]")]
        outside = [f"<{link}>" for link in links if "://" in link]
        notes[(node.attributes.get("id") or "").removeprefix("fn:")] = " ".join([*node.text().split(), *outside])
    for node in content.css(".footnote, .footnotes"):
        node.decompose()
    return notes


def _find_title(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    return " ".join(title.text().split()) if title is not None else ""
