"""The rules of words: what the guide does not say, and what it explains. Each check yields diagnostics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def check_wording(passages: Iterable[Passage], catalog: Catalog) -> Iterator[Diagnostic]:
    """A word of `data/wording.yml` is not used; some may stand beside a number, or words that there is none.

    Free of this rule are words in quotation marks, words that report what an article claims, and, of words that
    want a number, headings and the words of links, which name headings.
    """
    records = {name.casefold(): record for record in catalog.wording.values() for name in record.avoid}
    fine = {name.casefold() for record in catalog.wording.values() for name in record.fine_in}
    if not records:
        return
    pattern = compile_names({*records, *fine})
    for passage in passages:
        if passage.reported or not pattern.search(passage.text):
            continue
        for sentence in passage.sentences:
            for found in pattern.finditer(sentence.unquoted):
                record = records.get(found.group().casefold())
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


def check_terms(
    pages: Mapping[str, Page], passages: Mapping[str, Sequence[Passage]], catalog: Catalog
) -> Iterator[Diagnostic]:
    """A word of the glossary that is not everyday is linked to it by `term` where a page first uses it.

    Looked for in paragraphs and items below the key points; not in the opening, in headings, in links (which
    cannot hold another), and in the glossary. A term says in `everyday` which of its names need no link.
    """
    names = {name.casefold(): term for term in catalog.glossary.values() for name in (term.term, *term.aliases)}
    everyday = {name.casefold() for term in catalog.glossary.values() for name in term.everyday}
    pattern = compile_names(names) if names else None
    for path, page in pages.items():
        if pattern is None or any(call.name == "glossary" for call in page.calls):
            continue
        linked = {call.find_text(0, "id"): call.location for call in reversed(page.calls) if call.name == "term"}
        opening = next((call.location for call in page.calls if call.name == "key_points"), Location(f"docs/{path}"))
        met: set[str] = set()
        for passage in passages[path]:
            if passage.kind not in ("paragraph", "item") or passage.locate(0) < opening:
                continue
            for found in pattern.finditer(passage.text):
                name = found.group().casefold()
                term = names[name]
                short_form = name.upper() in (term.term, *term.aliases) and not found.group().isupper()
                if term.id in met or name in everyday or short_form or passage.is_link(found.start()):
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
    """
    return re.compile(
        rf"(?<![\w-]){_write_branches(sorted({name.casefold() for name in names}))}(?![\w-])", re.IGNORECASE
    )


def _write_branches(names: Sequence[str]) -> str:
    """Returns the part of a pattern that matches any of the names; they are sorted."""
    ends = "" in names
    branches = []
    for first, group in groupby((name for name in names if name), key=lambda name: name[0]):
        rests = [name[1:] for name in group]
        branches.append(re.escape(first) + _write_branches(rests) if rests != [""] else re.escape(first))
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""
