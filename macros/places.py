"""Places of the built site that the guide promises to keep: what each is, and the print of its words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import relpath
from typing import Literal, get_args

Kind = Literal["section", "term", "row", "question", "reference"]
KINDS: tuple[str, ...] = get_args(Kind)
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def fingerprint(text: str) -> str:
    """Returns eight letters that change with the words, not with punctuation, case or markup.

    Letters only, because YAML would read some digits as a number.
    """
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return hashlib.sha256(words.encode()).hexdigest()[:8].translate(_LETTERS)


NO_WORDS = fingerprint("")
"""The print of a place without words of its own, such as a heading right above another."""


@dataclass(frozen=True)
class Place:
    """A place with an id on a built page; addresses begin at the site's root, such as `/treatment/aftercare/`."""

    id: str
    kind: Kind
    page: str
    title: str
    words: str = NO_WORDS
    """The print of its own words: those up to the next heading."""

    @property
    def address(self) -> str:
        """Where it stands: page and fragment."""
        return f"{self.page}#{self.id}"


@dataclass(frozen=True)
class Passage(Place):
    """A place with all its words."""

    html: str = field(default="", repr=False)
    """The whole place, as it stands on its page."""
    level: int = 2
    """The level of its heading, or 2 when it has none."""
    notes: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """Number and HTML of each footnote that it cites."""
    text: str = field(default="", repr=False)
    """The whole place as plain text, one block a line."""

    @cached_property
    def hash(self) -> str:
        """SHA-256 of its plain text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def page_address(path: str) -> str:
    """Returns where a page below `docs/` stands: `treatment/aftercare.md` at `/treatment/aftercare/`."""
    name = path.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{name}/" if name else "/"


def permanent_address(id: str) -> str:
    """Returns the address of a place's permanent page, from the site's root."""
    return f"/s/{id}/"


def absolute_address(site_url: str, address: str) -> str:
    """Returns an address from the site's root as the whole address, host included."""
    return f"{site_url.rstrip('/')}/{address.lstrip('/')}" if address.strip("/") else site_url


def relative_address(address: str, page: str) -> str:
    """Returns an address from the site's root as a link on the page `page` must write it."""
    path, sign, rest = address.partition("#")
    if path == page:
        return sign + rest or "./"
    folder = page if page.endswith("/") else page.rpartition("/")[0] + "/"
    relative = relpath(path, folder)
    return relative + ("/" if path.endswith("/") else "") + sign + rest


def group_places(places: Mapping[str, Place]) -> dict[str, list[Place]]:
    """Returns the places of each page, in their order."""
    pages: dict[str, list[Place]] = {}
    for place in places.values():
        pages.setdefault(place.page, []).append(place)
    return pages
