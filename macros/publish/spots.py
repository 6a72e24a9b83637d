"""Where the promised places of an open page stand, and what belongs to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from selectolax.lexbor import LexborNode

from macros.places import Kind
from macros.publish.built import BuiltPage, name_heading
from macros.publish.words import HEADINGS, inner_text, list_children, plain_text


@dataclass(frozen=True)
class Spot:
    """A place on a page that lies open."""

    id: str
    kind: Kind
    title: str
    node: LexborNode
    nodes: Sequence[LexborNode]
    """What holds its words."""
    write: Callable[[], str]
    """Returns its HTML."""


def list_spots(page: BuiltPage) -> Iterator[Spot]:
    """Yields every place of a page, in the order of the page."""
    for node in page.article.css("h2, h3, tr, li.guide-question, p.guide-reference"):
        found = _read_row(node) if node.tag == "tr" else _read_block(node)
        if found is not None:
            yield found


def read_text(spot: Spot) -> str:
    """Returns the words of a place, its title first."""
    text = plain_text(spot.nodes)
    return text if text.startswith(spot.title) else f"{spot.title}\n{text}"


def _read_block(node: LexborNode) -> Spot | None:
    """Returns a heading with what stands below it, a question or a reference."""
    if not node.id:
        return None
    names = (node.attributes.get("class") or "").split()
    if node.tag in HEADINGS:
        kind: Kind = "term" if "guide-entry" in names else "section"
        nodes = _collect_section(node)
        return Spot(node.id, kind, name_heading(node), node, nodes, partial(_join, nodes))
    strong = node.css_first("strong")
    title = inner_text(strong or node).rstrip(".")
    if node.tag == "li":
        wrap = '<div class="guide-questions"><ul>{}</ul></div>'
        return Spot(node.id, "question", title, node, [node], lambda: wrap.format(node.html))
    nodes = [node]
    for other in _following(node):
        if other.tag in HEADINGS or "guide-reference" in (other.attributes.get("class") or "").split():
            break
        nodes.append(other)
    return Spot(node.id, "reference", title, node, nodes, partial(_join, nodes))


def _join(nodes: Sequence[LexborNode]) -> str:
    return "\n".join(node.html or "" for node in nodes)


def _read_row(row: LexborNode) -> Spot | None:
    """Returns a table row: its HTML is its table, with the headers and this row only."""
    id = find_row_id(row)
    head = row.css_first("th, td")
    table = row.parent.parent if row.parent else None
    if not id or head is None or table is None:
        return None
    cells = [cell for cell in list_children(row) if cell.is_element_node]
    return Spot(id, "row", inner_text(head), row, cells[1:], partial(_write_row, row, table))


def _write_row(row: LexborNode, table: LexborNode) -> str:
    header = table.css_first("thead")
    body = f"<tbody{_attributes(row.parent)}>{row.html}</tbody>" if row.parent else ""
    html = f"<table{_attributes(table)}>{header.html if header else ''}{body}</table>"
    figure = table.parent
    if figure is not None and figure.tag == "figure":
        caption = figure.css_first("figcaption")
        html = f"<figure{_attributes(figure)}>{caption.html if caption else ''}{html}</figure>"
    return html


def find_row_id(row: LexborNode) -> str | None:
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
        level = level_of(other)
        if other.css_matches(".guide-review") or 0 < level <= level_of(heading) or _has_heading(other, heading):
            break
        nodes.append(other)
    return nodes


def level_of(node: LexborNode) -> int:
    """Returns the level of a heading, or 0 for any other element."""
    tag = node.tag or ""
    return int(tag[1]) if tag in HEADINGS else 0


def _has_heading(node: LexborNode, heading: LexborNode) -> bool:
    """Whether a heading of the same level or above stands inside a node, the given one aside."""
    tags = ", ".join(f"h{level}" for level in range(1, level_of(heading) + 1))
    return any(other.mem_id != heading.mem_id for other in node.css(tags) if other.mem_id != node.mem_id)
