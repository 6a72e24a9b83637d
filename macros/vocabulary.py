"""The macros that a page may call: each takes constant arguments and returns Markdown or HTML.

The docstrings are the documentation for people who write pages; `CONTRIBUTING.md` shows each in use.
Longer than 200 lines because whoever writes pages finds every macro in one place.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

from pydantic import ConfigDict, ValidationError, validate_call

from macros import blocks, citations, claims, comparison, glossary, standing
from macros.diagnostics import Diagnostic, MacroError, suggest
from macros.markup import find_citations
from macros.models import FrontMatter, Id
from macros.pages import Page, find_calling_page
from macros.project import Project

R = TypeVar("R")
COUNTED = ("references", "articles", "topics", "glossary", "claims", "disagreements", "comparisons", "questions")


def _find(records: Mapping[str, R], id: str, what: str, rule: str = "data-unknown-id") -> R:
    """Returns the record; raises MacroError with a suggestion when there is none."""
    if id not in records:
        raise MacroError(rule, f"unknown {what} '{id}'", suggest(id, records))
    return records[id]


class Vocabulary:
    """Every public method is a macro; its arguments are those that a page writes."""

    def __init__(self, project: Project, page: str) -> None:
        self._project, self._page = project, page
        self._data, self._book = project.catalog, project.book

    def term(self, id: str, words: str | None = None) -> str:
        """A link to the glossary that opens its definition; `words` if the page needs another form."""
        record = _find(self._data.glossary, id, "term")
        return glossary.render_term(record, self._page, self._book, words)

    def glossary(self) -> str:
        """Every term from A to Z."""
        terms = list(self._data.glossary.values())
        return glossary.render_glossary(terms, self._page, self._book, self._project.used_in)

    def cite(self, *ids: str) -> str:
        """Footnote marks that lead to the sources of a sentence."""
        if not ids:
            raise MacroError("page-macro-argument", "cite needs at least one reference")
        for id in ids:
            _find(self._data.references, id, "reference", "data-unknown-reference")
        return citations.render_cite(ids)

    def fact(self, id: str) -> str:
        """A figure from `data/facts.yml` and footnote marks that lead to its sources."""
        record = _find(self._data.facts, id, "fact")
        return citations.render_fact(record)

    def references(self) -> str:
        """The sources that this page cites, as footnotes; put it under '## Sources'."""
        keys = citations.find_cited(self._project.pages[self._page], self._data.figures, self._data.facts)
        known = [self._data.references[key] for key in keys if key in self._data.references]
        return citations.render_references(known, self._page, self._book)

    def bibliography(self) -> str:
        """Every reference of the guide, with how it was checked and where it is used."""
        references = self._data.references.values()
        return citations.render_bibliography(references, self._page, self._project.cited_on)

    def comparison(
        self,
        table: str,
        columns: list[str] | None = None,
        rows: list[str] | None = None,
        caption: str | None = None,
        orientation: Literal["columns", "rows"] = "columns",
        id: Id | None = None,
    ) -> str:
        """A table from `data/comparisons/`; choose columns and rows by id, or turn it with orientation="rows"."""
        record = _find(self._data.comparisons, table, "table")
        return comparison.render_comparison(
            record,
            self._page,
            self._book,
            columns=columns,
            rows=rows,
            caption=caption,
            orientation=orientation,
            id=id,
        )

    def claims(self, topic: str, caption: str | None = None) -> str:
        """The claims of the articles on one topic, with verdict, reason and answer."""
        found = [claim for claim in self._data.claims.values() if claim.topic == topic]
        if not found:
            topics = {claim.topic for claim in self._data.claims.values()}
            raise MacroError("data-unknown-id", f"no claim has the topic '{topic}'", suggest(topic, topics))
        words = caption or f"Claims: {topic.replace('-', ' ')}"
        return claims.render_claims(found, self._data.articles, self._page, self._book, topic=topic, caption=words)

    def verdicts(self) -> str:
        """How many claims got each verdict, and the box that filters the tables of claims."""
        return claims.render_verdicts(self._data.claims.values(), self._data.articles)

    def disagreements(self) -> str:
        """The questions on which the articles disagree, and what stronger evidence says."""
        found = self._data.disagreements.values()
        return claims.render_disagreements(found, self._data.articles, self._page, self._book)

    def topics(self) -> str:
        """How sure the evidence is on every topic, and where the guide covers it."""
        return standing.render_topics(self._data.topics.values(), self._page, self._book)

    def standards(self, name: str) -> str:
        """The items of one standard and the sections that meet them."""
        found = [item for item in self._data.standards.values() if item.standard == name]
        if not found:
            names = {item.standard for item in self._data.standards.values()}
            raise MacroError("data-unknown-id", f"unknown standard '{name}'", suggest(name, names))
        return standing.render_standards(found, name, self._page, self._book)

    def key_points(self, id: Id, points: list[str]) -> str:
        """The box of three to five key points; `[@reference-id]` in a point cites."""
        if not 3 <= len(points) <= 5:
            raise MacroError("page-macro-argument", f"has {len(points)} key points, not 3 to 5")
        for point in points:
            for key in find_citations(point):
                _find(self._data.references, key, "reference", "data-unknown-reference")
        return blocks.render_key_points(id, points)

    def care_card(self, id: str) -> str:
        """What to do and when: a card from `data/care-cards.yml`."""
        card = _find(self._data.care_cards, id, "care card")
        heading_id = blocks.care_card_id(card.id, card.page, self._page)
        return blocks.render_care_card(card, self._page, self._book, heading_id)

    def safety_facts(self, ids: list[str] | None = None) -> str:
        """The safety facts that a reader must meet in time; all of them, or those named."""
        facts = self._data.safety_facts
        chosen = [_find(facts, id, "safety fact") for id in (list(facts) if ids is None else ids)]
        return blocks.render_safety_facts(chosen, self._page, self._book)

    def questions(self, group: str | None = None) -> str:
        """Questions to ask, to tick and print; of one group, or all."""
        found = [item for item in self._data.questions.values() if group in (None, item.group)]
        if not found:
            groups = {item.group for item in self._data.questions.values()}
            words = "there are no questions" if group is None else f"unknown group '{group}'"
            raise MacroError("data-unknown-id", words, suggest(group or "", groups))
        home = find_calling_page(self._project.pages, "questions")
        return blocks.render_questions(found, self._page, self._book, lives_here=self._page == home)

    def figure(self, id: str) -> str:
        """A drawing with its caption and a description in words."""
        record = _find(self._data.figures, id, "drawing")
        drawing = _find(self._data.drawings, record.file, "drawing file")
        return blocks.render_figure(record, drawing, self._page, self._book)

    def review(self) -> str:
        """When the page was last checked, when it is next due, and by whom; put it last."""
        front = self._project.pages[self._page].front
        return blocks.render_review(FrontMatter.model_validate(front.value if front else {}))

    def count(self, name: str) -> str:
        """How many records a data file holds, such as count("references"): a figure that cannot go stale."""
        known = {field: len(getattr(self._data, field)) for field in COUNTED}
        return str(_find(known, name, "list"))

    def changes(self) -> str:
        """What changed in the guide, newest first."""
        return blocks.render_changes(self._data.changes.values(), self._page, self._book)

    def contents(self, paths: list[str]) -> str:
        """Cards that lead to pages, each with its description."""
        pages = self._project.pages
        found = [
            (self._book.link_page(path, self._page), pages[path].find_front("description") or "") for path in paths
        ]
        return blocks.render_contents(found)


MACROS: dict[str, Callable[..., str]] = {
    name: validate_call(config=ConfigDict(strict=True))(method)
    for name, method in inspect.getmembers(Vocabulary, inspect.isfunction)
    if not name.startswith("_")
}
"""Macro by name; each is called with the vocabulary of a page, then the arguments that the page wrote."""


def call_macro(project: Project, page: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Returns what a macro prints on a page; raises MacroError when it cannot."""
    try:
        return MACROS[name](Vocabulary(project, page), *args, **kwargs)
    except ValidationError as error:
        if error.title == FrontMatter.__name__:
            raise
        problem = error.errors()[0]
        argument = _name_argument(name, problem["loc"])
        words = {
            "missing_argument": f"{name} needs '{argument}'",
            "unexpected_keyword_argument": f"{name} has no argument '{argument}'",
            "unexpected_positional_argument": f"{name} takes fewer arguments",
            "string_type": f"{name}: '{argument}' must be words in quotes",
            "list_type": f"{name}: '{argument}' must be a list of words in quotes",
            "string_pattern_mismatch": f"{name}: '{argument}' must be small letters, digits and hyphens",
        }.get(problem["type"], f"{name}: '{argument}': {problem['msg'].lower()}")
        raise MacroError("page-macro-argument", words, _usage(name)) from None


