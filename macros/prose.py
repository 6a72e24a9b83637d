"""The rules of plain writing. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic
from macros.grade import Count, count_sentences, reading_grade
from macros.pages import Page
from macros.passages import CITED, Passage, shorten

MAX_WORDS = 20
MAX_SENTENCES = 3
MAX_GRADE = 8.0
SHOWN_BY = {
    "bibliography": "data/references.yml",
    "care_card": "data/care-cards.yml",
    "changes": "data/changes.yml",
    "claims": "data/claims.yml",
    "comparison": "data/comparisons/",
    "disagreements": "data/disagreements.yml",
    "figure": "data/figures.yml",
    "glossary": "data/glossary.yml",
    "questions": "data/questions.yml",
    "safety_facts": "data/safety-facts.yml",
    "standards": "data/standards.yml",
    "topics": "data/topics.yml",
}
"""By macro, the file whose records it shows."""

_POOR_LINK = re.compile(
    r"(?:(?:click|find out|learn|read|see) )?(?:here|more|on|details|more information)?|click|link|see|read"
    r"|th(?:is|e)(?: article| link| page| section| site| website)?"
)
_BARE = re.compile(r"^(?:https?://|www\.)|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$")
_BARE_IN_TEXT = re.compile(r"https?://[^\s)\]>]+")
_POOR_ALT = re.compile(
    r"^(?:(?:an? |the )?(?:image|picture|photo|photograph|graphic|icon) of\b|.*\.(?:svg|png|jpe?g)$)", re.IGNORECASE
)


class RecordCounts:
    """How much each record of `data/` gives to read: all that is kept of its words."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[frozenset[str], Count]] = {}

    def add(self, passage: Passage) -> None:
        """Adds a text of a record."""
        records = self._counts.setdefault(passage.script.path, {})
        records[passage.names] = records.get(passage.names, Count()) + _count(passage)

    def count_shown(self, page: Page) -> Count:
        """Returns how much of all records the macros of a page show; what two of them show counts once."""
        shown = list(_list_shown(page))
        total = Count()
        for path, records in self._counts.items():
            wanted = [names for file, names in shown if path.startswith(file)]
            for own, count in records.items() if wanted else ():
                if any(not names or names & own for names in wanted):
                    total += count
        return total


def check_prose(passages: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Yields every problem of how texts are written."""
    yield from check_sentences(passages)
    yield from check_paragraphs(passages)
    yield from check_link_words(passages)


def check_sentences(passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """A sentence has at most 20 words, in pages and in data; what an article claims is free to be longer."""
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.count > MAX_WORDS and not passage.reported:
                message = f"a sentence of {sentence.count} words, more than {MAX_WORDS}: '{shorten(sentence.words)}'"
                help = "make two sentences of it, or leave words out"
                yield passage.diagnose(sentence.at, "prose-long-sentence", message, help)


def check_paragraphs(passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """A paragraph or an item of a page has at most 3 sentences."""
    for passage in passages:
        count = len(passage.sentences)
        if passage.kind in ("paragraph", "item", "point") and count > MAX_SENTENCES:
            message = f"a paragraph of {count} sentences, more than {MAX_SENTENCES}"
            at = passage.sentences[MAX_SENTENCES].at
            yield passage.diagnose(
                at, "prose-long-paragraph", message, "put an empty line before this sentence, or make a list"
            )


def check_link_words(passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """The words of a link say where it leads; no address stands bare in a text."""
    for passage in passages:
        for link in passage.links:
            words = " ".join(passage.text[link.start : link.end].replace(CITED, "").split())
            if _POOR_LINK.fullmatch(words.casefold().strip(" .:!")) or _BARE.match(words):
                help = "name the page or the section that opens, such as 'what can go wrong'"
                yield passage.diagnose(link.start, "prose-link-text", f"a link is named '{words}'", help)
        for bare in _BARE_IN_TEXT.finditer(passage.text):
            if not any(link.start <= bare.start() < link.end for link in passage.links):
                message = f"'{shorten(bare.group())}' stands bare in the text"
                help = (
                    "write [words](address)" if passage.kind != "field" else "put the address into data/references.yml"
                )
                yield passage.diagnose(bare.start(), "prose-link-text", message, help)


def check_pictures(page: Page) -> Iterator[Diagnostic]:
    """A picture in a page has words for those who cannot see it."""
    for picture in page.pictures:
        if not _says_something(picture.words):
            place, words = picture.location, picture.words
            message = f"a picture is described as '{words}'" if words.strip() else "a picture without words"
            help = "say in the square brackets what it shows"
            yield page.diagnose(place.line, place.column, "prose-alt-text", message, help)


def check_alternatives(catalog: Catalog) -> Iterator[Diagnostic]:
    """The alternative text of a drawing says what it shows, and is not its caption."""
    source = catalog.sources.get("data/figures.yml")
    for figure in catalog.figures.values():
        if source and (not _says_something(figure.alt) or figure.alt.casefold() in figure.caption.casefold()):
            where = (source.find_record(figure.id), "alt")
            help = "say what a reader would see, without 'picture of', and not the caption again"
            yield source.diagnose(where, "prose-alt-text", f"the drawing is described as '{figure.alt}'", help)


def _says_something(alternative: str) -> bool:
    return len(alternative.split()) > 1 and not _POOR_ALT.match(alternative.strip())


def check_grade(page: Page, passages: Iterable[Passage], records: RecordCounts) -> Iterator[Diagnostic]:
    """The words of a page and of the data that it shows have a Flesch-Kincaid grade of at most 8."""
    own = (_count(passage) for passage in passages if passage.kind != "front")
    grade = sum(own, records.count_shown(page)).grade
    if grade > MAX_GRADE:
        message = f"reads at grade {grade:.1f}, above {MAX_GRADE:.0f}"
        sentences = [sentence.words for passage in passages for sentence in passage.sentences if sentence.count > 2]
        hardest = max(sentences, key=lambda words: reading_grade([words]), default="")
        help = f"shorter words and sentences; begin with '{shorten(hardest)}'" if hardest else ""
        yield page.diagnose(1, 1, "prose-grade", message, help)


def _count(passage: Passage) -> Count:
    return count_sentences(sentence.words for sentence in passage.sentences)


def _list_shown(page: Page) -> Iterator[tuple[str, frozenset[str]]]:
    """Yields the file that each macro of a page shows, and the records of it (none: all)."""
    for call in page.calls:
        if call.name in SHOWN_BY:
            yield SHOWN_BY[call.name], frozenset(call.list_texts())
