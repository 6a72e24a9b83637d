"""Tables with real headers, that become cards on a narrow screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from macros.templating import render_template


@dataclass(frozen=True)
class TableCell:
    """Words of a cell (text or Markdown), and links to what they rest on."""

    words: str | Markup
    sources: Sequence[Markup] = ()


@dataclass(frozen=True)
class TableRow:
    """A row: its header, its cells, its id (None for none) and data attributes for filters."""

    header: str | Markup
    cells: Sequence[TableCell]
    id: str | None = None
    data: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table: `headers` begins with the header of the first column."""

    id: str
    caption: str | Markup
    headers: Sequence[str]
    rows: Sequence[TableRow]
    note: str | Markup | None = None
    variant: str = "comparison"


def render_table(table: Table) -> str:
    """Returns the table as HTML whose cells are read as Markdown by the builder."""
    return render_template("table.html.jinja", table=table)
