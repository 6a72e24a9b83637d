"""Tables that a page writes in Markdown."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from macros.publish.plain_tables import dress_tables

PAGE = """<h2 id="flour-kinds">Kinds</h2>
<table>
<thead>
<tr>
<th>Flour</th>
<th>Use &amp; care</th>
</tr>
</thead>
<tbody>
<tr>
<td id="flour-rye"><code>rye</code></td>
<td>dark bread</td>
</tr>
</tbody>
</table>
<table class="made"><tbody><tr><td>left</td></tr></tbody></table>"""


def test_a_markdown_table_is_named_by_the_heading_above_it() -> None:
    table = LexborHTMLParser(dress_tables(PAGE)).css_first("figure.guide-table table")
    assert table.attributes["aria-labelledby"] == "flour-kinds"


def test_its_first_column_heads_the_rows_and_keeps_the_id() -> None:
    head = LexborHTMLParser(dress_tables(PAGE)).css_first("tbody th[scope=row]")
    assert (head.id, head.text()) == ("flour-rye", "rye")


def test_each_cell_says_its_column_on_a_narrow_screen() -> None:
    cell = LexborHTMLParser(dress_tables(PAGE)).css_first("tbody td")
    assert cell.attributes["data-label"] == "Use & care"


def test_a_table_that_a_macro_made_is_left_alone() -> None:
    assert '<table class="made"><tbody><tr><td>left</td></tr></tbody></table>' in dress_tables(PAGE)


def test_dressing_twice_changes_nothing() -> None:
    assert dress_tables(dress_tables(PAGE)) == dress_tables(PAGE)
