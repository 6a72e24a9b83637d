"""What goes stale while nobody edits: outside links, review dates, references, packages.

Every check is a function of records, today's date and `fetch`: the network is a parameter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from macros.fetching import NO_ANSWER, Answer, Fetch
from macros.findings import Finding, NobodyAnswersError, quote_stranger
from macros.models import FrontMatter, Reference

REVIEW_DAYS = 60
_SERIOUS = {"retraction", "partial_retraction", "withdrawal", "removal", "expression_of_concern"}
_RETRACTED_TITLE = re.compile(r"^\W*(retracted|withdrawn|removed|retraction)\b", re.IGNORECASE)
_RESERVED = re.compile(r"(^|\.)(example\.(com|net|org)|example|test|invalid|localhost)$")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def find_dead_links(links: Mapping[str, Iterable[str]], fetch: Fetch) -> list[Finding]:
    """Returns the addresses that answer "gone" or not at all; raises NobodyAnswersError when none answers.

    Args:
        links: the places that use it, by address.
        fetch: asks an address.
    """
    findings = []
    answers = 0
    for url, places in sorted(links.items()):
        if _RESERVED.search(urlsplit(url).hostname or "localhost"):
            continue
        answer = _knock(url, fetch)
        answers += answer.status != NO_ANSWER
        if answer.is_fine:
            continue
        gone = answer.status in (NO_ANSWER, 404, 410) or answer.status >= 500
        said = f"answers {answer.status}" if answer.status else "does not answer"
        what = f"{quote_stranger(url)} {said}" + (f": {quote_stranger(answer.reason)}" if answer.reason else "")
        help = "find where it went, or another source" if gone else "it may refuse machines: open it in a browser"
        findings.append(Finding(", ".join(sorted(set(places))), what, help, sure=gone))
    if findings and not answers:
        raise NobodyAnswersError("no outside address answered: is there a network?")
    return findings


def _knock(url: str, fetch: Fetch) -> Answer:
    """Returns what an address answers; a DOI is looked up in its register, as publishers refuse machines."""
    if url.startswith("https://doi.org/"):
        doi = unquote(url.removeprefix("https://doi.org/"))
        return fetch("https://doi.org/api/handles/" + quote(doi, safe="/"))
    answer = fetch(url, "HEAD")
    return answer if answer.is_fine else fetch(url)


def find_due_pages(pages: Mapping[str, FrontMatter], today: date) -> list[Finding]:
    """Returns the pages whose next review is past or within 60 days, the longest overdue first."""
    due = sorted((front.next_review, path) for path, front in pages.items())
    findings = []
    for day, path in due:
        days = (day - today).days
        if days <= REVIEW_DAYS:
            state = (
                f"is due on {day}, in {days} days" if days >= 0 else f"has been overdue for {-days} days, since {day}"
            )
            help = "check every claim and source, then renew `reviewed` and `next_review`"
            findings.append(Finding(f"docs/{path}", f"review {state}", help))
    return findings


def find_changed_references(references: Iterable[Reference], fetch: Fetch) -> list[Finding]:
    """Returns the references that Crossref knows to be retracted, corrected or renewed.

    Retractions and their like are always told; other changes only if they came after we checked.
    Raises NobodyAnswersError when Crossref never answers.
    """
    findings: list[Finding] = []
    asked = answered = 0
    for reference in references:
        if not reference.doi:
            continue
        asked += 1
        answer = fetch("https://api.crossref.org/works/" + quote(reference.doi, safe=""))
        message = _read_json(answer).get("message")
        answered += answer.status != NO_ANSWER
        if isinstance(message, dict):
            findings += _read_updates(reference, message)
        else:
            what = f"Crossref does not tell (status {answer.status})"
            findings.append(Finding(reference.id, what, "look at the publisher's page", sure=False))
    if asked and not answered:
        raise NobodyAnswersError("Crossref does not answer")
    return list(dict.fromkeys(findings))


def _read_updates(reference: Reference, message: Mapping[str, Any]) -> Iterator[Finding]:
    """Yields what a Crossref record says of changes to a work, or of the work being a notice of one."""
    for update in _list_records(message.get("updated-by")):
        kind, day = str(update.get("type", "change")), _read_day(update.get("updated"))
        serious = kind in _SERIOUS
        if serious or day is None or day > reference.checked_on:
            what = f"{quote_stranger(kind)} of {day or 'no date'}: {quote_stranger(str(update.get('DOI', '')))}"
            help = "read the notice, and mend or drop every sentence that rests on it"
            renew = "read it, and renew `checked_on` and what we take from it"
            yield Finding(reference.id, what, help if serious else renew)
    for update in _list_records(message.get("update-to")):
        if update.get("type") in _SERIOUS:
            what = f"is itself a notice ({quote_stranger(str(update['type']))}), not a study"
            yield Finding(reference.id, what, "cite a source that stands")
    titles = message.get("title")
    title = str(titles[0]) if isinstance(titles, list) and titles else ""
    if _RETRACTED_TITLE.match(title):
        yield Finding(reference.id, f"its title now begins {quote_stranger(title[:40])}", "read the notice")


def _list_records(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _read_day(value: Any) -> date | None:
    """Returns the day of Crossref's `{"date-parts": [[2024, 5]]}`; parts left out count as 1."""
    try:
        parts = [int(part) for part in value["date-parts"][0]]
        return date(*[*parts, 1, 1][:3])
    except (TypeError, KeyError, IndexError, ValueError):
        return None


def _read_json(answer: Answer) -> dict[str, Any]:
    """Returns the object that was answered, or an empty one."""
    try:
        value = json.loads(answer.text) if answer.is_fine else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def find_faulty_packages(locks: Mapping[str, str], fetch: Fetch) -> list[Finding]:
    """Returns the locked packages for which the OSV database lists a fault; raises NobodyAnswersError.

    Args:
        locks: text of each lock file, by its name.
        fetch: asks an address.
    """
    pins = sorted({(name, pin[0], pin[1]) for name, text in locks.items() for pin in _PINNED.findall(text)})
    queries = [{"package": {"name": package, "ecosystem": "PyPI"}, "version": version} for _, package, version in pins]
    answer = fetch("https://api.osv.dev/v1/querybatch", "POST", json.dumps({"queries": queries}))
    results = _read_json(answer).get("results")
    if not isinstance(results, list) or len(results) != len(pins):
        raise NobodyAnswersError(f"the OSV database does not tell (status {answer.status})")
    findings = []
    for (lock, package, version), result in zip(pins, results, strict=True):
        faults = _list_records(result.get("vulns") if isinstance(result, dict) else None)
        ids = [str(fault.get("id", "")) for fault in faults]
        if ids:
            links = ", ".join(
                f"[{id}](https://osv.dev/vulnerability/{id})" for id in ids if re.fullmatch(r"[\w-]+", id)
            )
            findings.append(Finding(lock, f"{package} {version} has {links}", "`make lock` with a mended version"))
    return findings
