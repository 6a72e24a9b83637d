"""The shape of every record in `data/` and of every page's front matter.

Values arrive as text (see `source`); pydantic turns them into numbers, dates and choices.
`python -m macros schema` writes these shapes, and the words below each field, as JSON Schema (see `schemas`).
Longer than 200 lines because a contributor looks a field up in one place, and nothing here has logic.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
MarkdownText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
PagePath = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*[a-z0-9-]+\.md$")]
_SITE_PATH = r"^/([A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*([A-Za-z0-9_~-][A-Za-z0-9._~-]*\.html)?"
PageAddress = Annotated[str, StringConstraints(pattern=_SITE_PATH + "$")]
OldAddress = Annotated[str, StringConstraints(pattern=_SITE_PATH + r"(#[^\s<>\"&]*)?$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"\\]+$")]

Tier = Literal[
    "regulator",
    "guideline",
    "systematic-review",
    "review",
    "trial",
    "study",
    "case-report",
    "label",
    "public-health",
    "patient-information",
    "cost-data",
]
Checked = Literal["whole-page", "excerpt", "not-read"]
Verdict = Literal[
    "supported",
    "partly-supported",
    "not-supported",
    "misleading",
    "contradicted-by-regulator",
    "matter-of-taste",
]
CareLevel = Literal["non-urgent", "urgent", "emergency"]
Standard = Literal["PEMAT-P", "DISCERN", "IPDAS", "JAMA", "CDC Clear Communication Index", "WCAG 2.2"]

NOTHING_KNOWN = ("Not known", "Does not say")
"""The only words a table cell may hold without a source."""


_NONE_SET: set[str] = set()


class Record(BaseModel):
    """A record that cannot be changed and has no keys but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def model_post_init(self, context: Any, /) -> None:
        """Forgets which keys were written: nobody asks, and the set of them is larger than many a record."""
        del context
        object.__setattr__(self, "__pydantic_fields_set__", _NONE_SET)


class Finding(Record):
    """One thing that the guide takes from a reference, in its own words."""

    fact: Text
    figures: tuple[Text, ...] = ()


class Reference(Record):
    """A source that the guide rests on."""

    id: Id
    tier: Tier
    label: Annotated[Text, StringConstraints(max_length=32)]
    title: Text
    authors: Text
    year: Annotated[int, Field(ge=1950, le=2100)] | None = None
    publisher: Text
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{5,9}$")] | None = None
    pmcid: Annotated[str, StringConstraints(pattern=r"^PMC\d+$")] | None = None
    url: Url | None = None
    checked: Checked
    checked_on: date
    limits: Text | None = None
    findings: tuple[Finding, ...] = ()

    @model_validator(mode="after")
    def _has_an_address(self) -> Reference:
        if not (self.doi or self.pmid or self.pmcid or self.url):
            raise ValueError("needs one of doi, pmid, pmcid, url: readers must be able to look it up")
        return self

    @property
    def address(self) -> str:
        """Where a reader can look it up: DOI before PubMed before any other address."""
        if self.doi:
            return f"https://doi.org/{quote(self.doi)}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        if self.pmcid:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.pmcid}/"
        return self.url or ""


class Article(Record):
    """One of the documents whose claims the guide answers."""

    id: Id
    label: Text
    description: Text
    words: int
    about: Text


class Topic(Record):
    """A topic that the guide must cover, how sure the evidence is, and where it is covered."""

    id: Id
    title: Text
    certainty: Text
    sections: Annotated[tuple[Id, ...], Field(min_length=1)]


class Term(Record):
    """A word of the glossary."""

    id: Id
    term: Text
    definition: Annotated[Text, StringConstraints(max_length=300)]
    aliases: tuple[Text, ...] = ()
    see_also: tuple[Id, ...] = ()
    refs: tuple[Id, ...] = ()
    everyday: tuple[Text, ...] = ()
    """Those of its names that people know without us, so that a page need not link them."""

    @model_validator(mode="after")
    def _knows_its_everyday_names(self) -> Term:
        strange = [name for name in self.everyday if name not in (self.term, *self.aliases)]
        if strange:
            raise ValueError(f"'{strange[0]}' in everyday is neither the term nor one of its aliases")
        return self


class Column(Record):
    """A column of a comparison: one option, or one question."""

    id: Id
    label: Text
    reported: bool = False
    """Whether its cells say what the articles claim, not what the guide says."""


class Cell(Record):
    """Words of one table cell and what they rest on."""

    text: Text
    refs: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _is_sourced(self) -> Cell:
        if not self.refs and self.text not in NOTHING_KNOWN:
            raise ValueError("needs refs; a cell without a source says 'Not known' or 'Does not say'")
        return self


class Row(Record):
    """A row of a comparison; its printed id is `<comparison id>-<row id>`."""

    id: Id
    label: Text
    cells: dict[Id, Cell]


