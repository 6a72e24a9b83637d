"""Every page can be read by a person of 13 to 14 years, and the measure itself is honest."""

from __future__ import annotations

from pathlib import Path

import pytest
from built import BuiltPage, BuiltSite

from macros.readability import LIMIT, extract_blocks, measure_page, measure_site, render_grades


def test_no_page_is_harder_than_the_limit(page: BuiltPage) -> None:
    reading = measure_page(page.html)
    assert reading is not None
    assert reading.grade <= LIMIT, "shorten first: " + " | ".join(reading.find_longest())


def test_the_grade_of_every_page_is_printed(built_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = render_grades(built_site)
    with capsys.disabled():
        print(f"\n{table}")
    assert table.count("\n") == len(measure_site(built_site))


def test_every_page_of_docs_is_measured(site: BuiltSite, sources: list[str]) -> None:
    measured = measure_site(site.folder)
    assert [source for source in sources if site.find_page(source).path not in measured] == []


def blocks(article: str) -> list[str] | None:
    return extract_blocks(f"<html><body><article>{article}</article></body></html>")


def test_every_block_ends_a_sentence() -> None:
    items = "<ul><li>One<ul><li>Two</li></ul></li></ul>"
    table = "<table><tr><th>A</th><td>B</td></tr></table>"
    assert blocks(f"<h2>Care</h2><p>Wait.</p>{items}{table}") == ["Care.", "Wait.", "One.", "Two.", "A.", "B."]


def test_inline_markup_does_not_end_a_sentence() -> None:
    assert blocks("<p>Very <strong>small</strong> <a href='x'>needles</a>\nhurt.</p>") == ["Very small needles hurt."]


def test_a_dot_in_a_number_does_not_end_a_sentence() -> None:
    assert blocks("<p>Needles of 0.5 mm.</p>") == ["Needles of 0·5 mm."]


def test_folded_parts_count() -> None:
    assert blocks("<details><summary>More</summary><p>Words.</p></details>") == ["More.", "Words."]


@pytest.mark.parametrize(
    "html",
    [
        "<cite>Atrophic Acne Scars</cite>",
        "<code>make serve</code>",
        "<p hidden>Past its date.</p>",
        "<svg><title>Needles</title></svg>",
        "<sup><a class='footnote-ref' href='#fn:a'>1</a></sup>",
        "<h2><a class='headerlink' href='#a'>#</a></h2>",
        "<div class='footnote'><ol><li>Alam M. Journal.</li></ol></div>",
        "<!-- The words live in data/ -->",
        "<script>let a = 1</script>",
    ],
)
def test_words_that_are_not_the_guides_own_do_not_count(html: str) -> None:
    assert blocks(f"<p>Ours.</p>{html}") == ["Ours."]


def test_of_a_reference_only_the_line_that_cites_it_is_left_out() -> None:
    html = (
        '<p class="guide-reference"><strong>Alam 2014.</strong>\nAlam M. <cite>A trial</cite>. Dermatology.\n'
        "DOI: 10.1001/jama.\nWe read the whole text.</p>"
    )
    assert blocks(html) == ["Alam 2014. We read the whole text."]


def test_long_words_in_long_sentences_raise_the_grade() -> None:
    easy = measure_page("<article><p>You can wait. You can ask. It is your skin.</p></article>")
    hard = measure_page(
        "<article><p>Percutaneous collagen induction facilitates considerable dermatological rejuvenation"
        " notwithstanding individual variability.</p></article>"
    )
    assert easy is not None
    assert hard is not None
    assert easy.grade < LIMIT < hard.grade


def test_a_page_without_an_article_has_no_grade() -> None:
    assert measure_page("<html><body><p>Moved.</p></body></html>") is None


def test_the_copy_of_a_section_is_measured_where_its_words_come_from(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<html><article><p>Our own words.</p></article></html>", encoding="utf-8")
    (tmp_path / "copy.html").write_text(
        '<html lang="en" data-guide-made><article><p>Copied.</p></article></html>', encoding="utf-8"
    )
    assert set(measure_site(tmp_path)) == {"index.html"}
