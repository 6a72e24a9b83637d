"""The adapter between the guide and its builders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import pytest
from helpers import BASE, ROOT, make_project

from macros import environment
from macros.diagnostics import GuideError
from macros.environment import define_env, find_source_path, on_pre_page_macros, open_project
from macros.vocabulary import MACROS

MKDOCS_PAGE = SimpleNamespace(file=SimpleNamespace(src_uri="bake/first-loaf.md"))
ZENSICAL_PAGE = SimpleNamespace(path="bake/first-loaf.md")


class FakeEnvironment:
    """What both builders offer."""

    def __init__(self) -> None:
        self.macros: dict[str, Callable[..., str]] = {}

    def macro(self, function: Callable[..., str], name: str = "") -> Any:
        self.macros[name] = function


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    environment._cache.clear()
    yield
    environment._cache.clear()


def render(text: str, page: object, root: Path = BASE) -> str:
    env = FakeEnvironment()
    define_env(env, root)
    builder = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)
    builder.globals.update(env.macros)
    return builder.from_string(text).render(page=page)


def test_every_macro_is_registered_under_its_name() -> None:
    env = FakeEnvironment()
    define_env(env, BASE)
    assert {name: function.__name__ for name, function in env.macros.items()} == {name: name for name in MACROS}


def test_the_entry_of_both_builders_is_the_same_function() -> None:
    import macros  # noqa: PLC0415

    assert macros.define_env is define_env
    assert environment.ROOT == ROOT


@pytest.mark.parametrize("page", [MKDOCS_PAGE, ZENSICAL_PAGE], ids=["mkdocs", "zensical"])
def test_a_macro_knows_the_page_on_which_it_stands_whoever_builds(page: object) -> None:
    assert render('{{ term("yeast") }}', page).startswith("[yeast](../glossary.md#term-yeast)")
    assert find_source_path({"page": page}) == "bake/first-loaf.md"  # type: ignore[arg-type]


def test_what_a_macro_prints_is_not_escaped_again() -> None:
    assert "&#60;" not in render('{{ comparison("ovens") }}', MKDOCS_PAGE)


def test_mkdocs_gets_each_page_with_what_its_macros_print_and_does_not_call_them_again() -> None:
    define_env(FakeEnvironment(), BASE)
    page = SimpleNamespace(file=SimpleNamespace(src_uri="bake/first-loaf.md"), meta={}, render=lambda *_: None)
    env = SimpleNamespace(page=page, markdown=(BASE / "docs/bake/first-loaf.md").read_text(encoding="utf-8"))
    _, _, written = env.markdown.split("---\n", 2)
    on_pre_page_macros(env, BASE)
    assert environment._cache[BASE].project is None, "its records would be kept until MkDocs ends"
    assert env.markdown.rstrip() == render(written.lstrip(), MKDOCS_PAGE)
    assert page.meta == {"render_macros": False}
    page.markdown = env.markdown
    page.render({}, [])
    assert page.markdown == "", "MkDocs would keep it until it ends"


def test_a_guide_with_mistakes_is_not_built_and_the_report_names_them_all(tmp_path: Path) -> None:
    root = make_project(
        tmp_path,
        edits={
            "data/glossary.yml": {"see_also:\n    - yeast": "see_also:\n    - yeats"},
            "docs/index.md": {"references()": "refrences()"},
        },
    )
    with pytest.raises(GuideError) as error:
        define_env(FakeEnvironment(), root)
    report = str(error.value.code)
    assert "unknown term 'yeats'" in report
    assert "unknown macro 'refrences'" in report
    assert report.endswith("3 errors, 0 warnings")


def test_nothing_is_registered_when_the_guide_must_not_be_built(tmp_path: Path) -> None:
    env = FakeEnvironment()
    with pytest.raises(GuideError):
        define_env(env, make_project(tmp_path, files={"data/glossary.yml": "a: b: c"}))
    assert env.macros == {}


def test_a_warning_does_not_stop_the_builder(tmp_path: Path) -> None:
    reference = (
        "- id: salt-2021\n  tier: review\n  label: Salt 2021\n  title: Salt\n  authors: Cook C\n  publisher: Press\n"
        "  url: https://example.org/salt\n  checked: not-read\n  checked_on: 2026-11-01\n- id: gas-2024"
    )
    root = make_project(tmp_path, edits={"data/references.yml": {"- id: gas-2024": reference}})
    assert [problem.level for problem in open_project(root).problems] == ["warning"]


def test_an_error_of_a_macro_names_its_page_and_the_help() -> None:
    with pytest.raises(GuideError, match=r"docs/bake/first-loaf.md: unknown term 'yest'. did you mean 'yeast'\?"):
        render('{{ term("yest") }}', MKDOCS_PAGE)


def test_the_project_is_read_once_and_again_after_a_change(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    first = open_project(root)
    assert open_project(root) is first
    text = (root / "data" / "glossary.yml").read_text(encoding="utf-8")
    (root / "data" / "glossary.yml").write_text(text.replace("kneaded", "kneaded well"), encoding="utf-8")
    assert open_project(root).catalog.glossary["dough"].definition == "Flour and water, kneaded well."


def test_a_live_preview_goes_on_after_a_mistake_is_mended(tmp_path: Path) -> None:
    root = make_project(tmp_path)
    page = root / "docs" / "index.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole + "<b>", encoding="utf-8")
    with pytest.raises(GuideError):
        open_project(root)
    page.write_text(whole, encoding="utf-8")
    assert open_project(root).problems == []
