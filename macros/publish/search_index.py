"""The index that the search of the built guide reads: small, made from sections alone, the same for every builder.

It holds no text. A section is found by the words of its heading, of its page's title, by those of its own that tell it
apart from other sections, and, less, by its other words. `search.js` reads it, and takes from it how words are folded.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from pathlib import PurePosixPath

from macros.publish.search_words import ASKING, FOLDS, SKIPPED, find_leaders, find_terms, fold_word, split_words

TELLING_WORDS = 3
"""How many of its own words a section of middle length is told by; of a care card, all."""
SPREAD, WEIGHT = 2, 0.5
"""In how many sections another word stands at least, and how far a section goes at least that is found by such. Without
them the index is 12 KB smaller, and questions that it was not taught find less: 83 in 100 first, not 87."""

_SIGNS = "".join(chr(code) for code in range(35, 127) if chr(code) != "\\")
"""What JSON writes as one byte; a space parts the lists."""
_LAST, _MORE = 60, 31
_LENGTH_COUNTS, _FLATTEN, _RARE = 0.3, 3, 4


@dataclass(frozen=True)
class Section:
    """What can be found."""

    title: str
    page: str
    """Title of the page on which it stands."""
    address: str
    """Relative to the root of the guide, such as `treatment/aftercare/#aftercare-sun`."""
    words: str
    weight: float = 1.0
    """From 0.1 to 2: how far it goes before others that fit as well."""
    asked: str = ""
    """The words of questions that it is known to answer: they are kept whole."""
    care: str = ""
    """Level of a care card: it goes first when a reader's words speak of danger."""


@dataclass(frozen=True)
class Alias:
    """What readers type, and the guide's words for it."""

    words: Sequence[str]
    means: Sequence[str]
    danger: bool = False


def render_search_index(
    sections: Sequence[Section],
    aliases: Sequence[Alias],
    topics: Mapping[str, str],
    groups: Sequence[Sequence[str]] = (),
) -> tuple[str, list[str]]:
    """Returns the index as JSON, and those meanings of aliases that hold a word which no section keeps.

    Args:
        sections: in the order of the guide, those of one page together.
        aliases: other words for what the guide says.
        topics: address by name of what is offered when nothing is found, the last a way to tell us; the first is
            offered always, and leads to help.
        groups: words that are one and the same.
    """
    leaders = find_leaders(groups)
    heads = [{*find_terms(section.title, leaders, heading=True)} for section in sections]
    tops = [{*find_terms(section.page, leaders, heading=True)} for section in sections]
    asked = [[*dict.fromkeys(find_terms(section.asked, leaders))] for section in sections]
    bodies = [Counter(find_terms(f"{section.words} {section.asked}", leaders)) for section in sections]
    spread = Counter(term for head, top, body in zip(heads, tops, bodies, strict=True) for term in {*head, *top, *body})
    rarity = {term: math.log(1 + (len(sections) - count + 0.5) / (count + 0.5)) for term, count in spread.items()}
    places: dict[str, list[int]] = {term: [] for term in sorted(rarity)}
    others: dict[str, list[int]] = {term: [] for term in places}
    average = sum(body.total() for body in bodies) / max(1, len(bodies)) or 1
    for place, (section, head, body) in enumerate(zip(sections, heads, bodies, strict=True)):
        length = body.total() / average
        best = [term for term in _rank_words(body, length, rarity) if term not in head]
        most = len(best) if section.care else round(TELLING_WORDS * min(1, section.weight) * length**0.5)
        telling = {*best[:most], *asked[place]} - head
        for term in telling:
            places[term].append(place)
        for term in best[most:] if section.weight >= WEIGHT else ():
            if term not in telling and spread[term] >= SPREAD:
                others[term].append(place)
    shown = {term for terms in (*heads, *tops) for term in terms}
    means = [[term for words in alias.means for term in find_terms(words, leaders, heading=True)] for alias in aliases]
    typed = [_render_typed(alias, leaders) for alias in aliases]
    named = shown | {word for words in typed for word in re.findall("[^ |]+", words)}
    kept = {term for term in places if places[term] or others[term]}
    listed = sorted(kept - named)
    known = sorted({*named, *listed})
    index = {  # in this order it packs best
        "pages": [_render_page(list(group)) for _, group in groupby(sections, key=_find_page)],
        "aliases": [
            [words, " ".join(dict.fromkeys(terms)), *([1] if alias.danger else [])]
            for alias, words, terms in zip(aliases, typed, means, strict=True)
        ],
        "same": [" ".join(dict.fromkeys(fold_word(word) for word in group)) for group in groups],
        "terms": _render_terms(listed),
        "skip": " ".join(sorted(SKIPPED)),
        "ask": " ".join(sorted(ASKING)),
        "folds": FOLDS,
        "topics": list(topics.items()),
        "care": {place: section.care for place, section in enumerate(sections) if section.care},
        "weights": "".join(_SIGNS[round(section.weight * 20)] for section in sections),
        "rarity": "".join(str(min(9, round(rarity.get(term, 0)))) for term in known),
        "places": " ".join(_render_places(places.get(term, ())) for term in known),
        "others": " ".join(_render_places(others.get(term, ())) for term in known),
    }
    findable = kept | shown
    unknown = [
        meaning
        for alias in aliases
        for meaning in alias.means
        if not findable.issuperset(find_terms(meaning, leaders, heading=True))
    ]
    return json.dumps(index, ensure_ascii=False, separators=(",", ":")), unknown


