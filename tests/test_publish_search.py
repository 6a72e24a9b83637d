"""The index of the search, made from built pages, and the checks that keep queries and aliases true."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from scratch_guide import ScratchGuide, parse_article

from macros.catalog import Catalog
from macros.models import Query
from macros.publish.search import INDEX, SCRIPT, Findable, list_findable
from macros.publish.search_index import Alias, Section, render_search_index
from macros.publish.search_sections import choose_sections, take_sections
from macros.publish.search_words import FOLDS, find_leaders, find_terms, fold_word

TOPICS = """# Find a topic

<div class="guide-topics" markdown="block">

- [Dough went wrong? Get help](rise.md)
- [The crust](bake.md#bake-crust)

</div>
"""
ASKED = "- query: stone hearth{held}\n  answers:\n    - bake-crust\n"
QUERIES = "- query: hard crust\n  answers:\n    - bake-crust\n    - {id}\n"
ALIASES = "- words: [chilly]\n  means: [keep it cold, {meaning}]\n"


@pytest.fixture
def guide(tmp_path: Path) -> ScratchGuide:
    made = ScratchGuide(tmp_path / "guide")
    made.write("docs/search.md", TOPICS)
    made.write("docs/assets/search.js", "/* reads the index */\nexport const RANK = {};\n")
    made.write("data/queries.yml", QUERIES.format(id="rise-cold"))
    made.write("data/search-aliases.yml", ALIASES.format(meaning="fridge"))
    made.write("data/search-weights.yml", '- sections: "search/*"\n  weight: 0\n')
    made.promise()
    return made


def titles(index: dict[str, list[list[str]]]) -> dict[str, list[str]]:
    """The headings of each page in an index, by address."""
    return {page[1]: [line.partition(" ")[2] for line in page[2].split("\n")] for page in index["pages"]}


def test_every_section_is_in_the_index_under_its_page(guide: ScratchGuide) -> None:
    assert guide.publish() == []
    assert titles(json.loads(guide.shown(INDEX)))["rise/"] == [
        "Rising",
        "Keep it warm",
        "In winter",
        "Keep it cold",
        "Sources",
    ]


def test_a_weight_of_nothing_leaves_sections_out(guide: ScratchGuide) -> None:
    guide.publish()
    assert "search/" not in titles(json.loads(guide.shown(INDEX)))


def test_the_topics_of_the_page_go_with_the_index(guide: ScratchGuide) -> None:
    guide.publish()
    assert json.loads(guide.shown(INDEX))["topics"] == [
        ["Dough went wrong? Get help", "rise/"],
        ["The crust", "bake/#bake-crust"],
    ]


def test_who_publishes_twice_changes_nothing(guide: ScratchGuide) -> None:
    guide.publish()
    before = guide.shown(INDEX), guide.shown(SCRIPT)
    guide.publish()
    assert (guide.shown(INDEX), guide.shown(SCRIPT)) == before
    assert "reads the index" not in before[1]


def test_a_live_preview_can_be_searched(guide: ScratchGuide) -> None:
    guide.publish(preview=True)
    assert json.loads(guide.shown(INDEX))["pages"]


def test_a_guide_without_topics_has_no_search(tmp_path: Path) -> None:
    guide = ScratchGuide(tmp_path / "guide")
    guide.promise()
    assert guide.publish() == []
    assert not (guide.site / INDEX).exists()


@pytest.mark.parametrize(("held", "taught"), [("", True), ("\n  held_out: 2026-01-01", False)])
def test_a_question_teaches_the_search_its_words_unless_it_is_held_out(
    guide: ScratchGuide, held: str, *, taught: bool
) -> None:
    guide.write("data/queries.yml", ASKED.format(held=held))
    guide.publish()
    index = json.loads(guide.shown(INDEX))
    assert (find_terms("hearth", {})[0][1:] in index["terms"]) == taught


def test_a_question_teaches_its_first_answer_alone() -> None:
    findable = Findable(sections=[Section(id, "Rising", f"rise/#{id}", "Dough.") for id in "ab"])
    asked = Query(query="smoke", answers=("b", "a"))
    sections = list_findable(findable, Catalog(queries={"0": asked}))
    assert [section.title for section in sections if section.asked] == ["b"]


@pytest.mark.parametrize(("weight", "found"), [(1.0, True), (0.3, False)])
def test_a_section_is_found_by_words_that_it_shares_unless_it_weighs_little(weight: float, *, found: bool) -> None:
    words = "Brick, stone, iron, steel, glass, water, salt and yeast."
    sections = [Section(id, "Rising", f"rise/#{id}", words, weight) for id in "ab"]
    index = json.loads(render_search_index(sections, [], {})[0])
    assert index["places"].split()
    assert bool(index["others"].split()) == found


def test_words_that_tell_stand_in_one_order_whatever_an_alias_says() -> None:
    text, _ = render_search_index([], [Alias(["stone that bakes", "baked on a stone", "on it"], ["bread"])], {})
    assert json.loads(text)["aliases"][0][0] == " ".join(find_terms("baked stone", {})) + "|on it"


def test_words_of_a_group_are_one_word() -> None:
    leaders = find_leaders([["oven", "stove", "hearth"]])
    assert find_terms("The stoves by the hearth", leaders) == find_terms("oven by oven", {})


def test_the_index_holds_a_group_under_its_first_word() -> None:
    section = Section("Stove", "Rising", "rise/#a", "A hearth of brick.")
    index = json.loads(render_search_index([section], [], {}, [["oven", "stove", "hearth"]])[0])
    assert index["same"] == ["oven stove hearth"]
    assert "hearth" not in index["terms"]


@pytest.mark.parametrize("words", ["[oven, stove]\n- words: [fire, stoves]", "[oven, stove, stoves]"])
def test_a_word_that_stands_in_groups_twice_is_reported_at_its_line(guide: ScratchGuide, words: str) -> None:
    guide.write("data/search-words.yml", f"- words: {words}\n")
    [problem] = guide.publish()
    assert problem.location.path == "data/search-words.yml"
    assert problem.message == "the search takes 'stoves' for 'stove', which stands above"


def test_an_answer_that_does_not_exist_is_reported_at_its_line(guide: ScratchGuide) -> None:
    guide.write("data/queries.yml", QUERIES.format(id="rise-could"))
    [problem] = guide.publish()
    assert (problem.location.path, problem.location.line) == ("data/queries.yml", 4)
    assert problem.message == "no section 'rise-could' on the built site"
    assert "rise-cold" in problem.help


def test_an_alias_by_which_nothing_is_found_is_reported_at_its_line(guide: ScratchGuide) -> None:
    guide.write("data/search-aliases.yml", ALIASES.format(meaning="warm submarine"))
    [problem] = guide.publish()
    assert (problem.location.path, problem.location.line) == ("data/search-aliases.yml", 2)
    assert "'warm submarine'" in problem.message


def test_a_box_about_danger_is_found_as_one_and_goes_first() -> None:
    page = parse_article(
        "<h2 id='a'>Usual</h2><p>Flour on the floor.</p>"
        "<div class='guide-care guide-care--urgent'><h3 id='care-b'>Call now</h3><p>Smoke.</p></div>"
    )
    sections = {section.address: section for section in take_sections(page.article, "rise/")}
    assert (sections["rise/#care-b"].care, sections["rise/#care-b"].words) == ("urgent", "Smoke.")
    assert sections["rise/#care-b"].weight > sections["rise/#a"].weight


def test_a_copy_of_a_section_is_found_once() -> None:
    both = [Section("Call now", "Rising", f"rise/#{id}", "Smoke.") for id in ("rise-care-b", "care-b")]
    assert [section.address for section in choose_sections(both, {})] == ["rise/#care-b"]


def test_topics_keep_their_order_and_their_page() -> None:
    findable = Findable()
    findable.add_page(parse_article('<div class="guide-topics"><a href="../bake/#x">B</a><a href="#y">A</a></div>'))
    assert list(findable.topics.items()) == [("B", "bake/#x"), ("A", "rise/#y")]


def test_an_index_without_sections_can_be_read() -> None:
    text, unknown = render_search_index([], [Alias(["a"], ["bread"])], {})
    assert json.loads(text)["pages"] == []
    assert unknown == ["bread"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("colour", "color"),
        ("baking", "bake"),
        ("loaves", "loave"),
        ("scarred", "scar"),
        ("anaemia", "anemia"),
        ("infected", "infection"),
        ("redness", "red"),
        ("suddenly", "sudden"),
    ],
)
def test_spellings_and_endings_fold_alike(one: str, two: str) -> None:
    assert fold_word(one) == fold_word(two)


def test_what_people_shorten_is_one_word() -> None:
    assert find_terms("It can not rise", {}) == find_terms("it cannot rise", {}) == find_terms("it can't rise", {})


def test_words_that_say_nothing_are_skipped() -> None:
    assert find_terms("How is the bread?", {}) == ["bread"]
    assert find_terms("How is the bread?", {}, heading=True) == ["how", "bread"]


def test_the_folding_rules_mean_the_same_in_python_and_in_browsers() -> None:
    for pattern, form in FOLDS:
        assert re.search(r"\(\?<|\(\?P|\\[AZz]", pattern) is None, pattern
        assert set(re.findall(r"\$(\d)", form)) <= {"1", "2"}, form
