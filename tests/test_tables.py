"""Tables with real headers."""

from __future__ import annotations

from helpers import HOSTILE, fold, list_links, render_markdown, select, select_one
from markupsafe import Markup

from macros.tables import Table, TableCell, TableRow, render_table


def make(**parts: object) -> Table:
    values = {
        "id": "table-ovens",
        "caption": "Ovens",
        "headers": ["Compare", "Gas", "Wood"],
        "rows": [
            TableRow(
                "Heat",
                [TableCell("250 degrees.", [Markup("[Clock](a.md#b)")]), TableCell("Not known")],
                "ovens-heat",
                {"kind": "x"},
            )
        ],
        **parts,
    }
    return Table(**values)  # type: ignore[arg-type]


def test_every_column_has_a_header() -> None:
    tree = render_markdown(render_table(make()))
    assert select(tree, "thead th[scope=col]") == ["Compare", "Gas", "Wood"]


def test_every_row_has_a_header() -> None:
    tree = render_markdown(render_table(make()))
    assert select(tree, "tbody th[scope=row]") == ["Heat"]


def test_the_table_is_named_by_its_caption() -> None:
    tree = render_markdown(render_table(make()))
    name = select_one(tree, "table").attributes["aria-labelledby"]
    assert select(tree, f"figcaption[id={name}]") == ["Ovens"]


def test_every_cell_names_its_column_for_narrow_screens() -> None:
    tree = render_markdown(render_table(make()))
    assert [cell.attributes["data-label"] for cell in tree.css("td")] == ["Gas", "Wood"]


def test_the_parts_of_the_table_keep_their_roles_when_they_are_shown_as_cards() -> None:
    tree = render_markdown(render_table(make()))
    for selector, role in (("table", "table"), ("tr", "row"), ("td", "cell"), ("tbody th", "rowheader")):
        assert {node.attributes["role"] for node in tree.css(selector)} == {role}


def test_a_cell_shows_its_sources_as_links() -> None:
    tree = render_markdown(render_table(make()))
    cell = tree.css("td")[0]
    assert list_links(cell) == {"Clock": "a.md#b"}
    assert fold(cell.text()) == "250 degrees. Clock"


def test_a_cell_without_a_source_shows_only_its_words() -> None:
    tree = render_markdown(render_table(make()))
    assert fold(tree.css("td")[1].text()) == "Not known"
    assert tree.css("td")[1].css(".guide-sources") == []


def test_a_row_has_its_id_and_what_a_filter_needs() -> None:
    row = select_one(render_markdown(render_table(make())), "tbody tr")
    assert row.attributes["id"] == "ovens-heat"
    assert row.attributes["data-kind"] == "x"


def test_a_row_without_an_id_has_none() -> None:
    tree = render_markdown(render_table(make(rows=[TableRow("Heat", [])])))
    assert "id" not in select_one(tree, "tbody tr").attributes


def test_a_note_stands_below_the_table() -> None:
    assert select(render_markdown(render_table(make(note="Hot."))), ".guide-table__note") == ["Hot."]
    assert select(render_markdown(render_table(make())), ".guide-table__note") == []


def test_every_word_of_a_table_is_escaped() -> None:
    words = HOSTILE.replace("&lt;", "")
    row = TableRow(words, [TableCell(words)], "a", {"kind": words})
    table = make(caption=words, headers=[words, words], rows=[row], note=words)
    tree = render_markdown(render_table(table))
    assert {fold(node.text()) for node in tree.css("th, td, figcaption, .guide-table__note")} == {fold(words)}
    assert select_one(tree, "td").attributes["data-label"] == fold(words)
    assert select_one(tree, "tbody tr").attributes["data-kind"] == fold(words)
    assert tree.css("script, img, em, strong, code, a") == []
