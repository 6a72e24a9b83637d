"""One style sheet for the whole site, without the rules that no page can use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from macros.publish.names import Names

_NESTING = frozenset({"media", "supports", "container", "layer"})
_DROPPED = frozenset({"charset", "font-face"})
_PROPERTY = re.compile(r"(?<=[{;])\s*(--[\w-]+)\s*:(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^;\"'{}])*;?")
_EMPTY = re.compile(r"(?<=[{}])[^{}]+\{\s*\}|^[^{}]+\{\s*\}")


def purge_styles(css: str, names: Names) -> str:
    """Returns the style sheet without rules that apply to nothing, comments and empty blocks."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    kept = "".join(_keep_rules(rules, names))
    return _drop_unused_frames(_drop_unused_properties(kept, names))


def _keep_rules(rules: Iterable[Any], names: Names) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [_serialize(part) for part in _split_commas(rule.prelude) if _may_apply(part, names)]
            body = _serialize(rule.content).rstrip("; ")
            if selectors and body:
                yield f"{','.join(selectors)}{{{body}}}"
        elif rule.type == "at-rule" and rule.at_keyword not in _DROPPED:
            yield from _keep_at_rule(rule, names)


def _keep_at_rule(rule: Any, names: Names) -> Iterator[str]:
    prelude = _serialize(rule.prelude)
    if rule.content is None:
        yield f"@{rule.at_keyword} {prelude};"
    elif rule.at_keyword in _NESTING:
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        body = "".join(_keep_rules(inner, names))
        if body:
            yield f"@{rule.at_keyword} {prelude}{{{body}}}"
    else:
        yield f"@{rule.at_keyword} {prelude}{{{_serialize(rule.content)}}}"


def _split_commas(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _may_apply(selector: list[Any], names: Names) -> bool:
    """Whether every name that a selector needs occurs; what stands in brackets of `:not()` is not needed."""
    before = ""
    for token in selector:
        value = str(getattr(token, "value", ""))
        if token.type == "hash" and not names.has_id(value):
            return False
        if token.type == "[] block" and not _attribute_occurs(token.content, names):
            return False
        if token.type == "ident":
            if before == "." and not names.has_class(value):
                return False
            if before not in (".", ":") and not names.has_tag(value.lower()):
                return False
        before = value if token.type == "literal" else ""
    return True


def _attribute_occurs(content: list[Any], names: Names) -> bool:
    """Whether an attribute selector can match: its name occurs, and with `=` also its value."""
    words = [str(token.value) for token in content if token.type in ("ident", "string")]
    signs = "".join(str(token.value) for token in content if token.type == "literal")
    if not words or not names.has_attribute(words[0]):
        return not words
    return signs != "=" or len(words) != 2 or names.has_value(words[0], words[1])


def _drop_unused_properties(css: str, names: Names) -> str:
    """Returns the style sheet without custom properties that nothing asks for, and rules that hold nothing more."""
    while True:
        used = {*re.findall(r"var\(\s*(--[\w-]+)", css), *(f"--{word}" for word in names.words)}
        kept = _PROPERTY.sub(lambda found: found.group() if found.group(1) in used else "", css)  # noqa: B023
        if kept == css:
            return css
        while (emptied := _EMPTY.sub("", kept)) != kept:
            kept = emptied
        css = kept


def _drop_unused_frames(css: str) -> str:
    """Returns the style sheet without key frames that no rule names."""
    rules = tinycss2.parse_stylesheet(css)
    frames = {_serialize(rule.prelude) for rule in rules if getattr(rule, "at_keyword", "").endswith("keyframes")}
    unused = {name for name in frames if len(re.findall(rf"(?<![\w-]){re.escape(name)}(?![\w-])", css)) < 2}
    kept = (rule for rule in rules if _is_kept(rule, unused))
    return "".join(_serialize([rule]) for rule in kept)


def _is_kept(rule: Any, unused: set[str]) -> bool:
    return not (getattr(rule, "at_keyword", "").endswith("keyframes") and _serialize(rule.prelude) in unused)


def _serialize(tokens: Iterable[Any]) -> str:
    """Returns tokens as text, without comments and with single spaces."""
    text = tinycss2.serialize([token for token in tokens if token.type != "comment"])
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", " ", text).strip()
