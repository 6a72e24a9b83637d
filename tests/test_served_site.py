"""The site as a host serves it: closed to what does not belong there, known to who looks for it, nothing left over."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import struct
import subprocess
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from built import BuiltPage, BuiltSite
from selectolax.lexbor import LexborHTMLParser

from macros.catalog import Catalog
from macros.publish.policy import list_hashes

ROOT = Path(__file__).resolve().parent.parent
WEB_PAGE = {
    "@context": str,
    "@type": str,
    "about": dict,
    "audience": dict,
    "citation": list,
    "description": str,
    "inLanguage": str,
    "isAccessibleForFree": bool,
    "isPartOf": dict,
    "lastReviewed": str,
    "license": str,
    "name": str,
    "reviewedBy": dict,
    "url": str,
}
"""The properties of a MedicalWebPage that are used (schema.org/MedicalWebPage), and the kind of each."""
MAY_BE_LEFT_OUT = {"citation", "reviewedBy"}
INSIDE = {
    "about": ({"MedicalProcedure"}, {"name"}),
    "audience": ({"Patient"}, set()),
    "citation": ({"CreativeWork"}, {"name", "url", "identifier"}),
    "isPartOf": ({"WebSite"}, {"name", "url"}),
    "reviewedBy": ({"Person"}, {"name", "jobTitle"}),
}
"""What may stand in a property: types that schema.org expects there, and properties that those types have."""


def read_policy(page: BuiltPage) -> dict[str, list[str]]:
    """The directives of a page's policy; nothing when it does not stand first."""
    head = page.tree.head
    first = head.css_first("*:not(head)") if head else None
    if first is None or first.attributes.get("http-equiv") != "Content-Security-Policy":
        return {}
    parts = (part.split() for part in (first.attributes["content"] or "").split(";"))
    return {name: values for name, *values in parts}


def list_loaded(page: BuiltPage) -> list[str]:
    """What a browser loads with a page, as paths below the site."""
    nodes = page.tree.css("link[rel=stylesheet], link[rel=icon], script[src], img[src]")
    names = [node.attributes.get("href") or node.attributes.get("src") or "" for node in nodes]
    return [urlsplit(urljoin(f"https://x/{page.address}", name)).path.removeprefix("/") for name in names]


# Closed


def test_no_page_lets_a_browser_load_another_page_before_the_reader_asks_for_it(site: BuiltSite) -> None:
    """Firefox loads what `rel="next"` names."""
    named = {node.attributes.get("rel") for page in site.pages.values() for node in page.tree.css("head link")}
    assert named == {"canonical", "icon", "stylesheet"}


def test_every_file_of_the_site_has_its_policy_first(site: BuiltSite) -> None:
    assert [path for path, page in site.pages.items() if not read_policy(page)] == []


