"""YAML as text with places: every scalar stays text, and every key and item knows its line.

PyYAML's composer is used, not its constructor: nothing is guessed (`no` stays "no", a bad date stays
text until the schema reads it), duplicate keys, anchors, aliases and tags are errors with a place.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from macros.diagnostics import Diagnostic, Location, Script
from macros.markup import find_hidden

Where = tuple[str | int, ...]
MAX_DEPTH = 8
MAX_BYTES = 512 * 1024
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{kind}"
    for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value", "seq", "map")
}


@dataclass(frozen=True)
class Source:
    """A YAML text read: its value (text, lists and mappings only) and the place of every part."""

    path: str
    text: str
    value: Any
    places: dict[Where, Location]
    keys: dict[Where, Location] = field(default_factory=dict)

    @cached_property
    def script(self) -> Script:
        """The text with its places."""
        return Script(self.path, self.text)

    def locate(self, where: Where) -> Location:
        """Returns the place of the deepest part of `where` that exists."""
        for length in range(len(where), -1, -1):
            if where[:length] in self.places:
                return self.places[where[:length]]
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
        return replace(found, location=self.keys.get(where, found.location))


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
        line = raw[: error.start].count(b"\n") + 1
        return refuse("file-encoding", "is not UTF-8", "save the file as UTF-8 (any editor can)", line)
    if hidden := find_hidden(text):
        place, message = Script(path, text).locate(hidden[0]), f"has a hidden character ({hidden[1]})"
        return text, [Diagnostic(place, "file-encoding", message, "delete it")]
    return text, []


def parse_yaml(text: str, path: str, first_line: int = 1) -> tuple[Source | None, list[Diagnostic]]:
    """Returns the parsed source (None when it cannot be read) and every problem found.

    Args:
        text: the YAML.
        path: the file, as diagnostics shall name it.
        first_line: the line of the file on which `text` begins.
    """
    padded = "\n" * (first_line - 1) + text
    builder = _Builder(path, padded, first_line)
    try:
        if not builder.read_events(yaml.parse(text, Loader=_LOADER)):
            return None, builder.problems
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = (error.context_mark if _never_ends(error) else None) or error.problem_mark
        line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
        place = Location(path, line, column)
        return None, [builder.script.diagnose(place, *_explain(error))]
    except (yaml.YAMLError, UnicodeError) as error:
        words = str(error).splitlines()[0]
        return None, [Diagnostic(Location(path, first_line), "yaml-syntax", f"cannot be read: {words}")]
    value = builder.build(node, ()) if node is not None else None
    return Source(path, padded, value, builder.places, builder.keys), builder.problems


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


class _Builder:
    """Turns composed nodes into plain values, noting places and problems on the way."""

    def __init__(self, path: str, text: str, first_line: int) -> None:
        self.script, self.first_line = Script(path, text), first_line
        self.places: dict[Where, Location] = {}
        self.keys: dict[Where, Location] = {}
        self.problems: list[Diagnostic] = []

    def read_events(self, events: Iterator[Any]) -> bool:
        """Whether the text is flat enough and free of anchors; before composing, which recurses without a limit."""
        depth = 0
        for event in events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                self._refuse(event, "yaml-depth", f"is nested more than {MAX_DEPTH} levels deep", "flatten it")
                break
            if getattr(event, "anchor", None):
                message = f"'{event.anchor}' stands for words written elsewhere"
                self._refuse(event, "yaml-alias", message, "write them out in full, without '&' and '*'")
        return not self.problems

    def build(self, node: Any, where: Where) -> Any:
        self.places.setdefault(where, self._place(node))
        if node.tag not in _PLAIN_TAGS:
            return self._refuse(
                node, "yaml-syntax", f"has the tag '{node.tag}'", "delete the word that begins with '!'"
            )
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, where))
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, (*where, index)) for index, item in enumerate(node.value)]
        hidden = find_hidden(node.value)
        if hidden:
            return self._refuse(node, "file-encoding", f"has a hidden character ({hidden[1]})", "delete it")
        return node.value

    def _pairs(self, node: yaml.MappingNode, where: Where) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or find_hidden(key.value):
                self._refuse(key, "yaml-syntax", "a key must be a word", "put text with special signs in quotes")
                continue
            name = key.value
            if name in seen:
                self._refuse(key, "yaml-duplicate-key", f"'{name}' stands twice", f"the first is on line {seen[name]}")
                continue
            seen[name] = self._place(key).line
            self.keys[(*where, name)] = self._place(key)
            self.places[(*where, name)] = self._place(value if isinstance(value, yaml.ScalarNode) else key)
            yield name, self.build(value, (*where, name))

    def _place(self, node: Any) -> Location:
        mark = node.start_mark
        return Location(self.script.path, mark.line + self.first_line, mark.column + 1)

    def _refuse(self, node: Any, rule: str, message: str, help: str) -> None:
        place = self._place(node)
        self.problems.append(self.script.diagnose(place, rule, message, help))
