"""The sign beside each heading: what it is called, and the permanent address that it copies."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import escape

from macros.places import Place
from macros.publish.edition import Edition

_SIGN = re.compile(r'<a\b[^>]*\bclass="headerlink"[^>]*>.*?</a>', re.DOTALL)
_TARGET = re.compile(r'\bhref="#([^"]*)"')


def name_headerlinks(edition: Edition, text: str, places: Mapping[str, Place]) -> str:
    """Returns a page's file in which each sign's name includes its heading, and which names the address to copy.

    Only signs of promised places are touched; without a script each stays a link to its section.

    Args:
        edition: the site.
        text: the file.
        places: promised places by id.
    """

    def replace(found: re.Match[str]) -> str:
        target = _TARGET.search(found.group())
        place = places.get(target.group(1)) if target else None
        if place is None:
            return found.group()
        name = escape(f"Link to this section: {place.title}")
        return (
            f'<a class="headerlink" href="#{place.id}" title="{name}" aria-label="{name}"'
            f' data-permanent="{escape(edition.permanent(place.id))}"><span aria-hidden="true">#</span></a>'
        )

    return _SIGN.sub(replace, text)
