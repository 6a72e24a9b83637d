"""Words of a page, quoted in Markdown so that they stay words.

What a page says goes into code spans and fenced blocks only. GitHub makes no link, mention, picture or
markup of anything inside them, and the fences are longer than any that a page can bring along.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from markupsafe import Markup

LONGEST = 280
"""Signs of one quotation; the built text further down is not cut."""

_FENCE = "`" * 5
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_UNUSUAL = re.compile(r"[^ -~]")
_BACKTICKS = re.compile(r"`{4,}")
_MARKS = re.compile(r"\[(?=-)|-(?=\])|\{(?=\+)|\+(?=\})")
_COMMAND = re.compile(r"^::|##(?=\[)")


def show(text: str) -> str:
    """Returns text on one line that hides nothing: signs that nobody can see become their numbers.

    Words that a build log would read as a command (`::error`, `##[group]`) are broken up.
    """
    line = _UNUSUAL.sub(_show_sign, " ".join(text.split()))
    line = _BACKTICKS.sub(lambda run: f"⟨{len(run.group())} backticks⟩", line)
    return _COMMAND.sub(lambda found: f"⟨{found.group()}⟩", line)


def _show_sign(found: re.Match[str]) -> str:
    sign = found.group()
    return f"⟨U+{ord(sign):04X}⟩" if unicodedata.category(sign) in _HIDDEN else sign


def show_in_diff(text: str) -> str:
    """Returns `show(text)` in which nothing can be mistaken for the marks of a changed word."""
    return _MARKS.sub(lambda found: f"{found.group()} ", show(text))


def quote(text: str, longest: int = LONGEST) -> Markup:
    """Returns text as a code span of Markdown; '(nothing)' when there is none."""
    line = show(text[: 4 * longest])
    if not line:
        return Markup("(nothing)")
    if len(line) > longest:
        line = line[:longest].rstrip() + "…"
    runs = [len(run) for run in re.findall("`+", line)]
    fence = next("`" * length for length in range(1, 6) if length not in runs)
    edge = " " if "`" in (line[0], line[-1]) else ""
    return Markup(f"{fence}{edge}{line}{edge}{fence}")


def quote_html(text: str) -> Markup:
    """Returns text as `<code>`, for the one place that Markdown does not reach: a `<summary>`."""
    return Markup("<code>{}</code>").format(show(text)[:LONGEST])


def fence_diff(lines: Iterable[str]) -> Markup:
    """Returns lines that begin with `+`, `-`, `@` or a space as a coloured block."""
    return Markup("\n".join([f"{_FENCE}diff", *lines, _FENCE]))
