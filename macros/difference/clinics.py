"""Which clinics link to which section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from macros.diagnostics import Diagnostic
from macros.source import parse_yaml, read_text


def load_clinics(files: Iterable[Path]) -> tuple[dict[str, list[str]], list[Diagnostic]]:
    """Returns the names of clinics by the id of the section they link to, and what could not be read.

    Args:
        files: lists of records with `name` and `links`, read as one; a file that is not there holds none.
    """
    clinics: dict[str, list[str]] = {}
    problems: list[Diagnostic] = []
    for file in files:
        if not file.exists() and not file.is_symlink():
            continue
        text, unread = read_text(file, file.as_posix())
        source, wrong = parse_yaml(text, file.as_posix())
        problems += [*unread, *wrong]
        for id, name in _find_links(source.value if source else None):
            names = clinics.setdefault(id, [])
            if name not in names:
                names.append(name)
    return clinics, problems


def _find_links(records: Any) -> Iterator[tuple[str, str]]:
    """Yields section id and name of a clinic; whatever has another shape is for the check to find."""
    for record in records if isinstance(records, list) else []:
        links = record.get("links") if isinstance(record, dict) else None
        for id in links if isinstance(links, list) else []:
            if isinstance(id, str):
                yield id, str(record.get("name") or record.get("id") or "a clinic without a name")
