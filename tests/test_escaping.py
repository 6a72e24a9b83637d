"""Whatever stands in a text field shows as itself: every text field of every kind of record, at once.

The project about bread is filled with words that would be HTML, Markdown or template code if anybody read
them as such; each field has a number of its own, so that its words can be found where they are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from helpers import HOSTILE, ROOT, fold, load, load_base, make_project, read_all, render_html, select
from pydantic import StringConstraints
from selectolax.lexbor import LexborHTMLParser

from macros.models import LISTS, Comparison, Record
from macros.project import Project, build_address_book
from macros.vocabulary import call_macro

WORDS = HOSTILE.replace("&lt;", "")
KINDS: dict[str, type[Record]] = {**{name.replace("-", "_"): LISTS[name] for name in LISTS}, "comparisons": Comparison}
NOT_SHOWN = {
    "articles.about",
    "articles.description",
    "claims.figures",
    "claims.heading",
    "facts.about",
    "facts.unit",
    "glossary.everyday",
    "references.findings.figures",
}
"""Text fields that no page shows."""
IN_PAGES = sorted(kind for kind in KINDS if getattr(load_base().catalog, kind))
"""Kinds of record that the project about bread has, and its pages show."""
MARKDOWN = {"figures.caption"}
"""Fields in which Markdown is wanted; raw HTML in them is refused by a check."""


def is_text(annotation: Any, metadata: list[Any]) -> bool:
    """Whether a field holds words, and not an id, an address or a choice."""
    limits = [item for item in metadata if isinstance(item, StringConstraints)]
    if annotation is str:
        return any(item.strip_whitespace for item in limits)
    parts = get_args(annotation)
    found = getattr(annotation, "__metadata__", ())
    return any(is_text(part, [*metadata, *found]) for part in parts)


def find_model(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := find_model(part))), None)


def list_text_fields(model: type[Record], path: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        inner = find_model(field.annotation)
        if inner:
            yield from list_text_fields(inner, f"{path}.{name}")
        elif is_text(field.annotation, list(field.metadata)):
            yield f"{path}.{name}"


FIELDS = sorted(field for kind in IN_PAGES for field in list_text_fields(KINDS[kind], kind))
SHOWN = [field for field in FIELDS if field not in NOT_SHOWN | MARKDOWN]


def number(field: str, words: str = WORDS) -> str:
    return f"{words} no. {FIELDS.index(field)}a"


def fill(record: Record, path: str, words: str) -> Record:
    """The record with these words, and the number of the field, in each of its text fields."""
    changes: dict[str, Any] = {}
    for name, value in record:
        field = f"{path}.{name}"
        if isinstance(value, Record):
            changes[name] = fill(value, field, words)
        elif isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(fill(item, field, words) for item in value)
        elif isinstance(value, dict):
            changes[name] = {key: fill(item, field, words) for key, item in value.items()}
        elif field in FIELDS and field not in MARKDOWN:
            changes[name] = (number(field, words),) if isinstance(value, tuple) else number(field, words)
    return record.model_copy(update=changes)


@cache
def make_filled(words: str) -> Project:
    base = load_base()
    kinds = {
        kind: {id: fill(record, kind, words) for id, record in getattr(base.catalog, kind).items()} for kind in IN_PAGES
    }
    catalog = replace(base.catalog, **kinds)
    return replace(base, catalog=catalog, book=build_address_book(catalog, base.pages))


@cache
def render_everything() -> LexborHTMLParser:
    """All that the macros of all pages show."""
    project = make_filled(WORDS)
    parts = [
        render_html(call_macro(project, path, call.name, call.args, call.kwargs))
        for path, page in project.pages.items()
        for call in page.calls
        if call.name not in ("cite", "references")
    ]
    footnotes = call_macro(project, "index.md", "references", (), {})
    return LexborHTMLParser("".join(parts) + render_html(f"a[^gas-2024][^clock-2025]\n\n{footnotes}"))


@cache
def read_everything() -> str:
    tree = render_everything()
    attributes = [value or "" for node in tree.css("[data-definition]") for value in node.attributes.values()]
    return " ".join([read_all(tree), *attributes])


def test_every_kind_of_record_that_a_macro_uses_is_tried_here() -> None:
    text = (ROOT / "macros" / "vocabulary.py").read_text(encoding="utf-8")
    assert set(re.findall(r"_data\.(\w+)", text)) - {"drawings"} <= set(IN_PAGES)


def test_the_list_of_text_fields_is_not_empty() -> None:
    assert len(FIELDS) > 40
    assert {"references.limits", "comparisons.rows.cells.text", "claims.reason", "glossary.definition"} <= set(FIELDS)


@pytest.mark.parametrize("field", SHOWN)
def test_a_text_field_shows_its_words_and_nothing_else(field: str) -> None:
    assert fold(number(field)) in read_everything()


@pytest.mark.parametrize("field", sorted(NOT_SHOWN))
def test_a_text_field_that_no_page_shows_is_known_as_such(field: str) -> None:
    assert field in FIELDS
    assert fold(number(field)) not in read_everything()


@pytest.mark.parametrize("tag", ["script", "img", "em", "code", "h1", "table table", "a[href=e]", "[onerror]"])
def test_no_words_become_elements(tag: str) -> None:
    assert render_everything().css(tag) == []


def test_no_words_open_or_close_an_element() -> None:
    def count(project: Project) -> list[int]:
        return [
            len(LexborHTMLParser(render_html(call_macro(project, path, call.name, call.args, call.kwargs))).css("*"))
            for path, page in project.pages.items()
            for call in page.calls
        ]

    assert count(make_filled(WORDS)) == count(make_filled("Plain words"))


def test_no_words_bring_attributes_along() -> None:
    known = {
        *(
            "aria-label",
            "aria-labelledby",
            "class",
            "data-article",
            "data-definition",
            "data-guide-filter",
            "data-label",
        ),
        *("data-next-review", "data-verdict", "datetime", "hidden", "href", "id", "role", "scope", "title"),
        *("cx", "cy", "r", "type", "viewbox", "xmlns"),
    }
    found = {name.lower() for node in render_everything().css("body *") for name in node.attributes}
    assert found - known == set()


def test_links_lead_where_they_led_before() -> None:
    targets = {node.attributes["href"] or "" for node in render_everything().css("a[href]")}
    assert all(target.startswith(("https://", "#")) or ".md" in target for target in targets), targets


def test_titles_descriptions_and_reviewers_show_as_themselves(tmp_path: Path) -> None:
    words = '<b>*a*</b> {{ b }} "c" [d](e)'
    quoted = words.replace('"', '\\"').replace("{{", "{ {").replace("}}", "} }")
    shown = fold(words.replace("{{", "{ {").replace("}}", "} }"))
    root = make_project(
        tmp_path,
        edits={
            "docs/bake/first-loaf.md": {
                "title: Your first loaf": f'title: "{quoted} 1"',
                "description: Every step of a plain loaf, and how hot the oven is.": f'description: "{quoted} 2"',
                "name: Ada Baker": f'name: "{quoted} 3"',
                "role: baker": f'role: "{quoted} 4"',
                "conflicts: Sells flour.": f'conflicts: "{quoted} 5"',
            }
        },
    )
    project = load(root)
    contents = LexborHTMLParser(render_html(call_macro(project, "index.md", "contents", (["bake/first-loaf.md"],), {})))
    assert select(contents, "a") == [f"{shown} 1"]
    assert f"{shown} 2" in read_all(contents)
    review = LexborHTMLParser(render_html(call_macro(project, "bake/first-loaf.md", "review", (), {})))
    assert all(f"{shown} {number}" in read_all(review) for number in (3, 4, 5))
    assert review.css("b, em") == contents.css("b, em") == []
