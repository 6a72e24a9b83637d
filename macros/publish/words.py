"""The words of HTML: what a reader reads, without what only the screen needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "i",
        "img",
        "input",
        "label",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
    ]
)
"""Elements that do not end a line."""
LEFT_OUT = frozenset(["script", "style", "template", "title", "svg"])
LEFT_OUT_CLASSES = frozenset(
    [
        "headerlink",
        "footnote-ref",
        "footnote-backref",
        "guide-entry__also",  # names of other entries, and where the word is used: the words of others
        "guide-reference__line--quiet",
    ]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def list_children(node: LexborNode) -> Iterator[LexborNode]:
    """Yields elements and texts inside a node."""
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def is_left_out(node: LexborNode) -> bool:
    """Whether an element holds nothing that belongs to the words around it."""
    if node.tag in LEFT_OUT:
        return True
    names = node.attributes.get("class")
    return bool(names) and not LEFT_OUT_CLASSES.isdisjoint((names or "").split())


def walk(node: LexborNode) -> list[str | LexborNode]:
    """Returns, in the order of reading: texts, headings, and a line end around each block.

    Words of headings are not there, only the heading itself.
    """
    found: list[str | LexborNode] = []
    _walk(node, found)
    return found


def _walk(node: LexborNode, found: list[str | LexborNode]) -> None:
    if node.is_text_node:
        found.append(node.text_content or "")
    elif node.is_element_node and not is_left_out(node):
        tag = node.tag
        block = tag not in INLINE
        if block:
            found.append("\n")
        if tag in HEADINGS:
            found.append(node)
        else:
            label = node.attributes.get("data-label") if tag == "td" else None
            if label:
                found.append(f"{label}: ")
            child = node.first_child
            while child is not None:
                _walk(child, found)
                child = child.next
        if block:
            found.append("\n")


def plain_text(nodes: Iterable[LexborNode]) -> str:
    """Returns the words of nodes as plain text, one block a line."""
    pieces: list[str] = []
    for node in nodes:
        pieces += (piece if isinstance(piece, str) else inner_text(piece) for piece in walk(node))
        pieces.append("\n")
    return join_lines(pieces)


def inner_text(node: LexborNode) -> str:
    """Returns the words inside one node, as one line."""
    pieces = (piece for child in list_children(node) for piece in walk(child))
    return " ".join("".join(piece for piece in pieces if isinstance(piece, str)).split())


def join_lines(pieces: Iterable[str]) -> str:
    """Returns texts joined, with no empty line and single spaces."""
    lines = (" ".join(line.split()) for line in _split_blocks(pieces))
    return "\n".join(line for line in lines if line)


def _split_blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Yields what stands between two line ends; a line end inside a text is a space."""
    line: list[str] = []
    for piece in pieces:
        if piece == "\n":
            yield "".join(line)
            line = []
        else:
            line.append(piece)
    yield "".join(line)
