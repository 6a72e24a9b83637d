"""Every place that can be linked to is found, with exactly the words that belong to it."""

from __future__ import annotations

import pytest
from scratch_guide import parse_article

from macros.places import Passage
from macros.publish.sections import find_places, find_unnamed, read_passages

CARD = """<h2 id="a">Help</h2>
<div class="guide-care guide-care--urgent">
<h3 id="card"><span>Urgent:</span> Call if<a class="headerlink" href="#card">#</a></h3>
<ul><li>You faint.</li></ul></div>
<p class="guide-care__sources">Sources: one.</p>
<p>After the card.</p>
<h2 id="b">Later</h2><p>Wait.</p>"""
TABLE = """<figure class="guide-table"><figcaption id="t">Loaves</figcaption><table role="table">
<thead><tr><th>Loaf</th><th>Time</th></tr></thead><tbody role="rowgroup">
<tr id="small"><th scope="row">Small</th><td data-label="Time">30 <span class="guide-sources">Baker</span></td></tr>
<tr id="large"><th scope="row">Large</th><td data-label="Time">50</td></tr></tbody></table></figure>"""
NOTES = """<h2 id="a">One</h2><p>Yes.<sup id="fnref:x"><a class="footnote-ref" href="#fn:x">2</a></sup></p>
<h2 id="s">Sources</h2><div class="footnote"><ol><li id="fn:w"><p>W.</p></li>
<li id="fn:x"><p>X <a class="footnote-backref" href="#fnref:x">back</a></p></li></ol></div>
<div class="guide-review"><p>Last reviewed</p></div>"""


def places(html: str) -> dict[str, Passage]:
    page = parse_article(html)
    found = {place.id: place for place in find_places(page)}
    return {passage.id: passage for passage in read_passages(page, found)}


def test_a_section_ends_at_the_next_heading_of_its_level() -> None:
    found = places('<h2 id="a">A</h2><p>one</p><h3 id="b">B</h3><p>two</p><h2 id="c">C</h2><p>three</p>')
    assert {id: place.text for id, place in found.items()} == {"a": "A\none\nB\ntwo", "b": "B\ntwo", "c": "C\nthree"}


def test_own_words_end_at_the_next_heading_of_any_level() -> None:
    one = places('<h2 id="a">A</h2><p>one</p><h3 id="b">B</h3><p>two</p>')
    other = places('<h2 id="a">A</h2><p>one</p><h3 id="b">B</h3><p>three</p>')
    assert one["a"].words == other["a"].words
    assert one["b"].words != other["b"].words


def test_words_right_below_a_heading_without_own_words_are_those_of_its_parts() -> None:
    one = places('<h2 id="a">A</h2><h3 id="b">B</h3><p>two</p>')
    other = places('<h2 id="a">A</h2><h3 id="b">B</h3><p>three</p>')
    assert one["a"].words != other["a"].words


def test_a_box_belongs_to_its_heading_whole_and_so_do_the_parts_that_follow_it() -> None:
    card = places(CARD)["card"]
    assert card.title == "Urgent: Call if"
    assert card.text == "Urgent: Call if\nYou faint.\nSources: one."
    assert card.html.startswith('<div class="guide-care guide-care--urgent">')


def test_a_section_keeps_the_boxes_inside_it() -> None:
    assert places(CARD)["a"].text == "Help\nUrgent: Call if\nYou faint.\nSources: one.\nAfter the card."


def test_a_row_comes_with_the_headers_of_its_table_and_without_the_other_rows() -> None:
    small = places(TABLE)["small"]
    assert (small.kind, small.title, small.text) == ("row", "Small", "Small\nTime: 30 Baker")
    assert "<th>Time</th>" in small.html
    assert "Loaves" in small.html
    assert "Large" not in small.html


def test_the_id_of_a_markdown_row_stands_on_its_first_cell() -> None:
    row = places('<table><tbody><tr><td id="r">First</td><td>Second</td></tr></tbody></table>')["r"]
    assert (row.title, row.text) == ("First", "First\nSecond")


def test_an_entry_of_the_glossary_does_not_change_when_other_pages_use_its_word() -> None:
    html = '<h3 id="term-a" class="guide-entry">A</h3><p>Flour.</p><p class="guide-entry__also">Used in: {}</p>'
    one, other = (places(html.format(where))["term-a"] for where in ("Bread", "Bread, cake"))
    assert one.kind == "term"
    assert one.words == other.words


def test_a_question_is_a_place() -> None:
    item = '<ul><li class="guide-question" id="q"><p><strong>Why?</strong></p><p>So.</p></li></ul>'
    assert (places(item)["q"].kind, places(item)["q"].title) == ("question", "Why?")


def test_a_reference_goes_up_to_the_next_one() -> None:
    html = (
        '<p class="guide-reference" id="ref-a"><strong>A 2020.</strong> Title.</p><details><p>Found.</p></details>'
        '<p class="guide-reference" id="ref-b"><strong>B 2021.</strong> Title.</p>'
    )
    found = places(html)
    assert (found["ref-a"].title, found["ref-a"].text) == ("A 2020", "A 2020. Title.\nFound.")
    assert "Found" not in found["ref-b"].text


def test_a_section_brings_the_footnotes_that_it_cites_with_their_numbers() -> None:
    assert [number for number, _ in places(NOTES)["a"].notes] == [2]


def test_the_section_of_the_footnotes_does_not_bring_them_twice() -> None:
    assert places(NOTES)["s"].notes == ()
    assert "W." in places(NOTES)["s"].text


def test_review_dates_belong_to_no_section() -> None:
    assert "reviewed" not in places(NOTES)["s"].text


def test_an_id_that_stands_twice_is_returned_twice() -> None:
    assert len(find_places(parse_article('<h2 id="a">A</h2><h2 id="a">B</h2>'))) == 2


@pytest.mark.parametrize(
    ("html", "unnamed"),
    [
        ('<h2 id="a">A</h2>' + TABLE, []),
        ("<h2>Nameless</h2>", ["Nameless"]),
        ("<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>", ["a b"]),
        (TABLE.replace(' id="small"', ""), ["Small 30 Baker"]),
        (TABLE.replace(' id="small"', "").replace(' id="large"', ""), []),  # repeats rows of another page
    ],
)
def test_what_nobody_can_link_to_is_found(html: str, unnamed: list[str]) -> None:
    assert list(find_unnamed(parse_article(html))) == unnamed
