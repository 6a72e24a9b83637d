"""What a contributor reads when something is wrong."""

from __future__ import annotations

import pytest

from macros.diagnostics import (
    RULES,
    Diagnostic,
    GuideError,
    Location,
    MacroError,
    Script,
    render_github,
    render_report,
    render_text,
    suggest,
)


def make(path: str = "data/a.yml", line: int = 3, column: int = 5, **parts: str) -> Diagnostic:
    values = {"rule": "data-shape", "message": "'a' must be text", **parts}
    return Diagnostic(Location(path, line, column), **values)  # type: ignore[arg-type]


def test_a_problem_says_where_what_why_and_how() -> None:
    assert render_text(make(help="add words", excerpt="  a: 1")) == (
        "data/a.yml:3:5: error: 'a' must be text   [data-shape]\n"
        "  3 |   a: 1\n"
        "    |     ^\n"
        "  why:  a value of the wrong kind cannot be shown\n"
        "  help: add words"
    )


def test_a_problem_without_help_or_line_says_neither() -> None:
    assert render_text(make()) == (
        "data/a.yml:3:5: error: 'a' must be text   [data-shape]\n  why:  a value of the wrong kind cannot be shown"
    )


def test_the_caret_stands_below_its_sign_when_tabs_come_before() -> None:
    rows = render_text(make(column=2, excerpt="\ta")).split("\n")
    assert rows[1].index("a") == rows[2].index("^")


def test_the_caret_stands_below_its_sign_on_long_line_numbers() -> None:
    rows = render_text(make(line=1234, column=3, excerpt="a b")).split("\n")
    assert rows[1].index("b") == rows[2].index("^")


def test_a_long_line_is_cut_and_a_caret_beyond_it_is_left_out() -> None:
    rows = render_text(make(column=500, excerpt="x" * 900)).split("\n")
    assert len(rows[1]) < 180
    assert "^" not in "".join(rows)


def test_a_report_is_sorted_by_place_and_tells_each_problem_once() -> None:
    late, early, other = make(line=10), make(line=2), make(path="data/b.yml", line=1)
    report = render_report([other, late, early, late])
    assert [row.split(": ")[0] for row in report.split("\n") if ": error" in row] == [
        "data/a.yml:2:5",
        "data/a.yml:10:5",
        "data/b.yml:1:5",
    ]


@pytest.mark.parametrize(
    ("levels", "count"),
    [
        ([], "0 errors, 0 warnings"),
        (["error"], "1 error, 0 warnings"),
        (["error", "error", "warning"], "2 errors, 1 warning"),
        (["warning", "warning"], "0 errors, 2 warnings"),
    ],
)
def test_a_report_ends_with_a_count(levels: list[str], count: str) -> None:
    problems = [make(line=line, level=level) for line, level in enumerate(levels, start=1)]
    assert render_report(problems).split("\n")[-1] == count


def test_github_marks_the_line() -> None:
    assert render_github(make(help="add words")) == (
        "::error file=data/a.yml,line=3,col=5,title=data-shape::"
        "'a' must be text. a value of the wrong kind cannot be shown. add words"
    )


def test_a_message_cannot_give_orders_to_github() -> None:
    row = render_github(make(message="100%\r\n::set-output name=a::b"))
    assert "\n" not in row
    assert "\r" not in row
    assert "100%25%0D%0A::set-output" in row


def test_a_file_name_cannot_give_orders_to_github() -> None:
    row = render_github(make(path="docs/a,line=1::b%\nc.md"))
    assert "file=docs/a%2Cline=1%3A%3Ab%25%0Ac.md,line=3" in row


def test_a_report_for_github_has_one_line_a_problem() -> None:
    assert len(render_report([make(line=1), make(line=2)], "github").split("\n")) == 3


@pytest.mark.parametrize(
    ("wrong", "known", "help"),
    [
        ("yest", ["yeast", "dough"], "did you mean 'yeast'?"),
        ("zzz", ["yeast", "dough"], "known: dough, yeast"),
        ("zzz", [f"name-{number}" for number in range(9)], ""),
        ("zzz", [], ""),
        ("", ["a"], "known: a"),
    ],
)
def test_a_wrong_name_is_answered_by_the_nearest_or_by_a_short_list(wrong: str, known: list[str], help: str) -> None:
    assert suggest(wrong, known) == help


@pytest.mark.parametrize(("line", "words"), [(1, "a"), (2, "b"), (3, ""), (0, ""), (-1, "")])
def test_the_line_shown_is_the_line_named(line: int, words: str) -> None:
    assert Script("a.md", "a\nb").find_row(line) == words


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_says_why_it_matters_in_plain_words(rule: str) -> None:
    assert make(rule=rule).why == RULES[rule]
    assert 4 <= len(RULES[rule].split()) <= 20


def test_a_guide_that_must_not_be_built_ends_the_builder_with_the_report_and_no_traceback() -> None:
    with pytest.raises(SystemExit) as stopped:
        raise GuideError("1 error")
    assert stopped.value.code == "1 error"


def test_a_live_preview_can_catch_it_as_it_catches_other_errors() -> None:
    assert issubclass(GuideError, Exception)


def test_an_error_of_a_macro_carries_rule_words_and_help() -> None:
    error = MacroError("data-unknown-id", "unknown term 'a'", "did you mean 'b'?")
    assert (error.rule, str(error), error.help) == ("data-unknown-id", "unknown term 'a'", "did you mean 'b'?")
