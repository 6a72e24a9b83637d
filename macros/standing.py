"""Where the guide stands: standards it is held against, and how sure the evidence is on each topic."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from macros.links import AddressBook
from macros.models import StandardItem, Topic
from macros.tables import Table, TableCell, TableRow, render_table

MET = {"yes": "Met", "partly": "Partly met", "no": "Not met"}


def render_standards(items: Iterable[StandardItem], name: str, page: str, book: AddressBook) -> str:
    """Returns the items of a standard, whether each is met, and the sections that meet it."""
    rows = [
        TableRow(
            item.item,
            [
                TableCell(Markup('<span class="guide-met guide-met--{}">{}</span>').format(item.met, MET[item.met])),
                TableCell(item.note, [book.link_section(id, page) for id in item.sections]),
            ],
            id=f"standard-{item.id}",
        )
        for item in items
    ]
    return render_table(
        Table(f"table-{rows[0].id}", f"{name}, item by item", ["Item", "Met?", "How, and where"], rows, variant="wide")
    )


def render_topics(topics: Iterable[Topic], page: str, book: AddressBook) -> str:
    """Returns every topic with how sure the evidence is, and the sections that cover it."""
    rows = [
        TableRow(
            topic.title,
            [
                TableCell(topic.certainty),
                TableCell(Markup(", ").join(book.link_section(id, page) for id in topic.sections)),
            ],
            id=f"topic-{topic.id}",
        )
        for topic in topics
    ]
    headers = ["Topic", "How sure", "Read more"]
    return render_table(Table("table-topics", "How sure we are, topic by topic", headers, rows, variant="wide"))