class Comparison(Record):
    """A table in which every cell shows its source."""

    id: Id
    title: Text
    note: Text | None = None
    page: PagePath
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: Annotated[tuple[Row, ...], Field(min_length=1)]


class Claim(Record):
    """A claim of an article, what the guide says of it, and where it is answered."""

    id: Id
    article: Id
    heading: Text
    topic: Id
    claim: Text
    figures: tuple[Text, ...] = ()
    verdict: Verdict
    reason: Text
    refs: tuple[Id, ...] = ()
    answered_in: Id

    @model_validator(mode="after")
    def _is_sourced(self) -> Claim:
        if not self.refs and self.verdict != "matter-of-taste":
            raise ValueError("needs refs; only a matter of taste goes without")
        return self


class Side(Record):
    """What one article says on a question."""

    article: Id
    position: Text
    claims: Annotated[tuple[Id, ...], Field(min_length=1)]


class Disagreement(Record):
    """A question on which the articles differ, and what better evidence says."""

    id: Id
    question: Text
    sides: Annotated[tuple[Side, ...], Field(min_length=1)]
    silent: tuple[Id, ...] = ()
    better_evidence: Text
    refs: Annotated[tuple[Id, ...], Field(min_length=1)]
    answered_in: Id


class CareCard(Record):
    """What to do and when; `page` is where the card lives for good."""

    id: Id
    level: CareLevel
    heading: Text
    items: Annotated[tuple[Text, ...], Field(min_length=1)]
    after: Text | None = None
    refs: Annotated[tuple[Id, ...], Field(min_length=1)]
    page: PagePath


class Question(Record):
    """A question to ask before treatment."""

    id: Id
    group: Id
    question: Text
    why: Text
    good_answer: Text
    refs: Annotated[tuple[Id, ...], Field(min_length=1)]


class SafetyFact(Record):
    """A fact that every reader must meet in time."""

    id: Id
    fact: Annotated[Text, StringConstraints(max_length=160)]
    why: Text
    refs: Annotated[tuple[Id, ...], Field(min_length=1)]
    sections: Annotated[tuple[Id, ...], Field(min_length=1)]


class Figure(Record):
    """A drawing with its caption, short and long description."""

    id: Id
    file: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.svg$")]
    caption: MarkdownText
    alt: Annotated[Text, StringConstraints(max_length=125)]
    description: Text
    refs: tuple[Id, ...] = ()


class StandardItem(Record):
    """An item of a published standard and the sections that meet it."""

    id: Id
    standard: Standard
    item: Text
    met: Literal["yes", "partly", "no"]
    sections: tuple[Id, ...] = ()
    note: Text


class Change(Record):
    """What changed, when, and how much it matters to a reader."""

    date: date
    level: Literal["editorial", "clinical", "safety"]
    change: Text
    sections: tuple[Id, ...] = ()


class Fact(Record):
    """A figure that stands in more than one place; `fact("id")` prints it with its sources."""

    id: Id
    value: Annotated[Text, StringConstraints(max_length=60, pattern=r"\d")]
    """As readers see it, such as '6 months'."""
    unit: Annotated[Text, StringConstraints(max_length=20)]
    """The word beside the number, such as 'months'; 'date' when the value is a day."""
    about: Annotated[tuple[Text, ...], Field(min_length=1)]
    """Beginnings of words: a sentence that holds all of them speaks of this figure."""
    refs: Annotated[tuple[Id, ...], Field(min_length=1)]


class Wording(Record):
    """Words that the guide does not use, what to write in their place, and why."""

    avoid: Annotated[tuple[Text, ...], Field(min_length=1)]
    say: Text
    why: Text
    fine_in: tuple[Text, ...] = ()
    """Phrases in which the words are meant otherwise, such as 'how often'."""
    unless_numbered: bool = False
    """Whether the words are fine in a sentence with a number, or that says there is none."""


class Debt(Record):
    """How many places of a file break a rule that is a matter of judgement; the number may only go down."""

    rule: Id
    file: Annotated[str, StringConstraints(pattern=r"^(docs|data)/([a-z0-9-]+/)*[a-z0-9-]+\.(md|yml)$")]
    count: Annotated[int, Field(ge=1)]


class Reviewer(Record):
    """The clinician who reviewed a page. Never invented: without one, the page says so."""

    name: Text
    role: Text
    date: date
    conflicts: Text


