"""Two built sites compared; pure: texts in, a report out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from macros.difference.addresses import is_outside
from macros.difference.changes import GradeChange, Kind, Report, SectionChange
from macros.difference.figures import find_figure_changes, find_safety_words
from macros.difference.sections import SectionText
from macros.difference.sentences import align, find_changed, measure_likeness, render_lines, split_sentences
from macros.difference.sites import FRAME, PageText, SiteText
from macros.readability import measure_page

_RENAMED = 0.6
_RIVALS = 50


def compare(old: SiteText, new: SiteText, clinics: Mapping[str, Sequence[str]] | None = None) -> Report:
    """Returns what readers and clinics will see differently.

    Args:
        old: the site as it is.
        new: the site as it would be.
        clinics: by section id, the names of the clinics that registered a link to it; None when that is not known.
    """
    before, after = _find_pages(old), _find_pages(new)
    moved = _find_moved_pages(before, after)
    changes = [_with_clinics(change, clinics or {}) for change in _compare_sections(_follow(old, moved), new)]
    touched = {change.shown.page for change in changes} | (after.keys() - before.keys())
    before |= {new: before[old] for old, new in moved.items()}
    return Report(
        pages_new=tuple(after[address] for address in after if address not in before),
        pages_moved=tuple((before[old], after[new]) for old, new in moved.items()),
        pages_gone=tuple(before[address] for address in before if address not in after and address not in moved),
        sections=tuple(changes),
        grades=tuple(_compare_grades(before, after, touched)),
        notes=_compare_notes(before.values(), after.values()),
        files=tuple(sorted({path for path, _ in old.files.items() ^ new.files.items()})),
        leads=tuple(_compare_leads(old.pages, new.pages)),
        knows_clinics=clinics is not None,
    )


def _find_pages(site: SiteText) -> dict[str, PageText]:
    """Returns the pages by address, without those that only lead elsewhere."""
    return {address: page for address, page in site.pages.items() if not page.target}


def _find_moved_pages(old: Mapping[str, PageText], new: Mapping[str, PageText]) -> dict[str, str]:
    """Returns the new address of every page that has another one now: the same title, and most of the same ids."""
    gone = [page for address, page in old.items() if address not in new]
    came = [page for address, page in new.items() if address not in old]
    return {
        before.address: after.address
        for before in gone
        for after in came
        if before.title == after.title and 2 * len(_list_ids(before) & _list_ids(after)) > len(_list_ids(before))
    }


def _follow(site: SiteText, moved: Mapping[str, str]) -> SiteText:
    """Returns the site with its links to pages that moved as they are to be now: a link that follows is no news."""

    def follow(address: str) -> str:
        path, mark, id = address.partition("#")
        return f"/{moved[path[1:]]}{mark}{id}" if path[:1] == "/" and path[1:] in moved else address

    def mend(section: SectionText) -> SectionText:
        return replace(section, links=[(words, follow(address)) for words, address in section.links])

    pages = {address: replace(page, sections=tuple(map(mend, page.sections))) for address, page in site.pages.items()}
    return replace(site, pages=pages) if moved else site


def _list_ids(page: PageText) -> set[str]:
    return {section.id for section in page.sections if section.id}


def _compare_sections(old: SiteText, new: SiteText) -> Iterator[SectionChange]:
    """Yields what became of every section, in the order of the new pages; those that went come last."""
    before = _find_sections(old, beside=new)
    after = _find_sections(new, beside=old)
    left = [part for key, part in before.items() if key not in after and not old.pages[part.page].target]
    came = [part for key, part in after.items() if key not in before]
    once = _find_single_ids(left) & _find_single_ids(came)
    moved = {part.id: part for part in left if part.id in once}
    arrived = [part for part in came if part.id not in moved]
    for key, part in after.items():
        if key not in before:
            origin = moved.get(part.id)
            yield _compare_section("moved" if origin else "added", origin, part)
        elif part != before[key]:
            yield _compare_section("reworded", before[key], part)
    for part in left:
        if part.id not in moved:
            change = _compare_section("retired", part, None)
            yield replace(change, successor=_find_successor(part, arrived))


def _find_sections(site: SiteText, beside: SiteText) -> dict[tuple[str, str], SectionText]:
    """Returns the sections by page and id.

    A page that leads elsewhere on this site alone shows what none of that kind says on the other.
    """
    usual = [part for page in beside.pages.values() if page.target for part in page.sections]
    said = {block for part in usual for block in part.blocks} | {address for part in usual for _, address in part.links}
    sections = {}
    for page in site.pages.values():
        for part in page.sections:
            own = part
            if page.target and not (page.address in beside.pages and beside.pages[page.address].target):
                blocks = [block for block in part.blocks if block not in said]
                own = replace(part, blocks=blocks, links=[link for link in part.links if link[1] not in said])
            if own.words or own.links or not page.target:
                sections[page.address, part.id] = own
    return sections


def _find_single_ids(parts: Iterable[SectionText]) -> set[str]:
    """Returns the ids that stand once: only these can be said to have moved."""
    return {id for id, number in Counter(part.id for part in parts).items() if id and number == 1}


def _compare_section(kind: Kind, old: SectionText | None, new: SectionText | None) -> SectionChange:
    """Returns the change of one section; where its links lead stands at the end of the diff."""
    pairs = align(split_sentences(old.words) if old else [], split_sentences(new.words) if new else [])
    changed = find_changed(pairs)
    edited = old is not None and new is not None
    links = align(_name_links(old, whole=edited), _name_links(new, whole=edited))
    gone, came = find_safety_words(changed) if edited else ((), ())
    figures = find_figure_changes(changed) if edited else []
    return SectionChange(kind, old, new, (*render_lines(pairs), *render_lines(links)), tuple(figures), gone, came)


def _name_links(section: SectionText | None, *, whole: bool) -> list[str]:
    """Returns the links of a section as lines: all of them, or only those that lead to other sites."""
    links = section.links if section else []
    return [f"(link) {words}: {address}" for words, address in links if whole or is_outside(address)]


def _find_successor(gone: SectionText, arrived: Iterable[SectionText]) -> str:
    """Returns the id of the new section on the page whose words are most like those of a retired one; '' for none."""
    near = [part for part in arrived if part.id and part.page == gone.page][:_RIVALS]
    words = " ".join(gone.words)
    best, id = max(((measure_likeness(words, " ".join(part.words)), part.id) for part in near), default=(0.0, ""))
    return id if words and best >= _RENAMED else ""


def _with_clinics(change: SectionChange, clinics: Mapping[str, Sequence[str]]) -> SectionChange:
    return replace(change, clinics=tuple(clinics.get(change.shown.id, ())))


def _compare_grades(
    old: Mapping[str, PageText], new: Mapping[str, PageText], touched: Iterable[str]
) -> Iterator[GradeChange]:
    """Yields pages whose grade is not what it was, among those that changed."""
    for address in sorted(set(touched) & new.keys() - {FRAME}):
        before = _measure(old[address].html) if address in old else None
        after = _measure(new[address].html)
        if after is not None and before != after:
            yield GradeChange(address, before, after)


def _measure(html: str) -> float | None:
    """Returns the reading grade of a page; None without words, or when it is nested too deep to measure."""
    try:
        reading = measure_page(html)
    except RecursionError:
        return None
    return round(reading.grade, 1) if reading and reading.words else None


def _compare_notes(old: Iterable[PageText], new: Iterable[PageText]) -> dict[str, tuple[str, ...]]:
    """Returns, by key, how the description of a source differs that both sites cite; the same on every page."""
    before, after = _gather_notes(old), _gather_notes(new)
    return {
        key: tuple(render_lines(align(before[key], after[key])))
        for key in sorted(before.keys() & after.keys())
        if before[key] != after[key]
    }


def _gather_notes(pages: Iterable[PageText]) -> dict[str, list[str]]:
    notes: dict[str, set[str]] = {}
    for page in pages:
        for key, words in page.notes.items():
            notes.setdefault(key, set()).add(words)
    return {key: sorted(words) for key, words in notes.items()}


def _compare_leads(old: Mapping[str, PageText], new: Mapping[str, PageText]) -> Iterator[tuple[str, str, str]]:
    """Yields address, old and new target of every page that only leads elsewhere, where they differ."""
    for address in sorted(old.keys() | new.keys()):
        before = old[address].target if address in old else ""
        after = new[address].target if address in new else ""
        if before != after:
            yield address, before, after
