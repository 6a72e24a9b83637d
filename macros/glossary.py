"""The glossary from A to Z, and links from a word in a page to its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from macros.links import AddressBook, Target, render_link
from macros.markup import escape_text
from macros.models import Term
from macros.templating import render_template


def render_term(term: Term, page: str, book: AddressBook, words: str | None = None) -> str:
    """Returns a link to the entry that carries its definition, for the pop-up that a script adds.

    Without the script it is a link like any other.
    """
    link = book.link_term(term.id, page, words or term.term)
    definition = escape_text(term.definition)
    return Markup('{}{{: .guide-term data-definition="{}" }}').format(link, definition)


def render_glossary(
    terms: Sequence[Term], page: str, book: AddressBook, used_in: Mapping[str, Sequence[Target]]
) -> str:
    """Returns all entries under their letters, each a section with its own id.

    Args:
        terms: the records.
        page: source path of the page on which the glossary stands.
        book: addresses of terms and references.
        used_in: by term id, the sections that use the word.
    """
    ordered = sorted(terms, key=lambda term: (file_letter(term), term.term.casefold()))
    letters = [(letter, list(group)) for letter, group in groupby(ordered, key=file_letter)]
    return render_template(
        "glossary.md.jinja",
        letters=letters,
        see_also={term.id: [book.link_term(other, page) for other in term.see_also] for term in ordered},
        used_in={id: [render_link(target, page) for target in targets] for id, targets in used_in.items()},
        sources={term.id: book.link_sources(term.refs, page) for term in ordered},
    )


def file_letter(term: Term) -> str:
    """Returns the letter under which a term is filed; digits stand under '0-9'."""
    sign = term.term[0].upper()
    return sign if "A" <= sign <= "Z" else "0-9"
