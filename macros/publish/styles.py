"""One style sheet for the whole site, without the rules that no page can use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.publish.names import Names

_DROPPED = ("@charset", "@font-face")
_NESTING = ("@media", "@supports", "@container", "@layer")
_COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
_PIECE = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^{}"';])+|[{};]""", re.DOTALL)
_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|\s+""", re.DOTALL)
_GAP = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<=[:,]) """, re.DOTALL)
_NAME = re.compile(
    r"""#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|::?[\w-]+|(?<![\w-])(?P<tag>[a-zA-Z][\w-]*)"""
    r"""|\[\s*(?P<key>[\w-]+)\s*(?:(?P<sign>[~|^$*]?=)\s*["']?(?P<value>[^"'\]]*?)["']?\s*)?\]"""
)
_PROPERTY = re.compile(r"(?<=[{;])\s*(--[\w-]+)\s*:(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^;\"'{}])*;?")
_LAST = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|;(?=\})""")
_EMPTY = re.compile(r"(?<=[{}])[^{}]+\{\s*\}|^[^{}]+\{\s*\}")
_FRAMES = re.compile(r"@(?:-webkit-)?keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}")


def purge_styles(css: str, names: Names, theme: str = "") -> str:
    """Returns a style sheet without rules that apply to nothing, custom properties that nothing asks for, and comments.

    What stands in the brackets of `:not()`, `:is()` and the like is kept as it is. Rules inside rules are not read.

    Args:
        css: a style sheet.
        names: what pages and scripts mention.
        theme: the sheet of a theme, which comes first. None of its scripts runs.
    """
    kept = (*_keep_rules(_read(theme), names.of_theme()), *_keep_rules(_read(css), names))
    return _drop_unused_frames(_drop_unused_properties("".join(kept), names))


def _read(css: str) -> Iterator[str]:
    """Yields the braces and semicolons of a style sheet, and what stands between them."""
    yield from _PIECE.findall(_COMMENT.sub(lambda found: found.group(1) or "", css))


def _keep_rules(pieces: Iterator[str], names: Names) -> Iterator[str]:
    """Yields the rules to keep, up to the end of the block in which they stand."""
    start = ""
    for piece in pieces:
        if piece == "}":
            return
        if piece == ";":
            if start and not start.startswith(_DROPPED):
                yield f"{start};"
            start = ""
        elif piece != "{":
            start += _fold(piece)
        else:
            yield _keep_rule(start, pieces, names)
            start = ""


def _keep_rule(start: str, pieces: Iterator[str], names: Names) -> str:
    """Returns a rule, or nothing; `pieces` goes on behind it."""
    if start.startswith(_NESTING):
        body = "".join(_keep_rules(pieces, names))
    else:
        body = _read_block(pieces)
        if not start.startswith("@"):
            start = ",".join(part for part in split_selectors(start) if _may_apply(part, names))
    return f"{start}{{{body}}}" if start and body and not start.startswith(_DROPPED) else ""


def _read_block(pieces: Iterator[str]) -> str:
    """Returns the text up to the end of a block, with whatever blocks stand in it."""
    depth, text = 1, []
    for piece in pieces:
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if depth == 0:
            break
        text.append(piece if piece in "{};" else _fold(piece))
    return _GAP.sub(lambda found: found.group(1) or "", "".join(text).rstrip(";"))


def _fold(text: str) -> str:
    """Returns text with single spaces; strings stay as they are."""
    return _SPACE.sub(lambda found: found.group(1) or " ", text).strip()


def split_selectors(text: str) -> list[str]:
    """Returns the parts between commas that stand in no brackets."""
    if "(" not in text and "[" not in text:
        return [part.strip() for part in text.split(",")]
    parts, depth = [""], 0
    for sign in text:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _may_apply(selector: str, names: Names) -> bool:
    """Whether every name that a selector needs occurs."""
    if "\\" in selector:
        return True
    outside = selector
    while "(" in outside:
        shorter = re.sub(r"\([^()]*\)", "", outside)
        if shorter == outside:
            return True
        outside = shorter
    for found in _NAME.finditer(outside):
        id, name, tag, key, sign, value = found.group("id", "class", "tag", "key", "sign", "value")
        if (
            (id and not names.has_id(id))
            or (name and not names.has_class(name))
            or (tag and not names.has_tag(tag.lower()))
            or (key and not names.has_attribute(key))
            or (sign == "=" and not names.has_value(key, value))
        ):
            return False
    return True


def _drop_unused_properties(css: str, names: Names) -> str:
    """Returns the style sheet without custom properties that nothing asks for, and rules that hold nothing more."""
    while True:
        used = {*re.findall(r"var\(\s*(--[\w-]+)", css), *(f"--{word}" for word in names.words)}
        kept = _PROPERTY.sub(lambda found: found.group() if found.group(1) in used else "", css)  # noqa: B023
        if kept == css:
            return _LAST.sub(lambda found: found.group(1) or "", css)
        while (emptied := _EMPTY.sub("", kept)) != kept:
            kept = emptied
        css = kept


def _drop_unused_frames(css: str) -> str:
    """Returns the style sheet without key frames that no rule names."""
    rest = _FRAMES.sub("", css)
    used = set(re.findall(r"[\w-]+", " ".join(re.findall(r"animation[\w-]*:([^;}]*)", rest))))
    return _FRAMES.sub(lambda found: found.group() if found.group(1) in used else "", css)
