"""The weekly look, without a network: `fetch` is a table of answers."""

from __future__ import annotations

import argparse
import json
import urllib.error
import urllib.request
from datetime import date
from email.message import Message
from pathlib import Path

import pytest

from macros import fetching, lookout
from macros.deadlines import EndDate, check_security_txt, find_end_dates, find_security_txt, load_end_dates
from macros.fetching import Answer, fetch, insist
from macros.findings import KINDS, MAX_LENGTH, Finding, Look, NobodyAnswersError, quote_stranger, render_issue
from macros.models import FrontMatter, Reference
from macros.watching import find_changed_references, find_dead_links, find_due_pages, find_faulty_packages

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 21)
NOBODY = Answer(0, reason="no network")


class Net:
    """Answers from a table, and notes every question; whoever is not in the table does not answer."""

    def __init__(self, answers=None, otherwise=NOBODY):
        self.answers, self.otherwise, self.asked = answers or {}, otherwise, []

    def __call__(self, url, method="GET", body=None):
        self.asked.append((method, url, body))
        found = self.answers.get((method, url), self.answers.get(url, self.otherwise))
        return found.pop(0) if isinstance(found, list) else found


def as_json(value):
    return Answer(200, json.dumps(value))


# Links


def look_at(url, *answers):
    return find_dead_links({url: ["docs/a.md:3"]}, Net({("HEAD", url): answers[0], ("GET", url): answers[-1]}))


def test_a_link_that_answers_is_no_finding():
    assert look_at("https://a.net/", Answer(200)) == []


@pytest.mark.parametrize("status", [403, 405, 501, 0])
def test_a_link_that_refuses_head_is_asked_again(status):
    assert look_at("https://a.net/", Answer(status), Answer(200)) == []


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_a_link_that_is_gone_is_a_finding(status):
    help = "find where it went, or another source"
    assert look_at("https://a.net/", Answer(status)) == [
        Finding("docs/a.md:3", f"`https://a.net/` answers {status}", help)
    ]


@pytest.mark.parametrize("status", [401, 403, 429, 302])
def test_a_link_that_refuses_machines_is_told_but_calls_nobody(status):
    [finding] = look_at("https://a.net/", Answer(status))
    assert not finding.sure


def test_one_dead_host_among_others_is_a_finding():
    links = {"https://a.net/": ["x"], "https://b.net/": ["y", "x", "y"]}
    [finding] = find_dead_links(links, Net({"https://a.net/": Answer(200)}))
    assert finding == Finding(
        "x, y", "`https://b.net/` does not answer: `no network`", "find where it went, or another source"
    )


def test_without_a_network_nothing_is_said_of_links():
    with pytest.raises(NobodyAnswersError):
        find_dead_links({"https://a.net/": ["x"], "https://b.net/": ["x"]}, Net())


def test_no_links_need_no_network():
    assert find_dead_links({}, Net()) == []


@pytest.mark.parametrize("host", ["example.org", "www.example.com", "clinic.example", "localhost", "x.test"])
def test_hosts_that_stand_for_no_one_are_not_asked(host):
    net = Net()
    assert find_dead_links({f"https://{host}/x": ["x"]}, net) == []
    assert net.asked == []


def test_a_doi_is_looked_up_in_its_register():
    net = Net(otherwise=Answer(404))
    [finding] = find_dead_links({"https://doi.org/10.1002/%28x%29": ["x"]}, net)
    assert net.asked == [("GET", "https://doi.org/api/handles/10.1002/%28x%29", None)]
    assert finding.sure


# Review dates


def page(day):
    return FrontMatter.model_validate(
        {"title": "t", "description": "d", "reviewed": date(2025, 11, 21), "next_review": day}
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 21), None),
        (date(2027, 1, 20), "review is due on 2027-01-20, in 60 days"),
        (TODAY, "review is due on 2026-11-21, in 0 days"),
        (date(2026, 11, 20), "review has been overdue for 1 days, since 2026-11-20"),
    ],
)
def test_a_page_is_told_from_60_days_before_its_review(day, words):
    found = find_due_pages({"a.md": page(day)}, TODAY)
    assert [(finding.where, finding.what) for finding in found] == ([("docs/a.md", words)] if words else [])


def test_the_longest_overdue_page_comes_first():
    pages = {"a.md": page(TODAY), "b.md": page(date(2026, 1, 1))}
    assert [finding.where for finding in find_due_pages(pages, TODAY)] == ["docs/b.md", "docs/a.md"]


