"""YAML as text with places: every scalar stays text, and every key and item knows its line.

PyYAML's parser is used, not its constructor: nothing is guessed (`no` stays "no", a bad date stays
text until the schema reads it), duplicate keys, anchors, aliases and tags are errors with a place.
Places inside a record are looked up only when something is wrong: they would fill more memory than the words.
Longer than 200 lines because values and places come from one walk.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from macros.diagnostics import Diagnostic, Location, Script
from macros.markup import find_hidden

Where = tuple[str | int, ...]
MAX_DEPTH = 8
_RECORD_DEPTH = 2
"""How deep records stand: in a list, or in a table's list of rows."""
MAX_BYTES = 512 * 1024
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {None, "!"} | {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
}


@dataclass(frozen=True)
class Source:
    """A YAML text read: its value (text, lists and mappings only), and on demand the place of every part."""

    path: str
    text: str
    value: Any
    records: Mapping[Where, Location] = field(default_factory=dict)
    """Where each record or row begins."""

    @cached_property
    def script(self) -> Script:
        """The text with its places."""
        return Script(self.path, self.text)

    @cached_property
    def places(self) -> Places:
        """The place of every value and every key."""
        places = Places()
        with suppress(yaml.YAMLError, UnicodeError):
            _Reader(self.script, places).read()
        return places

    def locate(self, where: Where) -> Location:
        """Returns the place of the deepest part of `where` that exists."""
        if where in self.records:
            return self.records[where]
        for length in range(len(where), -1, -1):
            if where[:length] in self.places.values:
                return self.places.values[where[:length]]
        return Location(self.path)

    def find_record(self, id: str) -> int:
        """Returns the index of the record with this id in a list of records, or 0."""
        rows = self.value if isinstance(self.value, list) else []
        return next((index for index, row in enumerate(rows) if isinstance(row, dict) and row.get("id") == id), 0)

    def diagnose(self, where: Where, rule: str, message: str, help: str = "") -> Diagnostic:
        """Returns an error at `where`, with the line it stands on."""
        place = self.locate(where)
        return self.script.diagnose(place, rule, message, help)

    def diagnose_key(self, where: Where, rule: str, message: str, help: str = "") -> Diagnostic:
        """Returns an error at the key of `where`, rather than at its value."""
        found = self.diagnose(where, rule, message, help)
        return replace(found, location=self.places.keys.get(where, found.location))


def read_text(file: Path, path: str) -> tuple[str, list[Diagnostic]]:
    """Returns the text of a file (nothing when it cannot be read), and what keeps it from being read safely."""

    def refuse(rule: str, message: str, help: str, line: int = 1) -> tuple[str, list[Diagnostic]]:
        return "", [Diagnostic(Location(path, line), rule, message, help)]

    if file.is_symlink():
        return refuse("file-symlink", "is a symbolic link", "put the file itself here")
    try:
        raw = file.read_bytes() if file.is_file() else None  # a pipe would wait for ever
    except OSError:
        raw = None
    if raw is None:
        return refuse("file-missing", "cannot be read", "is the file there, and is it a file?")
    if len(raw) > MAX_BYTES:
        return refuse("file-too-large", f"holds {len(raw)} bytes, more than {MAX_BYTES}", "split the file")
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        help = "save the file as UTF-8 (any editor can)"
        return refuse("file-encoding", "is not UTF-8", help, raw[: error.start].count(b"\n") + 1)
    if hidden := find_hidden(text):
        place, message = Script(path, text).locate(hidden[0]), f"has a hidden character ({hidden[1]})"
        before = text[: hidden[0]].rpartition("\n")[2][-30:]
        return text, [Diagnostic(place, "file-encoding", message, f"delete it: it stands behind '{before}'")]
    return text, []


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Source | None, list[Diagnostic]]:
    """Returns the parsed source (None when it cannot be read) and every problem found.

    Args:
        text: the YAML.
        path: the file, as diagnostics shall name it.
        first_line: the line of the file on which `text` begins.
    """
    script = Script(path, "\n" * (first_line - 1) + text)
    reader = _Reader(script)
    try:
        value = reader.read()
    except yaml.MarkedYAMLError as error:
        mark = (error.context_mark if _never_ends(error) else None) or error.problem_mark
        place = Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, first_line)
        return None, [script.diagnose(place, *_explain(error))]
    except (yaml.YAMLError, UnicodeError) as error:
        words = str(error).splitlines()[0]
        return None, [Diagnostic(Location(path, first_line), "yaml-syntax", f"cannot be read: {words}")]
    if reader.refused:
        return None, reader.refused
    return Source(path, script.text, value, reader.records), reader.problems


def _never_ends(error: yaml.MarkedYAMLError) -> bool:
    return "end of stream" in (error.problem or "")


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, str, str]:
    """Returns rule, message and help for an error of the YAML reader, in a contributor's words."""
    problem = error.problem or "cannot be read"
    if "mapping values are not allowed" in problem:
        return "yaml-syntax", "a colon followed by a space inside unquoted text", 'put the text in "double quotes"'
    if _never_ends(error):
        return "yaml-syntax", "a quote that begins here never closes", "close it with the same sign"
    if "tab character" in problem or "cannot start any token" in problem:
        return (
            "yaml-syntax",
            f"cannot be read: {problem}",
            "use spaces, not tabs; put text with special signs in quotes",
        )
    return "yaml-syntax", f"cannot be read: {problem}", "compare the indentation and the quotes with the record above"


