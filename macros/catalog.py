"""All of `data/`: read, and each record held against its schema.

Longer than 200 lines because every kind of record has a line of its own here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from macros import models
from macros.diagnostics import Diagnostic, suggest
from macros.memory import Late, Memory
from macros.source import Source, Where, parse_yaml, read_text

R = TypeVar("R", bound=models.Record)
_FORMS = {
    "id": "small letters, digits and hyphens, such as 'first-aid'",
    "url": "an address that begins with 'https://'",
    "doi": "a DOI without the address, such as '10.1000/182'",
    "pmid": "the digits of the PubMed number",
    "pmcid": "'PMC' and digits",
    "file": "small letters, digits and hyphens, and '.svg'",
    "page": "the path of a page, such as 'care/first-aid.md'",
    "from": "an old address after the site's name, such as '/old-page/' or '/old-page/#old-fragment'",
    "words": "eight letters that `make permalinks` writes",
    "contact": "an address that begins with 'https://' or 'mailto:'",
}
"""What a text must look like, by key."""


@dataclass(frozen=True)
class Promises:
    """What `data/` says of the built site, by id: what was promised, to whom, and what its search knows."""

    permalinks: Mapping[str, models.Permalink] = field(default_factory=dict)
    redirects: Mapping[str, models.Redirect] = field(default_factory=dict)
    clinics: Mapping[str, models.Clinic] = field(default_factory=dict)
    queries: Mapping[str, models.Query] = field(default_factory=dict)
    search_aliases: Mapping[str, models.SearchAlias] = field(default_factory=dict)
    search_weights: Mapping[str, models.SearchWeight] = field(default_factory=dict)
    search_words: Mapping[str, models.SearchWords] = field(default_factory=dict)
    inline_scripts: Mapping[str, models.InlineScript] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    """What was read, by path: `data/claims.yml`."""


@dataclass(frozen=True)
class Catalog(Promises):
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
    facts: Mapping[str, models.Fact] = field(default_factory=dict)
    wording: Mapping[str, models.Wording] = field(default_factory=dict)
    debt: Mapping[str, models.Debt] = field(default_factory=dict)
    comparisons: Mapping[str, models.Comparison] = field(default_factory=dict)
    drawings: Mapping[str, str] = field(default_factory=dict)
    """SVG text by file name."""


def load_catalog(root: Path, memory: Memory | None = None) -> tuple[Catalog, list[Diagnostic]]:
    """Returns the catalog of the project at `root`, and every problem of every file.

    A file with problems adds the records that could be read: one mistake does not hide the next.

    Args:
        root: the project.
        memory: what was read before: only files with other words are parsed again.
    """
    memory = memory or Memory()
    records: dict[str, dict[str, Any]] = {}
    sources: dict[str, Source] = {}
    problems: list[Diagnostic] = []

    def load(file: Path, path: str, read: Callable[[Source, list[Diagnostic]], Any]) -> Any:
        sources[path], found, unfit = _load_file(file, path, memory, read)
        problems.extend(unfit)
        return found

    for name, model in models.LISTS.items():
        file = root / "data" / f"{name}.yml"
        if file.exists() or file.is_symlink():
            found = load(file, f"data/{name}.yml", partial(_read_list, model))
            records[name.replace("-", "_")] = found or {}
    comparisons = {}
    for file in sorted((root / "data" / "comparisons").glob("*.yml")):
        comparison = load(file, f"data/comparisons/{file.name}", _read_comparison)
        if comparison is not None:
            comparisons[comparison.id] = comparison
    drawings = {}
    for file in sorted((root / "data" / "figures").glob("*.svg")):
        text, unreadable = read_text(file, f"data/figures/{file.name}")
        problems += unreadable
        drawings[file.name] = text
    return Catalog(**records, comparisons=comparisons, drawings=drawings, sources=sources), problems


def keep_promises(catalog: Catalog, root: Path) -> Promises:
    """Returns what the built site is held against; a file is read again only to say where it is wrong."""
    kept = {part.name: getattr(catalog, part.name) for part in fields(Promises) if part.name != "sources"}
    return Promises(**kept, sources=Late(catalog.sources, partial(_read_source, root)))


def _read_source(root: Path, path: str) -> Source:
    return _load_file(root / path, path, Memory(), lambda *_: None)[0]


def _load_file(
    file: Path, path: str, memory: Memory, read: Callable[[Source, list[Diagnostic]], Any]
) -> tuple[Source, Any, list[Diagnostic]]:
    """Returns the source, what `read` makes of it (None when it cannot be parsed), and every problem."""
    text, unreadable = read_text(file, path)

    def parse() -> tuple[Source, Any, list[Diagnostic]]:
        source, problems = (None, list(unreadable)) if unreadable else parse_yaml(text, path)
        found = read(source, problems) if source else None
        return source or Source(path, text, None), found, problems

    return memory.recall(path, (text, unreadable), parse)


def _read_list(model: type[models.Record], source: Source, problems: list[Diagnostic]) -> dict[str, Any]:
    if source.value is None and source.text.strip():
        return {}  # nothing but a comment: no record yet
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


def _read_comparison(source: Source, problems: list[Diagnostic]) -> models.Comparison | None:
    record = validate(models.Comparison, source.value, source, (), problems)
    name = Path(source.path).stem
    if record is not None and record.id != name:
        message = f"the id must be the file's name, '{name}', not '{record.id}'"
        problems.append(source.diagnose(("id",), "data-shape", message))
        return None
    return record


def validate(model: type[R], value: Any, source: Source, where: Where, problems: list[Diagnostic]) -> R | None:
    """Returns the record, or None after adding a diagnostic for every way in which it does not fit.

    A line that could not be read at all is not called wrong a second time.
    """
    unread = {item.location for item in problems if item.rule.startswith(("yaml", "file"))}
    lines = {place.line for place in unread if place.path == source.path}
    try:
        return model.model_validate(value)
    except ValidationError as error:
        found = error.errors()
        explained = [explain(item, source, where, model) for item in found if not _echoes(item["loc"], found)]
        problems += (problem for problem in explained if problem.location.line not in lines)
        return None


def _echoes(where: Where, found: Sequence[Any]) -> bool:
    """Whether a list or record is called wrong only because something in it is."""
    return any(item["loc"][: len(where)] == where and len(item["loc"]) > len(where) for item in found)


def explain(error: Any, source: Source, where: Where, model: type[models.Record]) -> Diagnostic:
    """Returns a pydantic error in a contributor's words, at its place."""
    at: Where = (*where, *error["loc"])
    kind = error["type"]
    key = next((part for part in reversed(error["loc"]) if isinstance(part, str)), "record")
    given = error.get("input")
    context = error.get("ctx", {})
    if kind == "missing":
        return source.diagnose(at, "data-missing-key", f"needs '{key}'", "copy the line from a record above")
    if kind == "extra_forbidden":
        fields = _find_model(model, error["loc"]).model_fields
        return source.diagnose_key(at, "data-unknown-key", f"unknown key '{key}'", suggest(key, fields))
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
        "string_pattern_mismatch": f"{_FORMS.get(key, 'small letters, digits and hyphens')}, not '{given}'",
        "tuple_type": "a list: one '- ' line for each, or [a, b]",
        "dict_type": "a mapping: 'key: value' lines",
        "model_type": "a record: 'key: value' lines",
        "int_parsing": f"a whole number, not '{given}'",
        "bool_parsing": "true or false",
        "date_from_datetime_parsing": f"a date such as 2026-01-31, not '{given}'",
        "date_parsing": f"a date such as 2026-01-31, not '{given}'",
        "too_short": "a list with at least one item",
        "greater_than_equal": f"{context.get('ge')} or more, not {given}",
        "less_than_equal": f"{context.get('le')} or less, not {given}",
    }.get(kind)
    message = f"'{key}' must be {wanted}" if wanted else f"'{key}': {error['msg']}"
    return source.diagnose(at, "data-shape", message)


def _find_model(model: type[models.Record], where: Where) -> type[models.Record]:
    """Returns the kind of record that stands at `where` in a record."""
    for part in where:
        if part in model.model_fields:
            model = next(_iterate_models(model.model_fields[str(part)].annotation), model)
    return model


def _iterate_models(annotation: Any) -> Iterator[type[models.Record]]:
    if isinstance(annotation, type) and issubclass(annotation, models.Record):
        yield annotation
    for part in get_args(annotation):
        yield from _iterate_models(part)
