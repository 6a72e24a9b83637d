"""The words of `data/` that readers meet, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from macros.catalog import Catalog
from macros.diagnostics import Script
from macros.markup import replace_citations
from macros.passages import CITED, Kind, Passage, Spot
from macros.source import Source, Where

SHOWN: Mapping[str, Collection[str]] = {
    "articles": ("label", "description", "about"),
    "care-cards": ("heading", "items", "after"),
    "changes": ("change",),
    "claims": ("claim", "reason"),
    "comparisons": ("title", "note", "label", "text"),
    "disagreements": ("question", "position", "better_evidence"),
    "figures": ("caption", "alt", "description"),
    "glossary": ("term", "definition"),
    "questions": ("question", "why", "good_answer"),
    "references": ("limits", "fact"),
    "safety-facts": ("fact", "why"),
    "standards": ("item", "note"),
    "topics": ("title", "certainty"),
}
"""By file of `data/` (or folder), the keys whose words readers meet."""

REPORTED = frozenset(("claim", "position"))
"""Keys whose words say what an article claims; a column of a table says so itself, by `reported`."""

_Found = Iterator[tuple[Where, str, bool]]


def list_data_passages(catalog: Catalog) -> Iterator[Passage]:
    """Yields every text of `data/` that readers meet, file by file."""
    for path, source in catalog.sources.items():
        keys = SHOWN.get(path.split("/")[1].removesuffix(".yml"), ())
        script = Script(path, source.text)
        records = source.value if isinstance(source.value, list) else [source.value]
        for index, record in enumerate(records):
            where: Where = (index,) if isinstance(source.value, list) else ()
            columns = _list_reported_columns(record)
            names = _list_names(record)
            for at, text, reported in _find_texts(record, where, keys, columns, reported=False):
                yield read_field(source, script, at, text, reported=reported, names=names)


def read_field(
    source: Source,
    script: Script,
    where: Where,
    text: str,
    *,
    reported: bool = False,
    names: frozenset[str] = frozenset(),
) -> Passage:
    """Returns a text of a YAML file as a passage; `[@key]` in it becomes a mark."""
    words = str(replace_citations(text, lambda _: CITED))

    def find_spots() -> list[Spot]:
        return list(_align(words, script, script.find_offset(source.locate(where))))

    kind: Kind = "caption" if where[-1:] == ("caption",) else "field"
    return Passage(script, kind, words, find_spots, reported=reported, names=names)


def _find_texts(value: Any, where: Where, keys: Collection[str], columns: Collection[str], *, reported: bool) -> _Found:
    if isinstance(value, dict):
        for key, part in value.items():
            told = reported or key in REPORTED or (where[-1:] == ("cells",) and key in columns)
            if key in keys and isinstance(part, str):
                yield (*where, key), part, told
            elif key in keys and isinstance(part, list):
                yield from (((*where, key, index), str(item), told) for index, item in enumerate(part))
            else:
                yield from _find_texts(part, (*where, key), keys, columns, reported=told)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _find_texts(part, (*where, index), keys, columns, reported=reported)


def _list_reported_columns(record: Any) -> frozenset[str]:
    """Returns the ids of the columns of a table that say what the articles claim."""
    columns = record.get("columns") if isinstance(record, dict) else None
    found = [column for column in columns if isinstance(column, dict)] if isinstance(columns, list) else []
    return frozenset(str(column.get("id")) for column in found if column.get("reported") == "true")


def _list_names(record: Any) -> frozenset[str]:
    """Returns the words by which a macro chooses a record: its id, topic, group and standard."""
    values = [record.get(key) for key in ("id", "topic", "group", "standard")] if isinstance(record, dict) else []
    return frozenset(value for value in values if isinstance(value, str))


def _align(words: str, script: Script, offset: int) -> Iterator[Spot]:
    """Yields where each word stands in the file: YAML folds lines, and quotes change some signs."""
    at = 0
    for word in words.split(" "):
        plain = word.replace(CITED, "").strip("\"'")
        found = script.text.find(plain, offset, offset + len(plain) + 200) if plain else -1
        if found >= 0:
            yield at, found
            offset = found + len(plain)
        at += len(word) + 1
