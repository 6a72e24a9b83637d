"""The files around the guide: owners, forms, hooks and editor settings say what is true."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from macros.models import LISTS

ROOT = Path(__file__).resolve().parent.parent
FORMS = sorted(file for file in (ROOT / ".github" / "ISSUE_TEMPLATE").iterdir() if file.name != "config.yml")
CLINICAL, CODE, WORKFLOWS = "docs/index.md", "macros/checks.py", ".github/workflows/publish.yml"
"""A file of each group of owners: a copy of the guide puts its own names there."""


def read(path: str):
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


# Owners


def load_owners() -> list[tuple[str, list[str]]]:
    rows = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    parts = [row.split() for row in rows if row.strip() and not row.startswith("#")]
    return [(pattern, owners) for pattern, *owners in parts]


def find_owners(path: str) -> list[str]:
    """Who owns a file: the last line that matches counts."""
    found: list[str] = []
    for pattern, owners in load_owners():
        folder = pattern.endswith("/") and f"/{path}".startswith(pattern)
        if pattern == "*" or folder or f"/{path}" == pattern:
            found = owners
    return found


def list_files() -> list[str]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git repository")
    return done.stdout.splitlines()


def test_owners_are_written_in_three_plain_forms():
    assert [pattern for pattern, _ in load_owners() if not re.fullmatch(r"\*|/[\w./-]+", pattern)] == []


def test_every_line_names_an_owner():
    assert [pattern for pattern, owners in load_owners() if not owners] == []


def test_every_file_has_an_owner():
    assert [path for path in list_files() if not find_owners(path)] == []


def test_every_folder_was_given_to_somebody_on_purpose():
    named = {pattern.split("/")[1] for pattern, _ in load_owners() if pattern.startswith("/")}
    folders = {path.split("/")[0] for path in list_files() if "/" in path}
    assert folders - named == set(), "add the folder to .github/CODEOWNERS"


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("docs/index.md", [CLINICAL]),
        ("docs/treatment/aftercare.md", [CLINICAL]),
        ("data/glossary.yml", [CLINICAL]),
        ("data/comparisons/aftercare.yml", [CLINICAL]),
        ("data/permalinks.yml", [CLINICAL, CODE]),
        ("data/redirects.yml", [CLINICAL, CODE]),
        ("data/schema/glossary.json", [CODE]),
        ("docs/assets/guide.js", [CODE]),
        ("macros/checks.py", [CODE]),
        ("overrides/home.html", [CODE]),
        ("tests/test_watching.py", [CODE]),
        ("README.md", [CODE]),
        (".github/workflows/publish.yml", [WORKFLOWS]),
        (".github/CODEOWNERS", [WORKFLOWS]),
        (".ci/run", [WORKFLOWS]),
        ("requirements.txt", [WORKFLOWS]),
        ("requirements-dev.in", [WORKFLOWS]),
        ("mkdocs.yml", [WORKFLOWS]),
        ("tests/workflow_policy.yml", [WORKFLOWS]),
        ("tests/workflow_faults.yml", [WORKFLOWS]),
        ("tests/test_workflows.py", [WORKFLOWS]),
    ],
)
def test_words_code_and_workflows_have_owners_of_their_own(path, owners):
    assert find_owners(path) == [name for group in owners for name in find_owners(group)]


def test_the_three_groups_are_apart_until_a_copy_says_otherwise():
    groups = [find_owners(path) for path in (CLINICAL, CODE, WORKFLOWS)]
    if all(name.startswith("@example/") for group in groups for name in group):
        assert len({name for group in groups for name in group}) == 3


# Ways in


def test_the_forms_are_those_that_the_guide_links_to():
    assert [file.name for file in FORMS] == ["bug.yml", "source.yml", "wrong-or-unclear.yml"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_takes_the_section_and_the_address_from_a_link(form):
    fields = {field["id"]: field["type"] for field in read(form)["body"] if "id" in field}
    assert (fields["section"], fields["address"]) == ("input", "input")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_warns_that_it_is_public_and_asks_little(form):
    body = read(form)["body"]
    assert "**This report is public.**" in body[0]["attributes"]["value"]
    required = [field["id"] for field in body if field.get("validations", {}).get("required")]
    assert "words" in required
    assert len(required) <= 3


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_nothing_in_a_form_stands_in_the_way_of_a_link(form):
    fields = {field["id"]: field for field in read(form)["body"] if "id" in field}
    for name in ("section", "address"):
        assert "value" not in fields[name]["attributes"]
        assert not fields[name].get("validations", {}).get("required")


def test_forms_and_settings_name_no_repository():
    files = [*(ROOT / ".github").rglob("*.yml"), ROOT / "SECURITY.md", ROOT / "CODE_OF_CONDUCT.md"]
    assert [file.name for file in files if "github.com/" in file.read_text(encoding="utf-8")] == []


def test_a_pull_request_has_five_boxes():
    text = (ROOT / ".github" / "PULL_REQUEST_TEMPLATE.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^- \[ \] ", text, re.MULTILINE)) == 5


# Hooks


def test_hooks_are_local_and_download_nothing():
    config = read(".pre-commit-config.yaml")
    assert [repo["repo"] for repo in config["repos"]] == ["local"]
    hooks = config["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system", "pygrep"}
    assert [hook for hook in hooks if "additional_dependencies" in hook] == []


@pytest.mark.parametrize(
    ("hook", "bad", "good"),
    [("last-line", "a\nb", "a\nb\n"), ("last-line", "a", "a\n\n"), ("tabs", "key:\tvalue\n", "key:  value\n")],
)
def test_a_hook_of_patterns_finds_what_it_names(hook, bad, good):
    hooks = {entry["id"]: entry for entry in read(".pre-commit-config.yaml")["repos"][0]["hooks"]}
    pattern = re.compile(hooks[hook]["entry"].encode(), re.MULTILINE)
    assert pattern.search(bad.encode())
    assert not pattern.search(good.encode())


# Editors


def test_every_data_file_has_its_schema_in_the_editor():
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    wanted = {f"./data/schema/{name}.json": [f"data/{name}.yml"] for name in LISTS}
    wanted["./data/schema/comparison.json"] = ["data/comparisons/*.yml"]
    found = settings["yaml.schemas"]
    assert {name: files for name, files in wanted.items() if found.get(name) != files} == {}, (
        "mend .vscode/settings.json"
    )


def test_the_editor_and_the_container_suggest_the_same_extensions():
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    editor = json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))
    assert container["customizations"]["vscode"]["extensions"] == editor["recommendations"]


def test_the_container_has_what_the_readme_asks_for():
    text = (ROOT / ".devcontainer" / "Dockerfile").read_text(encoding="utf-8")
    assert [tool for tool in ("chromium", "git", "make") if f" {tool}" not in text] == []
