"""How many years of school a text asks for: the Flesch-Kincaid grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import pyphen  # type: ignore[import-untyped]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 - both apostrophes occur
_SHORTEST = 3
"""A heading or cell of one or two words is no sentence: counting it would make a hard text look easy."""


@cache
def _open_dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")


def close_dictionary() -> None:
    """Lets go of the hyphenation of English: it takes 4 MiB, and is read again in no time."""
    count_syllables.cache_clear()
    _open_dictionary.cache_clear()
    pyphen.hdcache.clear()


@lru_cache(maxsize=20_000)
def count_syllables(word: str) -> int:
    """Returns the number of syllables of an English word, as its hyphenation shows them."""
    return len(_open_dictionary().positions(word.lower())) + 1


def find_words(text: str) -> list[str]:
    """Returns the words of a text; a number is a word."""
    return _WORD.findall(text)


@dataclass(frozen=True)
class Count:
    """How much a text holds."""

    sentences: int = 0
    """Those that are long enough to count as one."""
    words: int = 0
    syllables: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.sentences + other.sentences, self.words + other.words, self.syllables + other.syllables)

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade (US school years), to one decimal; 0 for a text without words.

        Source: Kincaid and others, 1975. A grade of 8 is what a person of 13 to 14 years reads with ease.
        """
        if not self.words:
            return 0.0
        length = self.words / max(1, self.sentences)
        return round(0.39 * length + 11.8 * self.syllables / self.words - 15.59, 1)


def count_sentences(sentences: Iterable[str]) -> Count:
    """Returns how much the sentences of a text hold."""
    found = [find_words(sentence) for sentence in sentences]
    return Count(
        sentences=sum(1 for words in found if len(words) >= _SHORTEST),
        words=sum(map(len, found)),
        syllables=sum(count_syllables(word) for words in found for word in words),
    )


def reading_grade(sentences: Iterable[str]) -> float:
    """Returns the Flesch-Kincaid grade of a text."""
    return count_sentences(sentences).grade
