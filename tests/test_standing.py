"""Standards, and how sure the guide is."""

from __future__ import annotations

import pytest
from helpers import list_links, make_book, render_markdown, select, select_one

from macros.models import StandardItem, Topic
from macros.standing import MET, render_standards, render_topics


def make_item(met: str) -> StandardItem:
    sections = ("first-loaf-steps",)
    return StandardItem(id="jama-dates", standard="JAMA", item="Dates.", met=met, sections=sections, note="At the end.")  # type: ignore[arg-type]


@pytest.mark.parametrize("met", MET)
def test_an_item_of_a_standard_says_in_words_whether_it_is_met_and_where(met: str) -> None:
    tree = render_markdown(render_standards([make_item(met)], "JAMA", "index.md", make_book()))
    assert select(tree, "tbody th, tbody td") == ["Dates.", MET[met], "At the end. Your first loaf: steps"]
    assert len(tree.css(f".guide-met--{met}")) == 1
    assert select_one(tree, "tbody tr").attributes["id"] == "standard-jama-dates"


def test_a_table_of_a_standard_is_named_after_it() -> None:
    tree = render_markdown(render_standards([make_item("no")], "JAMA", "index.md", make_book()))
    assert select(tree, "figcaption") == ["JAMA, item by item"]


def test_a_topic_says_how_sure_we_are_and_where_to_read_more() -> None:
    topic = Topic(id="time", title="Time", certainty="Low.", sections=("first-loaf-steps",))
    tree = render_markdown(render_topics([topic], "index.md", make_book()))
    assert select(tree, "tbody th, tbody td") == ["Time", "Low.", "Your first loaf: steps"]
    assert list_links(tree) == {"Your first loaf: steps": "bake/first-loaf.md#first-loaf-steps"}
    assert select_one(tree, "tbody tr").attributes["id"] == "topic-time"
