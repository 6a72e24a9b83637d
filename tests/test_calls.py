"""The macro calls of a page, and everything else that its template must not hold."""

from __future__ import annotations

from typing import Any

import pytest
from helpers import load_base
from hypothesis import given
from hypothesis import strategies as st

from macros.calls import Call, parse_calls
from macros.diagnostics import Diagnostic, Location

KNOWN = ("term", "cite", "comparison", "key_points", "references", "review")


def parse(text: str) -> tuple[list[Call], list[Diagnostic]]:
    return parse_calls(text, "docs/a.md", KNOWN)


def parse_one(text: str) -> Call:
    calls, problems = parse(text)
    assert problems == []
    assert len(calls) == 1
    return calls[0]


@pytest.mark.parametrize(
    ("text", "args", "kwargs"),
    [
        ('{{ term("yeast") }}', ("yeast",), {}),
        ("{{ term('yeast') }}", ("yeast",), {}),
        ('{{term("yeast",words="the yeast")}}', ("yeast",), {"words": "the yeast"}),
        ('{{ cite("a", "b") }}', ("a", "b"), {}),
        ("{{ references() }}", (), {}),
        ('{{ comparison("a", columns=["b", "c"]) }}', ("a",), {"columns": ["b", "c"]}),
        ('{{ comparison("a", columns=[]) }}', ("a",), {"columns": []}),
        ("{{ cite(1, 2.5, true, false, none) }}", (1, 2.5, True, False, None), {}),
        ('{{ key_points("a", [\n  "b",\n  "c",\n]) }}', ("a", ["b", "c"]), {}),
        ('{{ term("}} {% {#") }}', ("}} {% { ",), {}),
        ('{{ term("say \\"a\\" \\\\") }}', ('say "a" \\',), {}),
        ('{{- term("yeast") -}}', ("yeast",), {}),
        ('{{ term("é 漢 🍞") }}', ("é 漢 🍞",), {}),
    ],
)
def test_the_constant_arguments_of_a_call_are_read(text: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    calls, _ = parse(text)
    assert [(call.args, call.kwargs) for call in calls] == [(args, kwargs)]


def test_every_call_knows_its_place() -> None:
    text = 'a {{ term("b") }} c {{ term("d") }}\n\n{{ cite("e",\n"f") }} {{ review() }}'
    calls, problems = parse(text)
    assert problems == []
    assert [(call.name, call.location) for call in calls] == [
        ("term", Location("docs/a.md", 1, 3)),
        ("term", Location("docs/a.md", 1, 21)),
        ("cite", Location("docs/a.md", 3, 1)),
        ("review", Location("docs/a.md", 4, 9)),
    ]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("{{ review() }}", True),
        ("a\n\n{{ review() }}\n\nb", True),
        ("a\n \n{{ review() }}  \n\t\nb", True),
        ("<!-- data/a.yml -->\n{{ review() }}\n", True),
        ("a\n{{ review() }}\n\nb", False),
        ("a\n\n{{ review() }}\nb", False),
        ("a {{ review() }}", False),
        (" {{ review() }}", False),
        ("{{ review() }} b", False),
        ("- {{ review() }}", False),
        ("> {{ review() }}", False),
    ],
)
def test_a_block_stands_alone_when_empty_lines_are_around_it(text: str, *, alone: bool) -> None:
    assert parse_one(text).alone is alone


HOSTILE = [
    # reading the environment, files and memory
    "{{ cycler.__init__.__globals__.os.environ }}",
    "{{ cycler|attr('\\x5f\\x5finit\\x5f\\x5f')|attr('\\x5f\\x5fglobals\\x5f\\x5f') }}",
    "{{ term.__globals__ }}",
    "{{ self.__init__.__globals__.__builtins__.open('/etc/passwd').read() }}",
    "{{ get_flashed_messages.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ [].__class__ }}",
    # running programs
    "{{ lipsum.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__.os.system('id') }}",
    "<!-- {{ lipsum.__globals__.os.popen('id').read() }} -->",
    "`{{ lipsum.__globals__.os.popen('id').read() }}`",
    # using what the builder offers
    "{{ page.file.generated(config, 'a', content='b').content_string }}",
    "{{ files.append(page.file.generated(config, 'a', abs_src_path='/proc/self/environ')) }}",
    "{{ files.remove(page.file) }}",
    "{{ config.extra_javascript.append('https://example.org/a.js') }}",
    "{{ config['repo_url'] }}",
    "{{ config.load_dict({}) }}",
    "{{ clinics.update({'a': 1}) }}",
    "{{ context() }}",
    "{{ macros_info() }}",
    "{{ now() }}",
    "{{ page }}",
    # statements
    "{% include '../../secret' %}",
    "{% include '/etc/passwd' %}",
    "{% import 'a' as b %}",
    "{% from 'a' import b %}",
    "{% extends 'main.html' %}",
    "{% set term = 1 %}",
    "{%- set term = 1 -%}",
    "{% macro term() %}{% endmacro %}",
    "{% for a in range(10**9) %}{% for b in range(10**9) %}{% endfor %}{% endfor %}",
    "{% if config %}{% endif %}",
    "{% raw %}{{ a }}{% endraw %}",
    "{% filter upper %}{% endfilter %}",
    "{# a comment #}",
    "{#an-id}",
    # filling time and memory
    "{{ 'a' * 10**9 }}",
    "{{ 'a'.center(1000000000) }}",
    "{{ range(10**9)|list }}",
    "{{ term(" + "[" * 5000 + "]" * 5000 + ") }}",
    "{{ " + "(" * 5000 + ")" * 5000 + " }}",
    "{{ term(" + "9" * 5000 + ") }}",
    # hiding in or behind a macro
    "{{ '<script>alert(1)</script>' }}",
    "{{ '{0.__class__}'.format(config) }}",
    "{{ '%s' % config }}",
    "{{ [config]|map(attribute='site_url')|list }}",
    "{{ [page]|groupby('file') }}",
    "{{ term(config.site_url) }}",
    "{{ term(*files) }}",
    "{{ term(**config) }}",
    "{{ term({'a': 1}) }}",
    "{{ term(('a', 'b')) }}",
    "{{ term(term('a')) }}",
    "{{ term('a' ~ config) }}",
    "{{ term('a' if config else 'b') }}",
    "{{ term(-1) }}",
    "{{ term(a) }}",
    "{{ term('a').__class__ }}",
    "{{ term('a')('b') }}",
    "{{ term('a')|safe }}",
    "{{ term('a') ~ config }}",
    "{{ term('a'), config }}",
    "{{ term('a') if config }}",
    "{{ term('a', words='b', words='c') }}",
    "{{ term('\\x3cscript\\x3e') }}",
    "{{ term('\\u202e') }}",
    "{{ term('\\ud800') }}",
    "{{ term('\\N{BULLET}') }}",
    "{{ _cite('a') }}",
    "{{ namespace(a=1) }}",
    "{{ loop.index }}",
    "{{ }}",
    "{{ term('a' }}",
    "{{ term 'a' }}",
    "{{ 1 + }}",
]


