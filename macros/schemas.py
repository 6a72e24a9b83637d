"""JSON Schemas of records, each field with the words below it in the code."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from pydantic import TypeAdapter

from macros.models import LISTS, Comparison, FrontMatter, Record


def list_schemas() -> dict[str, dict[str, Any]]:
    """Returns the schema of each file of `data/`, of comparisons and of the front matter of pages, by name."""
    lists = {name: make_schema(list[model]) for name, model in LISTS.items()}  # type: ignore[valid-type]
    return {**lists, "comparison": make_schema(Comparison), "page": make_schema(FrontMatter)}


def make_schema(shape: Any, mode: Literal["validation", "serialization"] = "validation") -> dict[str, Any]:
    """Returns the schema of a record, or of a list of records.

    Args:
        shape: its type.
        mode: whether the schema is for those who write records, or for those who read them.
    """
    schema: dict[str, Any] = TypeAdapter(shape).json_schema(mode=mode)
    kinds = {kind.__name__: kind for kind in _list_kinds(Record)}
    for record in (schema, *schema.get("$defs", {}).values()):
        for field, meaning in _explain(kinds[record["title"]]) if "properties" in record else ():
            record["properties"][field]["description"] = meaning
    return schema


def _list_kinds(kind: type[Record]) -> Iterator[type[Record]]:
    for below in kind.__subclasses__():
        yield below
        yield from _list_kinds(below)


def _explain(kind: type[Record]) -> Iterator[tuple[str, str]]:
    """Yields each field as it is written in data, and the words below it, its own or those of the class above.

    Pydantic can read them too, but only while it makes the classes: at each start, 20 ms for what few need.
    """
    for name, field in kind.model_fields.items():
        owner = next(above for above in kind.__mro__ if name in vars(above).get("__annotations__", ()))
        if meaning := _read_meanings(owner.__module__).get((owner.__name__, name)):
            yield field.alias or name, meaning


@cache
def _read_meanings(module: str) -> dict[tuple[str, str], str]:
    """Returns the words below the fields of all classes of a module, by class and field."""
    records = ast.parse(inspect.getsource(sys.modules[module])).body
    return {
        (record.name, line.target.id): inspect.cleandoc(below.value.value)
        for record in records
        if isinstance(record, ast.ClassDef)
        for line, below in pairwise(record.body)
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
    }
