"""The last touch on an HTML file of the builder: its one style sheet, its one script, less white space."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from macros.places import relative_address
from macros.publish.assets import Assets
from macros.publish.built import find_address

_STYLE = re.compile(r'\s*<link\b[^>]*\brel="stylesheet"[^>]*>')
_SCRIPT = re.compile(r"\s*<script\b[^>]*\bsrc=[^>]*></script>")
_HERE = re.compile(r'(\b(?:href|src|data-[a-z-]+)=")(?:(?:\./)+(?=\.\./|\.\."|[^".#])|(?:\./){2,}(?=["#]))')
_ADDRESS = re.compile(r'\b(?:href|src)="([^"]*)"')
_KEPT = re.compile(r"(<(pre|textarea|script)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_UNREAD = re.compile(r' data-md-component(?:="[^"]*")?')
"""What only the theme's scripts read, and none of them runs."""
_SPACE = re.compile(r"\s*\n\s*")


def finish_page(file: str, html: str, assets: Assets, base: str = "/") -> str:
    """Returns an HTML file that loads the site's one style sheet and script.

    Args:
        file: its path below the site.
        html: the file as the builder wrote it, or as this function did.
        assets: what stands in for which style sheets and scripts.
        base: the path under which the host shows the site; the page for what is not found names it.
    """
    here = find_address(file)
    html = _spell_alike(html.replace(f'"{base}."', f'"{base}"'))
    html = _UNREAD.sub("", html)
    html = _swap(_STYLE, html, here, base, assets.styles, assets.style)
    return squeeze(_swap(_SCRIPT, html, here, base, assets.scripts, assets.script))


def _spell_alike(html: str) -> str:
    """Returns HTML with one spelling of an address: builders write `./..` and `..`, or `.` and `./`."""
    html = html.replace('href="."', 'href="./"').replace('href=""', 'href="./"')
    return _HERE.sub(lambda found: found.group(1) + ("./" if html[found.end()] in '"#' else ""), html)


def squeeze(html: str) -> str:
    """Returns HTML without indents and empty lines, where they mean nothing."""
    parts = _KEPT.split(html)  # by turns: what may be squeezed, what may not, and the name of the latter
    parts[::3] = [_SPACE.sub("\n", part) for part in parts[::3]]
    del parts[2::3]
    return "".join(parts)


def _swap(tags: re.Pattern[str], html: str, here: str, base: str, old: tuple[str, ...], new: str) -> str:
    """Returns HTML in which the first of the tags that name `old` addresses names `new`, and the others are gone."""
    seen = False

    def replace(found: re.Match[str]) -> str:
        nonlocal seen
        named = _ADDRESS.search(found.group())
        if named is None:
            return found.group()
        name = named.group(1)
        rooted = name.startswith(base)
        if (f"/{name.removeprefix(base)}" if rooted else urljoin(here, name)) not in old:
            return found.group()
        if seen:
            return ""
        seen = True
        link = base + new.removeprefix("/") if rooted else relative_address(new, here)
        return found.group().replace(f'"{name}"', f'"{link}"')

    return tags.sub(replace, html)
