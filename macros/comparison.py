"""Comparison tables: options side by side, each cell with its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeVar

from macros.diagnostics import MacroError, suggest
from macros.links import AddressBook
from macros.models import Column, Comparison, Row
from macros.tables import Table, TableCell, TableRow, render_table

Part = TypeVar("Part", Row, Column)


def render_comparison(
    comparison: Comparison,
    page: str,
    book: AddressBook,
    *,
    columns: Sequence[str] | None = None,
    rows: Sequence[str] | None = None,
    caption: str | None = None,
    orientation: Literal["columns", "rows"] = "columns",
    id: str | None = None,
) -> str:
    """Returns the table, with the options as columns or as rows.

    Row ids are printed on the page where the table lives for good, and only there, so that each
    stands once in the guide.

    Args:
        comparison: the record.
        page: source path of the page on which it stands.
        book: addresses of the sources.
        columns: ids of the columns to show, in this order; all by default.
        rows: ids of the rows to show, in this order; all by default.
        caption: words above the table; its title by default.
        orientation: whether the options are columns, or rows.
        id: an id for the caption, when one table stands twice on a page.

    Raises:
        MacroError: for an unknown column or row, or a missing cell.
    """
    shown_columns = _choose(comparison.columns, columns, "column")
    shown_rows = _choose(comparison.rows, rows, "row")
    lives_here = page == comparison.page and id is None and orientation == "columns"

    def cell(row: Row, column: Column) -> TableCell:
        if column.id not in row.cells:
            raise MacroError("data-missing-cell", f"the row '{row.id}' has no cell for '{column.id}'")
        record = row.cells[column.id]
        return TableCell(record.text, book.link_sources(record.refs, page))

    if orientation == "columns":
        headers = ["", *(column.label for column in shown_columns)]
        body = [
            TableRow(
                row.label,
                [cell(row, column) for column in shown_columns],
                f"{comparison.id}-{row.id}" if lives_here else None,
            )
            for row in shown_rows
        ]
    else:
        headers = ["", *(row.label for row in shown_rows)]
        body = [TableRow(column.label, [cell(row, column) for row in shown_rows]) for column in shown_columns]
    headers[0] = "Compare" if len(shown_columns) > 1 else comparison.title
    table = Table(f"table-{id or comparison.id}", caption or comparison.title, headers, body, comparison.note)
    return render_table(table)


def _choose(parts: Sequence[Part], wanted: Sequence[str] | None, what: str) -> Sequence[Part]:
    """Returns the parts with the wanted ids in the wanted order; raises MacroError for an unknown id."""
    if wanted is None:
        return parts
    by_id = {part.id: part for part in parts}
    for id in wanted:
        if id not in by_id:
            raise MacroError("page-macro-argument", f"the table has no {what} '{id}'", suggest(id, by_id))
    return [by_id[id] for id in wanted]
