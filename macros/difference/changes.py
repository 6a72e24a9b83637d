"""What was added, reworded, moved and retired between two sites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from macros.difference.addresses import is_outside
from macros.difference.figures import FigureChange
from macros.difference.sections import SectionText
from macros.difference.sites import PageText

Kind = Literal["added", "reworded", "moved", "retired"]


@dataclass(frozen=True)
class SectionChange:
    """What became of a section (or a row or entry with an id), and what in it matters most.

    `old` is None for one that was added, `new` for one that was retired; `successor` is the id that a retired
    section's words have now; `lines` is the built text as a diff.
    """

    kind: Kind
    old: SectionText | None
    new: SectionText | None
    lines: tuple[str, ...] = ()
    figures: tuple[FigureChange, ...] = ()
    words_gone: tuple[str, ...] = ()
    words_new: tuple[str, ...] = ()
    clinics: tuple[str, ...] = ()
    successor: str = ""

    @property
    def shown(self) -> SectionText:
        """The section as it is now, or as it was."""
        return self.new or self.old or SectionText("", "")

    @property
    def is_reworded(self) -> bool:
        """Whether words came, went or changed, and not only links and sources."""
        return (self.old.words if self.old else []) != (self.new.words if self.new else [])

    @property
    def touches_warning(self) -> bool:
        """Whether a care card, a fact about safety or a warning came, went or changed."""
        return (self.old.safety if self.old else []) != (self.new.safety if self.new else [])

    @property
    def verdicts(self) -> tuple[str, str] | None:
        """The verdict on a claim before and after; None when it stayed or was never there."""
        before, after = self.old.verdict if self.old else "", self.new.verdict if self.new else ""
        return (before, after) if before != after else None

    @property
    def sources_gone(self) -> list[str]:
        """Sources that the section named before and does not name now."""
        return _subtract(self.old.sources if self.old else [], self.new.sources if self.new else [])

    @property
    def sources_new(self) -> list[str]:
        """Sources that the section names now and did not name before."""
        return _subtract(self.new.sources if self.new else [], self.old.sources if self.old else [])

    @property
    def ways_out(self) -> list[tuple[str, str]]:
        """New links to other sites: words and address."""
        before = {address for _, address in self.old.links} if self.old else set()
        return [link for link in (self.new.links if self.new else []) if is_outside(link[1]) and link[1] not in before]


@dataclass(frozen=True)
class GradeChange:
    """Reading grade of a page; None before it existed."""

    page: str
    old: float | None
    new: float


@dataclass(frozen=True)
class Report:
    """Everything that a reviewer must know; empty when readers see what they saw before."""

    pages_new: tuple[PageText, ...] = ()
    pages_moved: tuple[tuple[PageText, PageText], ...] = ()
    pages_gone: tuple[PageText, ...] = ()
    sections: tuple[SectionChange, ...] = ()
    grades: tuple[GradeChange, ...] = ()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    leads: tuple[tuple[str, str, str], ...] = ()
    knows_clinics: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether nothing that readers see has changed."""
        return self == Report(knows_clinics=self.knows_clinics)


def _subtract(names: Iterable[str], others: Iterable[str]) -> list[str]:
    return sorted(set(names) - set(others))
