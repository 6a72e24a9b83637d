"""The one style sheet keeps every rule that a page can use, and none that nothing can use."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.publish.names import Names
from macros.publish.styles import purge_styles, split_selectors

PAGE = """<body data-colors="warm"><main id="top" class="loaf big"><p lang="en">x <a href="/x">y</a></p>
<details><summary>More</summary></details><input type="checkbox"></main></body>"""


def purge(css: str, page: str = PAGE, script: str = "") -> str:
    names = Names()
    names.add_page(LexborHTMLParser(page))
    names.add_script(script)
    return purge_styles(css, names)


USED = [
    "p{color:red}",
    ".loaf{color:red}",
    ".loaf.big>p a:hover{color:red}",
    "#top{color:red}",
    "[data-colors]{color:red}",
    "[data-colors=warm] .loaf{color:red}",
    '[type="checkbox"]:checked{color:red}',
    "details[open]>summary{color:red}",
    "[href^=http]{color:red}",
    "p:not(.crumb){color:red}",
    ":is(.crumb,.loaf) p{color:red}",
    "*,::before{color:red}",
    ":root{color:red}",
    "P{color:red}",
    ".loaf\\:big{color:red}",
    "@media print{.loaf{color:red}}",
    "@supports (a:b){@media print{p{color:red}}}",
    "@page{margin:1cm}",
    "@media print{@page{margin:1cm}}",
    "@layer a,b;",
]


@pytest.mark.parametrize("rule", USED)
def test_a_rule_that_a_page_can_use_stays_as_it_is(rule: str) -> None:
    assert purge(rule) == rule


UNUSED = [
    "h1{color:red}",
    ".crumb{color:red}",
    ".loaf .crumb{color:red}",
    "#bottom{color:red}",
    "[data-shape]{color:red}",
    "[data-colors=cold]{color:red}",
    "[dir=rtl] p{color:red}",
    "p{}",
    "@media print{.crumb{color:red}}",
    "@media print{}",
    "@font-face{font-family:x;src:url(x)}",
    '@charset "utf-8";',
    "/* a note */",
]


@pytest.mark.parametrize("rule", UNUSED)
def test_a_rule_that_no_page_can_use_goes(rule: str) -> None:
    assert purge(rule) == ""


def test_a_script_may_set_a_value_of_several_words() -> None:
    rule = '[lang="big loaf"]{color:red}'
    assert purge(rule) == ""
    assert purge(rule, script="p.lang = 'big loaf'") == rule


def test_of_several_selectors_only_the_useful_ones_stay() -> None:
    assert purge(".crumb,.loaf,h1,p:is(a,b){color:red}") == ".loaf,p:is(a,b){color:red}"


def test_of_a_theme_only_the_classes_that_stand_on_pages_count() -> None:
    names = Names()
    names.add_page(LexborHTMLParser(PAGE))
    names.add_template('<div class="slice">')
    names.add_script('make("dialog", "crumb tip")')
    theme = ".loaf{color:red}.slice{color:red}.tip{color:red}dialog{color:red}"
    assert purge_styles(".tip{top:0}", names, theme) == (
        ".loaf{color:red}.slice{color:red}dialog{color:red}.tip{top:0}"
    )


def test_a_theme_shows_no_table_as_one_that_can_be_sorted() -> None:
    names = Names()
    names.add_page(LexborHTMLParser('<table><tr><th role="columnheader">x</th></tr></table>'))
    rule = "th[role=columnheader]{cursor:pointer}"
    assert purge_styles("", names, rule) == ""
    assert purge_styles(rule, names) == rule


def test_a_name_that_a_script_writes_counts_as_used() -> None:
    assert purge(".crumb{color:red}", script='element.className = "crumb";') == ".crumb{color:red}"
    assert purge(".crumb{color:red}", script="const crumb = 1;") == ""


@pytest.mark.parametrize("sign", ["{", "}", ";", ",", "/*x*/", "a  b"])
def test_what_stands_in_a_string_is_no_code(sign: str) -> None:
    assert purge(f'p::after{{content:"{sign}"}}p{{color:red}}') == f'p::after{{content:"{sign}"}}p{{color:red}}'


def test_comments_and_needless_spaces_go() -> None:
    assert purge("p {\n  color: red; /* warm */\n}\n") == "p{color:red}"


def test_a_custom_property_that_nothing_asks_for_goes() -> None:
    css = ":root{--a:1px;--b:2px;--c:var(--d);--d:url('data:x;y')}p{margin:var(--b)}"
    assert purge(css) == ":root{--b:2px}p{margin:var(--b)}"
    assert purge(":root{--a:1px}", script='style.setProperty("--a", x)') == ":root{--a:1px}"


def test_key_frames_stay_when_a_rule_names_them() -> None:
    frames = "@keyframes rise{0%{top:0}to{top:1px}}@keyframes sink{0%{top:1px}}"
    assert purge(frames + "p{animation:rise 1s}") == "@keyframes rise{0%{top:0}to{top:1px}}p{animation:rise 1s}"


def test_doing_it_twice_changes_nothing() -> None:
    css = "@media print{.loaf,.crumb{--x:1;color:red;}}:root{--a:1;--b:var(--a)}p{margin:var(--b);}"
    assert purge(purge(css)) == purge(css)


def test_selectors_are_split_at_commas_outside_of_brackets() -> None:
    assert split_selectors("a, b:is(c, d), [e='f,g'], h:not(:is(i, j), k)") == [
        "a",
        "b:is(c, d)",
        "[e='f,g']",
        "h:not(:is(i, j), k)",
    ]