def test_the_policy_forbids_everything_and_allows_the_site_itself(site: BuiltSite) -> None:
    found = {json.dumps({**read_policy(page), "script-src": []}) for page in site.pages.values()}
    assert [json.loads(policy) for policy in found] == [
        {
            "default-src": ["'none'"],
            "script-src": [],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "connect-src": ["'self'"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
        }
    ]


def test_only_scripts_that_somebody_reviewed_stand_inside_a_page(site: BuiltSite, catalog: Catalog) -> None:
    reviewed = {f"'{script.hash}'" for script in catalog.inline_scripts.values()}
    allowed = {source for page in site.pages.values() for source in read_policy(page)["script-src"]}
    assert allowed - {"'self'"} == reviewed, "a hash that no page needs is taken out of data/inline-scripts.yml"


def test_the_policy_of_a_page_names_the_hash_of_each_script_in_it(site: BuiltSite) -> None:
    for page in site.pages.values():
        assert read_policy(page)["script-src"][1:] == [f"'{found}'" for found in list_hashes(page.html)], page.path


def test_no_page_tells_another_site_where_its_reader_came_from(site: BuiltSite) -> None:
    told = {
        path: [node.attributes.get("content") for node in page.tree.css("meta[name=referrer]")]
        for path, page in site.pages.items()
    }
    assert {path: values for path, values in told.items() if values != ["no-referrer"]} == {}


def test_no_page_has_a_form_that_could_send_anything(site: BuiltSite) -> None:
    assert [path for path, page in site.pages.items() if page.tree.css_first("form, [formaction]")] == []


# Light


def test_every_page_loads_one_style_sheet_and_the_script_of_all_pages(site: BuiltSite) -> None:
    for page in site.pages.values():
        loaded = list_loaded(page)
        assert len([path for path in loaded if path.endswith(".css")]) == 1, page.path
        assert len([path for path in loaded if re.fullmatch(r"assets/guide\.\w{8}\.js", path)]) <= 1, page.path


def test_what_a_page_loads_is_there(site: BuiltSite) -> None:
    wanted = {path for page in site.pages.values() if page.path != "404.html" for path in list_loaded(page)}
    assert sorted(path for path in wanted if not (site.folder / path).is_file()) == []


def test_no_file_of_the_theme_is_left_that_nothing_asks_for(site: BuiltSite) -> None:
    assert sorted(file.name for file in (site.folder / "assets").iterdir() if file.is_dir()) == []
    names = {file.name for file in site.folder.rglob("*") if file.is_file()}
    assert names & {"search_index.json", "search.json", "sitemap.xml.gz", "objects.inv"} == set()
    assert [name for name in names if name.endswith(".map")] == []


# Known


def read_facts(page: BuiltPage) -> dict[str, object]:
    nodes = page.tree.css('script[type="application/ld+json"]')
    assert len(nodes) == 1, page.path
    facts = json.loads(nodes[0].text())
    assert isinstance(facts, dict)
    return facts


def test_the_facts_of_every_page_have_the_properties_of_a_medical_web_page(page: BuiltPage) -> None:
    facts = read_facts(page)
    assert facts["@type"] == "MedicalWebPage"
    assert set(facts) <= set(WEB_PAGE)
    assert set(WEB_PAGE) - set(facts) <= MAY_BE_LEFT_OUT
    assert {key for key, value in facts.items() if not isinstance(value, WEB_PAGE[key]) or value == ""} == set()


def test_every_thing_that_the_facts_name_is_of_a_kind_that_its_property_expects(page: BuiltPage) -> None:
    facts = read_facts(page)
    for name, (types, properties) in INSIDE.items():
        found = facts.get(name, [])
        for thing in found if isinstance(found, list) else [found]:
            assert thing["@type"] in types, name
            assert set(thing) - {"@type"} <= properties, name
            assert all(isinstance(value, str) and value for value in thing.values()), name


def test_the_facts_of_a_page_are_those_that_its_reader_sees(site: BuiltSite, page: BuiltPage) -> None:
    facts = read_facts(page)
    heading, description = page.article.css_first("h1"), page.tree.css_first("meta[name=description]")
    assert heading is not None
    assert description is not None
    assert facts["name"] == " ".join(heading.text().split()).removesuffix("#").strip()
    assert facts["description"] == description.attributes["content"]
    assert facts["url"] == site.url + page.address
    [reviewed, *_] = page.article.css(".guide-review time")
    assert facts["lastReviewed"] == reviewed.attributes["datetime"]
    cited = [node.attributes["href"] for node in page.article.css(".footnote li[id] cite a")]
    works = facts.get("citation", [])
    assert isinstance(works, list)
    assert [work["url"] for work in works] == cited
    assert ("reviewedBy" in facts) == ("Reviewed by" in page.article.css_first(".guide-review").text())


def test_a_shared_link_shows_title_words_and_image(site: BuiltSite, page: BuiltPage) -> None:
    told = {node.attributes["property"]: node.attributes["content"] or "" for node in page.tree.css("meta[property]")}
    heading = page.article.css_first("h1")
    assert heading is not None
    assert told["og:url"] == site.url + page.address
    assert told["og:title"]
    assert told["og:description"]
    assert told["og:image:alt"]
    assert (site.folder / told["og:image"].removeprefix(site.url)).is_file()


def test_the_image_of_a_shared_link_is_of_the_usual_size_and_light(site: BuiltSite) -> None:
    data = (site.folder / "assets" / "social.png").read_bytes()
    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    assert len(data) <= 100_000


def test_permanent_pages_and_redirects_stay_out_of_search_engines(site: BuiltSite) -> None:
    made = [page for page in site.pages.values() if page.is_made]
    assert made
    assert [page.path for page in made if not page.tree.css("meta[name=robots][content=noindex]")] == []


def test_every_page_has_a_title_of_its_own_that_ends_with_the_name_of_the_guide(site: BuiltSite) -> None:
    titles = {page.address: page.tree.css_first("title").text() for page in site.guide_pages}
    name = titles.pop("")
    assert [title for title in titles.values() if not title.endswith(f" \N{EN DASH} {name}")] == []
    assert len({name, *titles.values()}) == len(site.guide_pages)


def test_every_page_has_a_description_of_its_own(site: BuiltSite) -> None:
    found = [page.tree.css("meta[name=description]") for page in site.guide_pages]
    assert {len(nodes) for nodes in found} == {1}
    words = [nodes[0].attributes["content"] or "" for nodes in found]
    assert len(set(words)) == len(words)
    assert [told for told in words if not 50 <= len(told) <= 160] == []


def test_the_sitemap_has_the_shape_of_the_schema(site: BuiltSite) -> None:
    """What sitemap.xsd 0.9 asks for: the elements, their order, and the kind of each."""
    text = (site.folder / "sitemap.xml").read_text(encoding="utf-8")
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    tree = ET.fromstring(text)  # noqa: S314 - our own file
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert tree.tag == f"{space}urlset"
    assert 0 < len(tree) <= 50_000
    assert {(row.tag, *(node.tag for node in row)) for row in tree} <= {
        (f"{space}url", f"{space}loc"),
        (f"{space}url", f"{space}loc", f"{space}lastmod"),
    }
    addresses = [node.text or "" for node in tree.iter(f"{space}loc")]
    assert len(set(addresses)) == len(addresses)
    assert [address for address in addresses if not 12 <= len(address) <= 2048] == []
    days = [date.fromisoformat(node.text or "") for node in tree.iter(f"{space}lastmod")]
    assert days
    assert max(days) <= date.today() + timedelta(days=1)  # noqa: DTZ011 - a day of this place


def test_robots_may_read_everything_and_find_the_sitemap(site: BuiltSite) -> None:
    robots = RobotFileParser()
    robots.parse((site.folder / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [f"{site.url}sitemap.xml"]
    assert [page.path for page in site.pages.values() if not robots.can_fetch("*", site.url + page.address)] == []


def test_language_models_get_one_title_one_summary_and_lists_of_links(site: BuiltSite) -> None:
    """The form of llmstxt.org: a heading, a quote, words without headings, then headings with lists of links."""
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    link = r"- \[[^\]\n]+\]\(https?://[^)\s]+\)(: [^\n]+)?\n"
    assert re.fullmatch(rf"# [^\n]+\n\n> [^\n]+\n\n([^#\n][^\n]*\n)+(\n## [^\n]+\n\n({link})+)+", text)


def test_language_models_find_every_page(site: BuiltSite) -> None:
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"^- \[[^]]*\]\(([^)]*)\)", text, re.MULTILINE)) == {
        site.url + page.address for page in site.guide_pages
    }


def test_there_is_a_contact_for_security_that_holds(site: BuiltSite) -> None:
    text = (site.folder / ".well-known" / "security.txt").read_text(encoding="utf-8")
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Canonical"] == f"{site.url}.well-known/security.txt"
    assert fields["Contact"].startswith("https://")
    expires = date.fromisoformat(fields["Expires"][:10])
    stamp = json.loads((site.folder / "version.json").read_text(encoding="utf-8"))["date"]
    built = date.fromisoformat(stamp) if stamp else date.today()  # noqa: DTZ011 - a site without a date is of today
    assert timedelta(days=45) < expires - built < timedelta(days=366)


# Which state this is


def test_the_version_holds_the_print_of_the_whole_site(site: BuiltSite) -> None:
    version = json.loads((site.folder / "version.json").read_text(encoding="utf-8"))
    files = {file.relative_to(site.folder).as_posix(): file for file in site.folder.rglob("*") if file.is_file()}
    del files["version.json"]
    lines = "".join(f"{print_of(files[path])}  {path}\n" for path in sorted(files))
    assert version["files"] == len(files)
    assert version["sha256"] == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs the commands of a Linux shell")
def test_anybody_can_work_out_that_print_as_the_page_for_maintainers_says(site: BuiltSite) -> None:
    version = json.loads((site.folder / "version.json").read_text(encoding="utf-8"))
    [command] = re.findall(r"^cd site\n(find .*)$", (ROOT / "MAINTAINING.md").read_text(encoding="utf-8"), re.MULTILINE)
    done = subprocess.run(["sh", "-c", command], cwd=site.folder, check=True, capture_output=True, text=True)
    assert done.stdout.split()[0] == version["sha256"]


def print_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_foot_of_a_page_names_the_state_and_its_day_when_they_are_known(site: BuiltSite) -> None:
    version = json.loads((site.folder / "version.json").read_text(encoding="utf-8"))
    for page in site.guide_pages:
        links = [node.attributes["href"] or "" for node in page.tree.css("footer a[href*='/commit/']")]
        assert [link.rpartition("/")[2] for link in links] == ([version["commit"]] if version["commit"] else [])


@pytest.mark.parametrize("path", ["index.html", "404.html", "understand/risks/index.html"])
def test_no_page_names_the_builder(site: BuiltSite, path: str) -> None:
    assert LexborHTMLParser(site.pages[path].html).css("meta[name=generator]") == []
