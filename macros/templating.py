"""The one Jinja environment that turns records into Markdown and HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.markup import escape_text, format_date

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=escape_text,
    autoescape=True,
)
_ENVIRONMENT.filters["day"] = format_date


def render_template(name: str, **values: Any) -> str:
    """Returns the filled template, without empty lines at its ends.

    Args:
        name: a file of `macros/templates/`.
        values: what it prints; plain text is escaped, `Markup` is not.
    """
    return _ENVIRONMENT.get_template(name).render(**values).strip("\n")
