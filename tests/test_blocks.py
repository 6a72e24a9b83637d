"""The blocks that make pages alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from helpers import fold, list_links, make_book, read_all, render_markdown, select, select_one
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from macros.blocks import (
    CHANGE_LEVELS,
    GROUPS,
    LEVELS,
    render_care_card,
    render_changes,
    render_contents,
    render_figure,
    render_key_points,
    render_questions,
    render_review,
    render_safety_facts,
)
from macros.models import CareCard, Change, Figure, FrontMatter, Question, Reviewer, SafetyFact

DRAWING = '<svg role="img" aria-labelledby="a">\n\n  <title id="a">A bowl</title>\n  <circle r="4"/>\n</svg>'
DAYS: Any = {"reviewed": date(2026, 11, 1), "next_review": date(2027, 11, 1)}


# Key points


def show_points(*points: str) -> LexborHTMLParser:
    return render_markdown(f"{render_key_points('home-key-points', points)}\n\n[^gas-2024]: Gas")


def test_key_points_are_a_section_that_can_be_linked_to() -> None:
    heading = select_one(show_points("One."), ".guide-key-points h2")
    assert heading.attributes["id"] == "home-key-points"


def test_every_key_point_is_an_item() -> None:
    assert select(show_points("One.", "Two."), ".guide-key-points li") == ["One.", "Two."]


def test_a_key_point_may_hold_markdown_and_cite() -> None:
    item = select_one(show_points("**One** [page](a.md). [@gas-2024]"), ".guide-key-points li")
    assert item.css_matches("strong")
    assert set(list_links(item).values()) == {"a.md", "#fn:gas-2024"}


# Care cards


def show_card(level: str = "urgent", **parts: Any) -> LexborHTMLParser:
    values = {
        "id": "burn",
        "level": level,
        "heading": "Get help today if:",
        "items": ("It is large.", "It hurts."),
        "after": "Keep it cool.",
        "refs": ("clock-2025",),
        "page": "bake/first-loaf.md",
        **parts,
    }
    card = CareCard.model_validate(values)
    return render_markdown(render_care_card(card, "bake/first-loaf.md", make_book(), "care-burn"))


@pytest.mark.parametrize("level", LEVELS)
def test_a_care_card_says_its_level_in_words(level: str) -> None:
    heading = select_one(show_card(level), f".guide-care--{level} h3")
    assert fold(heading.text()).removesuffix("#") == f"{LEVELS[level]}: Get help today if:"


def test_a_care_card_is_a_section_that_can_be_linked_to() -> None:
    assert select_one(show_card(), "h3").attributes["id"] == "care-burn"


def test_a_care_card_lists_every_sign_and_what_to_do_after() -> None:
    tree = show_card()
    assert select(tree, ".guide-care li") == ["It is large.", "It hurts."]
    assert "Keep it cool." in read_all(tree)


def test_nothing_leads_away_from_a_care_card() -> None:
    assert list_links(select_one(show_card("emergency"), ".guide-care")) == {}


def test_the_sources_of_a_care_card_stand_below_it() -> None:
    sources = select_one(show_card(), ".guide-care__sources")
    assert list_links(sources) == {"Clock 2025": "../evidence.md#ref-clock-2025"}


# Safety facts


def test_a_safety_fact_has_its_reason_its_sources_and_where_to_read_more() -> None:
    fact = SafetyFact(id="hot", fact="It is hot.", why="Iron.", refs=("gas-2024",), sections=("first-loaf-steps",))
    item = select_one(render_markdown(render_safety_facts([fact], "index.md", make_book())), "ol li")
    assert fold(item.text()) == "It is hot. Iron. Read more: Your first loaf: steps. Gas 2024"
    assert list_links(item) == {
        "Your first loaf: steps": "bake/first-loaf.md#first-loaf-steps",
        "Gas 2024": "evidence.md#ref-gas-2024",
    }


def test_safety_facts_are_one_numbered_list() -> None:
    facts = [
        SafetyFact(id=f"hot-{number}", fact="A.", why="B.", refs=("gas-2024",), sections=("first-loaf-steps",) * 3)
        for number in range(3)
    ]
    tree = render_markdown(render_safety_facts(facts, "index.md", make_book()))
    assert len(tree.css("ol")) == 1
    assert len(tree.css("ol > li")) == 3


# Questions


def make_question(id: str, group: str) -> Question:
    return Question(
        id=id, group=group, question=f"Is {id} fresh?", why="Old is bitter.", good_answer="A date.", refs=("gas-2024",)
    )


def test_a_question_can_be_ticked_and_says_why_to_ask_and_what_a_good_answer_is() -> None:
    text = render_questions([make_question("flour", "money")], "index.md", make_book())
    item = select_one(render_markdown(text), "li")
    assert item.attributes["id"] == "question-flour"
    assert len(item.css("label input[type=checkbox]")) == 1
    assert fold(item.text()) == "Is flour fresh? Why ask: Old is bitter. A good answer: A date. Gas 2024"
    assert "*" not in item.text()


def test_questions_of_one_group_need_no_name_and_of_several_have_one() -> None:
    one = render_markdown(render_questions([make_question("flour", "money")], "index.md", make_book()))
    two = render_markdown(
        render_questions([make_question("flour", "money"), make_question("salt", "cellar")], "index.md", make_book())
    )
    assert select(one, ".guide-questions__group") == []
    assert select(two, ".guide-questions__group") == [GROUPS["money"], "cellar"]


# Drawings


def show_figure(**parts: Any) -> LexborHTMLParser:
    values: Any = {"id": "dough", "file": "dough.svg", "caption": "It grows. [@gas-2024]", "alt": "A", **parts}
    figure = Figure(description="A bowl with dough.", **values)
    return render_markdown(f"{render_figure(figure, DRAWING, 'index.md', make_book())}\n\n[^gas-2024]: Gas")


def test_a_drawing_stands_in_the_page_whole() -> None:
    tree = show_figure()
    assert len(tree.css("figure svg circle")) == 1


def test_who_cannot_see_a_drawing_hears_what_the_data_say_of_it() -> None:
    assert select(show_figure(alt="A bowl < a pan"), "figure svg title") == ["A bowl < a pan"]


def test_a_drawing_has_a_caption_that_cites() -> None:
    caption = select_one(show_figure(), "figcaption")
    assert fold(caption.text()) == "It grows.1"
    assert list_links(caption) == {"1": "#fn:gas-2024"}


def test_a_drawing_may_name_its_sources() -> None:
    caption = select_one(show_figure(refs=("clock-2025",)), "figcaption")
    assert list_links(caption)["Clock 2025"] == "evidence.md#ref-clock-2025"


def test_a_drawing_is_described_in_words_for_those_who_do_not_see_it() -> None:
    assert select(show_figure(), "details p") == ["A bowl with dough."]


# Dates


def show_review(**parts: Any) -> LexborHTMLParser:
    return render_markdown(render_review(FrontMatter(title="A", description="B", **DAYS, **parts)))


def test_a_page_says_when_it_was_checked_and_when_it_is_due() -> None:
    words = read_all(show_review())
    assert "Last reviewed: 1 November 2026. Next review due: 1 November 2027." in words
    assert [node.attributes["datetime"] for node in show_review().css("time")] == ["2026-11-01", "2027-11-01"]


def test_a_page_that_no_clinician_reviewed_says_so() -> None:
    assert "No clinician has reviewed this page yet." in read_all(show_review())


def test_a_page_about_safety_that_no_clinician_reviewed_says_what_to_do() -> None:
    assert "call for help" in read_all(show_review(safety=True))
    assert "call for help" not in read_all(show_review())
    assert len(show_review(safety=True).css(".guide-review--safety")) == 1


def test_a_page_that_a_clinician_reviewed_says_who_and_with_which_interests() -> None:
    reviewer = Reviewer(name="Ada Baker", role="baker", date=date(2026, 11, 2), conflicts="Sells flour.")
    words = read_all(show_review(reviewer=reviewer))
    assert "Reviewed by Ada Baker, baker, on 2 November 2026. Conflicts of interest: Sells flour." in words
    assert "No clinician" not in words


def test_the_notice_of_a_page_past_its_date_is_hidden_until_a_script_shows_it() -> None:
    tree = show_review()
    assert "hidden" in select_one(tree, ".guide-review__overdue").attributes
    assert select_one(tree, ".guide-review").attributes["data-next-review"] == "2027-11-01"


# Changes and contents


def test_changes_stand_newest_first_with_their_weight() -> None:
    changes = [
        Change(date=date(2026, 11, 1), level="editorial", change="First.", sections=("first-loaf-steps",)),
        Change(date=date(2026, 12, 24), level="safety", change="Second."),
    ]
    tree = render_markdown(render_changes(changes, "index.md", make_book()))
    assert select(tree, "li") == [
        "24 December 2026 Safety Second.",
        "1 November 2026 Wording First. See Your first loaf: steps.",
    ]


def test_every_weight_of_a_change_and_every_level_of_care_has_words() -> None:
    assert set(CHANGE_LEVELS) == set(Change.model_fields["level"].annotation.__args__)
    assert set(LEVELS) == set(CareCard.model_fields["level"].annotation.__args__)


def test_contents_are_links_with_descriptions() -> None:
    tree = render_markdown(render_contents([(Markup("[Loaf](bake/first-loaf.md)"), "Every step.")]))
    assert select(tree, ".guide-contents li") == ["Loaf Every step."]
    assert list_links(tree) == {"Loaf": "bake/first-loaf.md"}
