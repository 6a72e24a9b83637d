"""How hard each page is to read: the Flesch-Kincaid grade of the words that a reader meets.

Measured on the built site: tables, lists, headings, folded parts and everything that macros print count.
Every block (paragraph, heading, list item, cell) ends a sentence. Left out is what is not in the guide's
own words or is not read as a sentence: names of works (`cite`), the lines that cite them, footnotes,
code, drawings, addresses and hidden parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from macros.grade import find_words, reading_grade

LIMIT = 8.0
"""The highest grade that a page may have: a person of 13 to 14 years reads it with ease."""

_LEFT_OUT = (
    "script, style, template, svg, code, pre, cite, address, [hidden], .footnote, .footnote-ref, .headerlink,"
    " .guide-way, .md-content__button, .md-source-file"
)
_BLOCKS = frozenset(
    (
        *("article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "label", "li", "nav"),
        *("ol", "p", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_CITATION_ROW = re.compile(r"<cite|^(DOI|PMID): ")
_DOT_IN_WORD = re.compile(r"(?<=\w)\.(?=\w)")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_COPY = re.compile(r"<html[^>]*\bdata-guide-made\b")
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Reading:
    """How a page reads: Flesch-Kincaid grade, number of words, and its sentences in their order."""

    grade: float
    words: int
    sentences: tuple[str, ...]

    def find_longest(self, count: int = 3) -> list[str]:
        """Returns the longest sentences, the longest first."""
        return sorted(self.sentences, key=lambda sentence: len(sentence.split()), reverse=True)[:count]


def measure_site(site: Path) -> dict[str, Reading]:
    """Returns how every page reads that has an article, by its path below `site`.

    Copies of sections (`data-guide-made`) hold no words of their own: these are measured where they come from.
    """
    readings = {}
    for file in sorted(site.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        reading = None if _COPY.search(html) else measure_page(html)
        if reading is not None:
            readings[file.relative_to(site).as_posix()] = reading
    return readings


def measure_page(html: str) -> Reading | None:
    """Returns how the article of a built page reads; None when there is none."""
    blocks = extract_blocks(html)
    if blocks is None:
        return None
    sentences = [
        sentence.strip() for block in blocks for sentence in _SENTENCE.findall(block) if _WORD.search(sentence)
    ]
    words = sum(len(find_words(sentence)) for sentence in sentences)
    return Reading(reading_grade(sentences), words, tuple(sentences))


def extract_blocks(html: str) -> list[str] | None:
    """Returns the words of the article block by block, each ending as a sentence; None without an article.

    A dot inside a number or a name (0.5, U.S.) becomes a middle dot, so that it ends no sentence.
    """
    article = LexborHTMLParser(html).css_first("article")
    if article is None:
        return None
    for node in article.css(".guide-reference"):
        rows = (node.inner_html or "").split("\n")
        node.inner_html = "\n".join(row for row in rows if not _CITATION_ROW.search(row))
    for node in article.css(_LEFT_OUT):
        node.decompose()
    blocks: list[str] = []
    words: list[str] = []

    def end_block() -> None:
        block = _DOT_IN_WORD.sub("·", " ".join("".join(words).split())).strip(" ,;")
        words.clear()
        if _WORD.search(block):
            blocks.append(block if block[-1] in ".!?" else f"{block}.")

    def walk(node: LexborNode) -> None:
        if node.tag == "-text":
            words.append(node.text_content or "")
            return
        alone = node.tag in _BLOCKS
        if alone:
            end_block()
        for child in node.iter(include_text=True):
            walk(child)
        if alone:
            end_block()

    walk(article)
    return blocks


def render_grades(site: Path) -> str:
    """Returns a table: path, words and grade of every page of a built site, the hardest first."""
    readings = sorted(measure_site(site).items(), key=lambda item: (-item[1].grade, item[0]))
    width = max([len("page"), *(len(path) for path, _ in readings)])
    rows = [f"{'page':{width}}  words  grade"]
    rows += [f"{path:{width}}  {reading.words:5}  {reading.grade:5.1f}" for path, reading in readings]
    return "\n".join(rows)