@dataclass(frozen=True)
class Places:
    """Where each value of a text stands, and each key of a mapping."""

    values: dict[Where, Location] = field(default_factory=dict)
    keys: dict[Where, Location] = field(default_factory=dict)


class _TooDeep(yaml.YAMLError):
    """Ends the reading of what is nested without a limit."""


class _Reader:
    """Turns the events of PyYAML's parser into plain values, noting problems on the way, and places when asked to."""

    def __init__(self, script: Script, places: Places | None = None) -> None:
        self.script, self.places = script, places
        self.records: dict[Where, Location] = {}
        self.problems: list[Diagnostic] = []
        self.refused: list[Diagnostic] = []
        """Anchors, aliases and depth: nothing is made of a text that holds them."""
        self._events = self._watch(yaml.parse(script.text, Loader=_LOADER))

    def read(self) -> Any:
        """Returns the value of the only document; None when there is none, or when it is refused."""
        value = None
        with suppress(_TooDeep):
            for event in self._events:
                if isinstance(event, yaml.NodeEvent):
                    value = self._build(event, ())
                elif isinstance(event, yaml.DocumentEndEvent):
                    self._expect_end(next(self._events))
        return value

    def _expect_end(self, event: Any) -> None:
        if not isinstance(event, yaml.StreamEndEvent):
            problem = "expected a single document, but found another one"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)

    def _watch(self, events: Iterator[Any]) -> Iterator[Any]:
        """Yields the events of a text that is flat enough; notes its anchors and aliases."""
        depth = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                message = f"is nested more than {MAX_DEPTH} levels deep"
                self.refused.append(self._diagnose(event, "yaml-depth", message, "flatten it"))
                raise _TooDeep
            if getattr(event, "anchor", None):
                message = f"'{event.anchor}' stands for words written elsewhere"
                help = "write them out in full, without '&' and '*'"
                self.refused.append(self._diagnose(event, "yaml-alias", message, help))
            yield event

    def _build(self, event: Any, where: Where) -> Any:
        """Returns the value that begins with an event, and notes its place unless that is known."""
        if self.places is not None:
            self.places.values.setdefault(where, self._place(event))
        elif 0 < len(where) <= _RECORD_DEPTH and isinstance(where[-1], int):
            self.records[where] = self._place(event)
        value: Any
        if isinstance(event, yaml.MappingStartEvent):
            value = dict(self._pairs(where))
        elif isinstance(event, yaml.SequenceStartEvent):
            value = [self._build(item, (*where, index)) for index, item in enumerate(self._list_items())]
        elif isinstance(event, yaml.ScalarEvent):
            value = event.value
            if hidden := find_hidden(value):
                return self._refuse(event, "file-encoding", f"has a hidden character ({hidden[1]})", "delete it")
        else:
            return None
        if event.tag not in _PLAIN_TAGS:
            message = f"has the tag '{event.tag}'"
            return self._refuse(event, "yaml-syntax", message, "delete the word that begins with '!'")
        return value

    def _list_items(self) -> Iterator[Any]:
        """Yields the first event of each item, up to the end of the collection; who reads the item takes the rest."""
        while not isinstance(event := next(self._events), yaml.CollectionEndEvent):
            yield event

    def _pairs(self, where: Where) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key in self._list_items():
            name = key.value if isinstance(key, yaml.ScalarEvent) else None
            if name is None or find_hidden(name):
                self._refuse(key, "yaml-syntax", "a key must be a word", "put text with special signs in quotes")
            elif name in seen:
                self._refuse(key, "yaml-duplicate-key", f"'{name}' stands twice", f"the first is on line {seen[name]}")
            else:
                seen[name] = self._place(key).line
                value = next(self._events)
                if self.places is not None:
                    self.places.keys[(*where, name)] = self._place(key)
                    named = value if isinstance(value, yaml.ScalarEvent) else key
                    self.places.values[(*where, name)] = self._place(named)
                yield sys.intern(name), self._build(value, (*where, name))
                continue
            self._skip(key)
            self._skip(next(self._events))

    def _skip(self, event: Any) -> None:
        """Takes the events of a value of which nothing is made."""
        if isinstance(event, yaml.CollectionStartEvent):
            for inner in self._list_items():
                self._skip(inner)

    def _place(self, event: Any) -> Location:
        mark = event.start_mark
        return Location(self.script.path, mark.line + 1, mark.column + 1)

    def _diagnose(self, event: Any, rule: str, message: str, help: str) -> Diagnostic:
        return self.script.diagnose(self._place(event), rule, message, help)

    def _refuse(self, event: Any, rule: str, message: str, help: str) -> None:
        self.problems.append(self._diagnose(event, rule, message, help))
