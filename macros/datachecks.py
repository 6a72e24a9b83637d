"""The rules between the files of `data/`. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic, suggest
from macros.markup import find_active_html
from macros.source import Source, Where

Record = Mapping[str, Any]
"""A record as it was written, whether it fits its schema or not."""
Known = Mapping[str, tuple[str, str, frozenset[str]]]
"""For each key that names other records: what it names, the rule, and the ids that exist."""


def check_data(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yields every problem of the data that no single record shows."""
    yield from check_named_ids(catalog)
    yield from check_cells(catalog)
    yield from check_names_of_terms(catalog)
    yield from check_drawings(catalog)


def check_named_ids(catalog: Catalog) -> Iterator[Diagnostic]:
    """Every reference, term, article and claim that a record names exists.

    A record with a mistake of its own counts as existing, and a file that cannot be read is not searched:
    one mistake is told once.
    """
    ids = {name: _list_written_ids(catalog, name) for name in ("references", "glossary", "articles", "claims")}
    references, claims = ids["references"], ids["claims"]
    found = {
        "refs": ("reference", "data-unknown-reference", references),
        "see_also": ("term", "data-unknown-id", ids["glossary"]),
        "article": ("article", "data-unknown-id", ids["articles"]),
        "silent": ("article", "data-unknown-id", ids["articles"]),
        "claims": ("claim", "data-unknown-id", claims),
    }
    known: Known = {key: (what, rule, names) for key, (what, rule, names) in found.items() if names is not None}
    for path, source in catalog.sources.items():
        if path.startswith("data/comparisons/") and "refs" in known:  # a cell may report what an article claims
            cited = ("reference", "data-unknown-reference", known["refs"][2] | (claims or frozenset()))
            yield from _check_mentions(source, source.value, (), {**known, "refs": cited})
        else:
            yield from _check_mentions(source, source.value, (), known)


def _list_written_ids(catalog: Catalog, name: str) -> frozenset[str] | None:
    """Returns the ids that a file of `data/` gives to its records; None when it cannot be read."""
    source = catalog.sources.get(f"data/{name}.yml")
    if source is None:
        return frozenset()
    if not isinstance(source.value, list):
        return None
    return frozenset(str(row["id"]) for row in source.value if isinstance(row, dict) and "id" in row)


def _check_mentions(source: Source, value: object, where: Where, known: Known) -> Iterator[Diagnostic]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key in known and not isinstance(part, dict):
                what, rule, ids = known[key]
                parts = part if isinstance(part, list) else [part]
                for index, name in enumerate(parts):
                    if isinstance(name, str) and name not in ids and name:
                        at = (*where, key, index) if isinstance(part, list) else (*where, key)
                        yield source.diagnose(at, rule, f"unknown {what} '{name}'", suggest(name, ids))
            else:
                yield from _check_mentions(source, part, (*where, key), known)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _check_mentions(source, part, (*where, index), known)


def check_cells(catalog: Catalog) -> Iterator[Diagnostic]:
    """Every cell of a comparison has a column, every column has a cell in each row, and no two rows have one id.

    A row with a mistake of its own is looked at too: one mistake does not hide the next.
    """
    for path, source in catalog.sources.items():
        if path.startswith("data/comparisons/") and isinstance(source.value, dict):
            yield from _check_rows(source, _list_records(source.value.get("columns")), source.value.get("rows"))


def _check_rows(source: Source, columns: Sequence[Record], rows: object) -> Iterator[Diagnostic]:
    names = [str(column.get("id", "")) for column in columns]
    seen: set[str] = set()
    for index, row in enumerate(_list_records(rows)):
        cells, id = row.get("cells"), str(row.get("id", ""))
        if id in seen:
            message = f"'{id}' stands twice in this table"
            yield source.diagnose(("rows", index, "id"), "data-duplicate-id", message, "choose another id")
        seen.add(id)
        if not isinstance(cells, dict) or not all(names):
            continue
        for name in cells:
            if name not in names:
                where = ("rows", index, "cells", name)
                yield source.diagnose(where, "data-unknown-column", f"no column '{name}'", suggest(name, names))
        for name in names:
            if name not in cells:
                help = f"add '{name}:' with text and refs, or with the text 'Not known'"
                yield source.diagnose(("rows", index), "data-missing-cell", f"no cell for '{name}'", help)


def _list_records(value: object) -> list[Record]:
    """Returns what was written as a list of records; an empty record stands for anything else in it."""
    return [part if isinstance(part, dict) else {} for part in value] if isinstance(value, list) else []


def check_names_of_terms(catalog: Catalog) -> Iterator[Diagnostic]:
    """No word leads to two entries of the glossary; an entry with a mistake of its own counts."""
    source = catalog.sources.get("data/glossary.yml")
    owners: dict[str, str] = {}
    for index, term in enumerate(_list_records(source.value if source else None)):
        id, aliases = str(term.get("id", "")), term.get("aliases")
        for name in (term.get("term"), *(aliases if isinstance(aliases, list) else ())):
            owner = owners.setdefault(name.casefold(), id) if isinstance(name, str) and name else id
            if source and owner != id:
                yield source.diagnose((index,), "data-duplicate-name", f"'{name}' also belongs to '{owner}'")


def check_drawings(catalog: Catalog) -> Iterator[Diagnostic]:
    """Every figure has its drawing; a caption holds Markdown only. What a drawing may hold is a rule of `files`."""
    for figure in catalog.figures.values():
        source = catalog.sources["data/figures.yml"]
        index = source.find_record(figure.id)
        if figure.file not in catalog.drawings:
            message = f"there is no drawing data/figures/{figure.file}"
            help = suggest(figure.file, catalog.drawings)
            yield source.diagnose((index, "file"), "file-missing", message, help)
        for _, words in find_active_html(figure.caption):
            message = f"'{words}' is not allowed in a caption"
            yield source.diagnose((index, "caption"), "page-raw-html", message)
