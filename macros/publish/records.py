"""What other sites and programs read: `/ids.json` and `/s/<id>/section.json`. Version 1; fields are only ever added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from pydantic import Field

from macros.models import Record
from macros.places import Kind


class PublishedId(Record):
    """A promised id, and all that is known of it."""

    id: str
    """Never renamed, never used again for something else."""
    kind: Kind
    title: str
    """The heading, or what stands for one; the last one when the section is gone."""
    address: str
    """The section on its page. When it is gone: its permanent page, which says why and where to go now."""
    permanent: str
    """The address to print: it outlives moves, and needs neither a fragment nor scripts."""
    page: str
    """The page on which it stands, or stood last, from the site's root."""
    page_title: str
    was: tuple[str, ...]
    """Pages on which it stood before, from the site's root; links to it there still land."""
    since: date
    """The day of its first publication."""
    changed: date | None
    """The day on which its words last changed; null when they never did."""
    status: Literal["live", "moved", "merged", "retired"]
    successor: str | None
    """The id to use now, when this one is merged or retired."""
    reason: str | None
    """Why it was retired."""
    last_reviewed: date | None
    next_review: date | None
    hash: str | None
    """SHA-256 of the field `text` in section.json, as UTF-8; null when the section is gone."""
    license: str
    """Where the license of the text stands."""


class PublishedSection(PublishedId):
    """A section with its words, to show on another site."""

    text: str
    """Plain text, one block a line; empty when the section is gone."""
    html: str
    """HTML with whole addresses, and with the footnotes that the section cites; empty when the section is gone."""
    qr: str
    """An SVG that cameras read as the permanent address."""


class PublishedRedirect(Record):
    """An old address, from the site's root, and the whole address of what stands there now."""

    source: str = Field(alias="from")
    to: str


class IdIndex(Record):
    """Every id that the guide ever promised."""

    version: Literal[1]
    schema_address: str = Field(alias="schema")
    """The JSON Schema of this file."""
    site: str
    url: str
    license: str
    ids: Iterable[PublishedId]  # each is made when it is written: there are thousands
    redirects: tuple[PublishedRedirect, ...]
