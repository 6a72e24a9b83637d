"""What a page may run and load is written at its top; what nobody reviewed stops the build."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from scratch_guide import ScratchGuide
from selectolax.lexbor import LexborHTMLParser

from macros.publish.policy import check_policy, hash_script, list_scripts, render_policy, write_policy

SCRIPT = "document.body.dataset.x = 1"
LISTED = "- {{id: x, hash: {}, does: Nothing.}}\n"


def hash_of(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def rules(html: str, *reviewed: str) -> list[str]:
    return [problem.rule for problem in check_policy("x.html", html, set(reviewed))]


def test_everything_is_forbidden_that_is_not_named() -> None:
    directives = dict(part.strip().split(" ", 1) for part in render_policy(()).split(";"))
    assert directives == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_everything_that_it_governs() -> None:
    html = write_policy(f"<html><head>\n<meta charset=utf-8><script>{SCRIPT}</script></head></html>")
    head = LexborHTMLParser(html).head
    assert head is not None
    first = head.css_first("*:not(head)")
    assert first is not None
    assert first.attributes["http-equiv"] == "Content-Security-Policy"
    assert f"'{hash_of(SCRIPT)}'" in (first.attributes["content"] or "")


def test_writing_it_twice_changes_nothing() -> None:
    html = write_policy(f"<head><title>x</title></head><script>{SCRIPT}</script>")
    assert write_policy(html) == html


def test_a_script_with_an_address_or_with_data_is_no_script_inside_the_page() -> None:
    html = '<script src="a.js"></script><script type="application/json">{}</script><script type=module>a()</script>'
    assert list(list_scripts(html)) == ["a()"]


def test_the_hash_is_the_one_that_browsers_compute() -> None:
    assert hash_script(SCRIPT) == hash_of(SCRIPT)


def test_a_script_that_nobody_reviewed_is_reported_with_its_hash() -> None:
    html = f"<script>{SCRIPT}</script>"
    [problem] = check_policy("x.html", html, set())
    assert (problem.rule, problem.level) == ("policy-script", "error")
    assert hash_of(SCRIPT) in problem.help
    assert rules(html, hash_of(SCRIPT)) == []


@pytest.mark.parametrize(
    "html",
    [
        '<p style="color:red">x</p>',
        "<p onclick='x()'>x</p>",
        "<P ONCLICK=x()>x</P>",
        '<img alt="a > b" onerror="x()">',
        "<style>p{}</style>",
        '<base href="https://other.example/">',
        '<iframe src="x.html"></iframe>',
        '<iframe srcdoc="x"></iframe>',
        "<object data=x></object>",
        '<form action="/x"></form>',
    ],
)
def test_what_browsers_would_block_is_reported(html: str) -> None:
    assert "policy-blocked" in rules(html)


@pytest.mark.parametrize(
    "html", ['<p title=" onclick= ">x</p>', "<code>&lt;p style=x&gt; on x =</code>", "<p>a style=b</p>"]
)
def test_words_that_look_like_it_are_not(html: str) -> None:
    assert rules(html) == []


# A whole site


@pytest.fixture
def guide(tmp_path: Path) -> ScratchGuide:
    made = ScratchGuide(tmp_path)
    made.write(
        "theme/main.html", made.read("theme/main.html").replace("<article>", f"<script>{SCRIPT}</script><article>")
    )
    made.write("data/inline-scripts.yml", LISTED.format(hash_of(SCRIPT)))
    made.promise()
    return made


def test_every_html_file_has_its_policy(guide: ScratchGuide) -> None:
    guide.write("data/redirects.yml", "- {from: /old/, to: rise-warm, since: 2026-11-21}\n")
    guide.write("theme/404.html", "<!doctype html><html><head><title>Lost</title></head><body>Lost</body></html>")
    assert guide.publish() == []
    files = {file.relative_to(guide.site).as_posix() for file in guide.site.rglob("*.html")}
    assert {"index.html", "s/rise-warm/index.html", "old/index.html"} <= files
    assert [file for file in files if "Content-Security-Policy" not in guide.shown(file)] == []


def test_a_permanent_page_runs_the_script_of_its_page_under_its_policy(guide: ScratchGuide) -> None:
    assert guide.publish() == []
    html = guide.shown("s/rise-warm/index.html")
    assert list(list_scripts(html)) == [SCRIPT]
    assert re.findall("'(sha256-[^']*)'", html) == [hash_of(SCRIPT)]


def test_a_script_that_nobody_reviewed_stops_publishing(guide: ScratchGuide) -> None:
    guide.write("data/inline-scripts.yml", LISTED.format(hash_of("another")))
    assert {problem.rule for problem in guide.publish()} == {"policy-script"}
    assert not (guide.site / "s").exists()


def test_a_guide_without_a_list_of_scripts_has_no_policy(guide: ScratchGuide) -> None:
    (guide.root / "data" / "inline-scripts.yml").unlink()
    assert guide.publish() == []
    assert "Content-Security-Policy" not in guide.shown("index.html")
