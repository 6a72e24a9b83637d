"""The change report as one page of Markdown, for the summary of a job on GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from macros.difference.changes import Report, SectionChange
from macros.difference.quoting import LONGEST, fence_diff, quote, quote_html, show_in_diff
from macros.difference.risk import Groups, count, find_alarms, find_cautions, find_kinds
from macros.difference.sentences import align, render_lines, split_sentences
from macros.difference.sites import FRAME
from macros.readability import LIMIT
from macros.templating import render_template

NOTHING = "Nothing that readers see has changed."
MOST_BYTES = 1024 * 1024
"""What GitHub shows of a summary."""
_RESERVE = 8 * 1024
_HEAD = 600 * 1024
_WARNING = 20
_GAPS = re.compile(r"\n{3,}")


def render_report(report: Report) -> str:
    """Returns the whole report; lists and diffs are cut, and say so, before GitHub would cut the page."""
    if report.is_empty:
        return NOTHING
    head = next(text for most in (100, 20, 5, 0) if _measure(text := _render_head(report, most)) < _HEAD or not most)
    parts = [head]
    room = MOST_BYTES - _RESERVE - _measure(head)
    left_out = 0
    for part in _render_diffs(report):
        room -= _measure(part)
        if room < 0:
            left_out += 1
            room += _measure(part)
        else:
            parts.append(part)
    if left_out:
        parts.append(
            f"_{count(left_out, 'more diff')} left out: GitHub shows no longer page. Build both sites to see._"
        )
    return "\n\n".join(parts)


def _render_head(report: Report, most: int) -> str:
    """Returns everything but the diffs, each list at most `most` long."""
    groups = Groups(report)
    text = render_template(
        "difference.md.jinja",
        report=report,
        groups=groups,
        what=_join([*find_kinds(groups)]) or "no words of a page",
        alarms=[*find_alarms(groups)],
        cautions=[*find_cautions(groups)],
        clinics=_name_clinics(report),
        grade_limit=LIMIT,
        most=most,
        quote=quote,
        place=_name_place,
        places=lambda changes: Markup(", ").join(_name_place(change) for change in changes[:most]),
        page=_name_page,
        quotes=_quote_all,
        warnings=_render_warnings(groups),
        join=_join,
        rest=lambda items: Markup(f"- … and {len(items) - most} more" if len(items) > most else ""),
    )
    return _GAPS.sub("\n\n", text)


def _name_clinics(report: Report) -> list[str]:
    """Returns every clinic that links to something that changed, once."""
    return sorted({name for change in report.sections for name in change.clinics})


def _render_diffs(report: Report) -> Iterator[str]:
    """Yields the built text of all that changed: what came or went page by page, the rest section by section."""
    bundles: dict[tuple[str, ...], list[SectionChange]] = {}
    for change in report.sections:
        whole = change.old is None or change.new is None
        bundles.setdefault((change.kind, change.shown.page) if whole else change.lines, []).append(change)
    if any(change.lines for change in report.sections):
        yield "## The words themselves"
    for changes in bundles.values():
        first = changes[0]
        where = _name_page_plainly(first.shown.page)
        if first.old is None or first.new is None:
            more = f": {count(len(changes), 'part')}"
            lines = [line for change in changes for line in (f"@@ {show_in_diff(change.shown.id)} @@", *change.lines)]
        else:
            where = f"{where} # {first.shown.id or 'start'}"
            more = f" and {len(changes) - 1} more in the same way" if len(changes) > 1 else ""
            lines = list(first.lines)
        if lines:
            summary = f"<summary>{first.kind}: {quote_html(where)}{more}</summary>"
            yield f"<details>{summary}\n\n{fence_diff(lines)}\n\n</details>"


def _render_warnings(groups: Groups) -> list[tuple[Markup, Markup]]:
    """Returns how warnings differ: where (several places may share a card), and a short diff."""
    places: dict[Markup, list[Markup]] = {}
    for change in groups.find("warnings"):
        before, after = (split_sentences(part.safety if part else []) for part in (change.old, change.new))
        lines = [f"{line[:LONGEST]}…" if len(line) > LONGEST else line for line in render_lines(align(before, after))]
        more = [f"@@ {len(lines) - _WARNING} more lines, see below @@"] if len(lines) > _WARNING else []
        places.setdefault(fence_diff([*lines[:_WARNING], *more]), []).append(_name_place(change))
    return [(Markup(", ").join(names[:_WARNING]), diff) for diff, names in places.items()]


def _name_place(change: SectionChange) -> Markup:
    """Returns where a section stands, or stood: its id and its page."""
    shown = change.shown
    if shown.page == FRAME:
        return Markup("around every page")
    id = quote(shown.id, 120) if shown.id else Markup("its start")
    return Markup("{} on {}").format(id, _name_page(shown.page))


def _name_page(address: str) -> Markup:
    return quote(_name_page_plainly(address), 120)


def _name_page_plainly(address: str) -> str:
    return address if address == FRAME else f"/{address}"


def _quote_all(texts: Sequence[str], most: int = 20) -> Markup:
    """Returns the first texts as code, in a row, and how many more there are."""
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return Markup(", ").join(quote(text, 120) for text in texts[:most]) + more


def _join(words: Sequence[str]) -> str:
    return ", ".join(words)


def _measure(text: str) -> int:
    return len(text.encode()) + 2
