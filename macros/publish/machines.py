"""What programs ask a site for by name: search engines, security researchers, language models."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from markupsafe import escape

from macros.places import absolute_address
from macros.publish.edition import LICENSE, LICENSE_URL, Edition

SECURITY = ".well-known/security.txt"
SECURITY_DAYS = 360
"""How long the contact for security holds: less than a year, so that a dead site does not promise an answer."""
VERSION = "version.json"


def render_machine_files(edition: Edition, today: date) -> Iterator[tuple[str, str]]:
    """Yields path and text of each file that is asked for by its name."""
    yield "sitemap.xml", render_sitemap(edition)
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {absolute_address(edition.url, '/sitemap.xml')}\n"
    yield "llms.txt", render_overview(edition)
    if edition.home.repository:
        yield SECURITY, render_security(edition, today)


def render_sitemap(edition: Edition) -> str:
    """Returns the addresses of all pages, each with the day on which its words last changed, where that is known."""
    changed: dict[str, date] = {}
    for entry in edition.permalinks.values():
        if not entry.is_gone:
            day = entry.changed or entry.since
            changed[entry.page] = max(day, changed.get(entry.page, day))
    rows = []
    for address in edition.pages:
        told = f"<lastmod>{changed[address].isoformat()}</lastmod>" if address in changed else ""
        rows.append(f"<url><loc>{escape(absolute_address(edition.url, address))}</loc>{told}</url>")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *rows, "</urlset>", ""])


def render_security(edition: Edition, today: date) -> str:
    """Returns where to report a weakness (RFC 9116): in private, where the source of the guide is kept."""
    expires = today + timedelta(days=SECURITY_DAYS)
    return (
        f"Contact: {edition.home.repository}/security/advisories/new\n"
        f"Expires: {expires.isoformat()}T00:00:00Z\n"
        f"Preferred-Languages: {edition.home.language}\n"
        f"Canonical: {absolute_address(edition.url, '/' + SECURITY)}\n"
        f"Policy: {edition.home.repository}/security/policy\n"
    )


def render_overview(edition: Edition) -> str:
    """Returns what the guide is and what each page holds, for language models (llmstxt.org)."""
    parts: dict[str, list[str]] = {}
    for address, page in edition.pages.items():
        about = f": {page.description}" if page.description else ""
        parts.setdefault(address.strip("/").partition("/")[0], []).append(
            f"- [{page.title}]({absolute_address(edition.url, address)}){about}"
        )
    lines = [f"# {edition.name}", *(["", f"> {edition.home.description}"] if edition.home.description else [])]
    lines += ["", f"Text: [{LICENSE}]({LICENSE_URL}). Cite the address of the section that you used."]
    lines += [f"Every section, with its lasting address: {absolute_address(edition.url, '/ids.json')}"]
    for part, rows in parts.items():
        lines += ["", f"## {edition.name_page(f'/{part}/' if part else '/')}", "", *rows]
    return "\n".join(lines) + "\n"


def render_version(files: int, digest: str, commit: str | None, day: date | None) -> str:
    """Returns which state of the source was built, and the print of what came out.

    Args:
        files: how many other files the site has.
        digest: SHA-256 of a line for each of them, with its own SHA-256 and its path: the print of the whole site.
        commit: the state of the source, when it is known and nothing was changed since.
        day: the day of that state.
    """
    facts = {"commit": commit, "date": day.isoformat() if day else None, "files": files, "sha256": digest}
    return json.dumps(facts, indent=2) + "\n"
