"""`make bench-search`: the search of the guide, the runner-up and the theme's own, asked the same questions in one run.

The questions and the sections that answer them stand in `data/queries.yml`. Every search runs in a real browser on the
sections of the built guide. MiniSearch gets all their words, our folding, groups of words, aliases, weights, care cards
and questions, and loads our script for it; it is a part of this benchmark only. The theme's gets the words, as it
would.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import material
from playwright.sync_api import Browser, Page

from benchmarks.browsing import PHONE, PROCESSOR, SLOW_4G, open_browser
from benchmarks.budget import load_budget
from benchmarks.finding import Answer, Guide, find_shortfalls, read_guide, split, summarize
from benchmarks.guides import ROOT
from benchmarks.serving import Host
from macros.publish.search import INDEX, SCRIPT, list_aliases, list_groups
from macros.publish.search_index import render_search_index

SITE = ROOT / "site"
ENGINES = {
    "own": "ours (chosen)",
    "minisearch": "MiniSearch 7.2.0, our aliases and weights (runner-up)",
    "theme": "the theme's own (lunr)",
}
THEME = {
    "lang": ["en"],
    "separator": r"[\s\-]+",
    "pipeline": ["stopWordFilter"],
    "fields": {"title": {"boost": 1000}, "text": {"boost": 1}, "tags": {"boost": 1_000_000}},
}
"""What the theme's plugin writes at the head of its index."""
QUESTION = "derma roller at home"
ROUNDS = 7
_OPEN = """(engine) => import(`/${engine}.js`).then((found) => { window.engine = found; })"""
_ASK = """async (questions) => {
  const ask = await engine.open("/");
  const answers = [];
  for (const question of questions) answers.push(await ask(question));
  return answers;
}"""
_TIME = """async (question) => {
  const start = performance.now();
  const found = await (await engine.open("/"))(question);
  if (!found.length) throw new Error("nothing found");
  return performance.now() - start;
}"""


@dataclass(frozen=True)
class Cost:
    """Until the first result: bytes (brotli), and milliseconds on a good and on a slow phone."""

    size: int
    fast: float
    slow: float


def write_files(guide: Guide, site: Path, folder: Path) -> None:
    """Writes a folder that holds what the searches load."""
    (folder / "index.html").write_text("<!doctype html><title>Search</title>", encoding="utf-8")
    for file in (site / INDEX, site / SCRIPT, *(Path(__file__).parent / "engines").iterdir()):
        shutil.copy(file, folder)
    [worker] = (Path(material.__file__).parent / "templates/assets/javascripts/workers").glob("search.*.js")
    shutil.copy(worker, folder / "theme-worker.js")
    index = json.loads(
        render_search_index(guide.sections, list_aliases(guide.catalog), {}, list_groups(guide.catalog))[0]
    )
    words = {key: index[key] for key in ("folds", "same", "skip", "ask", "aliases")}
    words["sections"] = {
        section.address: [round(section.weight, 2), int(bool(section.care))] for section in guide.sections
    }
    _write(folder / "minisearch-words.json", words)
    docs = [{"location": each.address, "title": each.title, "text": each.words} for each in guide.sections]
    _write(folder / "theme-index.json", {"config": THEME, "docs": docs})


def write_runner_up(guide: Guide, tab: Page, folder: Path) -> None:
    """Writes the index of MiniSearch, which only MiniSearch can make."""
    docs = [
        {"title": each.title, "page": each.page, "address": each.address, "words": f"{each.words} {each.asked}"}
        for each in guide.sections
    ]
    tab.evaluate(_OPEN, "minisearch")
    text: str = tab.evaluate("(docs) => engine.build('/', docs)", docs)
    (folder / "minisearch-index.json").write_text(text, encoding="utf-8")


def ask(tab: Page, engine: str, guide: Guide) -> dict[str, Answer]:
    """Returns how a search answers each query, by its id."""
    tab.evaluate(_OPEN, engine)
    queries = guide.catalog.queries
    found: list[list[str]] = tab.evaluate(_ASK, [query.query for query in queries.values()])
    return {id: guide.judge(query, each) for (id, query), each in zip(queries.items(), found, strict=True)}


def weigh(browser: Browser, host: Host, engine: str) -> Cost:
    """Returns what the first result costs somebody who never searched before: medians of several visits."""
    fast = [_visit(browser, host, engine, slow=False) for _ in range(ROUNDS)]
    slow = [_visit(browser, host, engine, slow=True) for _ in range(ROUNDS)]
    return Cost(sum(host.sent), median(fast), median(slow))


def _visit(browser: Browser, host: Host, engine: str, *, slow: bool) -> float:
    context = browser.new_context(viewport=PHONE)
    tab = context.new_page()
    tab.goto(host.url)
    tab.evaluate(_OPEN, engine)
    if slow:
        session = context.new_cdp_session(tab)
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": PROCESSOR})
    host.sent.clear()
    taken: float = tab.evaluate(_TIME, QUESTION)
    context.close()
    return taken


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, separators=(",", ":")), encoding="utf-8")


def main() -> int:
    """Prints the table; 1 if ours misses its budget."""
    guide = read_guide(SITE)
    parts = split(guide.catalog.queries)
    budget, shortfalls = load_budget()["search"], [""]
    print("Of 100 questions: right section first / in the first three / in danger, right care card first")
    with tempfile.TemporaryDirectory() as made, open_browser() as browser:
        folder = Path(made)
        write_files(guide, SITE, folder)
        with Host(folder) as host:
            tab = browser.new_page()
            tab.goto(host.url)
            write_runner_up(guide, tab, folder)
            for engine, name in ENGINES.items():
                tab.goto(host.url)
                answers = ask(tab, engine, guide)
                figures = {part: summarize(answers, ids) for part, ids in parts.items()}
                cost = weigh(browser, host, engine)
                print(f"\n{name}")
                for part, found in figures.items():
                    shown = " / ".join(f"{each:5.1f}" for each in found.values())
                    print(f"  {part:20} {len(parts[part]):3} questions: {shown}")
                print(f"  until the first result: {cost.size:,} bytes, {cost.fast:.0f} ms, slow {cost.slow:.0f} ms")
                if engine == "own":
                    shortfalls = find_shortfalls(figures, cost.size, budget)
    print(f"\nOurs must reach (tests/budget.yml): {budget}")
    print("\n".join(shortfalls) or "It does.")
    return int(bool(shortfalls))


if __name__ == "__main__":
    raise SystemExit(main())
