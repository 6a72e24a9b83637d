"""One look at every page of a built site: what stands on it, what it mentions, what its policy would block."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.diagnostics import Diagnostic
from macros.memory import Memory
from macros.places import Place
from macros.publish.assets import strip_comments
from macros.publish.built import BuiltPage, PageFacts, list_pages, parse_page, read_site
from macros.publish.leftovers import list_mentioned
from macros.publish.names import Names
from macros.publish.policy import check_policy
from macros.publish.search import Findable
from macros.publish.sections import find_places, find_unnamed

_LOADS = "link, script, img, source, use, [data-ids]"
"""What on a page loads files, or tells a script which ones."""
_TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "publish"


@dataclass
class SiteFacts:
    """What is kept of a built site when its pages are closed."""

    pages: list[PageFacts] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    unnamed: list[tuple[PageFacts, str]] = field(default_factory=list)
    """Words of headings and rows without an id, each with its page."""
    blocked: list[Diagnostic] = field(default_factory=list)
    findable: Findable = field(default_factory=Findable)
    names: Names = field(default_factory=Names)
    mentioned: set[str] = field(default_factory=set)
    """Names of files."""

    def add_page(self, page: BuiltPage) -> None:
        """Adds a page and what can be linked to and found on it; takes its article apart."""
        self.pages.append(page.facts)
        self.places += find_places(page)
        self.unnamed += [(page.facts, words) for words in find_unnamed(page)]
        self.findable.add_page(page)

    def add(self, other: SiteFacts) -> None:
        """Adds pages of which a live preview knows already what stands on them."""
        self.pages += other.pages
        self.places += other.places
        self.unnamed += other.unnamed
        self.findable.add(other.findable)


def read_facts(site: Path, reviewed: Collection[str] | None = None) -> SiteFacts:
    """Returns what stands in `site`; only one page lies open at a time.

    Args:
        site: the folder that a builder wrote.
        reviewed: the hashes of scripts that may stand inside a page; None when nothing is blocked.
    """
    facts = SiteFacts()
    for page in read_site(site):
        _add_mentions(facts, page.file, page.text, page.tree, reviewed)
        facts.add_page(page)
        del page  # before the next is opened
    return facts


def read_preview(site: Path, memory: Memory) -> SiteFacts:
    """Returns what stands in `site`, without what its pages mention; a page with the same text is not read again."""
    facts = SiteFacts()
    for path in map(str, (file.relative_to(site) for file in list_pages(site))):
        text = (site / path).read_text(encoding="utf-8")
        facts.add(memory.recall(f"built {path}", text, partial(_read_page, path, text)))
    return facts


def _read_page(path: str, text: str) -> SiteFacts:
    facts, page = SiteFacts(), parse_page(path, text)
    if page is not None:
        facts.add_page(page)
    return facts


def add_frame(facts: SiteFacts, site: Path, others: Collection[str], reviewed: Collection[str] | None) -> None:
    """Adds what other pages, scripts and the templates of permanent pages mention.

    Args:
        facts: what is known of the site.
        site: the folder that a builder wrote.
        others: paths of HTML files that are no pages of the guide.
        reviewed: as for `read_facts`.
    """
    for path in others:
        text = (site / path).read_text(encoding="utf-8")
        _add_mentions(facts, path, text, LexborHTMLParser(text), reviewed)
    scripts = [file for file in sorted(site.rglob("*.js")) if file.name in facts.mentioned or _is_own(file, site)]
    for file in scripts:
        code = file.read_text(encoding="utf-8")
        facts.names.add_script(strip_comments(code))
        facts.mentioned |= list_mentioned([code])
    for file in sorted(_TEMPLATES.glob("*.jinja")):
        facts.names.add_template(file.read_text(encoding="utf-8"))


def _add_mentions(
    facts: SiteFacts, path: str, text: str, tree: LexborHTMLParser, reviewed: Collection[str] | None
) -> None:
    facts.names.add_page(tree)
    facts.mentioned |= list_mentioned(node.html or "" for node in tree.css(_LOADS))
    if reviewed is not None:
        facts.blocked += check_policy(path, text, reviewed)


def _is_own(file: Path, site: Path) -> bool:
    return file.parent == site / "assets"