class Permalink(Record):
    """A promised address: an id that was published, and never stands for anything else."""

    id: Id
    kind: Literal["section", "term", "row", "question", "reference"]
    since: date
    """The day of its first publication."""
    changed: date | None = None
    """The day on which the words below it last changed."""
    page: PageAddress
    """The page on which it stands, or stood last."""
    was: tuple[PageAddress, ...] = ()
    """Pages on which it stood before; links to it there still land."""
    heading: Text
    words: Annotated[str, StringConstraints(pattern=r"^[a-p]{8}$")]
    """A print of its own words; `make permalinks` writes it."""
    status: Literal["live", "moved", "merged", "retired"]
    successor: Id | None = None
    """The id that a reader should open now."""
    reason: Text | None = None
    """Why it went, in a sentence for readers."""

    @model_validator(mode="after")
    def _says_where_to_go(self) -> Permalink:
        if self.is_gone and not self.successor:
            raise ValueError(f"needs successor: where a reader of a {self.status} section should go now")
        if self.status == "retired" and not self.reason:
            raise ValueError("needs reason: a sentence that tells readers why it went")
        if not self.is_gone and (self.successor or self.reason):
            raise ValueError(f"is {self.status}, so it has neither successor nor reason")
        return self

    @property
    def is_gone(self) -> bool:
        """Whether no page shows it any more."""
        return self.status in ("merged", "retired")


class Redirect(Record):
    """An old address, and what a reader finds there now."""

    source: OldAddress = Field(alias="from")
    """The old address after the site's name: `/old-page/`, or `/old-page/#old-fragment`."""
    to: Annotated[str, StringConstraints(pattern=r"^\S+$")]
    """An id, or a page such as `/treatment/aftercare/`."""
    since: date

    @property
    def page(self) -> str:
        """The page of the old address."""
        return self.source.partition("#")[0]

    @property
    def fragment(self) -> str:
        """The fragment of the old address, or nothing."""
        return self.source.partition("#")[2]


class Clinic(Record):
    """Somebody who links to the guide, and wants to know before a change hurts these links."""

    id: Id
    name: Text
    contact: Annotated[str, StringConstraints(pattern=r"^(https://|mailto:)[^\s<>\"\\]+$")]
    links: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The ids that the clinic links to."""
    since: date


class Query(Record):
    """What a reader types into the search, and the places that answer it, best first."""

    query: Annotated[Text, StringConstraints(max_length=120)]
    answers: Annotated[tuple[Id, ...], Field(min_length=1)]
    danger: bool = False
    """Whether the first answer must be a care card."""
    held_out: date | None = None
    """The day on which it was written, if the search is never tuned on it."""


class SearchAlias(Record):
    """Words that readers type, and the guide's own words for the same."""

    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    means: Annotated[tuple[Text, ...], Field(min_length=1)]
    danger: bool = False
    """Whether somebody who types this may need a care card."""


class SearchWords(Record):
    """Words that the search takes for one and the same, wherever they stand."""

    words: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]+$")], ...], Field(min_length=2)]
    """Single words; endings, British spelling and slips of one letter need no word of their own."""


class SearchWeight(Record):
    """How far sections go in the search before others that fit as well."""

    sections: Annotated[Text, StringConstraints(pattern=r"^[a-z0-9/#*-]+$")]
    """A pattern of addresses below the site, such as `news/*` or `*-sources`."""
    weight: Annotated[float, Field(ge=0, le=2)]
    """0 leaves them out."""


class InlineScript(Record):
    """A script that may stand inside a page, because somebody has read it."""

    id: Id
    hash: Annotated[str, StringConstraints(pattern=r"^sha256-[A-Za-z0-9+/]{43}=$")]
    """As browsers write it in their content security policy."""
    does: Text


class FrontMatter(Record):
    """The lines between `---` at the top of a page."""

    title: Annotated[Text, StringConstraints(max_length=70)]
    description: Annotated[Text, StringConstraints(max_length=155)]
    reviewed: date
    next_review: date
    reviewer: Reviewer | None = None
    safety: bool = False
    hide: tuple[Literal["navigation", "toc"], ...] = ()
    template: Literal["home.html"] | None = None

    @model_validator(mode="after")
    def _is_due_later(self) -> FrontMatter:
        if not 0 < (self.next_review - self.reviewed).days <= 366 * 3:
            raise ValueError("next_review must be after reviewed, and at most three years after it")
        return self


LISTS: dict[str, type[Record]] = {
    "references": Reference,
    "articles": Article,
    "topics": Topic,
    "glossary": Term,
    "claims": Claim,
    "disagreements": Disagreement,
    "care-cards": CareCard,
    "questions": Question,
    "safety-facts": SafetyFact,
    "figures": Figure,
    "standards": StandardItem,
    "changes": Change,
    "facts": Fact,
    "wording": Wording,
    "debt": Debt,
    "permalinks": Permalink,
    "redirects": Redirect,
    "clinics": Clinic,
    "queries": Query,
    "search-aliases": SearchAlias,
    "search-weights": SearchWeight,
    "search-words": SearchWords,
    "inline-scripts": InlineScript,
}
"""Data file (without ending) and the kind of record of which it holds a list."""
