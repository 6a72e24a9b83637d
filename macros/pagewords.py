"""The words of a page that readers meet, each with its place: markup, macros and addresses are taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from macros.calls import INLINE_MACROS, Call
from macros.catalog import Catalog
from macros.datawords import read_field
from macros.diagnostics import Script
from macros.markup import blank_code_and_comments, replace_citations
from macros.pages import Page
from macros.passages import CITED, Kind, Link, Passage, Spot

_MACRO, _REST = "\ue001", "\ue002"
_EXPRESSION = re.compile(r"""\{\{(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^"'}]|\}(?!\}))*\}\}""")
_START = re.compile(
    r"""[ \t]*(?:(?P<item>(?:[-*+]|\d+[.)])[ \t]+|:[ \t]+|>[ \t]?)"""
    r"""|(?P<heading>\#{1,6}[ \t]+|[!?]{3}\+?[ \t]+[\w-]+[ \t]*"?)|(?P<cell>\|))?"""
)
_TOKEN = re.compile(
    rf"""(?P<macro>{_MACRO}{_REST}*)
    |(?P<code>`+[^`]*`+)
    |(?P<attributes>\{{:[^}}\n]*\}})
    |(?P<close>\]\((?P<target>[^()\s]*+)[^()\n]*+\))
    |(?P<note>\s*\[[@^][^\]\s]+\])
    |(?P<open>!?\[)
    |(?P<escape>\\[^\w\s])
    |(?P<mark></?[a-zA-Z][^>\n]*>|\*+|~~|(?<!\w)_+|_+(?!\w)|\|)""",
    re.VERBOSE,
)
_Block = tuple[Kind, int, int]


def list_page_passages(page: Page, catalog: Catalog) -> list[Passage]:
    """Returns every text of a page that readers meet, in its order: title, description, paragraphs, items, points."""
    return [*_list_front(page), *_list_body(page, catalog)]


def _list_front(page: Page) -> Iterator[Passage]:
    if page.front:
        script = Script(f"docs/{page.path}", page.front.text)
        for key in ("title", "description"):
            text = page.find_front(key)
            if text:
                yield read_field(page.front, script, (key,), text)


def _list_body(page: Page, catalog: Catalog) -> Iterator[Passage]:
    script = page.script
    text = blank_code_and_comments(page.text)
    parts: list[str] = []
    shown: dict[int, Call] = {}
    at = 0
    for call in page.calls:
        start = script.find_offset(call.location)
        found = _EXPRESSION.match(text, start)
        if found and start >= at:
            inline = call.name in INLINE_MACROS
            if inline:
                shown[start] = call
            else:
                yield from _list_arguments(call, script, start, found.end())
            sign = _MACRO + _REST * (len(found.group()) - 1) if inline else re.sub(r"[^\n]", " ", found.group())
            parts += (text[at:start], sign)
            at = found.end()
    text = "".join(parts) + text[at:]
    lead = None
    for kind, start, end in _split_blocks(text):
        words, spots, links = _read_inline(text, start, end, shown, catalog)
        passage = Passage(script, kind, words, spots.copy, links, lead if kind == "item" else None)
        if passage.sentences:
            if kind != "item":
                last = passage.sentences[-1]
                lead = last if last.words.endswith(":") else None
            yield passage


def _list_arguments(call: Call, script: Script, start: int, end: int) -> Iterator[Passage]:
    """Yields the words that a page gives to a macro: key points and captions."""
    texts: list[tuple[Kind, str]] = [("point", point) for point in call.find_texts(1, "points")]
    if call.name != "key_points":
        texts = [("caption", str(call.kwargs["caption"]))] if isinstance(call.kwargs.get("caption"), str) else []
    at = start
    for kind, text in texts:
        found = script.text.find(text, at, end)
        at = found if found >= 0 else at
        yield Passage(script, kind, str(replace_citations(text, lambda _: CITED)), [(0, at)].copy)


def _show(call: Call, catalog: Catalog) -> str:
    """Returns the words that a macro prints in the middle of a sentence."""
    first = call.find_text(0, "name" if call.name == "count" else "id")
    if call.name == "cite":
        return CITED
    if call.name == "count":
        return str(len(getattr(catalog, first.replace("-", "_"), ())))
    if call.name == "fact":
        return catalog.facts[first].value + CITED if first in catalog.facts else CITED
    shown = call.find_text(1, "words")
    return shown or (catalog.glossary[first].term if first in catalog.glossary else first)


def _split_blocks(text: str) -> Iterator[_Block]:
    """Yields kind, start and end of every block: paragraphs, headings, items of lists, cells of tables."""
    kind: Kind = "paragraph"
    start, at = -1, 0
    for row in text.splitlines(keepends=True):
        found = _START.match(row)
        begins = found.lastgroup if found else None
        if start >= 0 and (begins or not row.strip()):
            yield kind, start, at
            start = -1
        if begins == "cell":
            for cell in re.finditer(r"[^|\n]*[^|\n\s:-][^|\n]*", row):
                yield "item", at + cell.start(), at + cell.end()
        elif begins == "heading" and found:
            yield "heading", at + found.end(), at + len(row.rstrip().removesuffix('"'))
        elif row.strip() and start < 0:
            kind = "item" if begins or (kind == "item" and row[:1] in " \t") else "paragraph"
            start = at + (found.end() if found else 0)
        at += len(row)
    if start >= 0:
        yield kind, start, at


def _read_inline(
    text: str, start: int, end: int, shown: Mapping[int, Call], catalog: Catalog
) -> tuple[str, list[Spot], tuple[Link, ...]]:
    """Returns the words of a block, where they stand, and the links in them."""
    parts: list[str] = []
    spots: list[Spot] = []
    links: list[Link] = []
    opened: list[tuple[int, bool]] = []
    length = 0

    def add(words: str, offset: int) -> None:
        nonlocal length
        if words:
            spots.append((length, offset))
            parts.append(words)
            length += len(words)

    at = start
    for found in _TOKEN.finditer(text, start, end):
        add(text[at : found.start()].replace("\n", " "), at)
        kind = found.lastgroup
        if kind == "macro" and found.start() in shown:
            call = shown[found.start()]
            begin = length
            add(_show(call, catalog), found.start())
            links += [Link(begin, length, "")] if call.name == "term" else []
        elif kind == "code":
            add("code", found.start())
        elif kind == "escape":
            add(found.group()[1], found.start() + 1)
        elif kind == "note":
            add(CITED, found.start())
        elif kind == "open":
            opened.append((length, found.group() == "["))
        elif kind == "close" and opened:
            begin, is_link = opened.pop()  # or it is a picture
            links += [Link(begin, length, found.group("target"))] if is_link else []
        at = found.end()
    add(text[at:end].replace("\n", " "), at)
    return "".join(parts), spots, tuple(links)
