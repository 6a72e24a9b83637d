"""Addresses outside the guide that are not what they seem."""

from __future__ import annotations

import pytest
from helpers import ROOT, load

from macros.hosts import check_hosts, explain_address

KNOWN = frozenset({"mill.example", "bakers.org.uk", "dough.gov"})


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://mill.example/a?b=c#d", ""),
        ("https://www.mill.example/", ""),
        ("https://shop.bakers.org.uk/", ""),
        ("https://windmill.test/", ""),
        ("http://mill.example/", "does not begin with 'https://'"),
        ("//mill.example/", "does not begin with 'https://'"),
        ("https://m\u0456ll.example/", "is not of a to z"),
        ("https://xn--mll-4pa.example/", "hides letters of another alphabet"),
        ("https://mill.example@evil.test/", "is not of a to z"),
        ("https://mill.example:8443/", "is not of a to z"),
        ("https://192.0.2.1/", "is not of a to z"),
        ("https://[::1]/", "is not of a to z"),
        ("https://localhost/", "is not of a to z"),
        ("https://-a.example/", "is not of a to z"),
        ("https://[/", "is not of a to z"),
        ("https://m1ll.example/", "looks like 'mill.example'"),
        ("https://mi11.example/", "looks like 'mill.example'"),
        ("https://mil.example/", "looks like 'mill.example'"),
        ("https://milll.example/", "looks like 'mill.example'"),
        ("https://mall.example/", "looks like 'mill.example'"),
        ("https://mill.example.evil.test/", "looks like 'mill.example'"),
        ("https://d0ugh.gov/", "looks like 'dough.gov'"),
        ("https://dough-gov.test/", "looks like 'dough.gov'"),
        ("https://bakers-org.uk/", "looks like 'bakers.org.uk'"),
    ],
)
def test_an_address_is_what_it_seems(address: str, told: str) -> None:
    message = explain_address(address, KNOWN)
    assert (told in message) if told else message == ""


def test_no_address_of_the_guide_is_told() -> None:
    project = load(ROOT)
    assert list(check_hosts(project.pages, project.catalog)) == []
