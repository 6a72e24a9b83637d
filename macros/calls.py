"""The macro calls of a page, and everything in its template that is not one.

A page is a Jinja template, so a page could run code while the site is built. This module reads the
template without running it and lets through text and calls of named macros with constant arguments only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes

from macros.diagnostics import Diagnostic, Location, Script, suggest

_ENVIRONMENT = jinja2.Environment(autoescape=True)
_HELP = "a page holds text and macro calls only, such as {{ references() }}"
_Stray = tuple[int, str]
_ESCAPE = re.compile(r"""\\(?!["'\\])""")

INLINE_MACROS = frozenset({"term", "cite", "count", "fact"})
"""Macros that stand in the middle of a sentence; every other makes a block."""


@dataclass(frozen=True, slots=True)
class Call:
    """A macro call found in a page: `{{ name(*args, **kwargs) }}`."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    location: Location
    alone: bool
    """Whether it stands alone on its line, at the first column."""
    span: tuple[int, int] = (0, 0)
    """The offsets of its `{{` and behind its `}}`."""

    def find_argument(self, position: int, name: str) -> Any:
        """Returns an argument by its place or by its name, or None."""
        return self.args[position] if position < len(self.args) else self.kwargs.get(name)

    def find_text(self, position: int, name: str) -> str:
        """Returns an argument that is text, or nothing."""
        value = self.find_argument(position, name)
        return value if isinstance(value, str) else ""

    def find_texts(self, position: int, name: str) -> list[str]:
        """Returns the texts of an argument that is a list."""
        value = self.find_argument(position, name)
        return list(_iterate_texts(value)) if isinstance(value, list) else []

    def list_texts(self) -> list[str]:
        """Returns every text in its arguments."""
        return list(_iterate_texts([*self.args, *self.kwargs.values()]))


@dataclass(frozen=True)
class _Expression:
    """The inside of `{{ … }}`, and the offsets at which it begins and ends."""

    source: str
    start: int
    end: int
    alone: bool


def parse_calls(text: str, path: str, known: Collection[str]) -> tuple[list[Call], list[Diagnostic]]:
    """Returns the macro calls of a page in their order, and what is refused.

    Args:
        text: the page; front matter replaced by empty lines, so that lines count as in the file.
        path: the page, as diagnostics shall name it.
        known: names of the macros that a page may call.
    """
    script = Script(path, text)

    def refuse(at: int, message: str, help: str = _HELP, rule: str = "page-template") -> Diagnostic:
        return script.diagnose(script.locate(at), rule, message, help)

    calls: list[Call] = []
    problems = [
        refuse(found.start(), "'{#' opens a comment, which swallows text", "write an id as {: #id }")
        for found in re.finditer(r"\{#", text)
    ]
    expressions, strays, errors = _split_readable(script, text.replace("{#", "{ "))
    for error in errors:
        at = script.find_offset(Location(path, error.lineno)) + max(script.find_row(error.lineno).find("{{"), 0)
        problems.append(refuse(at, f"the template cannot be read: {error.message}"))
    problems += (refuse(at, f"{words} is not allowed in a page") for at, words in strays)
    for expression in expressions:
        try:
            node = _parse_expression(expression.source)
        except (jinja2.TemplateSyntaxError, ValueError, RecursionError) as error:
            words = getattr(error, "message", None) or str(error)
            problems.append(refuse(expression.start, f"the macro call cannot be read: {words}"))
            continue
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            problems.append(refuse(expression.start, "only a call of one of the guide's macros is allowed here"))
        elif node.node.name not in known:
            name = node.node.name
            help = suggest(name, known)
            problems.append(refuse(expression.start, f"unknown macro '{name}'", help, "page-unknown-macro"))
        else:
            try:
                args, kwargs = _read_arguments(node)
            except ValueError as error:
                problems.append(refuse(expression.start, f"{node.node.name}: {error}"))
                continue
            span = (expression.start, expression.end)
            calls.append(Call(node.node.name, args, kwargs, script.locate(span[0]), expression.alone, span))
    return calls, problems


def _split_readable(
    script: Script, text: str
) -> tuple[list[_Expression], list[_Stray], list[jinja2.TemplateSyntaxError]]:
    """Returns what `_split` does, and the errors of lines left out of it: one mistake does not hide the next."""
    errors: list[jinja2.TemplateSyntaxError] = []
    rows = text.split("\n")
    while True:
        try:
            return *_split(script, "\n".join(rows)), errors
        except jinja2.TemplateSyntaxError as error:
            errors.append(error)
            row = rows[error.lineno - 1]
            if "{" not in row or len(errors) > 20:
                return [], [], errors
            rows[error.lineno - 1] = re.sub(r"[{}]", " ", row)


def _split(script: Script, text: str) -> tuple[list[_Expression], list[_Stray]]:
    """Returns the expressions of a template, and the statements and raw blocks in it."""
    expressions: list[_Expression] = []
    strays: list[_Stray] = []
    words = {"block_begin": "a statement {% … %}", "raw_begin": "a raw block"}
    inner: list[str] | None = None
    offset = start = 0
    for _, kind, value in _ENVIRONMENT.lex(text):
        at = max(text.find(value, offset), offset)
        if kind == "variable_begin":
            inner, start = [], at
        elif kind == "variable_end" and inner is not None:
            end = at + len(value)
            expressions.append(_Expression("".join(inner), start, end, _stands_alone(script, start, end)))
            inner = None
        elif inner is not None:
            inner.append(value)
        elif kind in words:
            strays.append((at, words[kind]))
        offset = at + len(value)
    if inner is not None:
        strays.append((start, "'{{' without '}}'"))
    return expressions, strays


def _stands_alone(script: Script, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines of text[start:end], and an empty line before and after."""
    first, last = script.locate(start), script.locate(end)
    own_line = first.column == 1 and not script.find_row(last.line)[last.column - 1 :].strip()
    above, below = script.find_row(first.line - 1).strip(), script.find_row(last.line + 1).strip()
    return own_line and (not above or above.endswith("-->")) and not below


def _parse_expression(source: str) -> nodes.Expr:
    """Returns the tree of one expression; raises TemplateSyntaxError, ValueError or RecursionError."""
    if _ESCAPE.search(source):
        raise ValueError("a sign is written as a code; write the sign itself")
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
    """Returns a constant or a list of constants; raises ValueError for anything else."""
    if isinstance(node, nodes.Const):
        return node.value
    if isinstance(node, nodes.List):
        return [_read_constant(item) for item in node.items]
    raise ValueError("arguments must be words in quotes, numbers, or lists of them")


def _iterate_texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _iterate_texts(value) if isinstance(value, list) else [value] if isinstance(value, str) else []
