"""New lines in files that people keep: nothing else in the file changes, and no comment is lost."""

from __future__ import annotations

import re
import unicodedata

from macros.source import Source

_MENU_LINE = re.compile(r"^(\s+)- (?:[^:#]+: )?([a-z0-9/-]+\.md)\s*$")


def propose_id(name: str) -> str:
    """Returns the id that a name becomes: `Café au lait` becomes `cafe-au-lait`; nothing if no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].rstrip("-")


def read_letters(term: object) -> list[str]:
    """Returns what terms are sorted by: letters and digits alone, in small."""
    return re.findall(r"\w+", str(term).casefold())


def insert_record(source: Source, index: int, record: str) -> tuple[str, int]:
    """Returns the text with a record as number `index` of the list, and the line on which it begins.

    Comments above a record stay above it; a record that is put last of its group stays below that group's comment.
    """
    rows = source.text.rstrip("\n").split("\n")
    if index == 0:
        row = source.locate((0,)).line - 1 if source.value else len(rows)
    else:
        row = source.locate((index,)).line - 1 if index < len(source.value) else len(rows)
        while not rows[row - 1].strip() or rows[row - 1].startswith("#"):
            row -= 1
    rows[row:row] = record.rstrip("\n").split("\n")
    return "\n".join(rows) + "\n", row + 1


def add_to_menu(text: str, page: str) -> tuple[str, int]:
    """Returns a mkdocs.yml with a page below the last one of its folder, and the line; nothing if there is none."""
    rows = text.split("\n")
    folder = page.rpartition("/")[0]
    start = rows.index("nav:") if "nav:" in rows else len(rows)
    found = [(number, _MENU_LINE.match(row)) for number, row in enumerate(rows) if number > start]
    near = [(number, line) for number, line in found if folder and line and line[2].rpartition("/")[0] == folder]
    if not near:
        return "", 0
    number, line = near[-1]
    rows.insert(number + 1, f"{line[1]}- {page}")
    return "\n".join(rows), number + 2