@pytest.mark.parametrize("attack", HOSTILE, ids=range(len(HOSTILE)))
def test_a_page_cannot_run_code(attack: str) -> None:
    calls, problems = parse(f"# Title\n\nWords {attack}")
    assert calls == []
    assert problems
    assert {problem.rule for problem in problems} <= {"page-template", "page-unknown-macro"}
    column = len("Words ") + attack.index("{") + 1
    assert min(problem.location for problem in problems) == Location("docs/a.md", 3, column)


@pytest.mark.parametrize("attack", HOSTILE, ids=range(len(HOSTILE)))
def test_an_attack_does_not_hide_the_calls_around_it(attack: str) -> None:
    calls, _ = parse(f'{{{{ term("a") }}}}\n\n{attack}\n\n{{{{ term("b") }}}}')
    assert [call.args for call in calls] == [("a",), ("b",)]


@pytest.mark.parametrize("text", ["a {{", "a {{ term('b')", "a {{ " + "(" * 5000, "a {%", "a {% for"])
def test_what_opens_and_never_closes_is_refused_where_it_opens(text: str) -> None:
    calls, problems = parse(text)
    assert calls == []
    assert [problem.location for problem in problems] == [Location("docs/a.md", 1, 3)]


def test_every_mistake_of_a_page_is_told_in_one_run() -> None:
    _, problems = parse("{{ a }}\n{{ term('b' }}\n{#c}\n{% d %}\n{{ trem('e') }}")
    assert [problem.location.line for problem in sorted(problems)] == [1, 2, 3, 4, 5]


def test_an_id_that_opens_a_comment_is_answered_by_the_way_to_write_it() -> None:
    _, problems = parse("## Steps {#steps}")
    assert [problem.help for problem in problems] == ["write an id as {: #id }"]


@pytest.mark.parametrize(
    ("name", "help"), [("trem", "did you mean 'term'?"), ("zzz", f"known: {', '.join(sorted(KNOWN))}")]
)
def test_an_unknown_macro_is_answered_by_the_nearest(name: str, help: str) -> None:
    _, problems = parse(f"{{{{ {name}() }}}}")
    assert [(problem.rule, problem.help) for problem in problems] == [("page-unknown-macro", help)]


def test_a_page_without_templates_has_no_calls() -> None:
    assert parse("{ a } {b} }} 50 % # {") == ([], [])


@given(st.text(alphabet="{}%#\"'()[]=,.|-+~ \nab19\\_éterm", max_size=60))
def test_no_page_makes_the_reader_fall_over(text: str) -> None:
    calls, problems = parse(text)
    assert all(call.name in KNOWN for call in calls)
    assert all(1 <= problem.location.line <= text.count("\n") + 1 for problem in problems)


@given(st.lists(st.sampled_from(['{{ term("a") }}', "{{ review() }}", "words", "\n", "\n\n", " "]), max_size=12))
def test_every_call_is_placed_where_it_is_written(parts: list[str]) -> None:
    text = "".join(parts)
    calls, problems = parse(text)
    assert problems == []
    assert len(calls) == sum(part.startswith("{{") for part in parts)
    rows = text.split("\n")
    for call in calls:
        assert rows[call.location.line - 1][call.location.column - 1 :].startswith("{{ " + call.name)


# Arguments


def make(*args: Any, **kwargs: Any) -> Call:
    return Call("term", args, kwargs, Location("docs/a.md"), alone=True)


def test_an_argument_is_found_by_its_place_or_by_its_name() -> None:
    assert make("a", "b").find_argument(1, "words") == "b"
    assert make("a", words="b").find_argument(1, "words") == "b"
    assert make("a").find_argument(1, "words") is None


def test_an_argument_of_another_kind_is_no_text() -> None:
    assert make(5).find_text(0, "id") == ""
    assert make(["a"]).find_text(0, "id") == ""
    assert make("a").find_texts(0, "id") == []


def test_the_texts_of_lists_within_lists_are_found() -> None:
    call = make("a", [["b", 1], None], words=["c"])
    assert call.list_texts() == ["a", "b", "c"]
    assert call.find_texts(1, "x") == ["b"]


def test_the_pages_of_the_example_are_read_whole() -> None:
    pages = load_base().pages
    for page in pages.values():
        assert len(page.calls) == page.text.count("{{")