def _name_argument(name: str, where: Sequence[int | str]) -> str:
    """Returns the name of the argument that pydantic found at `where`, by place or by name."""
    names = list(inspect.signature(getattr(Vocabulary, name)).parameters)
    first = where[0] if where else ""
    return names[min(first, len(names) - 1)] if isinstance(first, int) else first


def _usage(name: str) -> str:
    """Returns how a macro is written; what has a name may be left out."""
    written = []
    for parameter in list(inspect.signature(getattr(Vocabulary, name)).parameters.values())[1:]:
        words = '["…"]' if "list" in parameter.annotation else '"…"'
        written.append(words if parameter.default is parameter.empty else f"{parameter.name}={words}")
    return f"write {name}({', '.join(written)})"


def check_calls(project: Project) -> Iterator[Diagnostic]:
    """Every macro call of every page shows what it names: tried without building the site."""
    for page in project.pages.values():
        yield from expand_page(project, page)[1]


def expand_page(project: Project, page: Page) -> tuple[str, list[Diagnostic]]:
    """Returns a page with what its macros print in their places, and every call that shows nothing.

    While data has mistakes, a macro that misses a record may only echo one of them; those are left out.
    """
    broken = any(item.level == "error" and item.location.path.startswith("data/") for item in project.problems)
    parts: list[str] = []
    problems: list[Diagnostic] = []
    at = 0
    for call in page.calls:
        try:
            shown = call_macro(project, page.path, call.name, call.args, call.kwargs)
            parts += (page.text[at : call.span[0]], shown)
            at = call.span[1]
        except MacroError as error:
            if not (broken and error.rule.startswith("data-")):
                problems.append(page.script.diagnose(call.location, error.rule, error.message, error.help))
        except ValidationError:
            pass  # front matter that does not fit is reported by its own rule
    return "".join([*parts, page.text[at:]]), problems
