"""A file as written, and where in it an offset stands; the lines are counted once, not for every place."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from macros.diagnostics import Diagnostic, Level, Location

MAX_EXCERPT = 500
"""Signs of a line that a diagnostic carries: a line may be the whole file, and every place in it be wrong."""


@dataclass(frozen=True)
class Script:
    """A text and the path by which diagnostics name it."""

    path: str
    text: str = field(repr=False)

    @cached_property
    def starts(self) -> Sequence[int]:
        """The offset of each line's first sign."""
        return [0, *(found.end() for found in re.finditer(r"\n", self.text))]

    def locate(self, offset: int) -> Location:
        """Returns the place of an offset."""
        line = bisect_right(self.starts, offset)
        return Location(self.path, line, offset - self.starts[line - 1] + 1)

    def find_offset(self, place: Location) -> int:
        """Returns the offset of a place."""
        return self.starts[min(place.line, len(self.starts)) - 1] + place.column - 1

    def find_row(self, line: int, limit: int = sys.maxsize) -> str:
        """Returns a line without its end, cut at a limit of signs; nothing when there is no such line."""
        if not 0 < line <= len(self.starts):
            return ""
        end = self.starts[line] - 1 if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : min(end, self.starts[line - 1] + limit)]

    def diagnose(self, place: Location, rule: str, message: str, help: str = "", level: Level = "error") -> Diagnostic:
        """Returns a diagnostic at a place, with the line it stands on."""
        return Diagnostic(place, rule, message, help, level, self.find_row(place.line, MAX_EXCERPT))