# References


def reference(id="doe-2024", doi: str | None = "10.1000/a(1)b"):
    values = {"id": id, "tier": "trial", "label": id, "title": "t", "authors": "a", "publisher": "p"}
    return Reference.model_validate(
        {**values, "doi": doi, "url": "https://a.net/", "checked": "excerpt", "checked_on": date(2026, 6, 15)}
    )


def ask_crossref(message):
    net = Net({"https://api.crossref.org/works/10.1000%2Fa%281%29b": as_json({"message": message})})
    return find_changed_references([reference()], net)


def update(kind, *day, doi="10.1000/notice"):
    updated = {"updated": {"date-parts": [list(day)]}} if day else {}
    return {"type": kind, "DOI": doi, "source": "publisher", **updated}


def test_a_reference_of_which_nothing_is_told_is_no_finding():
    assert ask_crossref({"title": ["Retracting the needle: a trial"], "update-to": [update("new_version", 2020)]}) == []


@pytest.mark.parametrize("kind", ["retraction", "partial_retraction", "withdrawal", "removal", "expression_of_concern"])
@pytest.mark.parametrize("day", [(2019,), (2026, 9, 1), ()])
def test_a_retraction_is_told_whenever_it_came(kind, day):
    [finding] = ask_crossref({"updated-by": [update(kind, *day)]})
    assert finding.where == "doe-2024"
    assert finding.what.startswith(f"`{kind}` of ")
    assert finding.help == "read the notice, and mend or drop every sentence that rests on it"


@pytest.mark.parametrize("kind", ["correction", "erratum", "new_version", "something_new"])
@pytest.mark.parametrize(
    ("day", "told"), [((2026, 6, 14), 0), ((2026, 6), 0), ((2026, 6, 16), 1), ((2027,), 1), ((), 1)]
)
def test_a_correction_is_told_if_it_came_after_we_checked(kind, day, told):
    assert len(ask_crossref({"updated-by": [update(kind, *day)]})) == told


def test_one_notice_from_two_sources_is_told_once():
    twice = [update("retraction", 2026, 9, 1), {**update("retraction", 2026, 9, 1), "source": "retraction-watch"}]
    assert ask_crossref({"updated-by": twice}) == [
        Finding(
            "doe-2024",
            "`retraction` of 2026-09-01: `10.1000/notice`",
            "read the notice, and mend or drop every sentence that rests on it",
        )
    ]


def test_a_reference_that_is_itself_a_retraction_is_told():
    [finding] = ask_crossref({"update-to": [update("retraction", 2020, 1, 1)]})
    assert finding.what == "is itself a notice (`retraction`), not a study"


@pytest.mark.parametrize("title", ["RETRACTED: A trial", "[Retracted] A trial", "WITHDRAWN: a review", "Retraction: A"])
def test_a_title_that_says_so_is_told(title):
    assert len(ask_crossref({"title": [title]})) == 1


@pytest.mark.parametrize(
    "message", [{"updated-by": "x"}, {"updated-by": [1]}, {"title": []}, {"updated-by": None, "title": None}]
)
def test_a_strange_record_is_no_crash(message):
    assert ask_crossref(message) == []


@pytest.mark.parametrize("parts", [[["x"]], [[]], [], [[2026, 13, 1]], [[None]]])
def test_a_strange_date_counts_as_unknown(parts):
    [finding] = ask_crossref({"updated-by": [{"type": "erratum", "DOI": "d", "updated": {"date-parts": parts}}]})
    assert "of no date" in finding.what


@pytest.mark.parametrize("answer", [Answer(404), Answer(200, "<html>"), Answer(200, "[]"), Answer(200, "[" * 99_999)])
def test_a_reference_that_crossref_does_not_know_calls_nobody(answer):
    [finding] = find_changed_references([reference()], Net(otherwise=answer))
    assert not finding.sure


def test_without_crossref_nothing_is_said_of_references():
    with pytest.raises(NobodyAnswersError):
        find_changed_references([reference()], Net())


def test_a_reference_without_a_doi_is_not_asked_for():
    net = Net()
    assert find_changed_references([reference(doi=None)], net) == []
    assert net.asked == []


# Packages

LOCK = """\
# by make lock
jinja2==3.1.6 \\
    --hash=sha256:aa
pyyaml==6.0.3 ; python_version >= "3.11" \\
    --hash=sha256:bb
"""
OSV = "https://api.osv.dev/v1/querybatch"


