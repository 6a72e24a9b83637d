"""What articles claim, what the guide says of it, and where they disagree."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import fold, list_links, make_book, render_markdown, select, select_one
from selectolax.lexbor import LexborHTMLParser

from macros.claims import VERDICTS, render_claims, render_disagreements, render_verdict, render_verdicts
from macros.diagnostics import MacroError
from macros.models import Article, Claim, Disagreement, Side

ARTICLES = {
    f"article-{number}": Article(id=f"article-{number}", label=f"Article {number}", description="A", words=1, about="B")
    for number in (1, 2)
}


def make_claim(id: str = "two-hours", **parts: Any) -> Claim:
    values = {
        "id": id,
        "article": "article-1",
        "heading": "Time",
        "topic": "time",
        "claim": "A loaf takes two hours.",
        "verdict": "not-supported",
        "reason": "A trial took four.",
        "refs": ("clock-2025",),
        "answered_in": "first-loaf-steps",
        **parts,
    }
    return Claim.model_validate(values)


def show(*claims: Claim) -> LexborHTMLParser:
    text = render_claims(claims, ARTICLES, "evidence.md", make_book(), topic="time", caption="Time")
    return render_markdown(text)


DISAGREEMENT = Disagreement(
    id="time",
    question="How long does it take?",
    sides=(Side(article="article-1", position="Two hours.", claims=("two-hours",)),),
    silent=("article-2",),
    better_evidence="Four hours.",
    refs=("clock-2025",),
    answered_in="first-loaf-steps",
)


def show_disagreements(*records: Disagreement) -> LexborHTMLParser:
    return render_markdown(render_disagreements(records, ARTICLES, "evidence.md", make_book()))


def test_a_claim_is_shown_with_its_article_verdict_reason_and_answer() -> None:
    tree = show(make_claim())
    assert select(tree, "thead th") == ["The claim", "Our verdict", "Why", "Read our answer"]
    assert select(tree, "tbody th, tbody td") == [
        "A loaf takes two hours. Article 1",
        "Not supported",
        "A trial took four. Clock 2025",
        "Your first loaf: steps",
    ]


def test_a_claim_leads_to_its_source_and_to_the_section_that_answers_it() -> None:
    assert list_links(show(make_claim())) == {
        "Clock 2025": "#ref-clock-2025",
        "Your first loaf: steps": "bake/first-loaf.md#first-loaf-steps",
    }


def test_a_claim_can_be_linked_to_and_filtered() -> None:
    row = select_one(show(make_claim()), "tbody tr")
    assert row.attributes["id"] == "claim-two-hours"
    assert (row.attributes["data-verdict"], row.attributes["data-article"]) == ("not-supported", "article-1")


def test_the_table_of_a_topic_has_an_id_of_its_own() -> None:
    assert select_one(show(make_claim()), "figcaption").attributes["id"] == "table-claims-time"


def test_a_claim_without_an_answer_is_an_error() -> None:
    with pytest.raises(MacroError, match="unknown section 'salt'"):
        show(make_claim(answered_in="salt"))


def test_a_claim_of_an_unknown_article_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(MacroError, match="unknown article 'article-9'") as error:
        show(make_claim(article="article-9"))
    assert error.value.help.startswith("did you mean 'article-")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_is_told_in_words_and_never_by_colour_alone(verdict: str) -> None:
    node = select_one(render_markdown(str(render_verdict(verdict))), f".guide-verdict--{verdict}")
    assert fold(node.text()) == VERDICTS[verdict]


def test_every_verdict_has_words() -> None:
    assert set(VERDICTS) == set(Claim.model_fields["verdict"].annotation.__args__)


def test_verdicts_are_counted_by_article_and_in_all() -> None:
    claims = [
        make_claim("a"),
        make_claim("b", article="article-2"),
        make_claim("c", article="article-2", verdict="supported"),
    ]
    tree = render_markdown(render_verdicts(claims, ARTICLES))
    assert select(tree, "thead th") == ["Verdict", "Article 1", "Article 2", "All"]
    rows = {fold(row.css("th")[0].text()): select(row, "td") for row in tree.css("tbody tr")}
    assert rows["Not supported"] == ["1", "1", "2"]
    assert rows["Supported"] == ["0", "1", "1"]
    assert rows["Misleading"] == ["0", "0", "0"]
    assert rows["All claims"] == ["1", "2", "3"]


def test_the_filter_is_hidden_until_a_script_shows_it() -> None:
    box = select_one(render_markdown(render_verdicts([], ARTICLES)), ".guide-filter")
    assert "hidden" in box.attributes


def test_a_disagreement_shows_every_side_and_who_is_silent() -> None:
    tree = show_disagreements(DISAGREEMENT)
    assert select(tree, ".guide-sides li") == ["Article 1: Two hours.", "Article 2: Does not say"]


def test_a_disagreement_shows_stronger_evidence_apart_with_its_source() -> None:
    better = select_one(show_disagreements(DISAGREEMENT), ".guide-better")
    assert fold(better.text()) == "Stronger evidence: Four hours. Clock 2025"
    assert list_links(better) == {"Clock 2025": "#ref-clock-2025"}


def test_a_disagreement_is_a_section_that_can_be_linked_to() -> None:
    heading = select_one(show_disagreements(DISAGREEMENT), "h3")
    assert heading.attributes["id"] == "disagree-time"
    assert fold(heading.text()).startswith("How long does it take?")


def test_a_disagreement_leads_to_the_section_that_answers_it() -> None:
    tree = show_disagreements(DISAGREEMENT)
    assert list_links(tree)["Your first loaf: steps"] == "bake/first-loaf.md#first-loaf-steps"


def test_a_side_of_an_unknown_article_is_an_error() -> None:
    with pytest.raises(MacroError, match="unknown article 'article-9'"):
        show_disagreements(DISAGREEMENT.model_copy(update={"silent": ("article-9",)}))
