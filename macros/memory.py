"""What need not be worked out again, and what need not be worked out yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """For a live preview: the last answer by name, good while its question stays the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, Any]] = {}

    def recall(self, name: str, question: object, answer: Callable[[], T]) -> T:
        """Returns what was answered to this question; asks when it is another one than last time."""
        kept = self._kept.get(name)
        if kept is None or kept[0] != question:
            kept = self._kept[name] = (question, answer())
        found: T = kept[1]
        return found


class Late(Mapping[str, T]):
    """Values by name, each made when somebody first asks for it."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names, self._make = dict.fromkeys(names), make
        self._made: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        """Returns the value with a name; raises KeyError for a name that is not among them."""
        if name not in self._names:
            raise KeyError(name)
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Yields the names; nothing is made."""
        return iter(self._names)

    def __len__(self) -> int:
        """Returns how many names there are."""
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        """Whether a name is among them; nothing is made."""
        return name in self._names
