"""Options side by side, each cell with its source."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import fold, list_links, make_book, render_markdown, select, select_one
from selectolax.lexbor import LexborHTMLParser

from macros.comparison import render_comparison
from macros.diagnostics import MacroError
from macros.models import Comparison

OVENS = Comparison.model_validate(
    {
        "id": "ovens",
        "title": "Ovens",
        "note": "For plain loaves.",
        "page": "bake/first-loaf.md",
        "columns": [{"id": "gas", "label": "Gas"}, {"id": "wood", "label": "Wood"}],
        "rows": [
            {
                "id": "heat",
                "label": "Heat",
                "cells": {
                    "gas": {"text": "250 degrees.", "refs": ["clock-2025", "two-hours"]},
                    "wood": {"text": "Not known"},
                },
            },
            {
                "id": "cost",
                "label": "Cost",
                "cells": {
                    "gas": {"text": "Does not say"},
                    "wood": {"text": "More.", "refs": ["two-hours", "three-hours"]},
                },
            },
        ],
    }
)


def show(page: str = "bake/first-loaf.md", **choices: Any) -> LexborHTMLParser:
    return render_markdown(render_comparison(OVENS, page, make_book(), **choices))


def test_the_options_are_columns_and_the_questions_rows() -> None:
    tree = show()
    assert select(tree, "thead th") == ["Compare", "Gas", "Wood"]
    assert select(tree, "tbody th[scope=row]") == ["Heat", "Cost"]


def test_every_cell_shows_its_sources() -> None:
    cells = show().css("td")
    assert fold(cells[0].text()) == "250 degrees. Clock 2025, Article 1"
    assert list_links(cells[0]) == {
        "Clock 2025": "../evidence.md#ref-clock-2025",
        "Article 1": "../evidence.md#claim-two-hours",
    }


@pytest.mark.parametrize(("cell", "words"), [(1, "Not known"), (2, "Does not say")])
def test_a_cell_without_a_source_says_not_known_or_does_not_say(cell: int, words: str) -> None:
    node = show().css("td")[cell]
    assert fold(node.text()) == words
    assert node.css("a") == []


def test_links_fit_the_page_on_which_the_table_stands() -> None:
    assert list_links(show("index.md").css("td")[0])["Clock 2025"] == "evidence.md#ref-clock-2025"
    assert list_links(show("evidence.md").css("td")[0])["Clock 2025"] == "#ref-clock-2025"


def test_rows_have_ids_where_the_table_lives() -> None:
    assert [row.attributes.get("id") for row in show().css("tbody tr")] == ["ovens-heat", "ovens-cost"]


@pytest.mark.parametrize(
    "choices", [{"page": "index.md"}, {"id": "again"}, {"orientation": "rows"}], ids=["elsewhere", "twice", "turned"]
)
def test_rows_have_no_ids_anywhere_else(choices: dict[str, Any]) -> None:
    assert show(**choices).css("tr[id]") == []


def test_a_table_that_stands_twice_has_an_id_of_its_own() -> None:
    assert select_one(show(id="again"), "figcaption").attributes["id"] == "table-again"


def test_columns_and_rows_are_shown_as_chosen_and_in_that_order() -> None:
    tree = show(columns=["wood", "gas"], rows=["cost"])
    assert select(tree, "thead th") == ["Compare", "Wood", "Gas"]
    assert select(tree, "tbody th") == ["Cost"]
    assert select(tree, "td")[1] == "Does not say"


def test_a_table_of_one_column_is_headed_by_its_title() -> None:
    assert select(show(columns=["gas"]), "thead th") == ["Ovens", "Gas"]


def test_the_options_can_be_rows() -> None:
    tree = show(orientation="rows")
    assert select(tree, "thead th") == ["Compare", "Heat", "Cost"]
    assert select(tree, "tbody th") == ["Gas", "Wood"]
    assert select(tree, "tbody tr:first-child td")[1] == "Does not say"


def test_a_caption_of_the_page_takes_the_place_of_the_title() -> None:
    assert select(show(), "figcaption") == ["Ovens"]
    assert select(show(caption="Which oven?"), "figcaption") == ["Which oven?"]


def test_the_note_stands_below() -> None:
    assert select(show(), ".guide-table__note") == ["For plain loaves."]


@pytest.mark.parametrize(
    ("choices", "message"),
    [({"columns": ["woood"]}, "the table has no column 'woood'"), ({"rows": ["haet"]}, "the table has no row 'haet'")],
)
def test_an_unknown_column_or_row_is_an_error_with_a_suggestion(choices: dict[str, Any], message: str) -> None:
    with pytest.raises(MacroError, match=message) as error:
        show(**choices)
    assert error.value.help.startswith("did you mean")


def test_a_cell_that_is_missing_is_an_error_and_not_a_gap() -> None:
    row = OVENS.rows[0].model_copy(update={"cells": {}})
    table = OVENS.model_copy(update={"rows": (row,)})
    with pytest.raises(MacroError, match="the row 'heat' has no cell for 'gas'"):
        render_comparison(table, "index.md", make_book())
