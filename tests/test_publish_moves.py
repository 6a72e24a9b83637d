"""Sections end, merge and move, pages get other addresses, and every old link still finds a reader's words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from scratch_guide import ScratchGuide
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import load_catalog
from macros.publishing import find_today, publish

COLD = "## Keep it cold {: #rise-cold }\n\nOne night in the fridge.\n\n"


@pytest.fixture
def guide(tmp_path: Path) -> ScratchGuide:
    made = ScratchGuide(tmp_path)
    made.promise()
    return made


def targets(guide: ScratchGuide, path: str) -> Any:
    """The map that the script follows."""
    [data] = re.findall('<script type="application/json"[^>]*>(.*?)</script>', guide.shown(path))
    return json.loads(data)


def words(guide: ScratchGuide, path: str, selector: str = "article") -> str:
    node = LexborHTMLParser(guide.shown(path)).css_first(selector)
    assert node is not None
    for data in node.css("script"):
        data.decompose()
    return " ".join(node.text().split())


def end(guide: ScratchGuide, id: str, more: str) -> None:
    lines = guide.read("data/permalinks.yml").splitlines()
    [line] = [line for line in lines if f"{{id: {id}," in line]
    guide.edit("data/permalinks.yml", line, line.replace("status: live", more))


# A section is retired


@pytest.fixture
def retired(guide: ScratchGuide) -> ScratchGuide:
    guide.edit("docs/rise.md", COLD, "")
    guide.edit("docs/rise.md", " or [the cold way](#rise-cold)", "")
    end(guide, "rise-cold", 'status: retired, successor: rise-warm, reason: "Dough spoiled."')
    guide.promise()
    assert guide.publish() == []
    return guide


def test_the_page_of_a_retired_section_says_what_it_was_why_it_went_and_where_to_go(retired: ScratchGuide) -> None:
    shown = words(retired, "s/rise-cold/index.html")
    assert "Keep it cold" in shown
    assert "Dough spoiled." in shown
    assert "It stood on the page Rising, first published on" in shown
    assert "Read now: Keep it warm, on the page Rising." in shown


def test_the_words_of_a_retired_section_are_nowhere(retired: ScratchGuide) -> None:
    files = [file for file in retired.site.rglob("*") if file.suffix in {".html", ".json"}]
    assert [file for file in files if "fridge" in file.read_text(encoding="utf-8")] == []


def test_an_old_fragment_of_a_retired_section_lands_on_a_sentence_and_with_a_script_on_its_page(
    retired: ScratchGuide,
) -> None:
    sentence = "“Keep it cold” was taken out: why it went, and what to read now"
    assert words(retired, "rise/index.html", "#rise-cold") == sentence
    assert targets(retired, "rise/index.html") == {"page": None, "fragments": {"rise-cold": "../s/rise-cold/"}}


# Two sections become one


def test_an_old_link_to_a_merged_section_lands_on_the_one_that_took_it_up(guide: ScratchGuide) -> None:
    guide.edit("docs/rise.md", COLD, "")
    guide.edit("docs/rise.md", " or [the cold way](#rise-cold)", "")
    end(guide, "rise-cold", "status: merged, successor: rise-warm")
    guide.promise()
    assert guide.publish() == []
    assert targets(guide, "rise/index.html")["fragments"] == {"rise-cold": "#rise-warm"}
    assert words(guide, "rise/index.html", "#rise-cold") == (
        "“Keep it cold” is now part of Keep it warm, on the page Rising"
    )
    assert "These words are now part of another section." in words(guide, "s/rise-cold/index.html")


# A section moves to another page


@pytest.fixture
def moved(guide: ScratchGuide) -> ScratchGuide:
    guide.edit("docs/rise.md", COLD, "")
    guide.edit("docs/rise.md", "(#rise-cold)", "(bake.md#rise-cold)")
    guide.write("docs/bake.md", f"{guide.read('docs/bake.md')}\n{COLD}")
    guide.promise()
    return guide


def test_a_section_that_moved_keeps_its_permanent_page_and_shows_the_new_place(moved: ScratchGuide) -> None:
    assert moved.publish() == []
    assert "A section on the page Baking." in words(moved, "s/rise-cold/index.html")
    assert "One night in the fridge." in words(moved, "s/rise-cold/index.html")


def test_the_contract_remembers_where_it_stood(moved: ScratchGuide) -> None:
    assert re.search(
        r"id: rise-cold,.* page: /bake/, was: \[/rise/\],.* status: moved\}", moved.read("data/permalinks.yml")
    )


def test_an_old_fragment_of_a_section_that_moved_leads_to_the_new_place_in_one_hop(moved: ScratchGuide) -> None:
    moved.publish()
    assert targets(moved, "rise/index.html")["fragments"] == {"rise-cold": "../bake/#rise-cold"}
    assert words(moved, "rise/index.html", "#rise-cold") == "Keep it cold, on the page Baking"
    assert "application/json" not in moved.shown("bake/index.html")


def test_a_section_that_comes_home_is_live_again(moved: ScratchGuide) -> None:
    moved.edit("docs/bake.md", COLD, "")
    moved.edit("docs/rise.md", "(bake.md#rise-cold)", "(#rise-cold)")
    moved.edit("docs/rise.md", "## Sources", f"{COLD}## Sources")
    moved.promise()
    assert re.search(
        r"id: rise-cold,.* page: /rise/, was: \[/bake/\],.* status: moved\}", moved.read("data/permalinks.yml")
    )
    assert moved.publish() == []
    assert "application/json" not in moved.shown("rise/index.html")


# A page gets another address


@pytest.fixture
def renamed(guide: ScratchGuide) -> ScratchGuide:
    (guide.root / "docs/rise.md").rename(guide.root / "docs/dough.md")
    guide.edit("docs/index.md", "rise.md", "dough.md")
    guide.promise()
    return guide


def test_a_page_that_went_without_a_redirect_is_an_error_with_the_line_to_write(renamed: ScratchGuide) -> None:
    [problem] = renamed.publish()
    assert problem.message == "the page /rise/ is gone, and no redirect says where to"
    assert f"- {{from: /rise/, to: /dough/, since: {find_today()}}}" in problem.help


def test_the_old_address_tells_in_words_where_the_page_and_each_section_went(renamed: ScratchGuide) -> None:
    renamed.write("data/redirects.yml", "- {from: /rise/, to: /dough/, since: 2026-12-01}\n")
    assert renamed.publish() == []
    shown = words(renamed, "rise/index.html")
    assert shown.startswith("This page has moved What stood here is now at: Rising.")
    assert words(renamed, "rise/index.html", "#rise-warm") == "Keep it warm, on the page Rising"
    assert targets(renamed, "rise/index.html") == {
        "page": "../dough/",
        "fragments": {id: f"../dough/#{id}" for id in ("rise-warm", "rise-winter", "rise-cold", "rise-sources")},
    }


def test_the_page_of_an_old_address_is_no_page_of_the_guide_the_next_time(renamed: ScratchGuide) -> None:
    renamed.write("data/redirects.yml", "- {from: /rise/, to: /dough/, since: 2026-12-01}\n")
    renamed.publish()
    assert publish(renamed.site, renamed.root, "https://bread.example/guide/") == []


def test_an_old_address_keeps_search_engines_away_and_names_the_new_one(renamed: ScratchGuide) -> None:
    renamed.write("data/redirects.yml", "- {from: /rise/, to: /dough/, since: 2026-12-01}\n")
    renamed.publish()
    tree = LexborHTMLParser(renamed.shown("rise/index.html"))
    assert tree.css_first("link[rel=canonical]").attributes["href"] == "https://bread.example/guide/dough/"
    assert tree.css_first("meta[name=robots]").attributes["content"] == "noindex"


# Addresses from before the contract


def test_a_fragment_that_nobody_promised_can_be_redirected_too(guide: ScratchGuide) -> None:
    guide.write("data/redirects.yml", "- {from: /bake/#steam, to: bake-crust, since: 2026-12-01}\n")
    assert guide.publish() == []
    assert targets(guide, "bake/index.html") == {"page": None, "fragments": {"steam": "#bake-crust"}}


def test_the_map_cannot_close_the_script_that_holds_it(guide: ScratchGuide) -> None:
    assert "<" not in re.findall("application/json[^>]*>(.*?)</script>", _redirect(guide, "/bake/#steam"))[0]


def _redirect(guide: ScratchGuide, source: str) -> str:
    guide.write("data/redirects.yml", f"- {{from: {source}, to: bake-crust, since: 2026-12-01}}\n")
    guide.publish()
    return guide.shown("bake/index.html")


# Faults in data/redirects.yml

FAULTS = {
    "a page that does not exist": ("/old/", "/doug/", "redirect-target", "there is no page '/doug/'"),
    "a section that does not exist": ("/old/", "rise-warn", "redirect-target", "there is no section 'rise-warn'"),
    "an address that is still in use": ("/rise/", "/bake/", "redirect-source", "'/rise/' still exists"),
    "a fragment that is still in use": (
        "/rise/#rise-cold",
        "bake-crust",
        "redirect-source",
        "'/rise/#rise-cold' still exists",
    ),
    "two fragments in the old address": (
        "/old/#a#b",
        "bake-crust",
        "redirect-doubled",
        "'/old/#a#b' has two fragments",
    ),
    "a fragment in the new address": (
        "/old/",
        "/rise/#rise-warm",
        "redirect-doubled",
        "'/rise/#rise-warm' is a page with a fragment",
    ),
    "a fragment of a page without a redirect": (
        "/old/#a",
        "bake-crust",
        "redirect-missing",
        "there is no page '/old/', and no redirect for it",
    ),
    "itself": ("/old/", "/old/", "redirect-chain", "'/old/' is redirected itself, in a circle"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_redirect_is_refused_that_names(name: str, guide: ScratchGuide) -> None:
    source, to, rule, message = FAULTS[name]
    guide.write("data/redirects.yml", f'- {{from: "{source}", to: "{to}", since: 2026-12-01}}\n')
    assert guide.rules() == {rule: [message]}


def test_a_chain_of_redirects_is_refused_and_its_end_named(guide: ScratchGuide) -> None:
    lines = ["- {from: /a/, to: /b/, since: 2026-12-01}", "- {from: /b/, to: /rise/, since: 2026-12-01}"]
    guide.write("data/redirects.yml", "\n".join(lines) + "\n")
    guide.build()
    [problem] = guide.problems()
    assert (problem.message, problem.help) == ("'/b/' is redirected itself", "write 'to: /rise/'")


def test_a_redirect_to_a_section_that_went_is_refused_and_its_successor_named(retired: ScratchGuide) -> None:
    retired.write("data/redirects.yml", "- {from: /old/, to: rise-cold, since: 2026-12-01}\n")
    retired.build()
    [problem] = retired.problems()
    assert (problem.message, problem.help) == ("'rise-cold' is retired itself", "write 'to: rise-warm'")


def test_a_circle_of_redirects_is_refused(guide: ScratchGuide) -> None:
    lines = ["- {from: /a/, to: /b/, since: 2026-12-01}", "- {from: /b/, to: /a/, since: 2026-12-01}"]
    guide.write("data/redirects.yml", "\n".join(lines) + "\n")
    assert guide.rules()["redirect-chain"] == [
        "'/b/' is redirected itself, in a circle",
        "'/a/' is redirected itself, in a circle",
    ]


def test_an_old_address_that_stands_twice_is_refused(guide: ScratchGuide) -> None:
    guide.write("data/redirects.yml", "- {from: /a/, to: /rise/, since: 2026-12-01}\n" * 2)
    assert guide.rules() == {"redirect-source": ["'/a/' stands twice"]}


@pytest.mark.parametrize(
    "source", ["/../../etc/", "/.git/", "//elsewhere.example/", "https://elsewhere.example/", "/a b/"]
)
def test_an_old_address_that_leads_out_of_the_site_is_no_address(guide: ScratchGuide, source: str) -> None:
    guide.write("data/redirects.yml", f'- {{from: "{source}", to: /rise/, since: 2026-12-01}}\n')
    catalog, problems = load_catalog(guide.root)
    assert catalog.redirects == {}
    assert [problem.rule for problem in problems] == ["data-shape"]
