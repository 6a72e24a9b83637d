"""The rule of addresses outside the guide. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic
from macros.pages import Page
from macros.source import Where

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gov", "gob", "net", "nhs", "org"))
_ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "3": "e", "5": "s", "-": "", ".": ""})
_HELP = "type the address by hand, as its owner writes it"


def check_hosts(pages: Mapping[str, Page], catalog: Catalog) -> Iterator[Diagnostic]:
    """An address leads by https to a host in plain letters, which is not made to look like one of the sources'."""
    known = {
        _find_owner(host) for reference in catalog.references.values() if (host := _find_host(reference.url or ""))
    }
    for path, source in catalog.sources.items():
        for where, address in _list_addresses(source.value, ()):
            message = explain_address(address, frozenset() if path == "data/references.yml" else known)
            if message:
                yield source.diagnose(where, "file-host", message, _HELP)
    for page in pages.values():
        for link in page.links:
            message = explain_address(link.target, known) if link.target.startswith(("http:", "https:", "//")) else ""
            if message:
                yield page.diagnose(link.location.line, link.location.column, "file-host", message, _HELP)


def _list_addresses(value: Any, where: Where) -> Iterator[tuple[Where, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _list_addresses(part, (*where, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _list_addresses(part, (*where, index))
    elif isinstance(value, str) and re.match(r"(?:https?:)?//", value):
        yield where, value


def explain_address(address: str, known: frozenset[str] | set[str]) -> str:
    """Returns what is wrong with an address, or nothing.

    Args:
        address: a whole address.
        known: the owners of hosts that others could be made to look like, such as `example.org`.
    """
    host = _find_host(address)
    if not address.startswith("https://"):
        return f"'{address[:80]}' does not begin with 'https://'"
    if not host:
        return f"'{address[:80]}': the name of the site is not of a to z, digits, dots and hyphens alone"
    if any(label.startswith("xn--") for label in host.split(".")):
        return f"'{host}' hides letters of another alphabet"
    owner = _find_owner(host)
    for other in sorted(known):
        hidden = other in host or other.replace(".", "-") in host
        if owner != other and (hidden or _look_alike(owner, other)):
            return f"'{host}' looks like '{other}', which the guide cites"
    return ""


def _find_host(address: str) -> str:
    """Returns the host in small letters; nothing when it is not a plain name, or has a user or a port."""
    try:
        place = urlsplit(address).netloc.lower()
    except ValueError:
        return ""
    return place if _HOST.fullmatch(place) else ""


def _find_owner(host: str) -> str:
    """Returns the part of a host that somebody registered: `example.org` of `www.example.org`."""
    labels = host.split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-count:])


def _look_alike(one: str, other: str) -> bool:
    """Whether two owners look the same at a glance: 0 for o, rn for m, one letter more, less or else."""
    first, second = (name.translate(_ALIKE).replace("rn", "m").replace("vv", "w") for name in (one, other))
    if first == second:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 7 or len(long) - len(short) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[same + (len(short) == len(long)) :] == long[same + 1 :]
