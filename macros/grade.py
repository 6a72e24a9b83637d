"""How many years of school a text asks for: the Flesch-Kincaid grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import pyphen  # type: ignore[import-untyped]

_SYLLABLES = pyphen.Pyphen(lang="en_US")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001 - both apostrophes occur
_SHORTEST = 3
"""A heading or cell of one or two words is no sentence: counting it would make a hard text look easy."""


@lru_cache(maxsize=20_000)
def count_syllables(word: str) -> int:
    """Returns the number of syllables of an English word, as its hyphenation shows them."""
    return len(_SYLLABLES.positions(word.lower())) + 1


def find_words(text: str) -> list[str]:
    """Returns the words of a text; a number is a word."""
    return _WORD.findall(text)


def reading_grade(sentences: Iterable[str]) -> float:
    """Returns the Flesch-Kincaid grade (US school years), to one decimal; 0 for a text without words.

    Source: Kincaid and others, 1975. A grade of 8 is what a person of 13 to 14 years reads with ease.
    """
    found = [words for words in map(find_words, sentences) if words]
    words = [word for sentence in found for word in sentence]
    if not words:
        return 0.0
    counted = max(1, sum(1 for sentence in found if len(sentence) >= _SHORTEST))
    syllables = sum(map(count_syllables, words))
    return round(0.39 * len(words) / counted + 11.8 * syllables / len(words) - 15.59, 1)
