"""The rules of figures. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic, Location
from macros.models import Fact
from macros.passages import CITED, Passage, Sentence, shorten

_DIGIT = re.compile(r"\d")
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_WORDS = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_UNITS = (
    r"seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?|"
    r"mg|g|kg|ml|%|per ?cent|degrees?|people|persons?|patients?|adults?|children|women|men|volunteers?|times|"
    r"sessions?|treatments?|visits?|grades?|points?|dollars?|euros?|cents?|inch(?:es)?|microns?|micrometers?|"
    r"lit(?:er|re)s?|[°º]\s?[CF]?"
)
_FIGURE = re.compile(
    rf"[$€£]\s?{_DIGITS}|\bage[ds]?\s\d+"
    rf"|(?<![\w.,])(?:{_DIGITS}|{_WORDS})[\s-]?(?:(?:in|of|out of)\s(?:every\s)?\d+\b|(?:{_UNITS})(?![\w-]))"
    rf"|\b(?:one|{_WORDS})\s(?:in|out of)\s(?:every\s)?(?:{_DIGITS}|{_WORDS})\b"
    rf"|\b(?:half|(?:a|one|two|three)[\s-](?:third|quarter|fifth|tenth)s?)\s(?:of\s)?(?:the\s|all\s)?(?:{_UNITS})\b",
    re.IGNORECASE,
)
_CURRENCIES = ("$", "€", "£")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAY = re.compile(rf"\b(?:\d{{1,2}}\s)?(?:{_MONTHS})(?:\s\d{{1,2}},)?\s\d{{4}}\b")
_OWN = re.compile(
    r"(?<!of )(?<!of \d )(?<!of \d\d )(?<!of \d\d\d )\barticles?\b|\bof the \d articles\b|\bguide\b|\bpages?\b",
    re.IGNORECASE,
)


def check_figures(passages: Sequence[Passage], catalog: Catalog, readers: Sequence[FactReader]) -> Iterator[Diagnostic]:
    """Yields every problem of figures in texts; `readers` are those of the catalog (`list_fact_readers`)."""
    yield from check_uncited_figures(passages)
    yield from check_unsourced_terms(catalog, passages)
    yield from check_facts(catalog, passages, readers)


def check_uncited_figures(passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """A number with a unit, a price or a per cent on a page has a source in its sentence.

    The lead-in of a list may name it for the items. Free of this rule are titles and headings; dates; numbers
    without a unit; what stands in quotation marks; and sentences that name their source or subject in words:
    an article (whose claims are answered elsewhere), the guide, or a page of it.
    """
    for passage in passages:
        if passage.kind in ("heading", "front", "field") or (passage.lead and _is_sourced(passage.lead)):
            continue
        for sentence in passage.sentences:
            figure = find_figure(sentence)
            if figure and not _is_sourced(sentence):
                message = f"'{figure}' has no source in its sentence"
                form = "[@id]" if passage.kind in ("point", "caption") else '{{ cite("id") }}'
                help = f"put {form} behind the sentence, with an id of data/references.yml, or leave the figure out"
                yield passage.diagnose(sentence.at, "figure-uncited", message, help)


def _is_sourced(sentence: Sentence) -> bool:
    return sentence.cited or _OWN.search(sentence.words) is not None


def find_figure(sentence: Sentence) -> str | None:
    """Returns the first number with a unit, price or per cent of a sentence, or None; dates do not count."""
    found = _FIGURE.search(_DAY.sub(" ", sentence.unquoted))
    return found.group() if found else None


def check_unsourced_terms(catalog: Catalog, passages: Iterable[Passage]) -> Iterator[Diagnostic]:
    """A definition with a figure names its source in `refs`."""
    sourced = {id for id, term in catalog.glossary.items() if term.refs}
    for passage in passages:
        if passage.script.path == "data/glossary.yml" and not passage.names & sourced:
            for sentence in passage.sentences:
                figure = find_figure(sentence)
                if figure:
                    message = f"'{figure}' has no source: `refs` is empty"
                    yield passage.diagnose(
                        sentence.at, "figure-uncited", message, "write the id of its source into refs: [id]"
                    )


@dataclass(frozen=True)
class FactReader:
    """Finds a fact in sentences: the words that must be there, and the numbers that stand beside its unit."""

    fact: Fact
    about: tuple[re.Pattern[str], ...]
    values: frozenset[str]

    def find_values(self, words: str) -> frozenset[str]:
        """Returns the values with the fact's unit in a sentence that speaks of it; none in any other."""
        if not all(pattern.search(words) for pattern in self.about):
            return frozenset()
        return find_values(words, self.fact.unit)

    def agrees(self, values: frozenset[str]) -> bool:
        """Whether the fact's own value is among values; of a day, month and year are enough."""
        if self.fact.unit == "date":
            return any(own.endswith(value) for own in self.values for value in values)
        return self.values <= values


