"""The words of a built page, section by section, with the sources and links of each.

Only HTML is read, so any builder will do. Every element with an id begins a section: a heading until the
next heading, anything else (a row, an entry, a question) until its own end.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.difference.addresses import is_outside, resolve

_UNSEEN = (
    "script, style, template, .headerlink, .md-content__button, .footnote-backref,"
    ".guide-way, .guide-moved, .guide-moved__box, .guide-sections__page"
)
"""What is no text of a page, or repeats another. `classes` lets no page use these, so nobody can hide words in them."""
_OWN_ID = re.compile(r"^(?!__|fn:|fnref\d*:)\S+$")
_LINE = re.compile(r"#L\d+$")
"""Of a link that leads to a record's line in its file: another record above it is no news."""
_SOURCE = re.compile(r"^(?:fn:|ref-)(.+)$")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    re.findall(
        "[a-z]+",
        "a abbr b bdi bdo cite code data del dfn em i img input ins kbd label mark q s samp small span strong sub sup"
        " time u var wbr",
    )
)
_NO_TARGETS = frozenset({"g", "path", "svg", "input"})
_ADDRESSES = dict.fromkeys(("img", "iframe", "embed", "video", "audio", "source"), "src") | {
    **dict.fromkeys(("a", "area"), "href"),
    "object": "data",
    "form": "action",
}
_SAFETY = re.compile(r"guide-(?:care|facts)$|guide-care--|^(?:warning|danger)$")
_LISTS_OF_LINKS = frozenset(
    {"guide-sources", "guide-care__sources", "guide-entry__also", "guide-reference__line--quiet"}
)


@dataclass
class SectionText:
    """What a section shows.

    `level` is 1 to 6 for a heading and 0 for anything else with an id; `safety` holds the blocks of warnings and
    care cards again; `links` are addresses of links, pictures, frames and forms, each after the words that carry it.
    """

    page: str
    id: str
    level: int = 0
    heading: str = ""
    blocks: list[str] = field(default_factory=list)
    safety: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    verdict: str = ""

    @property
    def words(self) -> list[str]:
        """The heading and the blocks."""
        return [self.heading, *self.blocks] if self.heading else self.blocks


def find_content(tree: LexborHTMLParser) -> LexborNode | None:
    """Returns the part of a built page that is the page's own; None for an empty file."""
    articles = tree.css("article")
    return articles[0] if len(articles) == 1 else tree.css_first("main") or tree.body


def extract_sections(content: LexborNode, page: str) -> list[SectionText]:
    """Returns all sections below `content` in reading order; words before the first one have the id ''.

    Args:
        content: read and emptied: what readers never see as words is taken out of it.
        page: address of the page below the site.
    """
    for node in content.css(_UNSEEN):
        node.decompose()
    walker = _Walker(page)
    walker.walk(content)
    seen: Counter[str] = Counter()
    for section in walker.sections:
        seen[section.id] += 1
        if seen[section.id] > 1:  # nothing hides behind an id that stands twice
            section.id = f"{section.id} ({seen[section.id]})"
    return [section for section in walker.sections if section.id or section.words or section.links]


@dataclass(frozen=True)
class _Left:
    """What an element set: its marks, and the section to go back to after it (None: stay)."""

    marks: tuple[str, ...]
    outer: SectionText | None


_NOTHING = _Left((), None)


class _Walker:
    """Goes through a page once, without recursion: a page may be nested as deep as it likes."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.section = SectionText(page, "")
        self.sections = [self.section]
        self.words: list[str] = []
        self.inside = dict.fromkeys(("heading", "safety", "hidden", "list"), 0)

    def walk(self, root: LexborNode) -> None:
        todo: list[tuple[LexborNode, _Left | None]] = [(root, None)]
        while todo:
            node, left = todo.pop()
            tag = node.tag or ""
            if left is not None:
                self.leave(tag, left)
            elif tag == "-text":
                if not self.inside["list"]:
                    self.words.append(node.text_content or "")
            elif tag[:1].isalpha():
                todo.append((node, self.enter(node, tag)))
                if tag != "a" or not (node.attributes.get("href") or "").startswith("#fn:"):  # a number that shifts
                    todo += [(child, None) for child in reversed(list(node.iter(include_text=True)))]

    def enter(self, node: LexborNode, tag: str) -> _Left:
        """Returns what to undo when the element ends."""
        attributes = node.attributes
        if not attributes and tag not in _HEADINGS:
            if tag not in _INLINE:
                self.end_block()
            return _NOTHING
        classes = (attributes.get("class") or "").split()
        outer = self.section
        begins = bool(_OWN_ID.match(attributes.get("id") or "")) and tag not in _NO_TARGETS
        if begins or tag not in _INLINE:
            self.end_block()
        if begins:
            level = int(tag[1]) if tag in _HEADINGS else 0
            self.section = SectionText(self.page, attributes["id"] or "", level)
            self.sections.append(self.section)
        style = "".join((attributes.get("style") or "").lower().split())
        found = {
            "heading": tag in _HEADINGS and (begins or not self.section.words),
            "safety": any(_SAFETY.search(name) for name in classes),
            "hidden": "hidden" in attributes or "display:none" in style or "visibility:hidden" in style,
            "list": not _LISTS_OF_LINKS.isdisjoint(classes) and node.css_first("a") is not None,
        }
        marks = tuple(mark for mark, holds in found.items() if holds)
        for mark in marks:
            self.inside[mark] += 1
        if tag == "img":
            self.words.append(f" (picture: {attributes.get('alt') or 'no words for it'}) ")
        address = attributes.get(_ADDRESSES.get(tag, ""))
        if address:
            self.note_link(address, " ".join(node.text().split()) if tag == "a" else f"({tag})")
        if "guide-verdict" in classes and not self.section.level:
            self.section.verdict = " ".join(node.text().split())
        return _Left(marks, outer if begins and tag not in _HEADINGS else None)

    def note_link(self, href: str, words: str) -> None:
        """Notes where words lead; in a list of links that a macro gathers, only what leads outside."""
        source = _SOURCE.match(href.partition("#")[2])
        address = resolve(href, self.page)
        if source and not is_outside(address):
            self.section.sources.append(source.group(1))
        elif not self.inside["list"] or is_outside(address):
            self.section.links.append((words, _LINE.sub("", address)))

    def leave(self, tag: str, left: _Left) -> None:
        if left.outer is not None or tag not in _INLINE:
            self.end_block()
        for mark in left.marks:
            self.inside[mark] -= 1
        self.section = left.outer or self.section

    def end_block(self) -> None:
        block = " ".join("".join(self.words).split())
        self.words.clear()
        if not block:
            return
        if self.inside["heading"]:
            self.section.heading = f"{self.section.heading} {block}".strip()
            return
        block = f"(hidden) {block}" if self.inside["hidden"] else block
        self.section.blocks.append(block)
        if self.inside["safety"]:
            self.section.safety.append(block)
