"""Tables that a page writes in Markdown, given the headers, the name and the cards that other tables have."""

from __future__ import annotations

import re
from html import unescape

from markupsafe import escape

_TABLE = re.compile(r"<table>\n.*?</table>", re.DOTALL)
_HEADING_ID = re.compile(r'<h[1-3][^>]*\bid="([^"]+)"')
_HEADER = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<td((?: [^>]*)?)>(.*?)</td>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def dress_tables(text: str) -> str:
    """Returns a page's file in which each Markdown table is named by the heading above it.

    Its first column heads the rows, and each cell says its column, so that it reads as cards on a phone.
    """

    def dress(found: re.Match[str]) -> str:
        headings = _HEADING_ID.findall(text, 0, found.start())
        head, _, body = found.group().partition("<tbody>")
        labels = [unescape(_TAG.sub("", label)).strip() for label in _HEADER.findall(head)]
        name = f' aria-labelledby="{headings[-1]}"' if headings else ""
        head = _HEADER.sub(r'<th role="columnheader" scope="col">\1</th>', head)
        head = head.replace("<table>", f'<table role="table"{name}>').replace("<thead>", '<thead role="rowgroup">')
        body = _ROW.sub(lambda row: _dress_row(row.group(), labels), body)
        rows = head.replace("<tr>", '<tr role="row">') + '<tbody role="rowgroup">' + body
        return f'<figure class="guide-table guide-table--wide">\n{rows}\n</figure>'

    return _TABLE.sub(dress, text)


def _dress_row(row: str, labels: list[str]) -> str:
    """Returns a row whose first cell heads it."""
    cells = _CELL.findall(row)
    first, rest = cells[0], zip(cells[1:], labels[1:], strict=False)
    made = [f'<th role="rowheader" scope="row"{first[0]}>{first[1]}</th>']
    made += [f'<td role="cell" data-label="{escape(label)}"{cell[0]}>{cell[1]}</td>' for cell, label in rest]
    return '<tr role="row">\n' + "\n".join(made) + "\n</tr>"
