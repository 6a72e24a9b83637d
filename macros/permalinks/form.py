"""The form of `data/permalinks.yml`: one promise a line, oldest first, so that a change is one line of a review."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from macros.models import Permalink

COMMENT = """\
# Every id that the guide ever published, what stands below it, and what became of it. Nothing leaves this file.
# `make permalinks` adds and renews lines. A line is changed by hand only when a section ends:
# status: merged or retired, with successor (the id to read now) and, when retired, reason (a sentence for readers)."""
"""What a new file begins with."""
_PLAIN = re.compile(r"[a-z/][a-z0-9/-]*|\d{4}-\d\d-\d\d")
_YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def render_permalinks(entries: Mapping[str, Permalink], text: str) -> str:
    """Returns the file: the comment with which `text` begins, then the promises, oldest first."""
    comment = text.partition("\n- ")[0].rstrip("\n") if text.startswith("#") else COMMENT
    ordered = sorted(entries.values(), key=lambda entry: (entry.since, entry.id))
    return "\n".join([comment, *map(render_line, ordered), ""])


def render_line(entry: Permalink) -> str:
    """Returns a promise as one line of YAML."""
    values = entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return "- {" + ", ".join(f"{key}: {_render(value)}" for key, value in values.items()) + "}"


def _render(value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return "[" + ", ".join(map(_render, value)) + "]"
    plain = _PLAIN.fullmatch(value) and value not in _YAML_WORDS
    return value if plain else json.dumps(value, ensure_ascii=False)
