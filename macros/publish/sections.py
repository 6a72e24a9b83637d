"""The places of a page that the guide promises to keep: sections, terms, rows, questions and references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selectolax.lexbor import LexborNode

from macros.places import Passage, Place, fingerprint
from macros.publish.built import BuiltPage, name_heading
from macros.publish.spots import find_row_id, level_of, list_spots, read_text
from macros.publish.words import is_left_out, join_lines, list_children, walk


def find_places(page: BuiltPage) -> list[Place]:
    """Returns every promised place of a page, in the order of the page; an id that stands twice is returned twice."""
    own = _read_own_words(page.article)
    places = []
    for found in list_spots(page):
        words = own.get(found.node.mem_id) or read_text(found)[len(found.title) :].lstrip(".\n")
        places.append(Place(found.id, found.kind, page.address, found.title, fingerprint(words)))
    return places


def read_passages(page: BuiltPage, places: Mapping[str, Place]) -> Iterator[Passage]:
    """Yields the places of a page that are among `places`, with all their words.

    Args:
        page: the page, opened.
        places: what was found on all pages, by id.
    """
    notes = {note.id or "": note for note in page.article.css(".footnote li[id]")}
    for found in list_spots(page):
        place = places.get(found.id)
        if place is not None and (place.page, place.title) == (page.address, found.title):
            yield Passage(
                **vars(place),
                html=found.write(),
                level=level_of(found.node) or 2,
                notes=tuple(_find_notes(found.nodes, notes)),
                text=read_text(found),
            )


def find_unnamed(page: BuiltPage) -> Iterator[str]:
    """Yields the words of each heading and each table row that has no id, so that nobody can link to it.

    A table that repeats rows of another page has none on purpose.
    """
    for heading in page.article.css("h2, h3"):
        if not heading.id:
            yield name_heading(heading)
    for table in page.article.css("table"):
        rows = [row for row in table.css("tr") if row.css_first("td")]
        repeats = table.parent is not None and "guide-table" in (table.parent.attributes.get("class") or "").split()
        named = [row for row in rows if find_row_id(row)]
        if named or not repeats:
            yield from (_read_cells(row) for row in rows if not find_row_id(row))


def _read_cells(row: LexborNode) -> str:
    """Returns the words of a row as its page writes them: without the labels that a narrow screen shows."""
    return " ".join(" ".join(cell.text().split()) for cell in row.css("th, td"))


def _read_own_words(article: LexborNode) -> dict[int, str]:
    """Returns, for each heading, the words up to the next heading; the review dates belong to none."""
    pieces: dict[int, list[str]] = {}
    current: list[str] = []
    for child in list_children(article):
        if child.is_element_node and (child.css_matches(".guide-review") or is_left_out(child)):
            break
        for piece in walk(child):
            if isinstance(piece, str):
                current.append(piece)
            else:
                current = pieces[piece.mem_id] = []
    return {heading: join_lines(found) for heading, found in pieces.items()}


def _find_notes(nodes: Sequence[LexborNode], notes: dict[str, LexborNode]) -> Iterator[tuple[int, str]]:
    """Yields number and HTML of each footnote that the nodes cite; none when they hold the footnotes themselves."""
    if any(node.css_first(".footnote") or node.css_matches(".footnote") for node in nodes):
        return
    keys = {(mark.attributes.get("href") or "").lstrip("#") for node in nodes for mark in node.css("a.footnote-ref")}
    for number, (key, note) in enumerate(notes.items(), start=1):
        if key in keys:
            yield number, note.html or ""
