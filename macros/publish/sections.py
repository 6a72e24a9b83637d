"""The places of a page that the guide promises to keep: sections, terms, rows, questions and references."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborNode

from macros.places import Kind, Passage, fingerprint
from macros.publish.built import BuiltPage, name_heading
from macros.publish.words import HEADINGS, inner_text, is_left_out, join_lines, list_children, plain_text, walk


def find_places(page: BuiltPage) -> list[Passage]:
    """Returns every promised place of a page, in the order of the page; an id that stands twice is returned twice."""
    notes = {note.id or "": note for note in page.article.css(".footnote li[id]")}
    own = _read_own_words(page.article)
    places = []
    for node in page.article.css("h2, h3, tr, li.guide-question, p.guide-reference"):
        found = _read_row(node) if node.tag == "tr" else _read_block(node)
        if found is None:
            continue
        id, kind, title, nodes, html = found
        text = plain_text(nodes)
        below = text.removeprefix(title).lstrip(".\n")
        text = text if text.startswith(title) else f"{title}\n{text}"
        places.append(
            Passage(
                id=id,
                kind=kind,
                page=page.address,
                title=title,
                words=fingerprint(own.get(node.mem_id) or below),
                hash=hashlib.sha256(text.encode()).hexdigest(),
                html=html,
                level=_level(node) or 2,
                notes=tuple(_find_notes(nodes, notes)),
                text=text,
            )
        )
    return places


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
        named = [row for row in rows if _find_row_id(row)]
        if named or not repeats:
            yield from (inner_text(row) for row in rows if not _find_row_id(row))


_Found = tuple[str, Kind, str, Sequence[LexborNode], str]


def _read_block(node: LexborNode) -> _Found | None:
    """Returns id, kind, title, nodes and HTML of a heading with what stands below it, a question or a reference."""
    if not node.id:
        return None
    names = (node.attributes.get("class") or "").split()
    if node.tag in HEADINGS:
        kind: Kind = "term" if "guide-entry" in names else "section"
        nodes = _collect_section(node)
        return node.id, kind, name_heading(node), nodes, "\n".join(part.html or "" for part in nodes)
    strong = node.css_first("strong")
    title = inner_text(strong or node).rstrip(".")
    if node.tag == "li":
        return node.id, "question", title, [node], f'<div class="guide-questions"><ul>{node.html}</ul></div>'
    nodes = [node]
    for other in _following(node):
        if other.tag in HEADINGS or "guide-reference" in (other.attributes.get("class") or "").split():
            break
        nodes.append(other)
    return node.id, "reference", title, nodes, "\n".join(part.html or "" for part in nodes)


def _read_row(row: LexborNode) -> _Found | None:
    """Returns id, kind, title, nodes and HTML of a table row: its table, with the headers and this row only."""
    id = _find_row_id(row)
    head = row.css_first("th, td")
    table = row.parent.parent if row.parent else None
    if not id or head is None or table is None:
        return None
    cells = [cell for cell in list_children(row) if cell.is_element_node]
    header = table.css_first("thead")
    body = f"<tbody{_attributes(row.parent)}>{row.html}</tbody>" if row.parent else ""
    html = f"<table{_attributes(table)}>{header.html if header else ''}{body}</table>"
    figure = table.parent
    if figure is not None and figure.tag == "figure":
        caption = figure.css_first("figcaption")
        html = f"<figure{_attributes(figure)}>{caption.html if caption else ''}{html}</figure>"
    return id, "row", inner_text(head), cells[1:], html


def _find_row_id(row: LexborNode) -> str | None:
    """Returns the id of a row that has cells; in a Markdown table it stands on the row's first cell."""
    first = row.css_first("th, td")
    if first is None or row.css_first("td") is None:
        return None
    return row.id or first.id


def _attributes(node: LexborNode) -> str:
    return "".join(f' {name}="{value or ""}"' for name, value in node.attributes.items())


def _following(node: LexborNode) -> Iterator[LexborNode]:
    """Yields the elements after a node, inside the same parent."""
    other = node.next
    while other is not None:
        if other.is_element_node:
            yield other
        other = other.next


def _collect_section(heading: LexborNode) -> list[LexborNode]:
    """Returns a heading and what belongs to it: up to the next heading of its level or above.

    When the heading opens a box, the whole box belongs to it, and so do parts of the box that follow it
    (`guide-care__sources` after `guide-care`).
    """
    box = heading.parent
    if box is not None and box.tag != "article" and not _has_heading(box, heading):
        name = (box.attributes.get("class") or "").partition(" ")[0]
        nodes = [box]
        for other in _following(box):
            if not name or not (other.attributes.get("class") or "").startswith(f"{name}__"):
                break
            nodes.append(other)
        return nodes
    nodes = [heading]
    for other in _following(heading):
        level = _level(other)
        if other.css_matches(".guide-review") or 0 < level <= _level(heading) or _has_heading(other, heading):
            break
        nodes.append(other)
    return nodes


def _level(node: LexborNode) -> int:
    """Returns the level of a heading, or 0 for any other element."""
    tag = node.tag or ""
    return int(tag[1]) if tag in HEADINGS else 0


def _has_heading(node: LexborNode, heading: LexborNode) -> bool:
    """Whether a heading of the same level or above stands inside a node, the given one aside."""
    tags = ", ".join(f"h{level}" for level in range(1, _level(heading) + 1))
    return any(other.mem_id != heading.mem_id for other in node.css(tags) if other.mem_id != node.mem_id)


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
