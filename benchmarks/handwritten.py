"""The least that the same words can cost: every article of a built site in a page as one writes it by hand."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from macros.publish.finishing import squeeze

_KEPT = frozenset({"href", "id", "src", "alt", "colspan", "rowspan", "scope", "datetime", "viewbox", "d", "type"})
_STYLE = """
:root{color-scheme:light dark}
body{margin:0 auto;padding:0 1rem 4rem;max-width:42rem;font:1rem/1.6 system-ui,sans-serif;overflow-wrap:break-word}
h1,h2,h3{line-height:1.25;margin:2em 0 .5em}
h1{font-size:2rem;margin-top:1em}
table{border-collapse:collapse;font-size:.9rem}
th,td{border:1px solid;padding:.4rem .6rem;text-align:left;vertical-align:top}
figure{margin:1.5rem 0;overflow-x:auto}
img,svg{max-width:100%;height:auto}
blockquote,details{margin:1rem 0;padding:0 1rem;border-left:.25rem solid}
sup{line-height:0}
"""


def write_by_hand(site: Path, folder: Path) -> Path:
    """Returns a folder with a plain page for each page of a built site, and one short style sheet."""
    for file in site.rglob("index.html"):
        tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
        path = file.relative_to(site)
        if tree.css_first("article"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(_render(tree, "../" * (len(path.parts) - 1)), encoding="utf-8")
    (folder / "style.css").write_text(_STYLE, encoding="utf-8")
    return folder


def _render(tree: LexborHTMLParser, up: str) -> str:
    article = tree.css_first("article")
    assert article is not None  # noqa: S101
    for sign in article.css(".headerlink, script, style"):
        sign.decompose()
    for node in article.css("*"):
        for name in node.attributes.keys() - _KEPT:
            del node.attrs[name]
    title = tree.css_first("title")
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{title.text() if title else ""}</title><link rel="icon" href="data:,">'
        f'<link rel="stylesheet" href="{up}style.css">\n{squeeze(article.html or "")}'
    )
