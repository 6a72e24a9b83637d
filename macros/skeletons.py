"""What a new term, reference, table or page looks like before anybody has filled it in.

An empty place is an error that `check` explains, so that no skeleton is ever published half filled.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import get_args

from macros.models import Tier

_TERM = """\
- id: {id} # never changed later
  term: {term} # as readers see it
  definition: "" # one or two plain sentences, 35 words at most
  aliases: [] # other words that people use for it, such as [one, another]
  see_also: [] # ids of other terms in this file
  refs: [] # ids from data/references.yml; [] only if it rests on no source
"""
_REFERENCE = """\
- id: {id} # never changed later
  tier: {tier} # {tiers}
  label: {label} # short and unique, such as "Smith 2024"
  title: "" # as printed
  authors: "" # such as "Smith J, Doe A", or the organization
  year: {year}
  publisher: "" # the journal with volume and pages, or the organization
  doi: "" # such as 10.1000/182. Delete this line if it has none
  pmid: "" # its number in PubMed. Delete this line if it has none
  url: "" # its public address. Delete this line if a line above is enough
  checked: "" # how much of it you read: whole-page, excerpt or not-read
  checked_on: {today}
  limits: "" # what a reader must be careful about. Delete this line if nothing
  findings:
    - fact: "" # one thing that the guide takes from it, in your own words
      figures: [] # the numbers in it, such as ["3 of 40 people"]
"""
_TABLE = """\
# One comparison table, shown by comparison("{id}").
# A cell has text and the ids of its references; "Not known" and "Does not say" have none.
# To add a row, copy one, give it a new id, and fill one cell for each column. Never rename an id.
id: {id}
title: "" # what it compares
note: "" # what a reader must know first. Delete this line if nothing
page: {page} # the page that shows it, such as care/first-aid.md
columns: # the ids of columns and rows are never changed later: choose them now
{columns}
rows:
  - id: first-row
    label: ""
    cells:
{cells}
"""
_PAGE = """\
---
title: {title}
description: "" # one sentence for search engines, 155 characters at most
reviewed: {today} # the day on which you checked every claim
next_review: {next_review} # at most three years later
---

# {heading}

<!-- Write the message here: one or two sentences. Put this on the line below it: {{: .guide-message }} -->

<!-- Write the action here: what a reader can do now. Put this on the line below it: {{: .guide-action }} -->

<!-- Three to five key points, each with its source: ["Words. [@reference-id]", "More words. [@reference-id]"] -->
{{{{ key_points("{id}-key-points", []) }}}}

<!-- Clinics print the ids in braces: choose them now. Delete these comments when you are done. -->
## What comes first {{: #{id}-first }}

## What is not known {{: #{id}-not-known }}

## Sources {{: #{id}-sources }}

{{{{ references() }}}}

{{{{ review() }}}}
"""


def render_term(id: str, term: str) -> str:
    """Returns a record of `data/glossary.yml`."""
    return _TERM.format(id=id, term=_quote(term))


def render_reference(id: str, label: str, tier: str, today: date) -> str:
    """Returns a record of `data/references.yml`; the year is the number at the end of the id."""
    year = re.search(r"-((?:19|20)\d\d)$", id)
    return _REFERENCE.format(
        id=id,
        tier=tier or '""',
        tiers=", ".join(get_args(Tier)),
        label=_quote(label),
        year=year.group(1) if year else '"" # when it was published. Delete this line if it does not say',
        today=today,
    )


def render_table(id: str, page: str, columns: Sequence[str]) -> str:
    """Returns a file of `data/comparisons/` with these columns and one row."""
    heads = "\n".join(f'  - id: {column}\n    label: ""' for column in columns)
    cells = "\n".join(
        f'      {column}:\n        text: "" # or "Not known"\n        refs: [] # ids from data/references.yml'
        for column in columns
    )
    return _TABLE.format(id=id, page=_quote(page), columns=heads, cells=cells)


def render_page(id: str, title: str, today: date) -> str:
    """Returns a page of `docs/` whose sections begin with `id`."""
    later = today.replace(year=today.year + 1, day=min(today.day, 28))
    return _PAGE.format(id=id, title=_quote(title), heading=title, today=today, next_review=later)


def _quote(text: str) -> str:
    """Returns a text as YAML reads it back, whatever signs are in it."""
    return json.dumps(text, ensure_ascii=False)
