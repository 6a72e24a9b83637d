"""The blocks that make pages alike: key points, care cards, safety facts, questions, drawings, dates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from macros.links import AddressBook
from macros.markup import escape_text, replace_citations
from macros.models import CareCard, Change, Figure, FrontMatter, Question, SafetyFact
from macros.templating import render_template

_TITLE = re.compile(r"(<title\b[^>]*>).*?(</title>)", re.DOTALL)
LEVELS = {"non-urgent": "Not urgent", "urgent": "Urgent", "emergency": "Emergency"}
GROUPS = {
    "provider": "About the person",
    "device": "About the device",
    "safety": "About safety",
    "plan": "About the plan",
    "money": "About money",
}
CHANGE_LEVELS = {"editorial": "Wording", "clinical": "Facts", "safety": "Safety"}


def render_key_points(id: str, points: Sequence[str]) -> str:
    """Returns the box at the top of a page; `[@key]` in a point becomes a footnote."""
    cited = [replace_citations(point, lambda key: f"[^{key}]") for point in points]
    return render_template("key_points.md.jinja", id=id, points=cited)


def care_card_id(card_id: str, home: str, page: str) -> str:
    """Returns the id of a care card's heading: `care-x` where it lives, with the page's name elsewhere."""
    if page == home:
        return f"care-{card_id}"
    return f"{posixpath.basename(page).removesuffix('.md')}-care-{card_id}"


def render_care_card(card: CareCard, page: str, book: AddressBook, id: str) -> str:
    """Returns what to do and when.

    The heading says the level in words. No link stands in an emergency card: nothing leads away from it.
    """
    sources = book.link_sources(card.refs, page)
    return render_template("care_card.md.jinja", card=card, id=id, level=LEVELS[card.level], sources=sources)


def render_safety_facts(facts: Iterable[SafetyFact], page: str, book: AddressBook) -> str:
    """Returns the facts as a numbered list, each with its reason, sources and where to read more."""
    items = [
        {
            "record": fact,
            "sources": book.link_sources(fact.refs, page),
            "more": [book.link_section(id, page) for id in fact.sections[:2]],
        }
        for fact in facts
    ]
    return render_template("safety_facts.md.jinja", items=items)


def render_questions(questions: Sequence[Question], page: str, book: AddressBook, *, lives_here: bool = True) -> str:
    """Returns questions to tick and print; ticks stay on the page and are gone when it closes.

    Args:
        questions: the records.
        page: source path of the page on which they stand.
        book: addresses of the sources.
        lives_here: whether this is the page where their ids stand, each once in the guide.
    """
    groups = group_questions(questions)
    return render_template(
        "questions.html.jinja",
        groups=[(GROUPS.get(name, name), found) for name, found in groups.items()],
        named=len(groups) > 1,
        lives_here=lives_here,
        sources={question.id: book.link_sources(question.refs, page) for question in questions},
    )


def group_questions(questions: Iterable[Question]) -> dict[str, list[Question]]:
    """Returns questions by group, in the order in which they are shown."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        groups.setdefault(question.group, []).append(question)
    return groups


def render_figure(figure: Figure, drawing: str, page: str, book: AddressBook) -> str:
    """Returns the drawing itself (not an image file: it follows light and dark), caption and description.

    Who cannot see it hears its `alt` in place of the title in the file.
    """
    named = _TITLE.sub(lambda found: f"{found.group(1)}{escape_text(figure.alt)}{found.group(2)}", drawing, 1)
    return render_template(
        "figure.html.jinja",
        figure=figure,
        caption=replace_citations(figure.caption, lambda key: f"[^{key}]"),
        drawing=Markup("".join(row.strip() + "\n" for row in named.splitlines() if row.strip())),
        sources=book.link_sources(figure.refs, page),
    )


def render_review(front: FrontMatter) -> str:
    """Returns who checked the page and when; a script shows the notice once the next date has passed."""
    return render_template("review.html.jinja", front=front)


def render_changes(changes: Iterable[Change], page: str, book: AddressBook) -> str:
    """Returns what changed, newest first, with how much it matters."""
    newest = sorted(changes, key=lambda change: change.date, reverse=True)
    items = [(change, [book.link_section(id, page) for id in change.sections]) for change in newest]
    return render_template("changes.md.jinja", items=items, levels=CHANGE_LEVELS)


def render_contents(entries: Iterable[tuple[Markup, str]]) -> str:
    """Returns cards: a link to each page and its description."""
    return render_template("contents.md.jinja", entries=list(entries))
