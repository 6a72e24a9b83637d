"""Figures: each has a source, and one value in the whole guide."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import BASE, ROOT, call, find_problems, load, make_project, read_all
from test_passages import read

from macros.catalog import load_catalog
from macros.citations import find_cited
from macros.quantities import check_uncited_figures, find_figure, find_values

CITE = '{{ cite("gas-2024") }}'
FACTS = (BASE / "data" / "facts.yml").read_text(
    encoding="utf-8"
) + "- id: rise\n  value: 4 hours\n  unit: hours\n  about: [bread, rise]\n  refs: [gas-2024]\n"
USE = 'Bread rises in {{ fact("rise") }}.\n'


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("Wait 4 hours.", "4 hours"),
        ("Wait 2.5 hours.", "2.5 hours"),
        ("Wait 4 to 6 hours.", "6 hours"),
        ("A 4-hour wait.", "4-hour"),
        ("Wait two weeks.", "two weeks"),
        ("It costs $4,000 a year.", "$4,000"),
        ("It costs £5.", "£5"),
        ("Use 2% salt.", "2%"),
        ("In 55 in 100 loaves.", "55 in 100"),
        ("In 22 of 30 loaves.", "22 of 30"),
        ("It had 48 people.", "48 people"),
        ("From age 22.", "age 22"),
        ("Cut 5 mm deep.", "5 mm"),
        ("It asks 4 questions.", None),
        ("On 15 October 2025 it closed.", None),
        ("In October 2025, 3 days later.", "3 days"),
        ('They say "4 hours".', None),
        ("Step 2 of the list.", None),
        ("Loaf 5mg.", "5mg"),
    ],
)
def test_a_figure_is_a_number_with_a_unit_a_price_or_a_per_cent(text: str, figure: str | None) -> None:
    (sentence,) = read(text)[0].sentences
    assert find_figure(sentence) == figure


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wait 4 hours.", 1),
        (f"Wait 4 hours.{CITE}", 0),
        (f"Wait 4 hours{CITE}, then bake.", 0),
        (f"Wait 4 hours. Then bake.{CITE}", 1),
        ("## Wait 4 hours {: #a }", 0),
        ('{{ key_points("a", ["Wait 4 hours."]) }}', 1),
        ('{{ key_points("a", ["Wait 4 hours. [@gas-2024]"]) }}', 0),
        (f"Wait:{CITE}\n\n- 4 hours\n- 5 hours", 0),
        ("Wait:\n\n- 4 hours\n- 5 hours", 2),
        (f"Wait.{CITE}\n\n- 4 hours", 1),
        ("Article 1 says 4 hours.", 0),
        ("None of the 4 articles says 4 hours.", 0),
        ("In a review of 85 articles it took 4 hours.", 1),
        ("The pages are due every 6 months.", 0),
        ("You can read the guide in 20 minutes.", 0),
    ],
)
def test_a_figure_has_a_source_in_its_sentence(text: str, told: int) -> None:
    assert len(list(check_uncited_figures(read(text)))) == told


@pytest.mark.parametrize(
    ("words", "unit", "values"),
    [
        ("Wait 6 months.", "months", {"6"}),
        ("Wait 1 month, not 6 weeks.", "months", {"1"}),
        ("Wait 3 to 6 months or 9 months.", "months", {"3", "6", "9"}),
        ("A 6-month wait.", "months", {"6"}),
        ("From age 22, or aged 18.", "age", {"22", "18"}),
        ("Of 16 groups.", "groups", {"16"}),
        ("It is $1,228 or $2,169.", "$", {"1228", "2169"}),
        ("Up to 4% salt.", "%", {"4"}),
        ("About 55 in 100 people.", "in 100", {"55"}),
        ("On 15 October 2025 and in May 2026.", "date", {"15 October 2025", "May 2026"}),
        ("In 2025 it took 3 months.", "months", {"3"}),
        ("Months later.", "months", set()),
    ],
)
def test_the_numbers_beside_a_unit_are_found(words: str, unit: str, values: set[str]) -> None:
    assert find_values(words, unit) == values


def tell(tmp_path: Path, sentence: str, facts: str = FACTS, use: str = USE) -> list[tuple[str, str]]:
    files = {"data/facts.yml": facts}
    edits = {"docs/index.md": {"See [your": f"{use}\n{sentence}\n\nSee [your"}}
    return [(problem.rule, problem.message) for problem in find_problems(make_project(tmp_path, files, edits))]


def test_a_figure_of_facts_has_one_value_in_pages(tmp_path: Path) -> None:
    ((rule, message),) = tell(tmp_path, f"The bread must rise 5 hours.{CITE}")
    assert rule == "figure-contradiction"
    assert message == "'5' (hours) contradicts '4 hours' of 'rise' in data/facts.yml:9"


@pytest.mark.parametrize(
    "sentence",
    [
        "The oven needs 5 hours." + CITE,
        "Bread rises in 5 minutes." + CITE,
        "Bread rises in 4 to 6 hours." + CITE,
        "Bread rises for 4 people." + CITE,
        "Bread rises for a while.",
        'Bread rises in {{ fact("rise") }}, or 5 hours in winter.',
    ],
)
def test_another_figure_and_a_range_that_holds_the_value_are_free(sentence: str, tmp_path: Path) -> None:
    assert [rule for rule, _ in tell(tmp_path, sentence)] in ([], ["figure-written-out"])


def test_a_figure_of_facts_is_not_written_out_in_a_page(tmp_path: Path) -> None:
    assert [rule for rule, _ in tell(tmp_path, f"Bread will rise in 4 hours.{CITE}")] == ["figure-written-out"]


def test_a_figure_of_facts_has_one_value_in_data(tmp_path: Path) -> None:
    root = make_project(
        tmp_path,
        {"data/facts.yml": FACTS},
        {
            "docs/index.md": {"See [your": f"{USE}\nSee [your"},
            "data/questions.yml": {"Old flour is bitter.": "Bread will not rise in 9 hours."},
        },
    )
    assert [(problem.rule, problem.location.path) for problem in find_problems(root)] == [
        ("figure-contradiction", "data/questions.yml")
    ]


def test_what_an_article_claims_is_free_to_differ(tmp_path: Path) -> None:
    root = make_project(
        tmp_path,
        {"data/facts.yml": FACTS},
        {
            "docs/index.md": {"See [your": f"{USE}\nSee [your"},
            "data/claims.yml": {"A loaf takes two hours.": "Bread can rise in 2 hours."},
        },
    )
    assert find_problems(root) == []


def test_a_unit_that_is_not_in_the_value_is_told(tmp_path: Path) -> None:
    assert [rule for rule, _ in tell(tmp_path, "Bake.", FACTS.replace("unit: hours", "unit: days"))] == ["data-shape"]


def test_a_fact_prints_its_value_and_its_sources(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"data/facts.yml": FACTS}, {"docs/index.md": {"See [your": f"{USE}\nSee [your"}})
    project = load(root)
    assert "gas-2024" in find_cited(project.pages["index.md"], {}, project.catalog.facts)
    assert read_all(call(project, "index.md", "fact", "rise")) == "4 hours[^gas-2024]"


def test_every_fact_of_the_guide_stands_in_more_than_one_place() -> None:
    texts = [
        file.read_text(encoding="utf-8") for file in (*(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.yml"))
    ]
    for fact in load_catalog(ROOT)[0].facts.values():
        written = sum(text.count(fact.value) for text in texts) - 1
        printed = sum(text.count(f'fact("{fact.id}")') for text in texts)
        assert written + printed > 1, fact.id
