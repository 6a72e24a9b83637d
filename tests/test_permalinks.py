"""A clinic's link keeps opening the words that it was made for, or a clear error says who would be hurt."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import pytest
from scratch_guide import URL, ScratchGuide

from macros import catalog, pages
from macros.diagnostics import render_text
from macros.markup import format_date
from macros.models import Permalink
from macros.permalinks.form import render_line, render_permalinks
from macros.places import fingerprint
from macros.publishing import check_guide, find_today, make_edition, read_guide

PROMISE = {
    "id": "rise-warm",
    "kind": "section",
    "since": date(2026, 11, 21),
    "page": "/rise/",
    "heading": 'Warm: "yes"',
    "words": "abcdefgh",
    "status": "live",
}


@pytest.fixture
def guide(tmp_path: Path) -> ScratchGuide:
    """A guide whose promises are all kept."""
    made = ScratchGuide(tmp_path)
    made.promise()
    return made


def test_what_was_promised_and_stands_there_is_no_problem(guide: ScratchGuide) -> None:
    assert guide.rules() == {}


@pytest.mark.parametrize("module", [catalog, pages], ids=["data", "pages"])
def test_no_file_is_read_again_while_all_promises_are_kept(
    guide: ScratchGuide, module: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = read_guide(guide.site, guide.root)

    def refuse(*_: object) -> NoReturn:
        pytest.fail("a file was read again, though nothing is wrong with it")

    monkeypatch.setattr(module, "read_text", refuse)
    assert list(check_guide(built, make_edition(built, URL))) == []


# The seven changes that a strict build lets through: `build` runs strictly, and would stop the test


def test_change_1_a_heading_reworded_so_that_its_id_changes(guide: ScratchGuide) -> None:
    guide.edit("docs/bake.md", "## A good crust {: #bake-crust }", "## A crisp crust {: #bake-crisp-crust }")
    guide.edit("docs/rise.md", "bake.md#bake-crust", "bake.md#bake-crisp-crust")
    [message] = guide.rules()["permalink-lost"]
    assert message == (
        "“A good crust” (bake-crust) is gone from the site; its words now stand under 'bake-crisp-crust'; "
        "The Mill links to it"
    )


def test_change_2_the_same_heading_inserted_earlier(guide: ScratchGuide) -> None:
    guide.edit("docs/bake.md", "# Baking\n", "# Baking\n\n## A good crust {: #bake-crust }\n\nSalt the dough.\n")
    assert guide.rules() == {"permalink-doubled": ["'bake-crust' stands 2 times (on /bake/); The Mill links to it"]}


def test_change_2_when_the_ids_were_left_to_the_builder(guide: ScratchGuide) -> None:
    guide.edit("docs/bake.md", " {: #bake-crust }", "")
    guide.edit("docs/rise.md", "#bake-crust", "#a-good-crust")
    guide.edit("data/clinics.yml", "bake-crust", "a-good-crust")
    guide.promise()
    guide.edit("docs/bake.md", "# Baking\n", "# Baking\n\n## A good crust\n\nSalt the dough.\n")
    found = guide.rules()
    [message] = found["permalink-repointed"]
    assert message == (
        "'a-good-crust' promised “A good crust” and now opens “A good crust” with other words; "
        "its words now stand under 'a-good-crust_1'; The Mill links to it"
    )
    assert found["permalink-counted"] == ["'a-good-crust_1' was counted by the builder, not written by hand"]


def test_change_3_a_page_moved(guide: ScratchGuide) -> None:
    (guide.root / "docs/rise.md").rename(guide.root / "docs/dough.md")
    guide.edit("docs/index.md", "rise.md", "dough.md")
    messages = guide.rules()["permalink-moved"]
    assert "'rise-warm' has moved from /rise/ to /dough/; The Mill links to it" in messages
    assert len(messages) == 4


def test_change_4_a_page_deleted(guide: ScratchGuide) -> None:
    (guide.root / "docs/rise.md").unlink()
    guide.edit("docs/index.md", "[rising](rise.md#rise-warm)", "rising")
    messages = guide.rules()["permalink-lost"]
    assert (
        "“Keep it warm” (rise-warm) is gone from the site, and so is its page /rise/; The Mill links to it" in messages
    )
    assert len(messages) == 4


def test_change_5_the_setting_that_makes_ids_changed(guide: ScratchGuide) -> None:
    guide.edit("docs/bake.md", " {: #bake-times }", " for each loaf")
    guide.promise()
    guide.settings["separator"] = "_"
    found = guide.rules()
    assert [words.partition("; ")[0] for words in found["permalink-lost"]] == [
        "“Times” (bake-times) is gone from the site",
        "“Times for each loaf” (times-for-each-loaf) is gone from the site",
    ]
    assert found["permalink-counted"] == ["'times_for_each_loaf' was made by the builder, not written by hand"]


def test_change_5_does_nothing_to_ids_written_by_hand(guide: ScratchGuide) -> None:
    guide.settings["separator"] = "_"
    assert guide.rules() == {}


def test_change_6_the_style_of_addresses_changed(guide: ScratchGuide) -> None:
    guide.settings["use_directory_urls"] = False
    messages = guide.rules()["permalink-moved"]
    assert "'bake-crust' has moved from /bake/ to /bake.html; The Mill links to it" in messages


def test_change_7_the_case_of_a_file_name_changed(guide: ScratchGuide) -> None:
    (guide.root / "docs/bake.md").rename(guide.root / "docs/Bake.md")
    guide.edit("docs/rise.md", "bake.md", "Bake.md")
    messages = guide.rules()["permalink-moved"]
    assert "'bake-crust' has moved from /bake/ to /Bake/; The Mill links to it" in messages


# What may change


def test_a_heading_may_be_reworded_when_its_id_stays(guide: ScratchGuide) -> None:
    guide.edit("docs/rise.md", "## Keep it warm {", "## A warm place for the dough {")
    assert guide.rules() == {}
    guide.promise()
    assert 'heading: "A warm place for the dough"' in guide.read("data/permalinks.yml")


def test_punctuation_and_markup_are_no_words(guide: ScratchGuide) -> None:
    guide.edit("docs/rise.md", "One night in the fridge.", "One *night* (in the fridge)!")
    assert guide.rules() == {}


def test_changed_words_must_be_seen_and_then_pass(guide: ScratchGuide) -> None:
    guide.edit("docs/rise.md", "at 25 degrees", "at 29 degrees")
    assert guide.rules() == {
        "permalink-words": [
            f"the words below 'rise-warm' are not those of {_today()} any more; The Mill links to it",
        ]
    }
    guide.promise()
    assert guide.rules() == {}


def test_a_new_section_must_be_promised(guide: ScratchGuide) -> None:
    guide.edit("docs/bake.md", "## Times", "## Steam {: #bake-steam }\n\nHot.\n\n## Times")
    assert guide.rules() == {"permalink-new": ["'bake-steam' is not promised yet"]}
    guide.promise()
    assert guide.rules() == {}


# What must not


def test_an_id_that_opens_other_words_under_another_heading_is_not_renewed_unless_named(guide: ScratchGuide) -> None:
    guide.edit(
        "docs/rise.md", "## Keep it cold {: #rise-cold }\n\nOne night", "## Buy yeast {: #rise-cold }\n\nSmall packs"
    )
    message = "'rise-cold' promised “Keep it cold” and now opens “Buy yeast” with other words"
    assert guide.rules() == {"permalink-repointed": [message]}
    guide.promise()
    assert guide.rules() == {"permalink-repointed": [message]}
    guide.promise("rise-cold")
    assert guide.rules() == {}


def test_two_ids_that_change_places_are_seen_though_nothing_stands_right_below_them(guide: ScratchGuide) -> None:
    for name in ("one", "two"):
        section = f"\n## Oven {name} {{: #bake-{name} }}\n\n### Heat {name} {{: #bake-heat-{name} }}\n\nHot {name}.\n"
        guide.write("docs/bake.md", guide.read("docs/bake.md") + section)
    guide.promise()
    for old, new in (("#bake-one", "#bake-x"), ("#bake-two", "#bake-one"), ("#bake-x", "#bake-two")):
        guide.edit("docs/bake.md", old, new)
    assert len(guide.rules()["permalink-repointed"]) == 2


def test_a_heading_and_a_table_row_without_an_id_are_told_with_their_line(guide: ScratchGuide) -> None:
    guide.edit("docs/bake.md", "Small {: #bake-times-small }", "Tiny")
    guide.edit("docs/bake.md", "## Times {: #bake-times }", "<h2>Times</h2>")
    guide.build()
    told = [problem for problem in guide.problems() if problem.rule == "permalink-unnamed"]
    found = [render_text(problem).splitlines()[0] for problem in told]
    assert found == [
        "docs/bake.md:7:1: error: “Times” has no id   [permalink-unnamed]",
        "docs/bake.md:11:1: error: “Tiny 30” has no id   [permalink-unnamed]",
    ]


def test_an_ended_section_needs_a_successor_that_is_there(guide: ScratchGuide) -> None:
    _end(guide, "bake-times-large", "merged", "bake-times-smal")
    guide.edit("docs/bake.md", "| Large {: #bake-times-large } | 50 |\n", "")
    found = guide.rules()
    assert found["permalink-status"] == ["unknown id 'bake-times-smal'"]


def test_an_ended_section_may_not_lead_to_another_ended_one(guide: ScratchGuide) -> None:
    _end(guide, "bake-times-large", "merged", "bake-times-small")
    _end(guide, "bake-times-small", "merged", "bake-times")
    guide.edit("docs/bake.md", "| Large {: #bake-times-large } | 50 |\n", "")
    guide.edit("docs/bake.md", "| Small {: #bake-times-small } | 30 |\n", "| | |\n")
    assert guide.rules()["permalink-status"] == ["'bake-times-small' is merged itself"]


def test_an_id_that_has_ended_is_never_used_again(guide: ScratchGuide) -> None:
    _end(guide, "rise-cold", "merged", "rise-warm")
    assert guide.rules()["permalink-status"] == ["'rise-cold' is merged, but stands on /rise/"]


def test_a_clinic_may_register_only_what_exists(guide: ScratchGuide) -> None:
    guide.edit("data/clinics.yml", "bake-crust", "bake-crumb")
    assert guide.rules() == {"data-unknown-section": ["no section 'bake-crumb'"]}


def test_a_promise_taken_out_of_the_file_is_missed(guide: ScratchGuide) -> None:
    for words in (["init", "-q", "-b", "main"], ["add", "."], ["commit", "-q", "-m", "first"]):
        settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(guide.root), *settings, *words], check=True)
    lines = guide.read("data/permalinks.yml").splitlines(keepends=True)
    guide.write("data/permalinks.yml", "".join(line for line in lines if "rise-warm" not in line))
    assert guide.rules()["permalink-removed"] == ["the promise of 'rise-warm' was taken out; The Mill links to it"]
    guide.promise()
    assert guide.rules() == {}


# The form of the file


def test_writing_adds_and_renews_but_never_removes(guide: ScratchGuide) -> None:
    (guide.root / "docs/bake.md").unlink()
    guide.edit("docs/rise.md", "[the crust](bake.md#bake-crust)", "crusts")
    guide.promise()
    assert "bake-crust" in guide.read("data/permalinks.yml")


def test_the_file_keeps_its_comment_and_is_sorted_by_day_and_id(guide: ScratchGuide) -> None:
    rows = guide.read("data/permalinks.yml").splitlines()
    assert rows[0] == "# What was promised."
    assert rows[1:] == sorted(rows[1:])
    assert rows[1].startswith("- {id: bake-crust, kind: section, since: ")


def test_a_new_file_begins_with_what_it_is_for() -> None:
    assert render_permalinks({}, "").startswith("# Every id that the guide ever published")


def test_a_promise_is_one_line_of_yaml() -> None:
    assert render_line(Permalink.model_validate(PROMISE)) == (
        '- {id: rise-warm, kind: section, since: 2026-11-21, page: /rise/, heading: "Warm: \\"yes\\"", '
        "words: abcdefgh, status: live}"
    )


def test_words_that_yaml_would_read_as_something_else_are_quoted() -> None:
    entry = Permalink.model_validate({**PROMISE, "id": "no", "was": ["/a/"], "status": "moved"})
    assert '{id: "no", ' in render_line(entry)
    assert "was: [/a/]" in render_line(entry)


def test_an_older_promise_stands_before_a_newer_one() -> None:
    new = Permalink.model_validate({**PROMISE, "id": "a", "since": date(2027, 1, 1)})
    old = Permalink.model_validate({**PROMISE, "id": "b"})
    assert render_permalinks({"a": new, "b": old}, "# x\n- {id: c}\n").splitlines()[0::2] == ["# x", render_line(new)]


def test_the_print_of_words_is_made_of_letters_only() -> None:
    assert fingerprint("Hello, World") == fingerprint("hello <world>") == "ljenchlj"
    assert fingerprint("hello word") != fingerprint("hello world")


def _today() -> str:
    return format_date(find_today())


def _end(guide: ScratchGuide, id: str, status: str, successor: str) -> None:
    lines = guide.read("data/permalinks.yml").splitlines(keepends=True)
    line = next(line for line in lines if f"id: {id}," in line)
    guide.edit("data/permalinks.yml", line, line.replace("status: live", f"status: {status}, successor: {successor}"))
