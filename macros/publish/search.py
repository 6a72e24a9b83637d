"""What the search of the site needs: its index, its script, and the checks that keep its words true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from macros.catalog import Promises
from macros.diagnostics import Diagnostic, suggest
from macros.publish.assets import strip_comments
from macros.publish.built import BuiltPage
from macros.publish.search_index import Alias, Section, render_search_index
from macros.publish.search_sections import choose_sections, take_sections
from macros.publish.search_words import fold_word

INDEX = "assets/search-index.json"
SCRIPT = "assets/search.js"
QUERIES, ALIASES, WORDS = "data/queries.yml", "data/search-aliases.yml", "data/search-words.yml"
_FORM = "/issues/new?template=wrong-or-unclear.yml"
_TELL = "Tell us what you looked for"


@dataclass
class Findable:
    """What readers can find, kept when the pages are closed."""

    sections: list[Section] = field(default_factory=list)
    topics: dict[str, str] = field(default_factory=dict)
    """Address by name of what is offered when nothing is found, the first one always; empty on a site without search.

    They stand in the element `guide-topics` of the page that shows the search.
    """
    ids: set[str] = field(default_factory=set)
    tops: dict[str, str] = field(default_factory=dict)
    """Address of a page by the id of its key points: who is led to the page meets them first."""

    def add_page(self, page: BuiltPage) -> None:
        """Adds the sections of a page, its ids, and its list of topics; takes its article apart."""
        self.ids.update(page.ids)
        if (points := page.article.css_first(".guide-key-points h2")) and points.id:
            self.tops[points.id] = page.address.removeprefix("/")
        for link in page.article.css(".guide-topics a[href]"):
            target = urlsplit(urljoin(page.address, link.attributes["href"] or ""))
            fragment = f"#{target.fragment}" if target.fragment else ""
            self.topics[" ".join(link.text().split())] = target.path.removeprefix("/") + fragment
        self.sections += take_sections(page.article, page.address.removeprefix("/"))

    def add(self, other: Findable) -> None:
        """Adds what readers can find on other pages."""
        self.sections += other.sections
        self.topics |= other.topics
        self.ids |= other.ids
        self.tops |= other.tops


@dataclass(frozen=True)
class SearchIndex:
    """The index as a file, and the meanings of aliases by which it finds nothing."""

    text: str
    unknown: frozenset[str]


def make_index(findable: Findable, promises: Promises, repository: str | None) -> SearchIndex | None:
    """Returns the index; None for a site without search.

    Args:
        findable: what can be found.
        promises: the words that readers type for it, and how far each part goes.
        repository: where the source of the guide is kept, and where readers tell what they looked for.
    """
    if not findable.topics:
        return None
    topics = {**findable.topics, **({_TELL: f"{repository.rstrip('/')}{_FORM}"} if repository else {})}
    text, unknown = render_search_index(
        list_findable(findable, promises), list_aliases(promises), topics, list_groups(promises)
    )
    return SearchIndex(text, frozenset(unknown))


def render_search(index: SearchIndex | None, site: Path) -> Iterator[tuple[str, str]]:
    """Yields path and text of the index, and of the script that reads it; nothing for a site without search.

    Args:
        index: the index.
        site: the folder that a builder wrote.
    """
    if index is None:
        return
    yield INDEX, index.text
    if (site / SCRIPT).is_file():
        yield SCRIPT, strip_comments((site / SCRIPT).read_text(encoding="utf-8"))


def check_search(findable: Findable, promises: Promises, index: SearchIndex | None) -> Iterator[Diagnostic]:
    """Sections that answer queries stand on the site, aliases find something, and no word stands in groups twice.

    Args:
        findable: what can be found.
        promises: the queries, the aliases and the groups of words.
        index: what was made of them.
    """
    rule = "data-unknown-section"
    for row, query in enumerate(promises.queries.values()):
        for place, id in enumerate(query.answers):
            if id not in findable.ids:
                message, help = f"no section '{id}' on the built site", suggest(id, findable.ids)
                yield promises.sources[QUERIES].diagnose((row, "answers", place), rule, message, help)
    for row, alias in enumerate(promises.search_aliases.values() if index else ()):
        for place, meaning in enumerate(alias.means):
            if index and meaning in index.unknown:
                message = f"the search finds no section by '{meaning}'"
                help = "write the words of a heading as it stands now"
                yield promises.sources[ALIASES].diagnose((row, "means", place), rule, message, help)
    yield from _check_groups(promises)


def _check_groups(promises: Promises) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    for row, group in enumerate(promises.search_words.values()):
        for place, word in enumerate(group.words):
            if first := seen.get(fold_word(word)):
                message, help = f"the search takes '{word}' for '{first}', which stands above", "take one of them out"
                yield promises.sources[WORDS].diagnose((row, "words", place), "data-duplicate-name", message, help)
            seen.setdefault(fold_word(word), word)


def list_findable(findable: Findable, promises: Promises) -> Sequence[Section]:
    """Returns the sections that the index holds, weighed, with the questions that each answers best.

    Questions that are held out teach nothing: they show how the search does on words that nobody foresaw.
    """
    asked: dict[str, list[str]] = {}
    for query in promises.queries.values():
        if not query.held_out:
            asked.setdefault(findable.tops.get(query.answers[0], query.answers[0]), []).append(query.query)
    weights = {entry.sections: entry.weight for entry in promises.search_weights.values()}
    return [
        replace(section, asked=" ".join(asked.get(section.address.partition("#")[2] or section.address, ())))
        for section in choose_sections(findable.sections, weights)
    ]


def list_aliases(promises: Promises) -> list[Alias]:
    """Returns what readers type, and what it means."""
    return [Alias(alias.words, alias.means, alias.danger) for alias in promises.search_aliases.values()]


def list_groups(promises: Promises) -> list[Sequence[str]]:
    """Returns the words that are one and the same, group by group."""
    return [group.words for group in promises.search_words.values()]
