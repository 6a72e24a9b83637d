"""What a live preview need not work out again: the last answer by name, good while its question stays the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """Answers by name, each with the question to which it was given."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Any]] = {}

    def recall(self, name: str, question: object, answer: Callable[[], T]) -> T:
        """Returns what was answered to this question; asks when it is another one than last time."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != question:
            kept = self._kept[name] = (question, answer())
        found: T = kept[1]
        return found