def test_packages_of_the_lock_are_asked_for_in_one_question():
    net = Net({OSV: as_json({"results": [{}, {"vulns": [{"id": "PYSEC-1"}, {"id": "GHSA-a"}]}]})})
    assert find_faulty_packages({"requirements.txt": LOCK}, net) == [
        Finding(
            "requirements.txt",
            "pyyaml 6.0.3 has [PYSEC-1](https://osv.dev/vulnerability/PYSEC-1), "
            "[GHSA-a](https://osv.dev/vulnerability/GHSA-a)",
            "`make lock` with a mended version",
        )
    ]
    [(method, _, body)] = net.asked
    assert method == "POST"
    assert [query["package"]["name"] + query["version"] for query in json.loads(body)["queries"]] == [
        "jinja23.1.6",
        "pyyaml6.0.3",
    ]


@pytest.mark.parametrize("answer", [NOBODY, Answer(500), as_json({"results": []}), as_json({}), Answer(200, "no")])
def test_an_answer_that_does_not_fit_says_nothing_of_packages(answer):
    with pytest.raises(NobodyAnswersError):
        find_faulty_packages({"requirements.txt": LOCK}, Net({OSV: answer}))


@pytest.mark.parametrize("result", [None, "x", {"vulns": None}, {"vulns": [1]}])
def test_a_strange_result_is_no_finding(result):
    assert find_faulty_packages({"r": LOCK}, Net({OSV: as_json({"results": [result, {}]})})) == []


# Dates


def test_the_end_of_the_theme_is_told_from_180_days_before():
    dates, problems = load_end_dates(ROOT)
    theme = next(item for item in dates if item.id == "mkdocs-material")
    assert problems == []
    assert theme.ends == date(2027, 5, 5)
    assert find_end_dates([theme], date(2026, 11, 5)) == []
    [finding] = find_end_dates([theme], date(2026, 11, 6))
    assert finding.what.endswith("ends on 2027-05-05, in 180 days")
    [finding] = find_end_dates([theme], date(2028, 1, 1))
    assert finding.what.endswith("ended on 2027-05-05")


def test_the_nearest_end_comes_first():
    ends = [
        EndDate(id="later", what="x", ends=date(2027, 2, 1), warn_days=999, plan="p"),
        EndDate(id="sooner", what="x", ends=date(2027, 1, 1), warn_days=999, plan="p"),
    ]
    assert [finding.where for finding in find_end_dates(ends, TODAY)] == ["sooner", "later"]


@pytest.mark.parametrize("text", ["- id: a\n  ends: soon\n", "key: value\n", "- [\n", ""])
def test_end_dates_that_cannot_be_read_are_told(tmp_path, text):
    (tmp_path / ".github").mkdir()
    (tmp_path / ".github" / "end-dates.yml").write_text(text, encoding="utf-8")
    dates, problems = load_end_dates(tmp_path)
    assert dates == []
    assert all(problem.location.path == ".github/end-dates.yml" for problem in problems)
    assert problems != []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, "is not there"),
        ("Contact: x\n", "has no `Expires` that can be read"),
        ("Expires: soon\n", "has no `Expires` that can be read"),
        ("Expires: 2027-13-01T00:00:00Z\n", "has no `Expires` that can be read"),
        ("Contact: x\nExpires: 2027-01-05T00:00:00Z\n", "expires on 2027-01-05"),
        ("expires: 2020-01-01T00:00:00.000Z\r\n", "expires on 2020-01-01"),
        ("Expires: 2027-01-06T00:00:00Z\n", None),
    ],
)
def test_security_txt_is_told_from_45_days_before_its_end(text, words):
    assert [finding.what for finding in check_security_txt(text, TODAY)] == ([words] if words else [])


def test_the_published_security_txt_counts(tmp_path):
    net = Net({"https://guide.net/g/.well-known/security.txt": Answer(200, "Expires: x")})
    assert find_security_txt(tmp_path, "https://guide.net/g", net) == ("Expires: x", "")
    assert find_security_txt(tmp_path, "https://guide.net/g/", Net(otherwise=Answer(404))) == (None, "")
    assert find_security_txt(tmp_path, "https://guide.net/g/", Net(otherwise=Answer(503))) == (
        None,
        "https://guide.net/g/ does not give it (status 503)",
    )