def list_fact_readers(catalog: Catalog) -> list[FactReader]:
    """Returns what finds each fact of `data/facts.yml`."""
    return [_make_reader(fact) for fact in catalog.facts.values()]


def check_units(catalog: Catalog, readers: Iterable[FactReader]) -> Iterator[Diagnostic]:
    """The unit of a fact stands beside a number in its value."""
    source = catalog.sources.get("data/facts.yml")
    for reader in readers:
        if source and not reader.values:
            where = (source.find_record(reader.fact.id), "unit")
            message = f"'{reader.fact.unit}' does not stand beside a number in '{reader.fact.value}'"
            yield source.diagnose(where, "data-shape", message, "name the word beside the number, or 'date'")


def check_facts(catalog: Catalog, passages: Iterable[Passage], readers: Sequence[FactReader]) -> Iterator[Diagnostic]:
    """A figure of `data/facts.yml` has that value wherever a sentence speaks of it, and pages print it by `fact`.

    A sentence speaks of it when it holds all words of `about` and a number with the same unit; it may name
    further values beside the right one. What an article claims is free to differ.
    """
    source = catalog.sources.get("data/facts.yml")
    for passage in passages:
        if passage.reported or not _DIGIT.search(passage.text):
            continue
        for sentence in passage.sentences:
            if not _DIGIT.search(sentence.words):
                continue
            for reader in readers:
                values = reader.find_values(sentence.words)
                if not values or not source:
                    continue
                wrong = not reader.agrees(values)
                if not wrong and not _is_written_out(passage, sentence, reader.fact):
                    continue
                place = source.locate((source.find_record(reader.fact.id), "value"))
                if wrong:
                    yield _contradict(passage, sentence, reader.fact, values, place)
                else:
                    help = f'write {{{{ fact("{reader.fact.id}") }}}} in its place'
                    message = f"'{reader.fact.value}' is written out; it stands in {place.path}:{place.line}"
                    yield passage.diagnose(sentence.at, "figure-written-out", message, help)


def _contradict(
    passage: Passage, sentence: Sentence, fact: Fact, values: frozenset[str], place: Location
) -> Diagnostic:
    shown = "' and '".join(sorted(values))
    message = f"'{shown}' ({fact.unit}) contradicts '{fact.value}' of '{fact.id}' in {place.path}:{place.line}"
    form = f'{{{{ fact("{fact.id}") }}}}' if passage.kind in ("paragraph", "item") else f"'{fact.value}'"
    help = (
        f"write {form} in '{shorten(sentence.words)}'; if the new value is right, mend data/facts.yml and every place"
    )
    return passage.diagnose(sentence.at, "figure-contradiction", message, help)


def _is_written_out(passage: Passage, sentence: Sentence, fact: Fact) -> bool:
    """Whether a page writes the figure itself where it could call the macro, which leaves a mark behind it."""
    if passage.kind not in ("paragraph", "item") or fact.value not in sentence.words:
        return False
    at = passage.text.find(fact.value, sentence.at)
    return at >= 0 and not passage.is_link(at) and not passage.text.startswith(CITED, at + len(fact.value))


def _make_reader(fact: Fact) -> FactReader:
    about = tuple(re.compile(rf"(?<![\w-]){re.escape(word)}", re.IGNORECASE) for word in fact.about)
    return FactReader(fact, about, find_values(fact.value, fact.unit))


def find_values(words: str, unit: str) -> frozenset[str]:
    """Returns the numbers that stand beside a unit: before it, behind it, or as parts of a range before it."""
    if unit == "date":
        return frozenset(" ".join(found.split()) for found in _DAY.findall(words))
    found = _compile_unit(unit).findall(_DAY.sub(" ", words))
    return frozenset(number.replace(",", "") for part in found for number in re.findall(_DIGITS, "".join(part)))


@lru_cache(maxsize=256)
def _compile_unit(unit: str) -> re.Pattern[str]:
    word = re.escape(unit.removesuffix("s"))
    if unit in _CURRENCIES:
        return re.compile(rf"{word}\s?({_DIGITS})")
    end = "" if unit == "%" else r"s?(?!\w)"
    many = rf"{_DIGITS}(?:(?:\sto\s|\sor\s|\sand\s|\s?[-\u2013]\s?){_DIGITS})*"
    return re.compile(rf"(?<![\w.,-])({many})[\s-]?{word}{end}|\b{word}[sd]?\s({_DIGITS})", re.IGNORECASE)
