"""`/ids.json`, its JSON Schema, and the facts of each id."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from macros.models import Record
from macros.places import absolute_address
from macros.publish.edition import LICENSE_URL, Edition
from macros.publish.moves import OldPage
from macros.publish.records import IdIndex, PublishedSection
from macros.schemas import make_schema


def list_facts(edition: Edition, id: str, hash: str | None) -> dict[str, Any]:
    """Returns the fields of `PublishedId`: all that is known of a promised id.

    Args:
        edition: the site.
        id: the id.
        hash: the print of its words, when they are there.
    """
    entry = edition.permalinks[id]
    place = None if entry.is_gone else edition.places.get(id)
    page = edition.pages.get(entry.page)
    return {
        "id": id,
        "kind": entry.kind,
        "page": entry.page,
        "was": entry.was,
        "since": entry.since,
        "changed": entry.changed,
        "status": entry.status,
        "successor": entry.successor,
        "reason": entry.reason,
        "title": place.title if place else entry.heading,
        "address": absolute_address(edition.url, place.address) if place else edition.permanent(id),
        "permanent": edition.permanent(id),
        "page_title": edition.name_page(entry.page),
        "last_reviewed": page.reviewed if page and place else None,
        "next_review": page.next_review if page and place else None,
        "hash": hash,
        "license": LICENSE_URL,
    }


def render_index(edition: Edition, moves: Mapping[str, OldPage], hashes: Mapping[str, str]) -> dict[str, str]:
    """Returns `ids.json` and the schemas of what programs read, by path.

    Args:
        edition: the site.
        moves: the old addresses, by page.
        hashes: the prints of the words of each place, by id.
    """
    index = IdIndex.model_validate(
        {
            "version": 1,
            "schema": absolute_address(edition.url, "/ids.schema.json"),
            "site": edition.name,
            "url": edition.url,
            "license": LICENSE_URL,
            "ids": (list_facts(edition, id, hashes.get(id)) for id in sorted(edition.permalinks)),
            "redirects": [
                {"from": source, "to": absolute_address(edition.url, target.address)}
                for old in moves.values()
                for source, target in old.list_targets()
            ],
        }
    )
    return {
        "ids.json": render_record(index),
        "ids.schema.json": render_schema(IdIndex),
        "s/section.schema.json": render_schema(PublishedSection),
    }


def render_record(record: Record) -> str:
    """Returns a record as JSON."""
    return record.model_dump_json(by_alias=True) + "\n"


def render_schema(model: type[Record]) -> str:
    """Returns the JSON Schema of a record, each field with what it means."""
    return json.dumps(make_schema(model, "serialization"), indent=2, sort_keys=True) + "\n"
