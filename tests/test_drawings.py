"""A drawing becomes part of a page, or is opened by itself: it can do nothing but show something."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import make_project

from macros.files import check_drawing

DRAWING = "data/figures/dough.svg"


def tell(folder: Path, changes: dict[str, str]) -> list[str]:
    root = make_project(folder, edits={DRAWING: changes})
    return [f"{problem.location.path}: {problem.message}" for problem in check_drawing(root / DRAWING, DRAWING)]


@pytest.mark.parametrize(
    "shape",
    [
        "<script>a</script>",
        "<SCRIPT>a</SCRIPT>",
        "<foreignObject><p>a</p></foreignObject>",
        '<image href="https://example.org/a.png"/>',
        '<use href="#a"/>',
        '<a href="https://example.org"/>',
        "<style>a</style>",
        '<animate attributeName="href"/>',
        '<circle onclick="a"/>',
        '<circle style="fill: red"/>',
        '<circle fill="url(https://example.org)"/>',
        '<circle fill="&#117;rl(https://example.org)"/>',
        '<circle xlink:href="a"/>',
        '<circle\nonload="a"/>',
        "<iframe",
        "<?xml-stylesheet?>",
        "<!DOCTYPE svg>",
        "<!--> <script> -->",
        "<div>",
    ],
)
def test_a_drawing_holds_nothing_but_shapes_and_words(tmp_path: Path, shape: str) -> None:
    found = tell(tmp_path, {'<circle cx="5" cy="5" r="4"/>': shape})
    assert found
    assert all(words.startswith("data/figures/dough.svg: '<") for words in found)


def test_a_drawing_may_hold_groups_paths_texts_and_comments(tmp_path: Path) -> None:
    shapes = (
        '<!-- 1 unit is 1 mm -->\n<g class="a" transform="translate(1 2)"><path d="M0 0"/><text x="1">A</text>'
        "<text>b <tspan>c</tspan></text>"
        '<rect width="1"/><line x1="0"/><polyline points="0"/><polygon points="0"/><ellipse rx="1"/></g><desc>c</desc>'
    )
    assert tell(tmp_path, {'<circle cx="5" cy="5" r="4"/>': shapes}) == []
