"""What the articles claim, what the guide says of it, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from macros.diagnostics import MacroError, suggest
from macros.links import AddressBook
from macros.markup import escape_text
from macros.models import Article, Claim, Disagreement
from macros.tables import Table, TableCell, TableRow, render_table
from macros.templating import render_template

VERDICTS = {
    "supported": "Supported",
    "partly-supported": "Partly supported",
    "not-supported": "Not supported",
    "misleading": "Misleading",
    "contradicted-by-regulator": "Contradicted by a regulator",
    "matter-of-taste": "A matter of taste",
}


def render_claims(
    claims: Sequence[Claim], articles: Mapping[str, Article], page: str, book: AddressBook, *, topic: str, caption: str
) -> str:
    """Returns the claims on one topic as a table; every row has its id and can be filtered.

    Args:
        claims: the claims of that topic.
        articles: all articles by id.
        page: source path of the page on which the table stands.
        book: addresses of sections and sources.
        topic: id of the topic.
        caption: words above the table.
    """
    rows = [
        TableRow(
            Markup('{} <span class="guide-claim__article">{}</span>').format(
                escape_text(claim.claim), escape_text(_find(articles, claim.article).label)
            ),
            [
                TableCell(render_verdict(claim.verdict)),
                TableCell(claim.reason, book.link_sources(claim.refs, page)),
                TableCell(book.link_section(claim.answered_in, page)),
            ],
            id=f"claim-{claim.id}",
            data={"verdict": claim.verdict, "article": claim.article},
        )
        for claim in claims
    ]
    headers = ["The claim", "Our verdict", "Why", "Read our answer"]
    return render_table(Table(f"table-claims-{topic}", caption, headers, rows, variant="claims"))


def render_verdict(verdict: str) -> Markup:
    """Returns the verdict in words, with a class for its sign; never by color alone."""
    return Markup('<span class="guide-verdict guide-verdict--{}">{}</span>').format(verdict, VERDICTS[verdict])


def render_verdicts(claims: Iterable[Claim], articles: Mapping[str, Article]) -> str:
    """Returns how many claims of each article got each verdict, and the place for the filter."""
    counts: Counter[tuple[str, str]] = Counter((claim.article, claim.verdict) for claim in claims)
    headers = ["Verdict", *(article.label for article in articles.values()), "All"]
    rows = []
    for verdict in VERDICTS:
        numbers = [counts[(id, verdict)] for id in articles]
        cells = [TableCell(str(number)) for number in (*numbers, sum(numbers))]
        rows.append(TableRow(render_verdict(verdict), cells, f"verdicts-{verdict}"))
    totals = [sum(count for (article, _), count in counts.items() if article == id) for id in articles]
    rows.append(TableRow("All claims", [TableCell(str(number)) for number in (*totals, sum(totals))], "verdicts-all"))
    table = render_table(Table("table-verdicts", "Claims by verdict and article", headers, rows, variant="numbers"))
    return f'{table}\n\n<div class="guide-filter" data-guide-filter hidden></div>'


def render_disagreements(
    disagreements: Iterable[Disagreement], articles: Mapping[str, Article], page: str, book: AddressBook
) -> str:
    """Returns every question with what each article says, which are silent, and what stronger evidence says."""
    questions = [
        {
            "record": record,
            "sides": [(_find(articles, side.article).label, side.position) for side in record.sides],
            "silent": [_find(articles, id).label for id in record.silent],
            "sources": book.link_sources(record.refs, page),
            "answer": book.link_section(record.answered_in, page),
        }
        for record in disagreements
    ]
    return render_template("disagreements.md.jinja", questions=questions)


def _find(articles: Mapping[str, Article], id: str) -> Article:
    """Returns the article; raises MacroError when there is none."""
    if id not in articles:
        raise MacroError("data-unknown-id", f"unknown article '{id}'", suggest(id, articles))
    return articles[id]
