"""What kind of change it is, and what in it a hurried reviewer may not overlook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from macros.difference.changes import Report, SectionChange
from macros.difference.sentences import Pair
from macros.readability import LIMIT


@dataclass(frozen=True)
class Groups:
    """The sections of a report by what a reviewer looks for."""

    report: Report

    def find(self, name: str) -> list[SectionChange]:
        """Returns the sections in which the named thing changed."""
        return [change for change in self.report.sections if _holds(change, name)]

    def list_figures(self) -> list[tuple[tuple[str, str], list[tuple[Pair, list[SectionChange]]]]]:
        """Returns, for each figure before and after, its sentences with all their places; the most sentences first."""
        found: dict[tuple[str, str], dict[Pair, list[SectionChange]]] = {}
        for change in self.find("figures"):
            for figure in change.figures:
                found.setdefault((figure.old, figure.new), {}).setdefault(figure.sentences, []).append(change)
        return sorted(((key, list(told.items())) for key, told in found.items()), key=lambda item: -len(item[1]))

    def list_leads(self) -> list[tuple[str, str, list[str]]]:
        """Returns old and new target of the addresses that lead elsewhere, with all that lead there."""
        found: dict[tuple[str, str], list[str]] = {}
        for address, old, new in self.report.leads:
            found.setdefault((old, new), []).append(f"/{address}")
        return [(*targets, addresses) for targets, addresses in found.items()]

    def list_singly(self, kind: str) -> list[SectionChange]:
        """Returns the changes of one kind that deserve a line of their own."""
        return [change for change in self.find(kind) if self._stands_alone(change)]

    def list_by_page(self, kind: str) -> list[tuple[str, list[str]]]:
        """Returns the ids of the others, page by page: rows, entries, and all parts of a page that came or went."""
        pages: dict[str, list[str]] = {}
        for change in self.find(kind):
            if not self._stands_alone(change):
                pages.setdefault(change.shown.page, []).append(change.shown.id)
        return list(pages.items())

    def _stands_alone(self, change: SectionChange) -> bool:
        moved = [after for _, after in self.report.pages_moved]
        whole = {page.address for page in (*self.report.pages_new, *moved, *self.report.pages_gone)}
        if change.clinics or change.successor or not change.shown.id:
            return True
        return (change.kind == "moved" or bool(change.shown.level)) and change.shown.page not in whole


def _holds(change: SectionChange, name: str) -> bool:
    shown = change.shown
    named = bool(shown.id)
    tests: dict[str, Any] = {
        "warnings": change.touches_warning,
        "verdicts": change.verdicts is not None,
        "figures": change.figures,
        "words": change.words_gone or change.words_new,
        "hurt": change.clinics and change.kind in {"retired", "moved"},
        "clinics": change.clinics,
        "added": change.kind == "added" and named,
        "retired": change.kind == "retired" and named,
        "moved": change.kind == "moved",
        "reworded": change.kind in {"reworded", "moved"} and change.is_reworded,
        "sources": change.sources_gone or change.sources_new,
        "sources_gone": change.kind != "retired" and change.sources_gone,
        "ways_out": change.ways_out,
        "links": change.kind == "reworded" and not change.is_reworded and change.lines,
    }
    return bool(tests[name])


def find_alarms(groups: Groups) -> Iterator[str]:
    """Yields what no reviewer may overlook, in words."""
    for name, noun in (
        ("warnings", "warning or care card|warnings or care cards"),
        ("verdicts", "verdict"),
        ("figures", "sentence with other figures|sentences with other figures"),
        ("words", "section with other words of safety|sections with other words of safety"),
        ("hurt", "address that clinics use|addresses that clinics use"),
    ):
        found = groups.find(name)
        number = sum(len(change.figures) for change in found) if name == "figures" else len(found)
        if number:
            yield count(number, noun)


def find_cautions(groups: Groups) -> Iterator[str]:
    """Yields what a reviewer should read, in words."""
    harder = [grade for grade in groups.report.grades if grade.new > LIMIT and grade.new > (grade.old or 0)]
    for number, noun in (
        (len(groups.find("retired")), "section or entry gone|sections or entries gone"),
        (len(groups.find("reworded")), "text reworded|texts reworded"),
        (len(groups.find("added")), "new text"),
        (len(groups.find("sources_gone")), "text with a source dropped|texts with a source dropped"),
        (
            sum(len(change.ways_out) for change in groups.find("ways_out")),
            "new link to other sites|new links to other sites",
        ),
        (len(groups.report.files), "style, script or picture|styles, scripts or pictures"),
        (len(harder), f"page above grade {LIMIT:g}|pages above grade {LIMIT:g}"),
    ):
        if number:
            yield count(number, noun)


def find_kinds(groups: Groups) -> Iterator[str]:
    """Yields how many pages, sections and entries came, went and changed, in words."""
    report = groups.report
    for pages, verb in ((report.pages_new, "added"), (report.pages_moved, "moved"), (report.pages_gone, "removed")):
        if pages:
            yield f"{count(len(pages), 'page')} {verb}"
    for kind in ("added", "reworded", "moved", "retired"):
        found = [change for change in groups.find(kind) if change.shown.id or kind == "reworded"]
        headings = sum(1 for change in found if change.shown.level or not change.shown.id)
        for number, noun in ((headings, "section"), (len(found) - headings, "row or entry|rows or entries")):
            if number:
                yield f"{count(number, noun)} {kind}"


def count(number: int, noun: str) -> str:
    """Returns '1 page', '2 pages'; a plural that does not end in s is given after a bar."""
    one, _, many = noun.partition("|")
    return f"{number} {one if number == 1 else many or one + 's'}"
