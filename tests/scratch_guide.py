"""A small guide about bread in a folder of its own: written, built by MkDocs, held against its contract, published."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config

from macros.diagnostics import Diagnostic
from macros.memory import Memory
from macros.publish.built import BuiltPage, parse_page
from macros.publishing import check_guide, make_edition, publish, read_guide, renew

URL = "https://bread.example/guide/"
TEMPLATE = """<!doctype html>
<html lang="en"><head><title>{{ page.title }}</title>
<link rel="canonical" href="{{ page.canonical_url }}">
<link rel="stylesheet" href="{{ 'assets/bread.css' | url }}">
<script src="{{ 'assets/bread.js' | url }}" defer></script></head>
<body data-colors="warm"><a class="md-logo" href="{{ '.' | url }}">Bread guide</a>
<article>{{ page.content }}</article></body></html>
"""
HOME = """# Bread guide

## Start here {: #home-start }

Read about [rising](rise.md#rise-warm).
"""
RISE = """# Rising

Dough needs time.

## Keep it warm {: #rise-warm }

Put the bowl at 25 degrees.[^baker]
Read about [the crust](bake.md#bake-crust) or [the cold way](#rise-cold).

### In winter {: #rise-winter }

Use the oven lamp.

## Keep it cold {: #rise-cold }

One night in the fridge.

## Sources {: #rise-sources }

[^baker]: A. Baker. Bread. See [the list](index.md#home-start).

///Footnotes Go Here///

<div class="guide-review"><p>Last reviewed: <time datetime="2026-11-20">20 November 2026</time>.
Next: <time datetime="2027-11-20">20 November 2027</time>.</p></div>
"""
BAKE = """# Baking

## A good crust {: #bake-crust }

Steam for 10 minutes.

## Times {: #bake-times }

| Loaf | Minutes |
| --- | --- |
| Small {: #bake-times-small } | 30 |
| Large {: #bake-times-large } | 50 |
"""
CLINICS = """- id: mill
  name: The Mill
  contact: https://mill.example/
  links: [rise-warm, bake-crust]
  since: 2026-11-21
"""


class ScratchGuide:
    """A guide that a test may change; `build` and `publish` work as the commands do."""

    def __init__(self, root: Path) -> None:
        self.root, self.site = root, root / "site"
        self.settings: dict[str, Any] = {"use_directory_urls": True, "separator": "-"}
        self.write("theme/main.html", TEMPLATE)
        for path, text in (("index.md", HOME), ("rise.md", RISE), ("bake.md", BAKE)):
            self.write(f"docs/{path}", text)
        self.write("data/clinics.yml", CLINICS)
        self.write("data/permalinks.yml", "# What was promised.\n")

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def build(self) -> None:
        """Builds the site as MkDocs does in strict mode: no warning stops it, or the test fails."""
        settings = {
            "site_name": "Bread guide",
            "site_url": URL,
            "strict": True,
            "use_directory_urls": self.settings["use_directory_urls"],
            "theme": {"name": None, "custom_dir": "theme"},
            "plugins": [],
            "markdown_extensions": [
                "attr_list",
                "footnotes",
                "md_in_html",
                {"toc": {"permalink": "#", "separator": self.settings["separator"]}},
            ],
        }
        self.write("mkdocs.yml", json.dumps(settings))
        config = load_config(str(self.root / "mkdocs.yml"))
        logging.disable(logging.INFO)
        build_site(config)
        logging.disable(logging.NOTSET)

    def problems(self) -> list[Diagnostic]:
        """Every problem of the site as it was built last."""
        guide = read_guide(self.site, self.root)
        return sorted(check_guide(guide, make_edition(guide, URL)))

    def rules(self) -> dict[str, list[str]]:
        """The messages of every problem of a new build, by rule."""
        self.build()
        found: dict[str, list[str]] = {}
        for problem in self.problems():
            found.setdefault(problem.rule, []).append(problem.message)
        return found

    def promise(self, *same: str) -> None:
        """Builds, and writes the promises anew, as `make permalinks` does."""
        self.build()
        renew(self.site, self.root, same)

    def publish(self, *, preview: bool = False) -> list[Diagnostic]:
        """Builds and publishes."""
        self.build()
        return publish(self.site, self.root, URL, preview=Memory() if preview else None)

    def shown(self, path: str) -> str:
        """A file of the site."""
        return (self.site / path).read_text(encoding="utf-8")


def parse_article(html: str, file: str = "rise/index.html") -> BuiltPage:
    """A built page with this article."""
    page = parse_page(
        file, f"<html lang='en'><head></head><body><article><h1>Rising</h1>{html}</article></body></html>"
    )
    assert page is not None
    return page
