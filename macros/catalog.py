"""All of `data/`: read, held against its schema, and cross-checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from macros import models
from macros.diagnostics import Diagnostic, Location, suggest
from macros.source import Source, Where, parse_yaml, read_text

R = TypeVar("R", bound=models.Record)
_FILES_OF_OTHERS = frozenset({"schema", "comparisons", "figures"})


@dataclass(frozen=True)
class Catalog:
    """Every record of `data/`, by id, in the order of its file."""

    references: Mapping[str, models.Reference] = field(default_factory=dict)
    articles: Mapping[str, models.Article] = field(default_factory=dict)
    topics: Mapping[str, models.Topic] = field(default_factory=dict)
    glossary: Mapping[str, models.Term] = field(default_factory=dict)
    claims: Mapping[str, models.Claim] = field(default_factory=dict)
    disagreements: Mapping[str, models.Disagreement] = field(default_factory=dict)
    care_cards: Mapping[str, models.CareCard] = field(default_factory=dict)
    questions: Mapping[str, models.Question] = field(default_factory=dict)
    safety_facts: Mapping[str, models.SafetyFact] = field(default_factory=dict)
    figures: Mapping[str, models.Figure] = field(default_factory=dict)
    standards: Mapping[str, models.StandardItem] = field(default_factory=dict)
    changes: Mapping[str, models.Change] = field(default_factory=dict)
    comparisons: Mapping[str, models.Comparison] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    """SVG text by file name."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """What was read, by path: `data/claims.yml`."""


def load_catalog(root: Path) -> tuple[Catalog, list[Diagnostic]]:
    """Returns the catalog of the project at `root`, and every problem of every file.

    A file with problems adds the records that could be read: one mistake does not hide the next.
    """
    records: dict[str, dict[str, Any]] = {}
    sources: dict[str, Source] = {}
    problems: list[Diagnostic] = list(_check_names(root / "data"))
    for name, model in models.LISTS.items():
        file = root / "data" / f"{name}.yml"
        if file.exists() or file.is_symlink():
            found = _load_list(file, f"data/{name}.yml", model, sources, problems)
            records[name.replace("-", "_")] = found
    comparisons = {}
    for file in sorted((root / "data" / "comparisons").glob("*.yml")):
        comparison = _load_one(file, f"data/comparisons/{file.name}", models.Comparison, sources, problems)
        if comparison is not None:
            comparisons[comparison.id] = comparison
    drawings = {}
    for file in sorted((root / "data" / "figures").glob("*.svg")):
        text, unreadable = read_text(file, f"data/figures/{file.name}")
        problems += unreadable
        drawings[file.name] = text
    catalog = Catalog(**records, comparisons=comparisons, drawings=drawings, sources=sources)
    return catalog, [*problems, *check_ids(catalog)]


def _check_names(folder: Path) -> Iterator[Diagnostic]:
    """Yields files in `data/` that nothing reads: a misspelt name would hide all its records."""
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        if file.name in _FILES_OF_OTHERS or (file.suffix == ".yml" and file.stem in models.LISTS):
            continue
        help = suggest(file.name, [f"{name}.yml" for name in models.LISTS])
        yield Diagnostic(Location(f"data/{file.name}"), "file-name", "nothing reads a file of this name", help)


def _read(file: Path, path: str, sources: dict[str, Source], problems: list[Diagnostic]) -> Source | None:
    text, unreadable = read_text(file, path)
    problems += unreadable
    if unreadable:
        return None
    source, unparsed = parse_yaml(text, path)
    problems += unparsed
    if source is not None:
        sources[path] = source
    return source


def _load_list(
    file: Path, path: str, model: type[models.Record], sources: dict[str, Source], problems: list[Diagnostic]
) -> dict[str, Any]:
    source = _read(file, path, sources, problems)
    if source is None:
        return {}
    if not isinstance(source.value, list):
        problems.append(source.diagnose((), "data-shape", "must be a list: each record begins with '- '"))
        return {}
    found: dict[str, Any] = {}
    for index, value in enumerate(source.value):
        record = validate(model, value, source, (index,), problems)
        key = str(getattr(record, "id", index))
        if key in found:
            problems.append(source.diagnose((index, "id"), "data-duplicate-id", f"'{key}' stands twice in this file"))
        elif record is not None:
            found[key] = record
    return found


def _load_one(
    file: Path, path: str, model: type[models.Comparison], sources: dict[str, Source], problems: list[Diagnostic]
) -> models.Comparison | None:
    source = _read(file, path, sources, problems)
    record = validate(model, source.value, source, (), problems) if source else None
    if source and record is not None and record.id != file.stem:
        message = f"the id must be the file's name, '{file.stem}', not '{record.id}'"
        problems.append(source.diagnose(("id",), "data-shape", message))
    return record


def validate(model: type[R], value: Any, source: Source, where: Where, problems: list[Diagnostic]) -> R | None:
    """Returns the record, or None after adding a diagnostic for every way in which it does not fit."""
    try:
        return TypeAdapter(model).validate_python(value)
    except ValidationError as error:
        problems += (explain(item, source, where, model) for item in error.errors())
        return None


def explain(error: Any, source: Source, where: Where, model: type[models.Record]) -> Diagnostic:
    """Returns a pydantic error in a contributor's words, at its place."""
    at: Where = (*where, *error["loc"])
    key, kind = (str(error["loc"][-1]) if error["loc"] else "record"), error["type"]
    given = error.get("input")
    context = error.get("ctx", {})
    if kind == "missing":
        return source.diagnose(at, "data-missing-key", f"needs '{key}'", "copy the line from a record above")
    if kind == "extra_forbidden":
        return source.diagnose(at, "data-unknown-key", f"unknown key '{key}'", suggest(key, model.model_fields))
    if kind == "literal_error":
        choices = str(context.get("expected", ""))
        help = suggest(str(given), [choice.strip(" '") for choice in choices.replace(" or ", ", ").split(",")])
        return source.diagnose(at, "data-shape", f"'{key}' must be {choices}, not '{given}'", help)
    if kind == "value_error":
        return source.diagnose(at, "data-unsourced-cell" if "refs" in error["msg"] else "data-shape", error["msg"][13:])
    wanted = {
        "string_type": "text; is a line indented too far?",
        "string_too_short": "text; it is empty",
        "string_too_long": f"at most {context.get('max_length')} characters, not {len(str(given))}",
        "string_pattern_mismatch": f"of the form {context.get('pattern')}, not '{given}'",
        "tuple_type": "a list: one '- ' line for each, or [a, b]",
        "dict_type": "a mapping: 'key: value' lines",
        "model_type": "a record: 'key: value' lines",
        "int_parsing": f"a whole number, not '{given}'",
        "bool_parsing": "true or false",
        "date_from_datetime_parsing": f"a date such as 2026-01-31, not '{given}'",
        "date_parsing": f"a date such as 2026-01-31, not '{given}'",
        "too_short": "a list with at least one item",
    }.get(kind)
    message = f"'{key}' must be {wanted}" if wanted else f"'{key}': {error['msg']}"
    help = "use small letters, digits and hyphens, such as 'needle-depth'" if key == "id" else ""
    return source.diagnose(at, "data-shape", message, help)


