"""What can be found in a built page: each heading that has an id, each row of a comparison, with its own words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from selectolax.lexbor import LexborNode

from macros.publish.search_index import Section

_NO_WORDS = (
    "script, style, svg, nav, form, sup, .headerlink, .md-content__button, .footnote, .guide-sources, .guide-contents, "
    ".guide-care__sources, .guide-entry__also:has(a), .guide-facts, .guide-findings, .guide-letter, .guide-reference, "
    ".guide-review, .guide-table:not(.guide-table--comparison) tbody"
)
"""What says nothing of its own, or is said elsewhere."""
_ROW, _URGENT_CARE, _OTHER_CARE = 0.75, 1.3, 0.9
_CARE, _NOT_URGENT = "guide-care--", "non-urgent"


@dataclass
class _Draft:
    title: str
    address: str
    weight: float = 1.0
    care: str = ""
    words: list[str] = field(default_factory=list)


def take_sections(article: LexborNode, address: str) -> list[Section]:
    """Returns the sections of a built page, the page itself first; none for a page without a heading.

    A heading owns the words after it, up to the next one, and inside a box (a care card) only those of the box.

    Args:
        article: what the page says; it is taken apart, so that nothing else can be read from it any more.
        address: where the page stands below the root of the guide: "" or "treatment/aftercare/".
    """
    heading = article.css_first("h1")
    if heading is None:
        return []
    for node in article.css(_NO_WORDS):
        node.decompose()
    page = _Draft(_read_text(heading), address)
    heading.decompose()
    drafts = [page]
    _collect(article, page, drafts)
    return [
        Section(
            title=draft.title,
            page=page.title,
            address=draft.address,
            words=" ".join(" ".join(draft.words).split()),
            weight=draft.weight,
            care=draft.care,
        )
        for draft in drafts
    ]


def choose_sections(sections: Iterable[Section], weights: Mapping[str, float]) -> list[Section]:
    """Returns what the index holds: sections weighed by their addresses, without copies.

    A section is a copy when its heading and words stand elsewhere under a shorter id, as a care card's do.

    Args:
        sections: all sections of the guide.
        weights: by pattern of addresses, such as `about/*` or `*-sources`; all that fit are multiplied; 0 leaves out.
    """
    weighed = [replace(section, weight=section.weight * _weigh(section.address, weights)) for section in sections]
    kept = [section for section in weighed if section.weight]
    shortest: dict[tuple[str, str], str] = {}
    for section in kept:
        key = (section.title, section.words)
        shortest[key] = min(shortest.get(key, section.address), section.address, key=_id_length)
    return [
        section for section in kept if not section.words or shortest[section.title, section.words] == section.address
    ]


def _weigh(address: str, weights: Mapping[str, float]) -> float:
    return math.prod(factor for pattern, factor in weights.items() if fnmatchcase(address, pattern))


def _collect(node: LexborNode, owner: _Draft, drafts: list[_Draft]) -> None:
    """Adds the words below a node to their owners, and new owners to the drafts."""
    box = (node.attributes.get("class") or "").split()
    for child in node.iter(include_text=True):
        id = child.attributes.get("id") if child.tag != "-text" else None
        if child.tag == "-text":
            owner.words.append(child.text())
        elif child.tag in {"h2", "h3"}:
            if "guide-key-points" in box or not id:
                continue
            owner = _Draft(_read_text(child), f"{drafts[0].address}#{id}")
            if level := next((name.removeprefix(_CARE) for name in box if name.startswith(_CARE)), ""):
                owner.care, owner.weight = level, _OTHER_CARE if level == _NOT_URGENT else _URGENT_CARE
            drafts.append(owner)
        elif child.tag == "tr" and id and (header := child.css_first("th")):
            row = _Draft(_read_text(header), f"{drafts[0].address}#{id}", _ROW)
            header.decompose()
            drafts.append(row)
            _collect(child, row, drafts)
        else:
            _collect(child, owner, drafts)


def _read_text(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _id_length(address: str) -> int:
    return len(address.partition("#")[2])
