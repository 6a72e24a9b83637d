"""The change report says what readers and clinics will see, and no page can make it say anything else."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from helpers import ROOT, load
from selectolax.lexbor import LexborHTMLParser

from macros.difference.addresses import is_outside, resolve
from macros.difference.changes import Report, SectionChange
from macros.difference.clinics import load_clinics
from macros.difference.compare import compare
from macros.difference.figures import find_figures
from macros.difference.quoting import quote
from macros.difference.report import MOST_BYTES, NOTHING, render_report
from macros.difference.sites import SiteText, parse_page, read_site

SUN = "<h2 id='sun'>Sun</h2>"
CARD = '<div class="guide-care guide-care--emergency"><h3 id="call">Call now</h3><ul><li>You faint.</li></ul></div>'
CLAIM = '<table><tr id="claim-a"><th>It is painless.</th><td><span class="guide-verdict">{}</span></td></tr></table>'


def build(*articles: str, **named: str) -> SiteText:
    pages = {f"page-{number}/": article for number, article in enumerate(articles)}
    pages |= {f"{name}/": article for name, article in named.items()}
    html = {address: f"<html><body><article>{article}</article></body></html>" for address, article in pages.items()}
    return SiteText({address: parse_page(text, address) for address, text in html.items()})


def change(old: str, new: str) -> SectionChange:
    report = compare(build(old), build(new))
    assert len(report.sections) == 1
    return report.sections[0]


def report_on(old: str, new: str) -> str:
    return render_report(compare(build(old), build(new)))


def write(folder: Path, pages: dict[str, str]) -> Path:
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


# What changed


def test_the_same_site_twice_is_no_news() -> None:
    page = f"<h1 id='a'>A</h1><p>One.</p>{SUN}{CARD}"
    assert report_on(page, page) == NOTHING


def test_other_markup_around_the_same_words_is_no_news() -> None:
    old = f"{SUN}<p>Stay out of the <em>sun</em>.</p>"
    new = f'{SUN}<p class="x">Stay   out of\nthe sun.</p><script>alert(1)</script><!-- hello -->'
    assert report_on(old, new) == NOTHING


def test_the_version_in_the_footer_is_no_news(tmp_path: Path) -> None:
    page = "<body><article>A</article><footer><p>Free.</p><p class='guide-version'>Version {}.</p></footer></body>"
    old = read_site(write(tmp_path / "old", {"index.html": page.format("1")}))
    new = read_site(write(tmp_path / "new", {"index.html": page.format("2")}))
    assert render_report(compare(old, new)) == NOTHING
    other = read_site(write(tmp_path / "other", {"index.html": page.format("2").replace("Free", "Paid")}))
    assert "around every page" in render_report(compare(old, other))


def test_footnote_numbers_that_shift_are_no_news() -> None:
    old = f'{SUN}<p>Wait.<sup id="fnref:b"><a class="footnote-ref" href="#fn:b">1</a></sup></p>'
    assert report_on(old, old.replace(">1<", ">2<")) == NOTHING


def test_pages_that_came_and_went_are_named() -> None:
    report = compare(build(old="<h1 id='o'>Old</h1>"), build(new="<h1 id='n'>New</h1>"))
    assert [page.title for page in report.pages_new + report.pages_gone] == ["New", "Old"]
    assert "- **What:** 1 page added, 1 page removed, " in render_report(report)


def test_a_section_that_came_is_added() -> None:
    found = change("<p>Intro.</p>", f"<p>Intro.</p>{SUN}<p>Wait.</p>")
    assert (found.kind, found.shown.id, found.lines) == ("added", "sun", ("+ Sun", "+ Wait."))


def test_a_section_with_other_words_is_reworded_and_its_words_are_marked() -> None:
    found = change(f"{SUN}<p>Stay in the shade. Wait.</p>", f"{SUN}<p>Keep in the shade. Wait.</p>")
    assert found.kind == "reworded"
    assert found.lines == ("  Sun", "- [-Stay-] in the shade.", "+ {+Keep+} in the shade.", "  Wait.")


def test_a_section_with_its_id_on_another_page_has_moved() -> None:
    report = compare(build(f"{SUN}<p>Wait.</p>", "<p>B.</p>"), build("<p> </p>", f"<p>B.</p>{SUN}<p>Wait.</p>"))
    assert [(found.kind, found.old and found.old.page, found.shown.page) for found in report.sections] == [
        ("moved", "page-0/", "page-1/")
    ]


def test_a_section_whose_id_is_gone_is_retired_and_the_clinics_are_named() -> None:
    report = compare(build(f"<p>A.</p>{SUN}<p>Wait.</p>"), build("<p>A.</p>"), {"sun": ["Elm Street"]})
    assert (report.sections[0].kind, report.sections[0].clinics) == ("retired", ("Elm Street",))
    text = render_report(report)
    assert "- `sun` on `/page-0/` is retired; linked by `Elm Street`" in text
    assert "🛑 **look closely**: 1 address that clinics use" in text


def test_a_retired_id_whose_words_have_another_id_looks_renamed() -> None:
    words = "<p>Stay out of the sun for two weeks after it.</p>"
    report = compare(build(f"{SUN}{words}"), build(f'<h2 id="sunshine">Sun</h2>{words}'))
    assert [(found.kind, found.successor) for found in report.sections] == [("added", ""), ("retired", "sunshine")]
    assert "was it renamed?" in render_report(report)


def test_a_section_that_left_only_a_note_of_where_it_went_is_retired() -> None:
    note = '<aside class="guide-moved__box"><ul><li id="sun">“Sun” was taken out</li></ul></aside>'
    report = compare(build(f"<p>A.</p>{SUN}<p>Wait.</p>"), build(f"<p>A.</p>{note}"), {"sun": ["Elm Street"]})
    assert [(found.kind, found.shown.id, found.clinics) for found in report.sections] == [
        ("retired", "sun", ("Elm Street",))
    ]


def test_a_reworded_section_that_a_clinic_links_to_stands_first() -> None:
    report = compare(build(f"{SUN}<p>Wait 2 days.</p>"), build(f"{SUN}<p>Wait 3 days.</p>"), {"sun": ["Elm Street"]})
    assert "## 🛑 Look here first\n\n### Addresses that clinics use\n\n- `sun` on `/page-0/` is reworded" in (
        render_report(report)
    )


def test_a_page_with_another_address_has_moved_and_its_grade_is_compared() -> None:
    page = f"<h1 id='a'>Bread</h1>{SUN}<p>Stay out of the {{}}.</p>"
    report = compare(build(old=page.format("sun")), build(new=page.format("radiation")))
    assert (report.pages_new, report.pages_gone) == ((), ())
    assert "- moved: `/new/` `Bread`, before `/old/`" in render_report(report)
    assert [(grade.page, grade.old is None) for grade in report.grades] == [("new/", False)]


def test_a_page_that_moved_is_told_once_though_links_follow_it_and_its_old_address_leads_there() -> None:
    page, link = f"<h1 id='a'>Bread</h1>{SUN}<p>Bake.</p>", '<p>Read <a href="/{}/#sun">about the sun</a>.</p>'
    left = '<head><link rel="canonical" href="/new/"></head><ul class="guide-moved"><li id="sun">Sun</li></ul>'
    old, new = build(old=page, home=link.format("old")), build(new=page, home=link.format("new"))
    report = compare(old, replace(new, pages={**new.pages, "old/": parse_page(left, "old/")}))
    assert [(found.kind, found.shown.id) for found in report.sections] == [("moved", "a"), ("moved", "sun")]
    assert "- 2 on `/new/`: `a`, `sun`" in render_report(report)


def test_a_link_that_did_not_follow_a_page_that_moved_is_seen() -> None:
    page, link = f"<h1 id='a'>Bread</h1>{SUN}<p>Bake.</p>", '<p>Read <a href="/{}/#sun">about the sun</a>.</p>'
    report = compare(build(old=page, home=link.format("old")), build(new=page, home=link.format("elsewhere")))
    assert "home/" in {found.shown.page for found in report.sections}


def test_addresses_that_lead_to_another_place_together_are_told_together() -> None:
    def make(target: str) -> SiteText:
        head = f'<html><head><link rel="canonical" href="{target}"></head></html>'
        return SiteText({address: parse_page(head, address) for address in ("s/sun/", "s/sea/")})

    assert "- `/s/sea/`, `/s/sun/`: `/a/` → `/b/`" in render_report(compare(make("/a/"), make("/b/")))


def test_a_figure_that_changed_in_several_places_is_told_once_with_its_places() -> None:
    text = render_report(
        compare(
            build(f"{SUN}<p>Wait 2 weeks.</p>", "<h2 id='pain'>Pain</h2><p>After 2 weeks.</p><p>Wait 2 weeks.</p>"),
            build(f"{SUN}<p>Wait 3 weeks.</p>", "<h2 id='pain'>Pain</h2><p>After 3 weeks.</p><p>Wait 3 weeks.</p>"),
        )
    )
    assert text.count("- `2 weeks` → `3 weeks`") == 1
    assert (
        "- `2 weeks` → `3 weeks`, in 2 sentences:\n"
        "  - in `sun` on `/page-0/`, `pain` on `/page-1/`\n    - before: `Wait 2 weeks.`" in text
    )
    assert "  - in `pain` on `/page-1/`\n    - before: `After 2 weeks.`" in text


def test_the_grade_of_a_page_that_lost_a_section_is_compared() -> None:
    hard = (
        "<h2 id='hard'>Individual characteristics</h2><p>Physiological peculiarities predetermine manifestations.</p>"
    )
    (grade,) = compare(build(f"{SUN}<p>Wait in the sun.</p>{hard}"), build(f"{SUN}<p>Wait in the sun.</p>")).grades
    assert grade.old is not None
    assert grade.new < grade.old


def test_another_line_in_the_file_of_a_record_is_no_news() -> None:
    row = '<p>Mend it: <a href="https://code.example/edit/main/data/claims.yml#L{}">edit the words</a></p>'
    assert report_on(row.format(12), row.format(13)) == NOTHING


def test_without_a_list_of_clinics_none_is_said_to_be_safe() -> None:
    assert "**Clinics:** not known" in report_on(SUN, f"{SUN}<p>More.</p>")


def test_a_row_is_compared_by_its_own_id() -> None:
    row = '<h2 id="t">T</h2><table><tr id="row-1"><td>Day 1</td></tr><tr id="row-2"><td>{}</td></tr></table>'
    assert change(row.format("Rest"), row.format("Walk")).shown.id == "row-2"


def test_a_heading_inside_a_section_with_the_id_names_it() -> None:
    found = change("<p>A.</p>", '<p>A.</p><section id="sun"><h2>Sun</h2><p>Wait.</p></section>')
    assert (found.shown.id, found.shown.heading) == ("sun", "Sun")


def test_a_row_that_a_clinic_links_to_gets_a_line_of_its_own() -> None:
    report = compare(build(CLAIM.format("Supported")), build("<p>A.</p>"), {"claim-a": ["Elm Street"]})
    assert "- `claim-a` on `/page-0/`; linked by `Elm Street`" in render_report(report)


def test_words_after_a_row_belong_to_the_heading_again() -> None:
    page = '<h2 id="t">T</h2><table><tr id="row-1"><td>Day 1</td></tr></table><p>{}</p>'
    assert change(page.format("Rest."), page.format("Walk.")).shown.id == "t"


def test_an_id_that_stands_twice_hides_no_words() -> None:
    text = report_on(f"{SUN}<p>One.</p>", f"{SUN}<p>Never.</p>{SUN}<p>One.</p>")
    assert "`sun (2)`" in text
    assert "+ {+Never.+}" in text


def test_the_same_change_in_many_sections_is_shown_once() -> None:
    old = "".join(f'<h2 id="s{n}">S</h2><p>Old words here.</p>' for n in range(9))
    text = report_on(old, old.replace("Old", "New"))
    assert text.count("- [-Old-] words here.") == 1
    assert "and 8 more in the same way" in text


# What matters most


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("Wait 2 weeks.", ["2 weeks"]),
        ("It costs $250 to $1,500 a session.", ["$250 to $1,500"]),
        ("5% or 0.5 per cent of people", ["5%", "0.5 per cent"]),
        ("Use 4 mg of 5 % cream on day 3.", ["4 mg", "5 %", "day 3"]),
        ("Needles of 0.25-1.5 mm, SPF 30 or more, aged 22.", ["0.25-1.5 mm", "SPF 30", "aged 22"]),
        ("Wait two weeks, no one knows.", ["two weeks"]),
        ("Call 911 or 1-800-222-1222.", ["911", "1-800-222-1222"]),
        ("Checked on 20 November 2026, device K180778.", []),
    ],
)
def test_figures_are_numbers_with_their_units(sentence: str, figures: list[str]) -> None:
    assert find_figures(sentence) == figures


def test_a_figure_is_shown_old_and_new_with_both_sentences() -> None:
    text = report_on(f"{SUN}<p>Wait at least 2 weeks.</p>", f"{SUN}<p>Wait at least 2 days.</p>")
    assert "- `2 weeks` → `2 days`:\n  - in `sun` on `/page-0/`" in text
    assert "\n    - before: `Wait at least 2 weeks.`\n    - after: `Wait at least 2 days.`" in text


def test_figures_of_sentences_that_came_or_went_count() -> None:
    found = change(f"{SUN}<p>Rest for 3 days.</p>", f"{SUN}<p>Prices begin at $90.</p>")
    assert [(figure.old, figure.new) for figure in found.figures] == [("3 days", ""), ("", "$90")]


def test_cells_of_a_table_pair_by_their_place() -> None:
    row = f"{SUN}<table><tr><td>{{}}</td><td>{{}}</td></tr></table>"
    found = change(row.format("16 days", "65"), row.format("17 days", "66"))
    assert [(figure.old, figure.new) for figure in found.figures] == [("16 days", "17 days"), ("65", "66")]


def test_figures_that_swap_places_are_seen() -> None:
    found = change(f"{SUN}<p>From 3 to 7 days, 5 mg.</p>", f"{SUN}<p>From 5 mg, 3 to 7 days.</p>")
    assert [(figure.old, figure.new) for figure in found.figures] == [("3 to 7 days, 5 mg", "5 mg, 3 to 7 days")]


def test_a_sentence_that_only_moved_within_its_section_changes_no_figure() -> None:
    old = f"{SUN}<p>Rest for 3 days. Drink water often. Call us.</p>"
    found = change(old, f"{SUN}<p>Drink water often. Call us. Rest for 3 days.</p>")
    assert (found.kind, found.figures) == ("reworded", ())


def test_a_verdict_is_shown_old_and_new() -> None:
    text = report_on(CLAIM.format("Misleading"), CLAIM.format("Supported"))
    assert "- `Misleading` → `Supported`: `It is painless.` (`claim-a` on `/page-0/`)" in text


def test_a_care_card_that_changes_stands_at_the_top() -> None:
    text = report_on(CARD, CARD.replace("You faint.", "You feel fine."))
    assert text.index("1 warning or care card") < text.index("+ You {+feel fine.+}") < text.index("## Everything")


@pytest.mark.parametrize(
    "attack",
    [
        CARD.replace("<div", "<div hidden"),
        CARD.replace("<div", '<div style="display: none"'),
        CARD.replace(' class="guide-care guide-care--emergency"', ""),
        CARD.replace("<li>You faint.</li>", ""),
    ],
)
def test_a_care_card_cannot_be_taken_away_quietly(attack: str) -> None:
    assert "🛑 **look closely**: 1 warning or care card" in report_on(CARD, attack)


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        ("Do not press the skin hard.", "Do press the skin hard.", ("not",), ()),
        ("It may help.", "It can help.", ("may",), ("can",)),
        ("Rest well.", "Rest well. Fever is normal.", (), ("fever",)),
        ("Rest well.", "Rest well. It is not far.", (), ()),
    ],
)
def test_words_that_turn_a_meaning_or_speak_of_harm_are_seen(
    old: str, new: str, gone: tuple[str, ...], came: tuple[str, ...]
) -> None:
    found = change(f"{SUN}<p>{old}</p>", f"{SUN}<p>{new}</p>")
    assert (found.words_gone, found.words_new) == (gone, came)


def test_a_small_change_is_called_small() -> None:
    source = '<sup><a class="footnote-ref" href="#fn:alam-2014">1</a></sup>'
    assert "- **Risk:** ✅ small" in report_on(f"{SUN}<p>Wait.</p>", f"{SUN}<p>Wait.{source}</p>")


# Sources, links, files and grades


def test_sources_come_from_footnotes_and_from_links_to_the_list_of_sources() -> None:
    old = f'{SUN}<p>Wait.<sup><a class="footnote-ref" href="#fn:alam-2014">1</a></sup></p>'
    new = f'{SUN}<p>Wait. <span class="guide-sources"><a href="../evidence/#ref-chu-2021">Chu 2021</a></span></p>'
    found = change(old, new)
    assert (found.sources_new, found.sources_gone, found.is_reworded) == (["chu-2021"], ["alam-2014"], False)
    assert "- `sun` on `/page-0/`: added `chu-2021`; dropped `alam-2014`" in report_on(old, new)


def test_a_source_that_many_pages_describe_anew_is_shown_once() -> None:
    note = '<div class="footnote"><ol><li id="fn:chu"><p>{} 2021.</p></li></ol></div>'
    report = compare(build(*[note.format("Chu")] * 3), build(*[note.format("Chou")] * 3))
    assert report == Report(notes={"chu": ("- [-Chu-] 2021.", "+ {+Chou+} 2021.")}, knows_clinics=False)


def test_the_same_words_that_lead_elsewhere_are_seen() -> None:
    page = f'{SUN}<p>Read <a href="{{}}">our advice</a>.</p>'
    assert change(page.format("../help/#now"), page.format("../shop/")).lines == (
        "- (link) our advice: [-/help/#now-]",
        "+ (link) our advice: {+/shop/+}",
    )
    text = report_on(page.format("../help/#now"), page.format("https://evil.example/"))
    assert "- `https://evil.example/` behind `our advice` in `sun` on `/page-0/`" in text


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("../b/#x", "/b/#x"),
        ("#x", "/a/#x"),
        ("/b/?q=1", "/b/?q=1"),
        ("../..", "/"),
        ("//evil.example/a", "//evil.example/a"),
        ("/\\evil.example", "//evil.example"),
        (" javascript:alert(1)", "javascript:alert(1)"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_links_are_compared_by_where_a_browser_goes(href: str, address: str) -> None:
    assert resolve(href, "a/") == address
    assert is_outside(address) is ("evil" in address or ":" in address)


@pytest.mark.parametrize("element", ['<img src="{}">', '<iframe src="{}"></iframe>', '<form action="{}"></form>'])
def test_pictures_frames_and_forms_from_elsewhere_are_seen(element: str) -> None:
    found = change(SUN, SUN + element.format("https://evil.example/x"))
    assert [address for _, address in found.ways_out] == ["https://evil.example/x"]


def test_a_redirect_that_leads_elsewhere_is_seen(tmp_path: Path) -> None:
    page = '<head><meta http-equiv="refresh" content="0; url={}"></head><body><p>Moved.</p>'
    old = write(tmp_path / "old", {"a/index.html": page.format("/b/"), "b/index.html": "<article>B</article>"})
    new = write(tmp_path / "new", {"a/index.html": page.format("/c/"), "b/index.html": "<article>B</article>"})
    assert compare(read_site(old), read_site(new)).leads == (("a/", "/b/", "/c/"),)


def test_a_copy_of_a_section_is_told_once_but_its_own_words_and_links_are_told(tmp_path: Path) -> None:
    copy = '<head><link rel="canonical" href="https://x.example/a/"></head><article>{}</article>'

    def site(words: str, link: str, own: str, copied: str) -> SiteText:
        text = f"{SUN}<p>{words} <a href='{{}}'>It.</a></p>"
        pages = {"a/index.html": f"<article>{text.format(link)}</article>"}
        pages["s/sun/index.html"] = copy.format(f"{text.format(copied)}<p>{own}</p>")
        return read_site(write(tmp_path / str(len(list(tmp_path.iterdir()))), pages))

    def find_pages(*new: str) -> list[str]:
        return [found.shown.page for found in compare(site("Wait.", "/x/", "Our guide.", "/x/"), site(*new)).sections]

    assert find_pages("Rest.", "/y/", "Our guide.", "/y/") == ["a/"]
    assert find_pages("Wait.", "/x/", "Our shop.", "/x/") == ["s/sun/"]
    assert find_pages("Wait.", "/x/", "Our guide.", "//evil.example/") == ["s/sun/"]


def test_a_copy_that_went_with_its_section_is_only_named(tmp_path: Path) -> None:
    copy = '<head><link rel="canonical" href="https://x.example/a/"></head><article><p>Frame.</p></article>'
    pages = {"a/index.html": "<article><p>A.</p></article>", "s/sun/index.html": copy}
    old = read_site(write(tmp_path / "old", pages))
    new = read_site(write(tmp_path / "new", {"a/index.html": pages["a/index.html"]}))
    report = compare(old, new)
    assert (report.sections, report.leads) == ((), (("s/sun/", "https://x.example/a/", ""),))


def test_styles_scripts_and_pictures_that_differ_are_named(tmp_path: Path) -> None:
    old = write(tmp_path / "old", {"index.html": "<article>A</article>", "assets/guide.css": "a{}"})
    new = write(tmp_path / "new", {"index.html": "<article>A</article>", "assets/guide.css": ".care{display:none}"})
    assert compare(read_site(old), read_site(new)).files == ("assets/guide.css",)


def test_menus_header_and_footer_are_told_once(tmp_path: Path) -> None:
    page = "<body><header>{}</header><article>A</article></body>"
    old = write(tmp_path / "old", {f"{name}/index.html": page.format("Guide") for name in "abc"})
    new = write(tmp_path / "new", {f"{name}/index.html": page.format("Shop") for name in "abc"})
    assert "around every page" in render_report(compare(read_site(old), read_site(new)))
    assert len(compare(read_site(old), read_site(new)).sections) == 1


def test_the_reading_grade_is_told_before_and_after() -> None:
    hard = (
        "Practitioners administering perpendicular microinjuries necessitate comprehensive anticoagulation histories."
    )
    report = compare(build(f"{SUN}<p>Wait a day.</p>"), build(f"{SUN}<p>{hard}</p>"))
    grade = report.grades[0]
    assert (grade.page, grade.old is not None and grade.old < 8 < grade.new) == ("page-0/", True)
    assert "⚠️ above `8`" in render_report(report)


# What a page may not do

FORGERIES = [
    "`` ` ``` ```` ````` `````` done",
    "`````\n# Approved by @octocat\n`````",
    "## ✅ Nothing that readers see has changed",
    "<img src=x onerror=alert(1)> </details><script>alert(1)</script>",
    "&lt;h1&gt; &#64;octocat",
    "[click](https://evil.example) ![x](https://evil.example/x.png) https://evil.example www.evil.example",
    "@octocat @org/team a@evil.example #1 owner/repo#2 GH-3 :tada: $x$",
    "\\` \\\\ \\",
    "[-gone-] {+new+} @@ 1 @@",
    "::error file=a::forged ##[group]forged ::set-output name=a::b",
    "a\u202eb\u200bc\u2066d\x1b[31m",
    "x" * 90 + "`" * 90,
    "- [x] done\n\n> quoted\n\n---",
]


MACROS = Path(__file__).resolve().parent.parent / "macros"

OWN_WORDS = {
    word
    for file in ("templates/difference.md.jinja", "difference/risk.py", "difference/report.py", "difference/quoting.py")
    for word in re.findall("[A-Za-z]+", (MACROS / file).read_text(encoding="utf-8"))
} | {"sections", "pages", "verdicts", "parts", "texts", "sites", "diffs"}


def strip_quotations(markdown: str) -> str:
    """What GitHub would read as its own: all but fenced blocks, code spans and <code>."""
    bare = re.sub(r"(?m)^`{5}diff$.*?^ {0,3}`{5,} *$", "", markdown, flags=re.DOTALL)
    bare = re.sub(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", "", bare)
    return re.sub(r"<code>[^<]*</code>", "", bare)


@pytest.mark.parametrize("words", FORGERIES)
def test_no_page_can_forge_the_report(words: str) -> None:
    text = words.replace("&", "&amp;").replace("<", "&lt;")
    name = text.replace('"', "").replace(" ", "-").replace("\n", "-")
    old = f"<h2 id='a'>A</h2><p>One 1 day.</p>{CARD}{CLAIM.format('Supported')}"
    link = f'<a href="https://evil.example/{name}">{text}</a><a class="footnote-ref" href="#fn:{name}">1</a>'
    new = f"<h2 id='a'>A {text}</h2><p>One 2 days. {text} {link}</p><h2 id='{name}'>{text}</h2><p>{text}</p>"
    new += CARD.replace("You faint.", text) + CLAIM.format(text)
    clinics = {"a": [words], name: [words]}
    report = compare(build(old, gone=old), build(new, **{words.replace("/", " "): new}), clinics)
    bare = strip_quotations(render_report(report))
    for sign in ("octocat", "evil", "script", "`", "![", "](", "forged", "\u202e", "\x1b", "tada", "&"):
        assert sign not in bare
    assert set(re.findall("[A-Za-z]+", bare)) <= OWN_WORDS
    tree = LexborHTMLParser(bare)
    assert {node.tag for node in tree.body.css("*")} <= {"details", "summary", "body"}


@pytest.mark.parametrize("words", FORGERIES)
def test_no_line_of_the_report_is_a_command_or_an_end_of_a_block(words: str) -> None:
    old = f"{SUN}<p>Begin.</p><pre>{words.replace('<', '&lt;')}</pre><p>End.</p>"
    text = report_on(old, old.replace("Begin", "Start").replace("End", "Close"))
    for line in text.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
        assert not re.fullmatch(r" {0,3}`{5,}\s*", line) or line == "`````"
    assert text.count("\n`````\n") == text.count("`````diff")


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("plain", "`plain`"),
        ("", "(nothing)"),
        ("a ` b", "``a ` b``"),
        ("`a`", "`` `a` ``"),
        ("two\nlines", "`two lines`"),
        ("\u202eabc", "`⟨U+202E⟩abc`"),
        ("`" * 5, "`⟨5 backticks⟩`"),
    ],
)
def test_quoted_words_stay_words(text: str, quoted: str) -> None:
    assert quote(text) == quoted


def test_words_of_a_page_are_not_taken_for_marks() -> None:
    found = change(f"{SUN}<p>Keep it dry and cool.</p>", f"{SUN}<p>Keep it [-wet-] {{+or dry+}} and cool.</p>")
    assert found.lines[-1] == "+ Keep it {+[ -wet- ] { +or dry+ }+} and cool."


def test_a_page_nested_without_end_is_read() -> None:
    deep = SUN + "<div>" * 5_000 + "Wait."
    assert change(f"{SUN}<p>Rest.</p>", deep).kind == "reworded"


def test_a_text_made_to_be_slow_is_compared_in_time() -> None:
    old = SUN + "".join(f"<p>Same line {n % 7}.</p>" for n in range(4000))
    new = SUN + "".join(f"<p>Same line {n % 11}.</p>" for n in range(4000))
    start = time.process_time()
    report_on(old, new)
    assert time.process_time() - start < 3


def test_a_report_too_long_for_github_is_cut_and_says_so() -> None:
    pages = [
        f"<h2 id='h{n}'>H</h2>"
        + "".join(
            f"<p>{n} days {m} ünits of it, and of whatever else there is to be had of it.</p>" for m in range(600)
        )
        for n in range(30)
    ]
    text = render_report(compare(build(*pages), build(*[page.replace("days", "weeks") for page in pages])))
    assert len(text.encode()) < MOST_BYTES
    assert "left out: GitHub shows no longer page" in text
    assert text.startswith("# What readers and clinics will see\n\n- **What:** 30 sections reworded.")


# From files


def test_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_site(tmp_path)


def test_links_in_the_file_system_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "out", {"index.html": "<article>Secret</article>"})
    folder = write(tmp_path / "in", {"index.html": "<article>A</article>"})
    (folder / "secret.html").symlink_to(secret / "index.html")
    assert list(read_site(folder).pages) == ["", "(around every page)"]


def test_clinics_are_read_by_the_section_they_link_to(tmp_path: Path) -> None:
    write(tmp_path, {"clinics.yml": "- id: elm\n  name: Elm Street\n  links: [sun, pain]\n"})
    files = [tmp_path / "clinics.yml", tmp_path / "missing.yml"]
    assert load_clinics(files) == ({name: ["Elm Street"] for name in ("sun", "pain")}, [])


def test_every_clinic_of_the_guide_is_known_to_the_report() -> None:
    clinics = load(ROOT).catalog.clinics.values()
    assert load_clinics([ROOT / "data" / "clinics.yml"])[0] == {
        id: [clinic.name for clinic in clinics if id in clinic.links] for clinic in clinics for id in clinic.links
    }


@pytest.mark.parametrize("text", ["- [", "a: 1", "- 1", "- links: 3", "- links: [[1]]", "\x00", "", "- &a [*a]"])
def test_a_list_of_clinics_of_any_other_shape_is_no_crash(tmp_path: Path, text: str) -> None:
    assert load_clinics([write(tmp_path, {"clinics.yml": text}) / "clinics.yml"])[0] == {}


def test_the_whole_guide_is_compared_within_3_seconds(built_site: Path, tmp_path: Path) -> None:
    other = shutil.copytree(built_site, tmp_path / "site")
    for file in other.rglob("index.html"):
        file.write_text(file.read_text(encoding="utf-8").replace(" skin ", " hide "), encoding="utf-8")
    start = time.process_time()
    same = render_report(compare(read_site(built_site), read_site(built_site), {}))
    spent = time.process_time() - start
    start = time.process_time()
    changed = render_report(compare(read_site(built_site), read_site(other), {}))
    assert same == NOTHING
    assert "sections reworded" in changed
    assert max(spent, time.process_time() - start) < 3
