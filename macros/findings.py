"""What the weekly look found, and how it is told: as the words of an issue, as JSON, and in a few lines.

What a stranger's server said is printed as code, never as Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

KINDS = {
    "links": "Outside links that lead nowhere",
    "review": "Pages due for review",
    "references": "References retracted or corrected",
    "packages": "Packages with known faults",
    "dates": "Dates that run out",
}
MAX_LENGTH = 60_000
"""Characters of a report: an issue on GitHub holds 65,536."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to look at; an unsure one is reported, but is no reason to call anybody."""

    where: str
    what: str
    help: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Look:
    """What one kind of check found; `skipped` says why when it could not look."""

    kind: str
    findings: tuple[Finding, ...] = ()
    skipped: str = ""

    @property
    def sure(self) -> list[Finding]:
        """The findings for which somebody is called."""
        return [finding for finding in self.findings if finding.sure]


class NobodyAnswersError(Exception):
    """No request was answered, so nothing can be said."""


def quote_stranger(text: str) -> str:
    """Returns words of a stranger as a span of code: no link, no mention, no markup, one line."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in text).replace("`", "'").split())
    return f"`{plain[:200]}`" if plain else "nothing"


def render_issue(look: Look) -> str:
    """Returns the text of the issue for one kind: empty when nobody needs to be called."""
    if not look.sure:
        return ""
    unsure = [finding for finding in look.findings if not finding.sure]
    rows = ["This list is written anew every week by `make watch`; write your notes as comments.", ""]
    rows += [_render_finding(finding) for finding in look.sure]
    if unsure:
        rows += ["", "Could not be looked at by a machine:", "", *map(_render_finding, unsure)]
    text = "\n".join(rows) + "\n"
    if len(text) <= MAX_LENGTH:
        return text
    return text[:MAX_LENGTH].rsplit("\n", 1)[0] + "\n\nThe list is longer; the whole of it is in the run's report.\n"


def _render_finding(finding: Finding) -> str:
    return f"- **{finding.where}**: {finding.what}." + (f" To do: {finding.help}." if finding.help else "")


def render_json(looks: Iterable[Look], today: date) -> str:
    """Returns everything as JSON, for machines."""
    kinds = {look.kind: {"title": KINDS[look.kind], **asdict(look)} for look in looks}
    return json.dumps({"version": 1, "date": today.isoformat(), "kinds": kinds}, indent=2) + "\n"


def render_summary(looks: Iterable[Look]) -> str:
    """Returns everything in a few lines, for people."""
    rows = []
    for look in looks:
        state = f"not looked at: {look.skipped}" if look.skipped else f"{len(look.sure)} to do"
        rows.append(f"{KINDS[look.kind]}: {state}")
        rows += [f"  {finding.where}: {finding.what}" for finding in look.findings]
    return "\n".join(rows)
