"""Guides of any size in the shape of this one, and the same rendered words as a plain Material site.

Of this guide's numbers a page: 9 headings, 7 terms, 11 citations, a table of 12 rows on every fifth page, a care card
on every seventh; for each page 2.4 terms, 1.5 sources and 5 claims in the data. Their subject is invented. They have no
`data/permalinks.yml`: at 200 pages it would be larger than a file may be. Every section gets its permanent page anyway.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import yaml

from macros.project import Project, load_project
from macros.vocabulary import MACROS, call_macro

ROOT = Path(__file__).resolve().parent.parent
MACHINERY = ("macros", "overrides", "docs/assets", "data/inline-scripts.yml")
_TEXT = """the rider holds a wheel and turns it by hand until the chain runs over each tooth of the small ring without a
sound then looks at the rim for a mark that the pad may leave and wipes the frame with a dry cloth before the next ride
a cold morning makes the grease thick so the first turn feels slow which is normal for most people who keep a bike in a
shed near the house where the air is damp all year and the light is poor at night"""
WORDS = _TEXT.split()
PARTS = ["Start", "Frames", "Wheels", "Brakes", "Gears", "Rides", "Proof", "About"]
DAY = "2026-11-20"
MAX_CLAIMS = 1900
"""More would make a file that is too large to be read."""


class Maker:
    """Writes a guide; the same number of pages always gives the same bytes."""

    def __init__(self, folder: Path, pages: int) -> None:
        self.folder, self.count = folder, pages
        self.random = random.Random(pages)  # noqa: S311 - words, not secrets
        self.terms = [
            f"{a}{b}{c}" for a in ("zor", "vex", "quil", "brin") for b in ("ab", "en", "ix") for c in "abcdefgh"
        ]
        self.terms = [
            f"{name}{index // 96 or ''}" for index, name in zip(range(int(2.4 * pages)), self.terms * 99, strict=False)
        ]
        self.sources = [f"source-{index}" for index in range(max(12, int(1.5 * pages)))]
        self.topics = [f"topic-{index}" for index in range(max(2, pages // 10))]
        self.tables = [f"table-{index}" for index in range(0, pages, 5)]
        self.cards = [f"card-{index}" for index in range(0, pages, 7)]

    def make_sentence(self) -> str:
        """Returns some words, without a full stop."""
        words = self.random.choices(WORDS, k=self.random.randint(8, 13))
        return f"{words[0].capitalize()} {' '.join(words[1:])}"

    def make_paragraph(self) -> str:
        """Returns two or three sentences."""
        return " ".join(f"{self.make_sentence()}." for _ in range(self.random.randint(2, 3)))

    def find_path(self, index: int) -> str:
        """Returns where the page with a number stands."""
        part = PARTS[index * len(PARTS) // self.count].lower()
        first = index * len(PARTS) // self.count != (index - 1) * len(PARTS) // self.count
        return f"{part}/index.md" if first else f"{part}/page-{index}.md"

    def write(self) -> None:
        """Writes the whole project."""
        for name in MACHINERY:
            source, target = ROOT / name, self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, target)
        self._write_data()
        self._write_page("index.md", 0, "")
        paths = [self.find_path(index) for index in range(self.count - 5)]
        for index, path in enumerate(paths):
            self._write_page(path, index + 1, "")
        special = {
            "words.md": ("Words", "{{ glossary() }}"),
            "search.md": ("Search", '<div class="guide-topics" markdown="block">\n\n- [Words](words.md)\n\n</div>'),
            "sources.md": ("Sources of this guide", "{{ bibliography() }}"),
            "claims.md": (
                "Claims",
                "\n\n".join(f'## About {t} {{: #about-{t} }}\n\n{{{{ claims(topic="{t}") }}}}' for t in self.topics),
            ),
        }
        for index, (path, (title, body)) in enumerate(special.items(), start=self.count):
            self._write_page(path, index, body, title)
        self._write_settings([*paths, *special])

    def _write_page(self, path: str, index: int, body: str, title: str = "") -> None:
        slug = f"p{index}"
        name = title or f"How to do step {index}"
        lines = [
            f"---\ntitle: {name}\ndescription: What to know about step {index} before you ride.\nreviewed: {DAY}",
            "next_review: 2027-11-20\n---\n",
            f"# {name}\n\n{self.make_sentence()}.\n{{: .guide-message }}\n",
            f"{self.make_sentence()}.\n{{: .guide-action }}\n",
            f'{{{{ key_points("{slug}-key-points", {[self.make_sentence() + "." for _ in range(3)]!r}) }}}}\n'.replace(
                "'", '"'
            ),
        ]
        if body:
            lines.append(body)
        else:
            lines += self._write_sections(slug, index)
        lines.append("\n{{ review() }}\n")
        file = self.folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines), encoding="utf-8")

    def _write_sections(self, slug: str, index: int) -> Iterator[str]:
        for section in range(7):
            yield f"## Part {section} of step {index} {{: #{slug}-part-{section} }}\n"
            term = self.terms[(index * 7 + section) % len(self.terms)]
            cite = self.sources[(index * 7 + section) % len(self.sources)]
            other = self.sources[(index * 3 + section) % len(self.sources)]
            links = f'See {{{{ term("{term}") }}}}.{{{{ cite("{cite}", "{other}") }}}}'
            items = "\n".join(f"- {self.make_sentence()}." for _ in range(3))
            yield f"{self.make_paragraph()}\n\n{self.make_sentence()}. {links}\n"
            yield f"{self.make_paragraph()}\n\n{items}\n\n{self.make_paragraph()}\n"
        if index % 5 == 0 and f"table-{index}" in self.tables:
            yield f'## A table {{: #{slug}-table }}\n\n{{{{ comparison("table-{index}") }}}}\n'
        if index % 7 == 0 and f"card-{index}" in self.cards:
            yield f'## When to stop {{: #{slug}-stop }}\n\n{{{{ care_card("card-{index}") }}}}\n'
        yield f"## Sources {{: #{slug}-sources }}\n\n{{{{ references() }}}}\n"

    def _write_data(self) -> None:
        refs = {"refs": [self.sources[0]]}
        self._dump("references", [self._source(index, id) for index, id in enumerate(self.sources)])
        self._dump(
            "glossary", [{"id": t, "term": t, "definition": self.make_sentence() + ".", **refs} for t in self.terms]
        )
        self._dump(
            "articles", [{"id": "flyer", "label": "Flyer", "description": "A flyer.", "words": 100, "about": "Bikes."}]
        )
        self._dump(
            "topics",
            [{"id": t, "title": f"About {t}", "certainty": "Low.", "sections": ["p1-part-0"]} for t in self.topics],
        )
        claims = [
            {
                "id": f"claim-{index}",
                "article": "flyer",
                "heading": "Flyer",
                "topic": self.topics[index % len(self.topics)],
                "claim": self.make_sentence() + ".",
                "verdict": "supported",
                "reason": self.make_sentence() + ".",
                "refs": [self.sources[index % len(self.sources)]],
                "answered_in": "p1-part-0",
            }
            for index in range(min(5 * self.count, MAX_CLAIMS))
        ]
        self._dump("claims", claims)
        cards = [
            {
                "id": id,
                "level": "urgent",
                "heading": "Stop and ask",
                "items": [self.make_sentence() + "." for _ in range(4)],
                "page": self._page_of(id),
                **refs,
            }
            for id in self.cards
            if self._page_of(id)
        ]
        self._dump("care-cards", cards)
        for id in self.tables:
            if self._page_of(id):
                self._dump(f"comparisons/{id}", self._table(id), id)

    def _page_of(self, id: str) -> str:
        index = int(id.partition("-")[2])
        return "index.md" if index == 0 else self.find_path(index - 1) if index <= self.count - 5 else ""

    def _source(self, index: int, id: str) -> dict[str, Any]:
        facts = {
            "id": id,
            "tier": "study",
            "label": f"Maker {index}",
            "title": f"A study of part {index}",
            "authors": "Maker A",
        }
        return facts | {
            "year": 2024,
            "publisher": "Ride",
            "url": f"https://doi.org/{index}",
            "checked": "whole-page",
            "checked_on": DAY,
        }

    def _table(self, id: str) -> dict[str, Any]:
        columns = [{"id": name, "label": name.capitalize()} for name in ("steel", "wood", "nothing")]
        rows = [
            {
                "id": f"row-{row}",
                "label": f"Row {row}",
                "cells": {
                    c["id"]: {"text": self.make_sentence() + ".", "refs": [self.sources[row % len(self.sources)]]}
                    for c in columns
                },
            }
            for row in range(12)
        ]
        return {"id": id, "title": f"Table {id}", "page": self._page_of(id), "columns": columns, "rows": rows}

    def _dump(self, name: str, value: Any, comment: str = "") -> None:
        file = self.folder / "data" / f"{name}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1000)
        file.write_text(f"# {comment or name}\n{text}", encoding="utf-8")

    def _write_settings(self, paths: list[str]) -> None:
        text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
        parts: dict[str, list[str]] = {}
        for path in paths:
            parts.setdefault(path.partition("/")[0].capitalize() if "/" in path else path, []).append(path)
        nav = [{"Home": "index.md"}, *({name: found if "/" in found[0] else found[0]} for name, found in parts.items())]
        (self.folder / "mkdocs.yml").write_text(f"{text}\n{yaml.safe_dump({'nav': nav})}", encoding="utf-8")


def make_guide(folder: Path, pages: int) -> Path:
    """Returns a project with so many pages, its ids promised."""
    folder.mkdir(parents=True)
    Maker(folder, pages).write()
    return folder


def make_plain(guide: Path, folder: Path) -> Path:
    """Returns a stock Material project whose pages are a guide's Markdown after the macros: the same rendered words."""
    project = load_project(guide, MACROS)
    errors = [problem for problem in project.problems if problem.level == "error"]
    if errors:
        raise SystemExit("\n".join(f"{problem.location}: {problem.message}" for problem in errors[:9]))
    for path in project.pages:
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        text = (guide / "docs" / path).read_text(encoding="utf-8")
        file.write_text(render_page(project, path, text), encoding="utf-8")
    settings = yaml.load((guide / "mkdocs.yml").read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader
    features = ["navigation.tabs", "navigation.indexes"]
    plain = {key: settings[key] for key in ("site_name", "site_url", "markdown_extensions", "nav")}
    plain |= {"theme": {"name": "material", "font": False, "features": features}, "plugins": ["search"]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(plain), encoding="utf-8")
    return folder


def render_page(project: Project, path: str, text: str) -> str:
    """Returns a page as it is after its macros, with its front matter but for the guide's own template."""

    def bind(name: str) -> Any:
        return lambda *args, **kwargs: call_macro(project, path, name, args, kwargs)

    _, head, body = text.split("---\n", 2)
    head = re.sub(r"^template:.*\n", "", head, flags=re.MULTILINE)
    template = jinja2.Environment(autoescape=False).from_string(body)
    return f"---\n{head}---\n{template.render({name: bind(name) for name in MACROS})}"


class _Dumper(yaml.SafeDumper):
    """Writes everything out in full."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; `!ENV` stands for its last value."""


_Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])
