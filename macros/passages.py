"""The words that a reader meets: passages, their sentences, and where each stands in its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from macros.diagnostics import Diagnostic, Level, Location, Script

Kind = Literal["paragraph", "item", "heading", "point", "caption", "front", "field"]
Spot = tuple[int, int]
"""An offset in the words of a passage, and the offset in its file from which the words go on."""

CITED = "\ue000"
"""Stands in the words where a source is cited; no file may hold this sign."""

_END = re.compile(rf"[.!?…]+[\"'”’)\]]*{CITED}*(?=\s|$)")  # noqa: RUF001 - a closing quote
_SHORT_FORM = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|vs|approx|Dr|Mr|Mrs|Ms|Prof|No|St|al|[A-Z]\.[A-Z])$")
_WORD = re.compile(r"\S*\w\S*")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")


@dataclass(frozen=True)
class Sentence:
    """A sentence: its words, where it begins in the words of its passage, and whether it cites a source."""

    words: str
    at: int
    cited: bool

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(_WORD.findall(self.words))

    @property
    def unquoted(self) -> str:
        """Its words; what stands in quotation marks is blanked, for those are somebody else's words."""
        return _QUOTED.sub(lambda found: " " * len(found.group()), self.words)


@dataclass(frozen=True)
class Link:
    """A link in a passage: the stretch of its words, and where it leads."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Passage:
    """Words that are read in one piece: a paragraph, an item of a list, a field of a record."""

    script: Script = field(repr=False)
    kind: Kind
    text: str
    find_spots: Callable[[], Sequence[Spot]] = field(repr=False)
    """Asked only when something is wrong."""
    links: tuple[Link, ...] = ()
    lead: Sentence | None = None
    """Of an item: the sentence with a colon that leads in its list."""
    reported: bool = False
    """Whether it says what somebody else claims, not what the guide says."""
    names: frozenset[str] = frozenset()
    """Of a field: id, topic, group and standard of its record, by which a macro shows it."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in their order."""
        return tuple(split_sentences(self.text))

    def locate(self, at: int) -> Location:
        """Returns the place in the file of an offset in the words."""
        spots = self.find_spots()
        begin, offset = spots[max(bisect_right(spots, (at, len(self.script.text))) - 1, 0)]
        return self.script.locate(min(offset + max(at - begin, 0), len(self.script.text)))

    def find_at(self, sentence: Sentence, offset: int) -> int:
        """Returns the offset in the passage of an offset in the words of one of its sentences."""
        before = sentence.words[:offset].split(" ")
        at = sentence.at
        for word in before[:-1]:
            at = self.text.find(word, at) + len(word)
        found = self.text.find(sentence.words[offset:].split(" ")[0], at)
        return found if found >= 0 else sentence.at

    def is_link(self, at: int) -> bool:
        """Whether an offset stands in the words of a link."""
        return any(link.start <= at < link.end for link in self.links)

    def diagnose(self, at: int, rule: str, message: str, help: str = "", level: Level = "error") -> Diagnostic:
        """Returns a diagnostic at an offset in the words, with the line it stands on."""
        return self.script.diagnose(self.locate(at), rule, message, help, level)


def split_sentences(text: str) -> Iterator[Sentence]:
    """Yields the sentences of a passage; the marks after its last sign belong to a sentence."""
    start = 0
    for found in _END.finditer(text):
        rest = text[found.end() :].lstrip()
        if (rest and rest[0].islower()) or (rest and _SHORT_FORM.search(text[start : found.start()])):
            continue
        yield from _make_sentence(text, start, found.end())
        start = found.end()
    yield from _make_sentence(text, start, len(text))


def _make_sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    piece = text[start:end]
    words = " ".join(piece.replace(CITED, "").split())
    if words:
        yield Sentence(words, start + len(piece) - len(piece.lstrip()), CITED in piece)


def shorten(words: str, limit: int = 60) -> str:
    """Returns words as a message quotes them: whole, or their beginning."""
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + " …"
