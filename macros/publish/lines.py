"""The line of `data/` from which each row, entry and card of a page comes, so that readers can mend it there."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from macros.blocks import care_card_id, group_questions
from macros.calls import Call
from macros.catalog import Catalog
from macros.pages import Page, find_calling_page
from macros.places import page_address
from macros.publish.built import PageFacts


class Line(NamedTuple):
    """Where a record begins that a page shows."""

    id: str
    """The id that the record has on the page; nothing where it has none."""
    name: str
    """What readers know it by."""
    path: str
    """The file, such as `data/glossary.yml`."""
    number: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The records that one call of a macro shows, in its order, and how their HTML is found."""

    lines: tuple[Line, ...]
    opening: str
    """Stands before the first."""
    item: str
    """Begins each; `{}` is its id."""
    end: re.Pattern[str] = re.compile("</p>")
    """Ends each; a link goes right before it."""


def list_shown(catalog: Catalog, pages: Mapping[str, Page]) -> dict[str, list[Shown]]:
    """Returns, by address of the page, what its macros show of `data/`, in the order of the page.

    What is not there, because the data or the page has a mistake, is left out.
    """
    records = _Records(catalog, find_calling_page(pages, "questions"))
    return {
        page_address(path): [_FINDERS[call.name](records, call, path) for call in page.calls if call.name in _FINDERS]
        for path, page in pages.items()
    }


def find_source(built: Iterable[PageFacts], pages: Iterable[str]) -> str:
    """Returns where files of the repository are edited, ending with a slash; nothing when no page says it.

    Args:
        built: the pages as built; each says where it is edited itself.
        pages: paths of the pages as written.
    """
    editors = {page.address: page.editor or "" for page in built}
    found = ((editors.get(page_address(path), ""), f"docs/{path}") for path in pages)
    return next((editor.removesuffix(path) for editor, path in found if editor.endswith(f"/{path}")), "")


class _Records:
    """Every public method is a macro that shows records of `data/`; it returns where those of a call begin."""

    def __init__(self, catalog: Catalog, questions_live_on: str | None) -> None:
        self._data, self._questions_live_on = catalog, questions_live_on
        self._numbers: dict[tuple[str, str], dict[str, int]] = {}

    def glossary(self, call: Call, page: str) -> Shown:
        del call, page
        names = {id: term.term for id, term in self._data.glossary.items()}
        return Shown(self._list("glossary", names, "term-"), 'class="guide-letters"', 'id="{}"')

    def bibliography(self, call: Call, page: str) -> Shown:
        del call, page
        names = {id: reference.label for id, reference in self._data.references.items()}
        return Shown(self._list("references", names, "ref-"), "<h1", 'id="{}"')

    def disagreements(self, call: Call, page: str) -> Shown:
        del call, page
        names = {id: record.question for id, record in self._data.disagreements.items()}
        lines = self._list("disagreements", names, "disagree-")
        return Shown(lines, "<h1", 'id="{}"', re.compile(r"</p>(?!\s*<p)"))

    def care_card(self, call: Call, page: str) -> Shown:
        card = self._data.care_cards.get(call.find_text(0, "id"))
        id = care_card_id(card.id, card.page, page) if card else ""
        lines = self._list("care-cards", {card.id: card.heading} if card else {})
        return Shown(tuple(line._replace(id=id) for line in lines), f'id="{id}"', 'class="guide-care__sources"')

    def safety_facts(self, call: Call, page: str) -> Shown:
        del page
        facts = self._data.safety_facts
        names = {id: facts[id].fact for id in call.find_texts(0, "ids") or facts if id in facts}
        return Shown(self._list("safety-facts", names), 'class="guide-facts"', "<li>", re.compile("</li>"))

    def figure(self, call: Call, page: str) -> Shown:
        del page
        id = call.find_text(0, "id")
        lines = self._list("figures", {id: "this drawing"})
        return Shown(lines, 'class="guide-figure"', "<details", re.compile(r"</p>\s*</details>"))

    def questions(self, call: Call, page: str) -> Shown:
        group = call.find_text(0, "group")
        chosen = [item for item in self._data.questions.values() if group in ("", item.group)]
        names = {item.id: item.question for found in group_questions(chosen).values() for item in found}
        prefix = "question-" if page == self._questions_live_on else None
        lines = self._list("questions", names, prefix)
        return Shown(lines, 'class="guide-questions"', 'class="guide-question"', re.compile(r"</p>\s*</li>"))

    def claims(self, call: Call, page: str) -> Shown:
        del page
        topic = call.find_text(0, "topic")
        names = {id: claim.claim for id, claim in self._data.claims.items() if claim.topic == topic}
        return _show_rows(f"claims-{topic}", self._list("claims", names, "claim-"))

    def topics(self, call: Call, page: str) -> Shown:
        del call, page
        names = {id: topic.title for id, topic in self._data.topics.items()}
        return _show_rows("topics", self._list("topics", names, "topic-"))

    def standards(self, call: Call, page: str) -> Shown:
        del page
        name = call.find_text(0, "name")
        names = {id: item.item for id, item in self._data.standards.items() if item.standard == name}
        lines = self._list("standards", names, "standard-")
        return _show_rows(lines[0].id if lines else "", lines)

    def comparison(self, call: Call, page: str) -> Shown:
        table = self._data.comparisons.get(call.find_text(0, "table"))
        if table is None:
            return Shown((), "", "")
        turned, own = call.find_text(4, "orientation") == "rows", call.find_text(5, "id")
        part, records = ("columns", table.columns) if turned else ("rows", table.rows)
        labels = {record.id: record.label for record in records}
        chosen = call.find_texts(1 if turned else 2, part) or labels
        prefix = f"{table.id}-" if page == table.page and not turned and not own else None
        names = {id: labels[id] for id in chosen if id in labels}
        return _show_rows(own or table.id, self._list(f"comparisons/{table.id}", names, prefix, part))

    def _list(self, file: str, names: Mapping[str, str], prefix: str | None = None, part: str = "") -> tuple[Line, ...]:
        """Returns the lines of records.

        Args:
            file: the file in `data/`.
            names: what readers know the records by, by id.
            prefix: stands before the id of each on the page; None when they have no ids there.
            part: the key of the list in the file, when the file is no list itself.
        """
        path = f"data/{file}.yml"
        numbers = self._number(path, part) if path in self._data.sources else {}
        return tuple(
            Line("" if prefix is None else prefix + id, name, path, numbers[id])
            for id, name in names.items()
            if id in numbers
        )

    def _number(self, path: str, part: str) -> Mapping[str, int]:
        """Returns the line on which each record of a list begins, by id."""
        if (path, part) not in self._numbers:
            source = self._data.sources[path]
            rows = source.value[part] if part else source.value
            where = (part,) if part else ()
            self._numbers[path, part] = {
                row["id"]: source.locate((*where, index)).line
                for index, row in enumerate(rows or ())
                if isinstance(row, dict) and "id" in row
            }
        return self._numbers[path, part]


def _show_rows(table: str, lines: tuple[Line, ...]) -> Shown:
    """Returns the rows of a table; the link stands in the last cell, because the first names the others."""
    return Shown(lines, f'aria-labelledby="table-{table}"', "<td", re.compile(r"</td>\s*</tr>"))


_FINDERS = dict(inspect.getmembers(_Records, lambda member: inspect.isfunction(member) and member.__name__[0] != "_"))
SHOWING = tuple(_FINDERS)
"""The macros that show records of `data/`."""
