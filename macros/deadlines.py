"""Dates that run out: the ends that somebody else announced, and the one in `security.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from macros.catalog import validate
from macros.diagnostics import Diagnostic
from macros.fetching import Answer, Fetch
from macros.findings import Finding
from macros.models import Id, Record, Text
from macros.source import parse_yaml, read_text

END_DATES = ".github/end-dates.yml"
SECURITY_TXT_DAYS = 45


class EndDate(Record):
    """A day on which something that the guide rests on ends; `.github/end-dates.yml` holds them."""

    id: Id
    what: Text
    ends: date
    warn_days: int
    plan: Text


def load_end_dates(root: Path) -> tuple[list[EndDate], list[Diagnostic]]:
    """Returns the records of `.github/end-dates.yml`, and what is wrong with them."""
    text, problems = read_text(root / END_DATES, END_DATES)
    if problems:
        return [], problems
    source, problems = parse_yaml(text, END_DATES)
    if source is None or not isinstance(source.value, list):
        return [], problems or ([source.diagnose((), "data-shape", "must be a list")] if source else [])
    found = [validate(EndDate, value, source, (index,), problems) for index, value in enumerate(source.value)]
    return [record for record in found if record is not None], problems


def find_security_txt(root: Path, site: str, fetch: Fetch) -> tuple[str | None, str]:
    """Returns the text of `security.txt` (None when it is not there), or why nobody can tell.

    The published file counts; without an address, the one in `site/`.
    """
    if (urlsplit(site).hostname or "example.org") != "example.org":
        answer: Answer = fetch(urljoin(site.rstrip("/") + "/", ".well-known/security.txt"))
        missing = answer.status in (404, 410)
        reason = "" if answer.is_fine or missing else f"{site} does not give it (status {answer.status})"
        return (answer.text if answer.is_fine else None), reason
    file = root / "site" / ".well-known" / "security.txt"
    if not file.is_file():
        return None, "SITE_URL is not set, and no built site is here"
    return file.read_text(encoding="utf-8", errors="replace"), ""


def find_end_dates(dates: Iterable[EndDate], today: date) -> list[Finding]:
    """Returns what ends within its days of warning, or has ended."""
    findings = []
    for item in sorted(dates, key=lambda item: item.ends):
        days = (item.ends - today).days
        if days <= item.warn_days:
            state = f"ends on {item.ends}, in {days} days" if days >= 0 else f"ended on {item.ends}"
            findings.append(Finding(item.id, f"{item.what} {state}", item.plan))
    return findings


def check_security_txt(text: str | None, today: date) -> list[Finding]:
    """Returns what is wrong with `security.txt`: missing (None), without an end, or ending within 45 days."""
    where, help = ".well-known/security.txt", "publish the guide again with a later `Expires`"
    if text is None:
        return [Finding(where, "is not there", "the build must write it, and the upload must include it")]
    found = re.search(r"^Expires:[ \t]*(\d{4}-\d{2}-\d{2})T", text, re.MULTILINE | re.IGNORECASE)
    try:
        ends = date.fromisoformat(found.group(1)) if found else None
    except ValueError:
        ends = None
    if ends is None:
        return [Finding(where, "has no `Expires` that can be read", help)]
    soon = ends - today <= timedelta(days=SECURITY_TXT_DAYS)
    return [Finding(where, f"expires on {ends}", help)] if soon else []