@pytest.mark.parametrize("site", ["", "https://example.org/"])
def test_without_an_address_the_built_security_txt_counts(tmp_path, site):
    assert find_security_txt(tmp_path, site, Net())[1] == "SITE_URL is not set, and no built site is here"
    folder = tmp_path / "site" / ".well-known"
    folder.mkdir(parents=True)
    (folder / "security.txt").write_text("Expires: y", encoding="utf-8")
    assert find_security_txt(tmp_path, site, Net()) == ("Expires: y", "")


# Reports


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("@everyone [x](https://evil)", "`@everyone [x](https://evil)`"),
        ("a`b\n# c\x1b[31m", "`a'b # c [31m`"),
        ("\n \u202e", "nothing"),
        ("x" * 500, f"`{'x' * 200}`"),
    ],
)
def test_words_of_strangers_are_code_on_one_line(words, shown):
    assert quote_stranger(words) == shown


def test_an_issue_lists_what_to_do_and_then_what_is_unsure():
    look = Look("links", (Finding("a", "is gone", "mend it"), Finding("b", "refuses", sure=False)))
    assert render_issue(look) == (
        "This list is written anew every week by `make watch`; write your notes as comments.\n\n"
        "- **a**: is gone. To do: mend it.\n\n"
        "Could not be looked at by a machine:\n\n- **b**: refuses.\n"
    )


def test_an_issue_without_a_sure_finding_is_empty():
    assert render_issue(Look("links", (Finding("b", "refuses", sure=False),))) == ""


def test_a_long_issue_ends_at_a_line_and_fits():
    text = render_issue(Look("links", tuple(Finding(str(n), "ü" * 150) for n in range(900))))
    assert len(text) < MAX_LENGTH + 100
    assert text.split("\n")[-4].startswith("- **")
    assert text.endswith("in the run's report.\n")


# The whole look

FRONT = "---\ntitle: t\ndescription: d\nreviewed: 2026-01-01\nnext_review: 2026-12-01\n---\n# t\n"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / ".github").mkdir()
    record = {**reference().model_dump(mode="json"), "findings": []}
    rows = [f"{key}: {json.dumps(value)}" for key, value in record.items() if value is not None]
    (tmp_path / "data" / "references.yml").write_text("- " + "\n  ".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text(FRONT + "[a](https://b.net/) [c](c.md)\n", encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(LOCK, encoding="utf-8")
    (tmp_path / ".github" / "end-dates.yml").write_text(
        "- id: x\n  what: X\n  ends: 2026-12-31\n  warn_days: 60\n  plan: p\n", encoding="utf-8"
    )
    return tmp_path


def watch(project, net, monkeypatch, **environment):
    for name in ("SITE_URL", "GITHUB_REPOSITORY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("time.sleep", lambda _: pytest.fail("a test waits"))
    monkeypatch.setattr(lookout, "insist", lambda ask: ask)
    parser = argparse.ArgumentParser()
    lookout.add_arguments(parser)
    return lookout.run(parser.parse_args(["--root", str(project), "--today", "2026-11-21"]), net)


def test_without_a_network_only_dates_and_reviews_are_told(project, monkeypatch, capsys):
    net = Net()
    assert watch(project, net, monkeypatch) == 0
    assert [url for _, url, _ in net.asked] == list(lookout.PROBES)
    folder = project / ".cache" / "watch"
    assert sorted(file.name for file in folder.iterdir()) == ["dates.md", "report.json", "review.md"]
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert list(report["kinds"]) == list(KINDS)
    assert [kind for kind, look in report["kinds"].items() if look["skipped"]] == ["links", "references", "packages"]
    assert "Outside links that lead nowhere: not looked at: no outside address answered" in capsys.readouterr().out


def test_with_a_network_everything_is_told(project, monkeypatch):
    net = Net(
        {
            "https://github.com/": Answer(200),
            "https://a.net/": Answer(200),
            "https://b.net/": Answer(404),
            "https://doi.org/api/handles/10.1000/a%281%29b": as_json({"responseCode": 1}),
            "https://api.crossref.org/works/10.1000%2Fa%281%29b": as_json(
                {"message": {"updated-by": [update("retraction", 2026)]}}
            ),
            OSV: as_json({"results": [{"vulns": [{"id": "PYSEC-9"}]}, {}]}),
            "https://me.github.io/guide/.well-known/security.txt": Answer(404),
        }
    )
    assert watch(project, net, monkeypatch, GITHUB_REPOSITORY="Me/guide") == 0
    told = {
        file.stem: [row for row in file.read_text(encoding="utf-8").splitlines() if row.startswith("- ")]
        for file in (project / ".cache" / "watch").glob("*.md")
    }
    assert {kind: len(rows) for kind, rows in told.items()} == {
        "links": 1,
        "review": 1,
        "references": 1,
        "packages": 1,
        "dates": 2,
    }
    assert told["links"] == [
        "- **docs/index.md:8**: `https://b.net/` answers 404. To do: find where it went, or another source."
    ]


def test_a_report_of_last_week_does_not_stay_when_nobody_could_look(project, monkeypatch):
    old = project / ".cache" / "watch" / "links.md"
    old.parent.mkdir(parents=True)
    old.write_text("old", encoding="utf-8")
    watch(project, Net(), monkeypatch)
    assert not old.exists()


def test_a_project_that_cannot_be_read_ends_in_status_1(project, monkeypatch, capsys):
    (project / ".github" / "end-dates.yml").write_text("- id: x\n", encoding="utf-8")
    assert watch(project, Net(), monkeypatch) == 1
    assert ".github/end-dates.yml:1:3: error: needs 'what'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "site"),
    [
        ({}, ""),
        ({"SITE_URL": ""}, ""),
        ({"GITHUB_REPOSITORY": "Me/guide"}, "https://me.github.io/guide/"),
        ({"GITHUB_REPOSITORY": "Me/me.github.io"}, "https://me.github.io/"),
        ({"SITE_URL": "https://a.net/", "GITHUB_REPOSITORY": "Me/guide"}, "https://a.net/"),
    ],
)
def test_the_address_of_the_site_comes_from_the_repository(environment, site):
    assert lookout.find_site(environment) == site


def test_every_outside_address_of_the_guide_is_found_with_its_place():
    catalog, _ = lookout.load_catalog(ROOT)
    pages, _ = lookout.load_pages(ROOT, lookout.MACROS)
    links = lookout.collect_links(catalog, pages)
    addresses = {reference.address for reference in catalog.references.values()}
    with_page = {reference.url for reference in catalog.references.values() if reference.url}
    assert with_page - set(links) == set()
    assert {address for address in addresses if "doi.org" in address} - set(links) == set()


# The network


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ([Answer(200)], 1),
        ([Answer(404)], 1),
        ([NOBODY, Answer(200)], 2),
        ([Answer(503), Answer(429), Answer(200)], 3),
        ([NOBODY, NOBODY, NOBODY], 3),
    ],
)
def test_who_stumbles_is_asked_again(answers, asked):
    waited = []
    net = Net({"https://a.net/": list(answers)})
    assert insist(net, waits=(2, 8), sleep=waited.append)("https://a.net/") == answers[-1]
    assert len(net.asked) == asked
    assert waited == [2, 8][: asked - 1]


