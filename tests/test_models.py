"""What a record may hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from macros import models

REFERENCE = {
    "id": "gas-2024",
    "tier": "trial",
    "label": "Gas 2024",
    "title": "Gas",
    "authors": "Miller A",
    "publisher": "Press",
    "checked": "excerpt",
    "checked_on": "2026-11-01",
}
FRONT = {"title": "Bread", "description": "A loaf.", "reviewed": "2026-11-01", "next_review": "2027-11-01"}


def read(model: type[models.Record], value: dict[str, Any]) -> Any:
    return TypeAdapter(model).validate_python(value)


@pytest.mark.parametrize("model", [*models.LISTS.values(), models.Comparison, models.FrontMatter, models.Reviewer])
def test_a_record_cannot_be_changed_and_has_no_keys_but_its_own(model: type[models.Record]) -> None:
    assert model.model_config["frozen"]
    assert model.model_config["extra"] == "forbid"


def test_a_record_cannot_be_changed_after_it_was_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read(models.Reference, {**REFERENCE, "pmid": "12345"}).title = "Other"


@pytest.mark.parametrize(
    ("parts", "address"),
    [
        ({"doi": "10.1000/182", "pmid": "12345", "url": "https://a.org/"}, "https://doi.org/10.1000/182"),
        ({"pmid": "12345", "pmcid": "PMC1", "url": "https://a.org/"}, "https://pubmed.ncbi.nlm.nih.gov/12345/"),
        ({"pmcid": "PMC1", "url": "https://a.org/"}, "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"),
        ({"url": "https://a.org/b?c=d"}, "https://a.org/b?c=d"),
        ({"doi": "10.1002/(SICI)1<16::AID>3.0"}, "https://doi.org/10.1002/%28SICI%291%3C16%3A%3AAID%3E3.0"),
    ],
)
def test_a_reference_leads_to_its_lasting_address_first(parts: dict[str, str], address: str) -> None:
    assert read(models.Reference, {**REFERENCE, **parts}).address == address


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"doi": "https://doi.org/10.1000/182"},
        {"pmid": "PMID 12345"},
        {"pmcid": "12345"},
        {"url": "http://a.org"},
        {"url": "javascript:alert(1)"},
        {"url": 'https://a.org/"onclick="b'},
        {"url": "https://a.org/<b>"},
        {"doi": "10.1000/182", "year": "1066"},
        {"doi": "10.1000/182", "label": "x" * 33},
    ],
)
def test_a_reference_that_a_reader_cannot_look_up_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        read(models.Reference, {**REFERENCE, **parts})


def test_numbers_and_dates_are_read_from_text() -> None:
    reference = read(models.Reference, {**REFERENCE, "pmid": "12345", "year": "2019"})
    assert reference.year == 2019
    assert reference.checked_on == date(2026, 11, 1)


@pytest.mark.parametrize("text", models.NOTHING_KNOWN)
def test_a_cell_that_says_nothing_needs_no_source(text: str) -> None:
    assert read(models.Cell, {"text": text}).refs == ()


def test_a_cell_that_says_something_needs_a_source() -> None:
    with pytest.raises(ValidationError, match="Not known"):
        read(models.Cell, {"text": "Hot."})


@pytest.mark.parametrize("id", ["A", "a_b", "a--b", "-a", "a-", "a b", "ä", "", "a" * 81, "a\n"])
def test_an_id_that_would_not_be_an_address_is_refused(id: str) -> None:
    with pytest.raises(ValidationError):
        read(models.Column, {"id": id, "label": "A"})


@pytest.mark.parametrize("page", ["/index.md", "../a.md", "a/../b.md", "a.html", "A.md", "a//b.md", ""])
def test_a_page_that_is_not_below_docs_is_refused(page: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(models.PagePath).validate_python(page)


@pytest.mark.parametrize("file", ["../a.svg", "a/b.svg", "a.png", "a.svg.html"])
def test_a_drawing_outside_its_folder_is_refused(file: str) -> None:
    value = {"id": "a", "file": file, "caption": "A.", "alt": "A.", "description": "A."}
    with pytest.raises(ValidationError):
        read(models.Figure, value)


def test_text_is_kept_without_the_space_around_it() -> None:
    assert read(models.Column, {"id": "a", "label": "  Gas \n"}).label == "Gas"


@pytest.mark.parametrize("label", ["", "  ", "x" * 2001])
def test_text_that_is_empty_or_endless_is_refused(label: str) -> None:
    with pytest.raises(ValidationError):
        read(models.Column, {"id": "a", "label": label})


@pytest.mark.parametrize("due", ["2026-11-01", "2026-10-31", "2029-11-05"])
def test_a_review_is_due_later_and_within_three_years(due: str) -> None:
    with pytest.raises(ValidationError, match="three years"):
        read(models.FrontMatter, {**FRONT, "next_review": due})


def test_a_page_without_a_reviewer_has_none() -> None:
    assert read(models.FrontMatter, FRONT).reviewer is None


def test_every_list_has_a_file_name_that_the_catalog_can_hold() -> None:
    assert all(name.replace("-", "_").isidentifier() for name in models.LISTS)
