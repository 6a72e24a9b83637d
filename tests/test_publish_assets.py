"""A page loads one style sheet and one script, both named by what is in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import ROOT, load_config
from scratch_guide import ScratchGuide

from macros.publish.assets import Assets, strip_comments
from macros.publish.finishing import finish_page, squeeze
from macros.publish.leftovers import find_leftovers, list_mentioned

ONE = Assets(("/assets/a.css", "/assets/b.css"), "/assets/guide.1.css", ("/assets/a.js",), "/assets/guide.2.js")


# Pages


def test_all_style_sheets_of_a_page_become_one() -> None:
    html = '<head><link rel="stylesheet" href="../assets/a.css"> <link rel="stylesheet" href="../assets/b.css"></head>'
    assert (
        finish_page("rise/index.html", html, ONE) == '<head><link rel="stylesheet" href="../assets/guide.1.css"></head>'
    )


def test_a_page_shown_at_any_depth_names_them_from_the_root_of_the_host() -> None:
    html = '<link rel="stylesheet" href="/guide/assets/a.css"><script src="/guide/assets/a.js" defer></script>'
    made = finish_page("404.html", html, ONE, "/guide/")
    assert re.findall('(?:href|src)="([^"]*)"', made) == ["/guide/assets/guide.1.css", "/guide/assets/guide.2.js"]


def test_what_only_scripts_of_the_theme_read_goes() -> None:
    made = finish_page("index.html", '<main class="md-main" data-md-component="main"><p data-md-component>x', ONE)
    assert made == '<main class="md-main"><p>x'


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="stylesheet" href="https://other.example/a.css">',
        '<link rel="stylesheet" href="../assets/c.css">',
        '<link rel="icon" href="../assets/a.css">',
        '<script src="../assets/c.js" defer></script>',
        '<script type="application/json">{"src": "assets/a.js"}</script>',
    ],
)
def test_what_is_not_part_of_the_one_stays(tag: str) -> None:
    assert finish_page("rise/index.html", tag, ONE) == tag


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("././", "./"),
        ("./..", ".."),
        ("././../x/", "../x/"),
        ("././#a", "./#a"),
        ("./x/", "x/"),
        ("./", "./"),
        ("/g/.", "/g/"),
        (".", "./"),
        ("", "./"),
    ],
)
def test_an_address_is_spelled_alike_whoever_built_the_page(written: str, shown: str) -> None:
    assert finish_page("rise/index.html", f'<a href="{written}">x</a>', ONE, "/g/") == f'<a href="{shown}">x</a>'


def test_white_space_goes_where_it_means_nothing() -> None:
    assert squeeze("<p>\n    a\n\n  b</p>\n") == "<p>\na\nb</p>\n"


@pytest.mark.parametrize("tag", ["pre", "textarea", "script"])
def test_white_space_stays_where_it_means_something(tag: str) -> None:
    html = f"<{tag} class='x'>\n    a\n\n  b</{tag}>"
    assert squeeze(f"\n\n {html}\n\n  {html}") == f"\n{html}\n{html}"


# Scripts


def test_comments_and_indents_go_from_a_script() -> None:
    code = '// a note\nlet a = 1; // stays\n\n/** Says\n * more. */\n  if (a) {\n    b("//x");\n  }\n'
    assert strip_comments(code) == 'let a = 1; // stays\nif (a) {\nb("//x");\n}\n'


def test_a_script_with_a_text_of_several_lines_is_left_alone() -> None:
    code = "const text = `\n  // words of the text\n`;\n"
    assert strip_comments(code) == code


def test_no_script_that_every_page_runs_has_a_text_of_several_lines() -> None:
    for script in load_config()["extra_javascript"]:
        code = (ROOT / "docs" / script["path"]).read_text(encoding="utf-8")
        assert "\n  " not in strip_comments(code), f"{script['path']} is published with its comments"


# A whole site


@pytest.fixture
def guide(tmp_path: Path) -> ScratchGuide:
    made = ScratchGuide(tmp_path)
    made.write(
        "docs/assets/bread.css", "article { color: red }\n.unused { color: blue }\nbody { background: url(x.svg) }\n"
    )
    made.write("docs/assets/bread.js", "// Bakes.\nbake();\n")
    made.promise()
    assert made.publish() == []
    return made


def test_every_page_loads_the_one_sheet_and_the_one_script(guide: ScratchGuide) -> None:
    [css], [js] = guide.site.glob("assets/guide.*.css"), guide.site.glob("assets/guide.*.js")
    assert css.read_text(encoding="utf-8") == "article{color:red}body{background:url(x.svg)}"
    assert js.read_text(encoding="utf-8") == "bake();\n"
    for path in ("index.html", "rise/index.html", "s/rise-warm/index.html"):
        names = re.findall(r'(?:stylesheet" href|script src)="[./]*([^"]*)"', guide.shown(path))
        assert names == [f"assets/{css.name}", f"assets/{js.name}"], path


def test_what_became_part_of_the_one_is_not_published_again(guide: ScratchGuide) -> None:
    assert not (guide.site / "assets" / "bread.css").exists()
    assert not (guide.site / "assets" / "bread.js").exists()


def test_another_content_gets_another_name(guide: ScratchGuide) -> None:
    before = {file.name for file in guide.site.glob("assets/guide.*")}
    guide.write("docs/assets/bread.js", "bake(2);\n")
    assert guide.publish() == []
    after = {file.name for file in guide.site.glob("assets/guide.*")}
    assert len(before - after) == len(after - before) == 1


def test_files_of_the_theme_that_nothing_asks_for_go(tmp_path: Path) -> None:
    files = {
        "assets/javascripts/bundle.js": "load('worker.js')",
        "assets/javascripts/worker.js": "",
        "assets/javascripts/lunr/lunr.xx.js": "",
        "assets/images/favicon.png": "",
        "sitemap.xml.gz": "",
        "assets/own.js": "",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    mentioned = list_mentioned(['<script src="../assets/javascripts/bundle.js"></script>'])
    gone = find_leftovers(tmp_path, set(files), mentioned, [])
    assert [file.name for file in gone] == ["favicon.png", "lunr.xx.js", "sitemap.xml.gz"]
