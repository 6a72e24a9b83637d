"""Rules that are a matter of judgement: what is known to break them may stay for now, but never grow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from macros.catalog import Catalog
from macros.diagnostics import Diagnostic, suggest

JUDGED = ("prose-frequency", "prose-undefined-term", "source-old", "data-unused-term")
"""Rules whose breaches `data/debt.yml` may count."""

_FILE = "data/debt.yml"


@dataclass(frozen=True)
class Settlement:
    """What is to be reported, and the warnings that `data/debt.yml` allows."""

    problems: list[Diagnostic]
    known: list[Diagnostic]


def settle(found: Iterable[Diagnostic], catalog: Catalog, *, readable: bool) -> Settlement:
    """Returns what breaks rules of judgement beyond what `data/debt.yml` allows, file by file.

    The counts only go down: more breaches than the count are errors, fewer want a lower count.

    Args:
        found: all diagnostics of these and other rules.
        catalog: all of `data/`.
        readable: whether all files could be read; if not, counts that fell prove nothing.
    """
    problems: list[Diagnostic] = []
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for item in found:
        if item.rule in JUDGED:
            groups.setdefault((item.rule, item.location.path), []).append(item)
        else:
            problems.append(item)
    allowed = {(debt.rule, debt.file): debt.count for debt in catalog.debt.values()}
    known: list[Diagnostic] = []
    for key, items in groups.items():
        if len(items) == allowed.get(key):
            known += items
        elif key in allowed and len(items) > allowed[key]:
            problems.append(_refuse(items, allowed[key]))
        elif key not in allowed:
            problems += (replace(item, level="error") for item in items)
    problems += check_debt(catalog)
    if readable:
        problems += _check_counts(catalog, {key: len(items) for key, items in groups.items()})
        problems += _sum_up(catalog, known)
    return Settlement(problems, known)


def check_debt(catalog: Catalog) -> Iterator[Diagnostic]:
    """Every record of `data/debt.yml` names a rule of judgement, and a rule and file once."""
    source = catalog.sources.get(_FILE)
    seen: set[tuple[str, str]] = set()
    for key, debt in catalog.debt.items():
        if source and debt.rule not in JUDGED:
            message = f"'{debt.rule}' is not a matter of judgement: no breach of it is allowed"
            yield source.diagnose((int(key), "rule"), "data-unknown-id", message, suggest(debt.rule, JUDGED))
        if source and (debt.rule, debt.file) in seen:
            message = f"'{debt.rule}' in {debt.file} stands twice"
            yield source.diagnose((int(key), "rule"), "data-duplicate-id", message, "keep one of them")
        seen.add((debt.rule, debt.file))


def _refuse(items: list[Diagnostic], allowed: int) -> Diagnostic:
    """Returns one error for all breaches of a rule in a file: nobody can tell which is the new one."""
    first, *others = sorted(items)
    lines = ", ".join(str(item.location.line) for item in others)
    message = f"{first.message}; so are lines {lines}: {len(items)} places, of which {_FILE} allows {allowed}"
    return replace(first, level="error", message=message, help=f"mend the one that you added: {first.help}")


def _check_counts(catalog: Catalog, counts: dict[tuple[str, str], int]) -> Iterator[Diagnostic]:
    """What has been mended stays mended: a count is not higher than what is there."""
    source = catalog.sources.get(_FILE)
    for key, debt in catalog.debt.items():
        count = counts.get((debt.rule, debt.file), 0)
        if source and debt.rule in JUDGED and count < debt.count:
            message = f"{debt.file} breaks '{debt.rule}' in {_count(count, 'place')}, not {debt.count}"
            help = f"well done: lower the number to {count}" if count else "well done: delete this record"
            yield source.diagnose((int(key), "count"), "debt-count", message, help)


def _sum_up(catalog: Catalog, known: list[Diagnostic]) -> Iterator[Diagnostic]:
    """Warns, once a rule, of the places that wait to be mended."""
    source = catalog.sources.get(_FILE)
    for rule in JUDGED:
        places = [item for item in known if item.rule == rule]
        first = next((int(key) for key, debt in catalog.debt.items() if debt.rule == rule), 0)
        if source and places:
            files = len({item.location.path for item in places})
            wait = "waits" if len(places) == 1 else "wait"
            message = f"{_count(len(places), 'place')} in {_count(files, 'file')} {wait} to be mended"
            help = "`python -m macros check --known` shows them"
            yield replace(source.diagnose((first, "rule"), rule, message, help), level="warning")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