def check_ids(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yields every id that a record names and no record has, and every name that two terms share."""
    for path, source in catalog.sources.items():
        yield from _check_mentions(source, source.value, (), _known_ids(catalog, path))
    yield from _check_cells(catalog)
    yield from _check_names_of_terms(catalog)
    for figure in catalog.figures.values():
        if figure.file not in catalog.drawings:
            source = catalog.sources["data/figures.yml"]
            where = (source.find_record(figure.id), "file")
            message = f"there is no drawing data/figures/{figure.file}"
            yield source.diagnose(where, "file-missing", message, suggest(figure.file, catalog.drawings))


def _known_ids(catalog: Catalog, path: str) -> dict[str, tuple[str, str, frozenset[str]]]:
    """Returns, for each key that names other records: what it names, the rule, and the ids that exist."""
    references = frozenset(catalog.references)
    if path.startswith("data/comparisons/"):
        references |= frozenset(catalog.claims)  # a cell may report what an article claims
    return {
        "refs": ("reference", "data-unknown-reference", references),
        "see_also": ("term", "data-unknown-id", frozenset(catalog.glossary)),
        "article": ("article", "data-unknown-id", frozenset(catalog.articles)),
        "silent": ("article", "data-unknown-id", frozenset(catalog.articles)),
        "claims": ("claim", "data-unknown-id", frozenset(catalog.claims)),
    }


def _check_mentions(
    source: Source, value: Any, where: Where, known: dict[str, tuple[str, str, frozenset[str]]]
) -> Iterator[Diagnostic]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key in known:
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


def _check_cells(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yields cells without a column, and columns without a cell."""
    for comparison in catalog.comparisons.values():
        source = catalog.sources[f"data/comparisons/{comparison.id}.yml"]
        columns = [column.id for column in comparison.columns]
        for index, row in enumerate(comparison.rows):
            for name in set(row.cells) - set(columns):
                where = ("rows", index, "cells", name)
                yield source.diagnose(where, "data-unknown-column", f"no column '{name}'", suggest(name, columns))
            for name in columns:
                if name not in row.cells:
                    help = f"add '{name}:' with text and refs, or with the text 'Not known'"
                    yield source.diagnose(("rows", index), "data-missing-cell", f"no cell for '{name}'", help)


def _check_names_of_terms(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yields words that lead to two entries of the glossary."""
    owners: dict[str, str] = {}
    for term in catalog.glossary.values():
        for name in (term.term, *term.aliases):
            owner = owners.setdefault(name.casefold(), term.id)
            if owner != term.id:
                source = catalog.sources["data/glossary.yml"]
                where = (source.find_record(term.id),)
                yield source.diagnose(where, "data-duplicate-name", f"'{name}' also belongs to '{owner}'")
