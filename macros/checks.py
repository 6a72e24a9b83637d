"""The rules that need both the pages and the data. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from macros.catalog import Catalog, validate
from macros.diagnostics import Diagnostic, suggest
from macros.models import FrontMatter
from macros.pages import Page, list_sections
from macros.source import Where

INLINE_MACROS = frozenset({"term", "cite", "count"})
UNSHAPED_MACROS = ("glossary",)
_TAG = re.compile(r"<\s*(/?)\s*([a-zA-Z!?][a-zA-Z0-9-]*)([^>]*)>")
_ALLOWED_TAG = re.compile(r"""^(\s+(class="[a-z0-9_ -]+"|markdown="(block|span|1)"|id="[a-z0-9-]+"))*\s*/?$""")
_ACTIVE = re.compile(r"""\bon[a-z]+\s*=|\bstyle\s*=|javascript:|data:text|vbscript:""", re.IGNORECASE)
_WORD = re.compile(r"\S*\w\S*")


def check_project(
    catalog: Catalog, pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]]
) -> list[Diagnostic]:
    """Returns every problem of the pages, and of the data's links into them.

    Args:
        catalog: all of `data/`.
        pages: all of `docs/`.
        made_ids: ids that macros print, by page.
    """
    problems: list[Diagnostic] = []
    for page in pages.values():
        for check in (check_front_matter, check_headings, check_shape, check_block_macros, check_raw_html):
            problems += check(page)
        problems += check_links(page, pages, made_ids)
    problems += check_unique_ids(pages, made_ids)
    problems += check_sections(catalog, pages)
    problems += check_homes(catalog, pages)
    problems += check_unused(catalog, pages)
    return problems


def check_front_matter(page: Page) -> Iterator[Diagnostic]:
    """A page begins with front matter that has a title, a description and two review dates."""
    if page.front is None:
        help = "begin the file with '---', then title, description, reviewed, next_review, then '---'"
        yield page.diagnose(1, 1, "page-front-matter", "has no front matter that can be read", help)
        return
    problems: list[Diagnostic] = []
    validate(FrontMatter, page.front.value, page.front, (), problems)
    for problem in problems:
        dates = "review" in problem.message
        rule = "page-review-dates" if dates else "page-front-matter"
        yield Diagnostic(problem.location, rule, problem.message, problem.help, excerpt=problem.excerpt)


def check_headings(page: Page) -> Iterator[Diagnostic]:
    """A page has one h1; every h2 and h3 has an id written by hand; no level is left out; none is deeper."""
    tops = [heading for heading in page.headings if heading.level == 1]
    if len(tops) != 1:
        yield page.diagnose(1, 1, "page-heading-order", f"has {len(tops)} headings of the first level, not 1")
    previous = 1
    for heading in page.headings:
        place = (heading.location.line, heading.location.column)
        if heading.level in (2, 3) and not heading.id:
            help = f"write `{'#' * heading.level} {heading.text} {{: #{_propose_id(page, heading.text)} }}`"
            yield page.diagnose(*place, "page-heading-id", f"'{heading.text}' has no id", help)
        elif heading.id and not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", heading.id):
            help = "small letters, digits and hyphens, beginning with a letter"
            yield page.diagnose(*place, "page-heading-id", f"'{heading.id}' is not an id", help)
        if heading.level > 3:
            yield page.diagnose(*place, "page-heading-order", "is deeper than the third level", "use ## or ###")
        elif heading.level > previous + 1:
            message = f"goes from level {previous} to level {heading.level}"
            yield page.diagnose(*place, "page-heading-order", message, f"use {'#' * (previous + 1)}")
        previous = heading.level


def _propose_id(page: Page, text: str) -> str:
    """Returns an id made of the page's name and a heading's words, for a person to improve."""
    words = re.findall(r"[a-z0-9]+", text.lower())[:4]
    return "-".join([posixpath.basename(page.path).removesuffix(".md"), *words])


def check_shape(page: Page) -> Iterator[Diagnostic]:
    """A page opens with a message and an action (80 words at most), then key points, and ends with its dates."""
    rows = page.text.split("\n")
    opening = []
    for name in ("guide-message", "guide-action"):
        marks = [number for number, row in enumerate(rows, start=1) if row.strip() == f"{{: .{name} }}"]
        if len(marks) != 1:
            help = f"write a paragraph under the title, and below it a line {{: .{name} }}"
            yield page.diagnose(1, 1, "page-shape", f"has {len(marks)} paragraphs marked {name}, not 1", help)
        opening += [rows[number - 2] for number in marks]
        for number in marks:
            start = number - 2
            while start > 0 and rows[start - 1].strip():
                start -= 1
                opening.append(rows[start])
    words = len(_WORD.findall(" ".join(re.sub(r"\]\([^)]*\)|\{\{.*?\}\}", " ", row) for row in opening)))
    if words > 80:
        yield page.diagnose(1, 1, "page-opening", f"opens with {words} words, more than 80", "one message, one action")
    names = [call.name for call in page.calls]
    for name, count in (("key_points", 1), ("review", 1)):
        if names.count(name) != count:
            yield page.diagnose(1, 1, "page-shape", f"calls {name} {names.count(name)} times, not once")
    if names and "review" in names and names[-1] != "review":
        last = page.calls[-1].location
        yield page.diagnose(
            last.line, last.column, "page-shape", "stands after the review dates", "review() comes last"
        )
    if "cite" in names and names.count("references") != 1:
        help = "add '## Sources' with an id, and {{ references() }} below it"
        yield page.diagnose(1, 1, "page-shape", "cites sources, but does not list them once", help)


def check_block_macros(page: Page) -> Iterator[Diagnostic]:
    """A macro that makes a block stands alone: at the first column, with an empty line before and after."""
    for call in page.calls:
        if call.name not in INLINE_MACROS and not call.alone:
            place = (call.location.line, call.location.column)
            help = "put it at the first column, with an empty line before and after"
            yield page.diagnose(*place, "page-block-macro", f"{call.name} does not stand alone", help)


def check_raw_html(page: Page) -> Iterator[Diagnostic]:
    """The only HTML in a page is div, span and br with class, id and markdown; comments are allowed."""
    text = re.sub(r"<!--.*?-->", lambda found: re.sub(r"[^\n]", " ", found.group()), page.text, flags=re.DOTALL)
    for number, row in enumerate(text.split("\n"), start=1):
        for tag in _TAG.finditer(row):
            allowed = tag.group(2).lower() in ("div", "span", "br") and _ALLOWED_TAG.match(tag.group(3))
            if not allowed:
                yield page.diagnose(
                    number, tag.start() + 1, "page-raw-html", f"'{tag.group()}' is not allowed in a page"
                )
        active = _ACTIVE.search(row)
        if active:
            message = f"'{active.group()}' is not allowed in a page"
            yield page.diagnose(number, active.start() + 1, "page-raw-html", message)


def check_links(page: Page, pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """A link inside the guide leads to the `.md` file of a page, and to a section that it has."""
    for link in page.links:
        if re.match(r"^[a-z][a-z0-9+.-]*:", link.target):
            if not link.target.startswith(("https://", "mailto:", "tel:")):
                place = (link.location.line, link.location.column)
                yield page.diagnose(*place, "page-link", f"'{link.target}' is not an https address")
            continue
        name, _, fragment = link.target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name)) if name else page.path
        place = (link.location.line, link.location.column)
        if path not in pages:
            relative = "link to the .md file, relative to this page"
            help = suggest(path, pages) if name.endswith(".md") else relative
            yield page.diagnose(*place, "page-link", f"there is no page '{path}'", help)
        elif fragment:
            ids = {heading.id for heading in pages[path].headings if heading.id} | set(made_ids.get(path, ()))
            if fragment not in ids:
                message = f"'{path}' has no section '{fragment}'"
                yield page.diagnose(*place, "page-link", message, suggest(fragment, ids))


def check_unique_ids(pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """Every id stands once in the whole guide."""
    owners: dict[str, str] = {}
    for path, page in pages.items():
        for heading in page.headings:
            if heading.id and heading.id in owners:
                message = f"the id '{heading.id}' already stands in {owners[heading.id]}"
                place = (heading.location.line, heading.location.column)
                yield page.diagnose(*place, "page-duplicate-id", message, "choose another id")
            elif heading.id:
                owners[heading.id] = f"docs/{path}"
    for path, ids in made_ids.items():
        for id in ids:
            if id in owners:
                message = f"a macro prints the id '{id}', which already stands in {owners[id]}"
                yield pages[path].diagnose(1, 1, "page-duplicate-id", message, "rename the record or the heading")
            owners[id] = f"docs/{path}"


def list_section_ids(pages: Mapping[str, Page]) -> dict[str, str]:
    """Returns the page of every section that a record may name: headings, and key points."""
    found = {heading.id: page.path for page in pages.values() for heading in list_sections(page) if heading.id}
    for page in pages.values():
        for call in page.calls:
            if call.name == "key_points" and call.args and isinstance(call.args[0], str):
                found[call.args[0]] = page.path
    return found


def check_sections(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Every section that a record names exists; every claim names the section that answers it."""
    known = list_section_ids(pages)

    def walk(value: object, where: Where) -> Iterator[tuple[Where, str, str]]:
        if isinstance(value, dict):
            for key, part in value.items():
                if key == "answered_in" and isinstance(part, str):
                    yield (*where, key), key, part
                elif key == "sections" and isinstance(part, list):
                    yield from (((*where, key, index), key, str(name)) for index, name in enumerate(part))
                elif isinstance(part, dict | list):
                    yield from walk(part, (*where, key))
        elif isinstance(value, list):
            for index, part in enumerate(value):
                yield from walk(part, (*where, index))

    for path, source in catalog.sources.items():
        for where, key, name in walk(source.value, ()):
            if name not in known:
                claim = key == "answered_in" and path == "data/claims.yml"
                rule = "claim-unanswered" if claim else "data-unknown-section"
                yield source.diagnose(where, rule, f"no section '{name}'", suggest(name, known))


