"""The one style sheet and the one script of the site: what a first visit loads besides its page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import dirname
from urllib.parse import urljoin

from macros.places import relative_address
from macros.publish.built import PageFacts
from macros.publish.names import Names
from macros.publish.styles import purge_styles

FOLDER = "/assets/"
_OF_THE_THEME = "/assets/stylesheets/"
_URL = re.compile(r"url\(\s*([\"']?)((?![\"']?(?:data:|[a-z]+:|/|#))[^\"')]+)\1\s*\)")
_COMMENT_LINES = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*?\*/[ \t]*)$\n?", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


@dataclass(frozen=True)
class Assets:
    """What stands in for the style sheets and scripts that the builder names; addresses begin at the site's root."""

    styles: tuple[str, ...] = ()
    """The sheets that are now one."""
    style: str = ""
    scripts: tuple[str, ...] = ()
    """The scripts that are now one: those that every page runs."""
    script: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    """What to write, by path below the site."""

    def dress(self, page: PageFacts) -> PageFacts:
        """Returns a page that names what stands in for its style sheets and scripts."""
        return replace(page, styles=self.take_styles(page.styles), scripts=self.take_scripts(page.scripts))

    def take_styles(self, names: Sequence[str]) -> tuple[str, ...]:
        """Returns the sheets that a page loads now."""
        return _swap(names, self.styles, self.style)

    def take_scripts(self, names: Sequence[str]) -> tuple[str, ...]:
        """Returns the scripts that a page loads now."""
        return _swap(names, self.scripts, self.script)


def _swap(names: Sequence[str], old: Sequence[str], new: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(new if name in old else name for name in names))


def bundle_assets(site: Path, pages: Sequence[PageFacts], names: Names) -> Assets:
    """Returns the style sheets of all pages as one, without the rules that none can use, and their scripts as one.

    A file that is not there is left to be named as it is.

    Args:
        site: the folder that a builder wrote.
        pages: every page of the guide.
        names: what pages and scripts mention.
    """
    wanted = dict.fromkeys(style for page in pages for style in page.styles)
    styles = tuple(style for style in wanted if (site / style[1:]).is_file())
    shared = [script for script in pages[0].scripts if all(script in page.scripts for page in pages)] if pages else []
    scripts = tuple(script for script in shared if (site / script[1:]).is_file())
    sheets = {style: _rebase(site, style) for style in styles}
    theme = "".join(text for style, text in sheets.items() if style.startswith(_OF_THE_THEME))
    own = "".join(text for style, text in sheets.items() if not style.startswith(_OF_THE_THEME))
    css = purge_styles(own, names, theme)
    code = "".join(strip_comments((site / script[1:]).read_text(encoding="utf-8")) for script in scripts)
    files = {}
    if styles:
        files[f"assets/guide.{_digest(css)}.css"] = css
    if scripts:
        files[f"assets/guide.{_digest(code)}.js"] = code
    paths = {Path(path).suffix: f"/{path}" for path in files}
    return Assets(styles, paths.get(".css", ""), scripts, paths.get(".js", ""), files)


def strip_comments(code: str) -> str:
    """Returns a script without indents and without comments that fill whole lines.

    That is safe as long as no text in it goes over the end of a line; a script with such a text is left as it is.
    """
    if any(line.count("`") % 2 for line in _COMMENT_LINES.sub("", code).split("\n")):
        return code.rstrip("\n") + "\n"
    return _INDENT.sub("", re.sub(r"\n{2,}", "\n", _COMMENT_LINES.sub("", code))).strip("\n") + "\n"


def _rebase(site: Path, style: str) -> str:
    """Returns a sheet with addresses that hold where the one sheet stands."""
    text = (site / style[1:]).read_text(encoding="utf-8-sig")
    if f"{dirname(style)}/" == FOLDER:
        return text + "\n"

    def move(found: re.Match[str]) -> str:
        return f'url("{relative_address(urljoin(style, found.group(2)), FOLDER)}")'

    return _URL.sub(move, text) + "\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
