"""What clinics rely on, checked on the whole published site."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from built import BuiltSite
from qr_reader import read_code


@pytest.fixture(scope="module")
def promises(site: BuiltSite) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site.folder / "ids.json").read_text(encoding="utf-8"))["ids"]
    assert len(found) > 1000
    return found


def test_every_promised_id_stands_on_its_page(site: BuiltSite, promises: list[dict[str, Any]]) -> None:
    home = site.pages["index.html"]
    dead = {site.find_dead(promise["address"], home) for promise in promises}
    assert dead - {None} == set()


def test_every_promised_id_has_its_permanent_page_text_and_code(
    site: BuiltSite, promises: list[dict[str, Any]]
) -> None:
    files = ("index.html", "section.json", "qr.svg")
    assert [
        f"{promise['id']}/{name}"
        for promise in promises
        for name in files
        if not (site.folder / "s" / promise["id"] / name).is_file()
    ] == []


def test_every_qr_code_leads_to_its_permanent_page(site: BuiltSite, promises: list[dict[str, Any]]) -> None:
    wrong = [
        promise["id"]
        for promise in promises
        if read_code((site.folder / "s" / promise["id"] / "qr.svg").read_text(encoding="utf-8")) != promise["permanent"]
    ]
    assert wrong == []


def test_every_heading_entry_and_row_is_under_contract(site: BuiltSite, promises: list[dict[str, Any]]) -> None:
    promised = {promise["id"] for promise in promises}
    for page in site.guide_pages:
        places = page.article.css("h2[id], h3[id], tr[id], tbody th[id]")
        assert {node.id for node in places if node.id} - promised == set()


def test_no_id_is_counted(promises: list[dict[str, Any]]) -> None:
    assert [promise["id"] for promise in promises if re.search(r"_\d+$", promise["id"])] == []
