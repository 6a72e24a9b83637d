"""Facts about a page for search engines, as JSON-LD: the template begins them, the page's own words complete them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from macros.places import absolute_address
from macros.publish.built import BuiltPage
from macros.publish.edition import LICENSE_URL, Edition

_BLOCK = re.compile(r'(<script type="application/ld\+json">)(.*?)(</script>)', re.DOTALL)
_DOI = "https://doi.org/"


def complete_linked_data(told: Mapping[str, Any], text: str) -> str:
    """Returns a page's file whose JSON-LD also says what is told of it; one without stays so."""

    def complete(found: re.Match[str]) -> str:
        facts = {**json.loads(found.group(2)), **told}
        facts = {key: value for key, value in facts.items() if value not in (None, "", [])}
        words = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return found.group(1) + words.replace("<", "\\u003c") + found.group(3)

    return _BLOCK.sub(complete, text)


def describe_page(edition: Edition, page: BuiltPage) -> dict[str, Any]:
    """Returns what the built page says of itself, in the words of schema.org."""
    return {
        "name": page.title,
        "description": page.description,
        "url": absolute_address(edition.url, page.address),
        "inLanguage": page.language,
        "isAccessibleForFree": True,
        "license": LICENSE_URL,
        "lastReviewed": page.reviewed,
        "citation": list_citations(page),
    }


def list_citations(page: BuiltPage) -> list[dict[str, str]]:
    """Returns the works that a page cites in its footnotes, in their order."""
    works = []
    for link in page.article.css(".footnote li[id] cite a[href]"):
        address = link.attributes["href"] or ""
        work = {"@type": "CreativeWork", "name": " ".join(link.text().split()), "url": address}
        if address.startswith(_DOI):
            work["identifier"] = f"doi:{address.removeprefix(_DOI)}"
        works.append(work)
    return works
