"""The one environment that fills templates."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jinja2
import pytest
from helpers import HOSTILE, ROOT, fold, render_markdown, select_one
from markupsafe import Markup

from macros import templating
from macros.templating import render_template

TEMPLATES = sorted((ROOT / "macros" / "templates").glob("*.jinja"))


def fill(template: str, **values: object) -> str:
    return templating._ENVIRONMENT.from_string(template).render(**values)


def test_plain_text_is_escaped() -> None:
    paragraph = select_one(render_markdown(fill("{{ words }}", words=HOSTILE)), "p")
    assert fold(paragraph.text()) == fold(HOSTILE)


def test_lists_of_plain_text_are_escaped() -> None:
    paragraph = select_one(render_markdown(fill("{{ words | join(', ') }}", words=["a", HOSTILE])), "p")
    assert fold(paragraph.text()) == fold(f"a, {HOSTILE}")


def test_markup_is_not_escaped_again() -> None:
    assert fill("{{ link }}", link=Markup("[a](b.md)")) == "[a](b.md)"
    assert fill("{{ links | join(', ') }}", links=[Markup("[a](b.md)"), Markup("[c](d.md)")]) == "[a](b.md), [c](d.md)"


def test_a_name_that_does_not_exist_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(jinja2.UndefinedError):
        fill("{{ words }}")


def test_a_day_is_written_in_words() -> None:
    assert fill("{{ day | day }}", day=date(2026, 11, 1)) == "1 November 2026"


def test_a_template_has_no_empty_lines_at_its_ends() -> None:
    text = render_template("key_points.md.jinja", id="a", points=[Markup("b")])
    assert text == text.strip("\n")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_switches_escaping_off(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert "safe" not in text.replace("safety", "")
    assert "autoescape" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_no_template_links_to_a_page_in_raw_html(template: Path) -> None:
    assert "<a " not in template.read_text(encoding="utf-8")
