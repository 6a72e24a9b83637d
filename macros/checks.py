"""The rules of a page. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from macros.calls import INLINE_MACROS
from macros.catalog import validate
from macros.diagnostics import Diagnostic, suggest
from macros.markup import find_active_html
from macros.memory import Memory
from macros.models import FrontMatter
from macros.pages import Page

_WORD = re.compile(r"\S*\w\S*")


def check_pages(
    pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]], memory: Memory | None = None
) -> Iterator[Diagnostic]:
    """Yields every problem of every page.

    Args:
        pages: all of `docs/`.
        made_ids: ids that macros print, by page.
        memory: what was found before: a page is looked at again when it is another one.
    """
    memory = memory or Memory()
    for page in pages.values():
        yield from memory.recall(f"checked docs/{page.path}", page, partial(_check_page, page))
        yield from check_links(page, pages, made_ids)


def _check_page(page: Page) -> list[Diagnostic]:
    checks = check_front_matter, check_headings, check_shape, check_block_macros, check_raw_html
    return [problem for check in checks for problem in check(page)]


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
            message = f"'{heading.text}' is deeper than the third level"
            yield page.diagnose(*place, "page-heading-order", message, "begin the line with ## or ###")
        elif heading.level > previous + 1:
            message = f"'{heading.text}' is of level {heading.level}, and the heading above it of level {previous}"
            help = f"begin the line with {'#' * (previous + 1)}"
            yield page.diagnose(*place, "page-heading-order", message, help)
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
        last, message = page.calls[-1].location, "stands after the review dates"
        yield page.diagnose(last.line, last.column, "page-shape", message, "review() comes last")


def check_block_macros(page: Page) -> Iterator[Diagnostic]:
    """A macro that makes a block stands alone: at the first column, with an empty line before and after."""
    for call in page.calls:
        if call.name not in INLINE_MACROS and not call.alone:
            place = (call.location.line, call.location.column)
            help = "put it at the first column, with an empty line before and after"
            yield page.diagnose(*place, "page-block-macro", f"{call.name} does not stand alone", help)


def check_raw_html(page: Page) -> Iterator[Diagnostic]:
    """The only HTML in a page is div, span and br with class, id and markdown; comments are allowed.

    What a macro is given is searched too: there, two texts side by side are one.
    """
    for at, words in find_active_html(page.text):
        found = page.script.locate(at)
        message = f"'{words}' is not allowed in a page"
        yield page.diagnose(found.line, found.column, "page-raw-html", message, _advise(words))
    for call in page.calls:
        for text in call.list_texts():
            for _, words in find_active_html(text):
                place = (call.location.line, call.location.column)
                message = f"'{words}' is not allowed in a macro call"
                yield page.diagnose(*place, "page-raw-html", message, _advise(words))


def _advise(words: str) -> str:
    """Returns what Markdown has in place of a piece of HTML."""
    if words.startswith(("<http", "<mailto", "<www")):
        return "write [words](address)"
    known = {"a": "[words](address)", "b": "**words**", "strong": "**words**", "i": "*words*", "em": "*words*"}
    known |= {
        "img": "![what it shows](file)",
        "table": "a table of data/comparisons/",
        "ul": "- words",
        "li": "- words",
    }
    name = re.match(r"</?([a-z]+)", words.lower())
    instead = known.get(name[1]) if name else None
    return f"write {instead}" if instead else "delete it"


def check_links(page: Page, pages: Mapping[str, Page], made_ids: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """A link inside the guide leads to the `.md` file of a page, and to a section that it has."""
    for link in page.links:
        if re.match(r"^[a-z][a-z0-9+.-]*:", link.target):
            if not link.target.startswith(("https://", "http://", "mailto:", "tel:")):  # `hosts` looks at the web
                place = (link.location.line, link.location.column)
                help = "link to a page of the guide, or to an address that begins with 'https://'"
                yield page.diagnose(*place, "page-link", f"'{link.target}' is not an https address", help)
            continue
        name, _, fragment = link.target.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), name)) if name else page.path
        place = (link.location.line, link.location.column)
        if path not in pages:
            yield page.diagnose(*place, "page-link", f"there is no page '{path}'", _suggest_page(page, path, pages))
        elif fragment:
            ids = {heading.id for heading in pages[path].headings if heading.id} | set(made_ids.get(path, ()))
            if fragment not in ids:
                message = f"'{path}' has no section '{fragment}'"
                yield page.diagnose(*place, "page-link", message, suggest(fragment, ids))


def _suggest_page(page: Page, path: str, pages: Mapping[str, Page]) -> str:
    """Returns what to write in place of a link to a page that is not there, as seen from the page it stands on."""
    if not path.endswith(".md"):
        path = next((near for near in (f"{path}.md", f"{path}/index.md") if near in pages), path)
    near = [other for other in pages if posixpath.basename(other) == posixpath.basename(path) != "index.md"]
    paths = {posixpath.relpath(other, posixpath.dirname(page.path) or "."): other for other in near or pages}
    wanted = posixpath.relpath(path.lstrip("/"), posixpath.dirname(page.path) or ".")
    return suggest(wanted, paths) or "write the path of its .md file, as seen from this page"


def check_pictures(pages: Mapping[str, Page], files: Iterable[str]) -> Iterator[Diagnostic]:
    """A picture in a page is a file of `docs/`.

    Args:
        pages: all of `docs/`.
        files: the path of every file of the project.
    """
    known = {path.removeprefix("docs/") for path in files if path.startswith("docs/")}
    for page in pages.values():
        for picture in page.pictures:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), picture.target))
            if path not in known:
                message = f"there is no picture '{picture.target}' in docs/"
                help = "put the file into docs/assets/, and write its path as seen from this page"
                yield page.diagnose(picture.location.line, picture.location.column, "page-picture", message, help)
