"""The rules of files, whatever is in them. Each check yields diagnostics; its docstring is the rule."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros.diagnostics import Diagnostic, Location, Script, suggest
from macros.models import LISTS
from macros.source import MAX_BYTES, read_text

FOLDERS = ("data", "docs", "overrides", "macros")
MAX_IMAGE = 500_000
IMAGES = frozenset((".ico", ".jpeg", ".jpg", ".png", ".webp"))
TEXTS = frozenset((".css", ".html", ".jinja", ".js", ".json", ".md", ".py", ".svg", ".txt", ".yml"))
KINDS = {
    "docs/": frozenset((".css", ".jpeg", ".jpg", ".js", ".md", ".png", ".svg", ".webp", ".woff2")),
    "data/schema/": frozenset((".json",)),
}
"""By folder, the kinds of file that may stand there."""
_READ = ("comparisons/*.yml", "figures/*.svg", "schema/*.json")
"""Files of `data/` that are read, besides the lists."""

_UNREAD_PAGES = frozenset((".htm", ".html", ".markdown", ".md", ".mdown", ".mkd", ".mkdn", ".xhtml"))
_SHAPES = frozenset(
    ("svg", "title", "desc", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan")
)
_TAG = re.compile(r"<(?!!--(?!-?>))/?([a-zA-Z!?][\w:-]*)([^>]*)(?:>|\Z)")
_ACTIVE = re.compile(r"""\b(on[a-z]+|style|href)\s*=|url\(|javascript:""", re.IGNORECASE)


def check_files(root: Path) -> Iterator[Diagnostic]:
    """Yields every problem of the files that make the site."""
    found = list(list_files(root))
    for path in found:
        file = root / path
        yield from check_link(file, path)
        yield from check_kind(path)
        yield from check_name(path)
        if not file.is_symlink():
            yield from check_size(file, path)
            yield from check_signs(file, path)
            yield from check_drawing(file, path)
    yield from check_addresses(found)


def list_files(root: Path) -> Iterator[str]:
    """Yields the path of every file, and of every link to a folder, below the folders that make the site."""
    for folder in FOLDERS:
        for place, folders, files in os.walk(root / folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            links = [name for name in folders if os.path.islink(os.path.join(place, name))]  # noqa: PTH114, PTH118
            for name in sorted([*files, *links]):
                yield (Path(place) / name).relative_to(root).as_posix()


def check_link(file: Path, path: str) -> Iterator[Diagnostic]:
    """No file or folder is a symbolic link."""
    if file.is_symlink():
        yield Diagnostic(Location(path), "file-symlink", "is a symbolic link", "put the file itself here")


def check_kind(path: str) -> Iterator[Diagnostic]:
    """A folder of the site holds only the kinds of file that the guide is made of."""
    suffix = Path(path).suffix.lower()
    if path.startswith("docs/") and suffix in _UNREAD_PAGES and not path.endswith(".md"):
        message = f"a page ends in '.md', not in '{Path(path).suffix}'"
        yield Diagnostic(Location(path), "file-name", message, "rename it")
        return
    for folder, kinds in KINDS.items():
        if path.startswith(folder) and suffix not in kinds:
            message = f"a file of the kind '{suffix or Path(path).name}' does not belong here"
            yield Diagnostic(Location(path), "file-kind", message, f"kinds that do: {', '.join(sorted(kinds))}")


def check_name(path: str) -> Iterator[Diagnostic]:
    """Every file in `data/` is one that is read: a misspelt name would hide all its records."""
    lists = [f"{name}.yml" for name in LISTS]
    name = path.removeprefix("data/")
    if name != path and name not in lists and not any(Path(path).match(f"data/{known}") for known in _READ):
        help = suggest(name, lists) if "/" not in name else "tables end in .yml, drawings in .svg"
        yield Diagnostic(Location(path), "file-name", "nothing reads a file of this name", help)


def check_size(file: Path, path: str) -> Iterator[Diagnostic]:
    """A text has at most 512 KB, an image at most 500 KB."""
    size = file.stat().st_size
    limit = MAX_BYTES if file.suffix.lower() in TEXTS else MAX_IMAGE
    if size > limit:
        image = file.suffix.lower() in IMAGES
        help = "make the picture smaller, or draw it as SVG" if image else "split the file"
        yield Diagnostic(Location(path), "file-too-large", f"holds {size} bytes, more than {limit}", help)


def check_signs(file: Path, path: str) -> Iterator[Diagnostic]:
    """Every text is UTF-8, and no sign in it is hidden or turns the writing round."""
    if file.suffix.lower() in TEXTS and file.stat().st_size <= MAX_BYTES:
        yield from read_text(file, path)[1]


def check_drawing(file: Path, path: str) -> Iterator[Diagnostic]:
    """A drawing holds shapes and words only: it becomes part of a page, or is opened by itself."""
    if file.suffix.lower() != ".svg" or file.stat().st_size > MAX_BYTES:
        return
    text = file.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n")
    script = Script(path, text)
    for tag in _TAG.finditer(text):
        if tag.group(1) not in _SHAPES or _ACTIVE.search(html.unescape(tag.group(2))):
            place = Location(path, script.locate(tag.start()).line)
            message = f"'{' '.join(tag.group().split())[:120]}' is not allowed in a drawing"
            help = "shapes, words and classes only: no script, no link, no style, no picture"
            yield Diagnostic(place, "file-active-svg", message, help)


def check_addresses(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """No two files have one address: `x.md` and `x/index.md`, or names that differ in capitals only."""
    owners: dict[str, str] = {}
    for path in paths:
        if path.startswith("docs/"):
            folded = path.casefold()
            address = folded.removesuffix("index.md") if folded.endswith("/index.md") else folded.removesuffix(".md")
            owner = owners.setdefault(address.rstrip("/"), path)
            if owner != path:
                yield Diagnostic(Location(path), "file-same-address", f"has the same address as {owner}", "rename one")