def test_a_head_request_is_asked_once():
    net = Net()
    insist(net, sleep=lambda _: pytest.fail("waits"))("https://a.net/", "HEAD")
    assert len(net.asked) == 1


@pytest.mark.parametrize("url", ["http://a.net/", "file:///etc/passwd", "ftp://a.net/", "//a.net", ""])
def test_only_https_is_asked(url, monkeypatch):
    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: pytest.fail("asked"))
    assert fetch(url) == Answer(0, reason="not an https address")


def test_whatever_goes_wrong_is_an_answer(monkeypatch):
    def raising(error):
        def urlopen(*_, **__):
            raise error

        monkeypatch.setattr(urllib.request, "urlopen", urlopen)
        return fetch("https://a.net/")

    assert raising(urllib.error.HTTPError("u", 404, "Not Found", Message(), None)) == Answer(404, reason="Not Found")
    assert raising(urllib.error.URLError("no such host")) == Answer(0, reason="no such host")
    assert raising(TimeoutError("timed out")) == Answer(0, reason="timed out")
    assert raising(fetching.http.client.BadStatusLine("x")).status == 0
    assert raising(UnicodeError("bad host")).status == 0


def test_an_answer_that_never_ends_is_cut(monkeypatch):
    class Endless:
        status = 200

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

        def read(self, size):
            return b"\xff" + b"x" * (size - 1)

    monkeypatch.setattr(urllib.request, "urlopen", lambda *_, **__: Endless())
    assert len(fetch("https://a.net/").text) == fetching.MAX_BYTES


def test_nothing_that_builds_or_checks_the_guide_asks_the_network():
    asking = [
        file.name
        for file in (ROOT / "macros").rglob("*.py")
        if "urllib.request" in file.read_text(encoding="utf-8") or "http.client" in file.read_text(encoding="utf-8")
    ]
    assert asking == ["fetching.py"]
