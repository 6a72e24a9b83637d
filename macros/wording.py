"""The rules of words: what the guide does not say, and what it explains. Each check yields diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic, Level, Location
from macros.models import Term, Wording
from macros.pages import Page
from macros.passages import Passage

_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|none|all|nobody)\b"
    r"|\bno (?:reliable |good |exact )?(?:numbers?|counts?|rates?|figures?)\b"
    r"|\bwithout (?:a |any )?(?:numbers?|counts?)\b|\bnot known\b|\bunknown\b|\bnot count\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Lexicon:
    """The words that are looked for in every text, by name in small letters."""

    avoided: Mapping[str, Wording]
    avoiding: re.Pattern[str]
    """Finds what is avoided, and longer words that are fine."""
    terms: Mapping[str, Term]
    naming: re.Pattern[str]
    """Finds the names of terms."""
    everyday: frozenset[str]
    """Names that need no link."""

    def find_terms(self, passage: Passage) -> set[str]:
        """Returns the ids of the terms that a text names; a record of the glossary does not name itself."""
        own = passage.names if passage.script.path == "data/glossary.yml" else frozenset()
        return {self.terms[found.group().casefold()].id for found in self.naming.finditer(passage.text)} - own


def compile_lexicon(catalog: Catalog) -> Lexicon:
    """Returns what `data/` says of words."""
    avoided = {name.casefold(): record for record in catalog.wording.values() for name in record.avoid}
    fine = {name.casefold() for record in catalog.wording.values() for name in record.fine_in}
    terms = {name.casefold(): term for term in catalog.glossary.values() for name in (term.term, *term.aliases)}
    everyday = frozenset(name.casefold() for term in catalog.glossary.values() for name in term.everyday)
    return Lexicon(avoided, compile_names({*avoided, *fine}), terms, compile_names(terms), everyday)


def check_wording(passages: Iterable[Passage], lexicon: Lexicon) -> Iterator[Diagnostic]:
    """A word of `data/wording.yml` is not used; some may stand beside a number, or words that there is none.

    Free of this rule are words in quotation marks, words that report what an article claims, and, of words that
    want a number, headings and the words of links, which name headings.
    """
    for passage in passages:
        if passage.reported or not lexicon.avoiding.search(passage.text):
            continue
        for sentence in passage.sentences:
            for found in lexicon.avoiding.finditer(sentence.unquoted):
                record = lexicon.avoided.get(found.group().casefold())
                if record is None:
                    continue
                at = passage.find_at(sentence, found.start())
                if not record.unless_numbered:
                    yield _diagnose(passage, at, "prose-hype", found.group(), record)
                elif not _NUMBER.search(sentence.words) and passage.kind != "heading" and not passage.is_link(at):
                    yield _diagnose(passage, at, "prose-frequency", found.group(), record)


def _diagnose(passage: Passage, at: int, rule: str, word: str, record: Wording) -> Diagnostic:
    level: Level = "warning" if rule == "prose-frequency" else "error"
    message = f"'{word}' has no number in its sentence" if level == "warning" else f"'{word}': {record.why}"
    return passage.diagnose(at, rule, message, f"say {record.say}", level)


def check_terms(page: Page, passages: Iterable[Passage], lexicon: Lexicon) -> Iterator[Diagnostic]:
    """A word of the glossary that is not everyday is linked to it by `term` where a page first uses it.

    Looked for in paragraphs and items below the key points; not in the opening, in headings, in links (which
    cannot hold another), and in the glossary. A term says in `everyday` which of its names need no link.
    """
    if any(call.name == "glossary" for call in page.calls):
        return
    linked = {call.find_text(0, "id"): call.location for call in reversed(page.calls) if call.name == "term"}
    opening = next((call.location for call in page.calls if call.name == "key_points"), Location(f"docs/{page.path}"))
    met: set[str] = set()
    for passage in passages:
        if passage.kind not in ("paragraph", "item") or passage.locate(0) < opening:
            continue
        for found in lexicon.naming.finditer(passage.text):
            name = found.group().casefold()
            term = lexicon.terms[name]
            short_form = name.upper() in (term.term, *term.aliases) and not found.group().isupper()
            if term.id in met or name in lexicon.everyday or short_form or passage.is_link(found.start()):
                continue
            met.add(term.id)
            if term.id not in linked or passage.locate(found.start()) < linked[term.id]:
                yield _explain(passage, found, term)


def _explain(passage: Passage, found: re.Match[str], term: Term) -> Diagnostic:
    words = "" if found.group() == term.term else f', "{found.group()}"'
    help = f'write {{{{ term("{term.id}"{words}) }}}} in its place'
    message = f"'{found.group()}' is not linked to the glossary where the page first uses it"
    return passage.diagnose(found.start(), "prose-undefined-term", message, help, "warning")


def compile_names(names: Iterable[str]) -> re.Pattern[str]:
    """Returns a pattern that finds whole words and phrases, the longest first.

    Names with the same beginning share it, so that each letter of a text is looked at once, not once for every name.
    Without names it finds nothing.
    """
    branches = _write_branches(sorted({name.casefold() for name in names})) or "(?!)"
    return re.compile(rf"(?<![\w-]){branches}(?![\w-])", re.IGNORECASE)


def _write_branches(names: Sequence[str]) -> str:
    """Returns the part of a pattern that matches any of the names; they are sorted."""
    ends = "" in names
    branches = []
    for first, group in groupby((name for name in names if name), key=lambda name: name[0]):
        rests = [name[1:] for name in group]
        branches.append(re.escape(first) + _write_branches(rests) if rests != [""] else re.escape(first))
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""
