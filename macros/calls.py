"""The macro calls of a page, and everything in its template that is not one.

A page is a Jinja template, so a page could run code while the site is built. This module reads the
template without running it and lets through text and calls of named macros with constant arguments only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes

from macros.diagnostics import Diagnostic, Location, find_excerpt, suggest

_ENVIRONMENT = jinja2.Environment(autoescape=True)
_HELP = 'a page holds text and macro calls only, such as {{ term("collagen") }}'


@dataclass(frozen=True)
class Call:
    """A macro call found in a page: `{{ name(*args, **kwargs) }}`."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    location: Location
    alone: bool
    """Whether it stands alone on its line, at the first column."""


@dataclass(frozen=True)
class _Expression:
    """An expression `{{ … }}` as the lexer saw it: its inner text and where it begins."""

    source: str
    line: int
    column: int
    alone: bool


def parse_calls(text: str, path: str, known: Collection[str]) -> tuple[list[Call], list[Diagnostic]]:
    """Returns the macro calls of a page in their order, and what is refused.

    Args:
        text: the page; front matter replaced by empty lines, so that lines count as in the file.
        path: the page, as diagnostics shall name it.
        known: names of the macros that a page may call.
    """

    def refuse(line: int, column: int, message: str, help: str = _HELP, rule: str = "page-template") -> Diagnostic:
        return Diagnostic(Location(path, line, column), rule, message, help, excerpt=find_excerpt(text, line))

    try:
        expressions, strays = _split(text)
    except jinja2.TemplateSyntaxError as error:
        return [], [refuse(error.lineno, 1, f"the template cannot be read: {error.message}")]
    calls: list[Call] = []
    problems = [refuse(line, column, f"{words} is not allowed in a page") for line, column, words in strays]
    for expression in expressions:
        place = (expression.line, expression.column)
        try:
            node = _parse_expression(expression.source)
        except jinja2.TemplateSyntaxError as error:
            problems.append(refuse(*place, f"the macro call cannot be read: {error.message}"))
            continue
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            problems.append(refuse(*place, "only a call of one of the guide's macros is allowed here"))
        elif node.node.name not in known:
            name = node.node.name
            problems.append(refuse(*place, f"unknown macro '{name}'", suggest(name, known), "page-unknown-macro"))
        else:
            try:
                args, kwargs = _read_arguments(node)
            except ValueError as error:
                problems.append(refuse(*place, f"{node.node.name}: {error}"))
                continue
            calls.append(Call(node.node.name, args, kwargs, Location(path, *place), expression.alone))
    return calls, problems


def _split(text: str) -> tuple[list[_Expression], list[tuple[int, int, str]]]:
    """Returns the expressions of a template, and the statements, comments and raw blocks in it."""
    expressions: list[_Expression] = []
    strays: list[tuple[int, int, str]] = []
    words = {"block_begin": "a statement {% … %}", "comment_begin": "a comment {# … #}", "raw_begin": "a raw block"}
    offset = 0
    inner: list[str] | None = None
    start = 0
    for _, kind, value in _ENVIRONMENT.lex(text):
        at = text.find(value, offset)
        at = offset if at < 0 else at
        if kind == "variable_begin":
            inner, start = [], at
        elif kind == "variable_end" and inner is not None:
            line, column = _place(text, start)
            expressions.append(_Expression("".join(inner), line, column, _stands_alone(text, start, at + len(value))))
            inner = None
        elif inner is not None:
            inner.append(value)
        elif kind in words:
            strays.append((*_place(text, at), words[kind]))
        offset = at + len(value)
    return expressions, strays


def _place(text: str, offset: int) -> tuple[int, int]:
    """Returns line and column, from 1, of an offset."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of text[start:end], and an empty line before and after."""
    before = text[:start].rsplit("\n", 2)
    after = re.split(r"\n", text[end:], maxsplit=2)
    own_line = before[-1] == "" and after[0].strip() == ""
    above = len(before) < 2 or before[-2].strip() == "" or before[-2].strip().endswith("-->")
    below = len(after) < 2 or after[1].strip() == ""
    return own_line and above and below


def _parse_expression(source: str) -> nodes.Expr:
    """Returns the tree of one expression; raises TemplateSyntaxError."""
    template = _ENVIRONMENT.parse("{{" + source + "}}")
    output = template.body[0] if template.body else None
    if len(template.body) != 1 or not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise jinja2.TemplateSyntaxError("empty", 1)
    return output.nodes[0]


def _read_arguments(call: nodes.Call) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Returns the constant arguments of a call; raises ValueError when one is not constant."""
    if call.dyn_args is not None or call.dyn_kwargs is not None:
        raise ValueError("arguments cannot be unpacked")
    args = tuple(_read_constant(node) for node in call.args)
    kwargs = {pair.key: _read_constant(pair.value) for pair in call.kwargs}
    if len(kwargs) != len(call.kwargs):
        raise ValueError("an argument stands twice")
    return args, kwargs


def _read_constant(node: nodes.Node) -> Any:
    """Returns the value of a constant or of a list of constants; raises ValueError for anything else."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_read_constant(item) for item in node.items]
    raise ValueError("arguments must be words in quotes, numbers, or lists of them")


def iterate_named(calls: Collection[Call], name: str) -> Iterator[Call]:
    """Yields the calls of one macro."""
    return (call for call in calls if call.name == name)
