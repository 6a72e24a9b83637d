"""Where a link leads."""

from __future__ import annotations

import posixpath
from urllib.parse import urlsplit


def resolve(address: str, page: str) -> str:
    """Returns where a browser goes: a path from the top of the site, or a whole address outside."""
    address = address.strip().replace("\\", "/")
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme or parts.netloc:
        return address
    path = page
    if parts.path:
        path = posixpath.normpath(posixpath.join("/", page.rpartition("/")[0], parts.path)).lstrip("/")
        path += "/" if path and parts.path.endswith(("/", "..", ".")) else ""
    return f"/{path}" + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def is_outside(address: str) -> bool:
    """Whether a resolved address leads away from the site."""
    return not address.startswith("/") or address.startswith("//")