def check_homes(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """The page on which a table or a care card lives for good shows it."""
    homes: list[tuple[str, str, Where, str, str]] = []
    for comparison in catalog.comparisons.values():
        path = f"data/comparisons/{comparison.id}.yml"
        homes.append((path, "comparison", ("page",), comparison.id, comparison.page))
    for card in catalog.care_cards.values():
        index = catalog.sources["data/care-cards.yml"].find_record(card.id)
        homes.append(("data/care-cards.yml", "care_card", (index, "page"), card.id, card.page))
    for path, macro, where, id, home in homes:
        source = catalog.sources[path]
        if home not in pages:
            yield source.diagnose(where, "data-unknown-id", f"there is no page '{home}'", suggest(home, pages))
        elif not any(call.name == macro and call.args[:1] == (id,) for call in pages[home].calls):
            message = f"'{home}' does not show it"
            yield source.diagnose(where, "data-unknown-id", message, f'add {{{{ {macro}("{id}") }}}} to docs/{home}')


def check_unused(catalog: Catalog, pages: Mapping[str, Page]) -> Iterator[Diagnostic]:
    """Warns of a reference that no page and no record cites."""
    used = {key for page in pages.values() for call in page.calls for key in _texts(call.args)}
    used |= {key for source in catalog.sources.values() for key in _find_refs(source.value)}
    source = catalog.sources.get("data/references.yml")
    for reference in catalog.references.values():
        if source and reference.id not in used:
            where = (source.find_record(reference.id), "id")
            found = source.diagnose(where, "data-unused-reference", f"nothing cites '{reference.id}'")
            yield Diagnostic(found.location, found.rule, found.message, found.help, "warning", found.excerpt)


def _texts(args: Iterable[object]) -> Iterator[str]:
    for arg in args:
        if isinstance(arg, str):
            yield arg
            yield from re.findall(r"\[@([^\]\s]+)\]", arg)
        elif isinstance(arg, list):
            yield from _texts(arg)


def _find_refs(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "refs" and isinstance(part, list):
                yield from map(str, part)
            else:
                yield from _find_refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from _find_refs(part)
