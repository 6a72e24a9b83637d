"""Footnotes for a page, and the list of all references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from markupsafe import Markup

from macros.links import AddressBook, Target, render_link
from macros.markup import escape_address, escape_text, find_citations, format_date
from macros.models import Fact, Figure, Reference
from macros.pages import Page
from macros.templating import render_template

TIERS = {
    "regulator": "Regulators",
    "guideline": "Professional bodies",
    "public-health": "Public health agencies",
    "systematic-review": "Systematic reviews",
    "trial": "Trials that drew lots",
    "study": "Other studies",
    "case-report": "Case reports",
    "review": "Other reviews",
    "label": "Device labels and manuals",
    "patient-information": "Patient information",
    "cost-data": "Prices",
}
CHECKED = {
    "whole-page": "We read the whole text.",
    "excerpt": "We read an excerpt, often the summary only.",
    "not-read": "We have not read this one; it is named by others.",
}


def render_cite(keys: Iterable[str]) -> str:
    """Returns footnote marks."""
    return "".join(f"[^{key}]" for key in keys)


def render_fact(fact: Fact) -> Markup:
    """Returns a figure with the marks of its sources, so that they never part."""
    return Markup("{}{}").format(escape_text(fact.value), Markup(render_cite(fact.refs)))


def find_cited(
    page: Page, figures: Mapping[str, Figure], facts: Mapping[str, Fact] = MappingProxyType({})
) -> list[str]:
    """Returns the keys that a page cites, each once, in the order of their first use.

    Read from the page as written, not remembered from calls: builders differ in what they call when.
    """
    keys: dict[str, None] = {}
    for call in page.calls:
        if call.name == "cite":
            keys.update(dict.fromkeys(call.list_texts()))
        elif call.name == "fact" and call.find_text(0, "id") in facts:
            keys.update(dict.fromkeys(facts[call.find_text(0, "id")].refs))
        elif call.name == "key_points":
            for point in call.find_texts(1, "points"):
                keys.update(dict.fromkeys(find_citations(point)))
        elif call.name == "figure" and call.find_text(0, "id") in figures:
            keys.update(dict.fromkeys(find_citations(figures[call.find_text(0, "id")].caption)))
    return list(keys)


def render_references(references: Sequence[Reference], page: str, book: AddressBook) -> str:
    """Returns the footnotes of a page: what was cited, where to look it up, and how it was checked."""
    lines = []
    for reference in references:
        details = render_link(book.references[reference.id], page, "how we checked it") if book.references else ""
        lines.append(f"[^{reference.id}]: {_describe(reference)} {details}")
    return "\n".join([*lines, "", "///Footnotes Go Here///"]) if lines else "This page cites no source."


def _describe(reference: Reference) -> Markup:
    """Returns authors, title, publisher and a link to look it up, as one line of Markdown."""
    named = reference.year and str(reference.year) not in reference.publisher
    year = f" {reference.year}." if named else ""
    return Markup("{}. <cite>[{}]({})</cite>. {}.{}").format(
        escape_text(reference.authors.rstrip(".")),
        escape_text(reference.title.rstrip(".")),
        escape_address(reference.address),
        escape_text(reference.publisher.rstrip(".")),
        year,
    )


def render_bibliography(references: Iterable[Reference], page: str, cited_on: Mapping[str, Sequence[Target]]) -> str:
    """Returns every reference by kind, with its address, how it was checked, and where it is used.

    Args:
        references: all references.
        page: source path of the page on which the list stands.
        cited_on: by reference id, the pages that cite it.
    """
    by_tier: dict[str, list[Reference]] = {tier: [] for tier in TIERS}
    for reference in references:
        by_tier[reference.tier].append(reference)
    return render_template(
        "bibliography.md.jinja",
        groups=[(tier, TIERS[tier], found) for tier, found in by_tier.items() if found],
        describe=_describe,
        checked=CHECKED,
        format_date=format_date,
        used={
            id: [render_link(target, page) for target in targets if target.page != page]
            for id, targets in cited_on.items()
        },
    )
