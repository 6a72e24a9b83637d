"""The guide is written afresh: it repeats no run of eight words of the articles that it answers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers import ROOT

SOURCES = Path(os.environ.get("GUIDE_SOURCES") or ROOT.parent / "shared" / "sources")
RUN = 8
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def list_runs(text: str) -> dict[tuple[str, ...], int]:
    """Every run of eight words, in small letters and without signs, and the line on which it ends."""
    words = [
        (word, number)
        for number, row in enumerate(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split("\n"), start=1)
        for word in _WORD.findall(row)
    ]
    return {
        tuple(word for word, _ in words[at : at + RUN]): words[at + RUN - 1][1] for at in range(len(words) - RUN + 1)
    }


def list_files() -> Iterator[Path]:
    """Everything that a reader or a contributor may read."""
    yield from ROOT.glob("*.md")
    for folder in ("docs", "data", "overrides"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and file.suffix in {".md", ".yml", ".json", ".html", ".svg", ".js", ".css", ".txt"}:
                yield file


def test_a_run_is_found_across_lines_signs_and_capitals() -> None:
    runs = list_runs("One, two three -- Four\nfive; six's (seven) EIGHT nine.")
    assert runs == {
        ("one", "two", "three", "four", "five", "six's", "seven", "eight"): 2,
        ("two", "three", "four", "five", "six's", "seven", "eight", "nine"): 2,
    }


@pytest.mark.skipif(not SOURCES.is_dir(), reason=f"the articles are not part of the guide; none at {SOURCES}")
def test_nothing_repeats_eight_words_of_an_article() -> None:
    articles = {file.name: set(list_runs(file.read_text(encoding="utf-8"))) for file in sorted(SOURCES.glob("*.txt"))}
    assert articles, f"no text at {SOURCES}"
    repeated = [
        f"{file.relative_to(ROOT)}:{line}: '{' '.join(run)}' stands in {name}"
        for file in list_files()
        for run, line in list_runs(file.read_text(encoding="utf-8")).items()
        for name, runs in articles.items()
        if run in runs
    ]
    assert repeated == []