def _rank_words(body: Counter[str], length: float, rarity: Mapping[str, float]) -> list[str]:
    """Returns the words of a section, those first that tell it apart: rare elsewhere, frequent here (BM25).

    Beyond a limit, rarer is no better: what stands in one section alone is seldom what readers type.
    """
    norm = 1 - _LENGTH_COUNTS + _LENGTH_COUNTS * length
    return sorted(body, key=lambda term: (-min(rarity[term], _RARE) / (1 + _FLATTEN * norm / body[term]), term))


def _find_page(section: Section) -> str:
    return section.address.partition("#")[0]


def _render_page(sections: Sequence[Section]) -> list[str]:
    """Returns title, address, and a line for each section: its id, a space, its heading.

    An id that begins with the name of the page is cut to what follows, from the hyphen on; where it ends with the
    heading in small letters and hyphens, a star stands for that, and for one word of the heading its letter: A, B, C.
    """
    address = _find_page(sections[0])
    name = f"{PurePosixPath(address).name}-"
    lines = []
    for section in sections:
        id = section.address.partition("#")[2]
        slug = re.sub(r"[^a-z0-9]+", "-", section.title.lower()).strip("-")
        short = f"-{id.removeprefix(name)}" if id.startswith(name) else id
        star = f"{short.removesuffix(slug)}*" if slug and short.endswith(slug) else short
        letters = {word: chr(ord("A") + number) for number, word in enumerate(slug.split("-")[:26]) if len(word) > 1}
        lines.append(f"{'-'.join(letters.get(word, word) for word in star.split('-'))} {section.title}")
    return [sections[0].page, address, "\n".join(lines)]


def _render_terms(terms: Iterable[str]) -> str:
    """Returns sorted words, each as a letter for how much it shares with the one before, and its rest."""
    parts, before = [], ""
    for term in terms:
        shared = min(25, sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, term, strict=False))))
        parts.append(f"{chr(ord('A') + shared)}{term[shared:]}")
        before = term
    return "".join(parts)


def _render_places(places: Iterable[int]) -> str:
    """Returns rising numbers as the steps between them; a sign from 60 on is the low part of a large step."""
    signs, before = [], -1
    for place in places:
        step = place - before - 1
        while step >= _LAST:
            signs.append(_SIGNS[_LAST + step % _MORE])
            step //= _MORE
        signs.append(_SIGNS[step])
        before = place
    return "".join(signs)


def _render_typed(alias: Alias, leaders: Mapping[str, str]) -> str:
    """Returns what is typed; words of which all tell stand in the order of the alphabet: readers type them in any."""
    typed = []
    for words in alias.words:
        telling = _find_telling(split_words(words))
        parts = [leaders.get(fold_word(word), fold_word(word)) for word in telling]
        typed.append(" ".join(parts if SKIPPED.intersection(telling) else sorted(parts)))
    return "|".join(dict.fromkeys(typed))


def _find_telling(words: list[str]) -> list[str]:
    """Returns the words that count, where there are two that do not ask: others may then stand between; else all."""
    telling = [word for word in words if word not in SKIPPED]
    return telling if len({*telling} - ASKING) > 1 else words
