"""The workflows do what the written list says, and the list keeps rules of its own.

Three nets, each with planted faults that it must catch: the list (`workflow_policy.yml`), the rules (below), and
zizmor. A fault that gets through all three turns this file red.
"""

from __future__ import annotations

import copy
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.findings import KINDS

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
POLICY = ROOT / "tests" / "workflow_policy.yml"
PINNED = re.compile(r"^(?P<action>[\w.-]+/[\w./-]+)@[0-9a-f]{40}$")
USES = re.compile(r"^\s*(?:- )?uses:\s*(?P<what>.*)$", re.MULTILINE)
COMMENTED_PIN = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
PRIVILEGED = {"pull_request_target", "workflow_run", "issue_comment", "issues", "repository_dispatch", "discussion"}
MAY_WRITE = {"deploy": {"pages", "id-token"}, "tell": {"issues"}}
OUR_COMMANDS = re.compile(
    r"make [a-z-]+( [A-Z]+=\S+)*|\.ci/run( test)?|head -c 1000000 \.cache/[a-z]+\.md >> \"\$GITHUB_STEP_SUMMARY\""
)
OUR_CODE = re.compile(r"\bmake\b|\.ci/|\bpython|\b(ba)?sh\b|\beval\b|\bsource\b|^\s*\. ", re.MULTILINE)


def find_tool(name: str) -> str:
    """The tool beside this Python, or on the path; without it the test is skipped, and says so."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: `make test` installs it")
    return found


def read(file: Path) -> Any:
    """Every scalar as text, so that `on` is a word and `yes` no truth."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only


def load_workflows(folder: Path) -> dict[str, Any]:
    files = [*sorted((folder / "workflows").iterdir()), folder / "dependabot.yml"]
    return {file.name: read(file) for file in files}


def strip(workflow: Any) -> Any:
    """What the list holds of a workflow: all but names, and the commits of actions."""
    stripped = copy.deepcopy(workflow)
    stripped.pop("name", None)
    for job in stripped.get("jobs", {}).values():
        job.pop("name", None)
        for step in job.get("steps", []):
            step.pop("name", None)
            pin = PINNED.match(step.get("uses", ""))
            if pin:
                step["uses"] = pin["action"]
    return stripped


def compare(found: Any, listed: Any, where: str) -> Iterator[str]:
    """Every place at which a workflow and the list differ."""
    if isinstance(found, dict) and isinstance(listed, dict):
        for key in sorted({*found, *listed}):
            if key not in listed:
                yield f"{where}.{key} is not on the list"
            elif key not in found:
                yield f"{where}.{key} is on the list, but gone"
            else:
                yield from compare(found[key], listed[key], f"{where}.{key}")
    elif isinstance(found, list) and isinstance(listed, list):
        if len(found) != len(listed):
            yield f"{where} has {len(found)} entries, {len(listed)} on the list"
        for index, (one, other) in enumerate(zip(found, listed, strict=False)):
            yield from compare(one, other, f"{where}[{index}]")
    elif found != listed:
        yield f"{where} is {found!r}, but {listed!r} on the list"


def check_list(folder: Path) -> list[str]:
    policy = read(POLICY)
    try:
        found = {name: strip(workflow) for name, workflow in load_workflows(folder).items()}
    except (yaml.YAMLError, AttributeError, FileNotFoundError) as error:
        return [f"cannot be read: {error}"]
    return list(compare(found, policy, "workflows"))


def check_rules(folder: Path) -> list[str]:
    """What no list may allow: change these rules, and you change what a stranger can reach."""
    try:
        return list(_check_rules(folder))
    except (yaml.YAMLError, AttributeError, FileNotFoundError) as error:
        return [f"cannot be read: {error}"]


def _check_rules(folder: Path) -> Iterator[str]:
    for file in sorted((folder / "workflows").iterdir()):
        text, workflow, name = file.read_text(encoding="utf-8"), read(file), file.name
        if set(workflow["on"]) & PRIVILEGED:
            yield f"{name}: a stranger could start it with our token"
        push = workflow["on"].get("push") if isinstance(workflow["on"], dict) else None
        if push and push.get("branches") != ["main"]:
            yield f"{name}: runs for pushes to other branches than main"
        if workflow.get("permissions") != {}:
            yield f"{name}: does not begin with no permission at all"
        if "concurrency" not in workflow:
            yield f"{name}: could run twice at once"
        if "secrets." in text or "secrets:" in text or "secrets[" in text:
            yield f"{name}: uses a secret"
        if re.search(r"\bcache", re.sub(r"\.cache/|# .*", "", text)):
            yield f"{name}: uses a cache, into which a change could put something"
        for uses in USES.finditer(text):
            if not COMMENTED_PIN.match(uses["what"].strip()):
                yield f"{name}: '{uses['what']}' is not a commit with its version in a comment"
        for id, job in workflow["jobs"].items():
            yield from _check_job(f"{name}: {id}", id, job)


def _check_job(where: str, id: str, job: Any) -> Iterator[str]:
    if job.get("runs-on") != "ubuntu-24.04":
        yield f"{where}: runs on something else than a fresh machine of GitHub's, of a named version"
    if not 0 < int(job.get("timeout-minutes", 0)) <= 30:
        yield f"{where}: has no time limit of 30 minutes at most"
    if job.get("continue-on-error"):
        yield f"{where}: hides its failure"
    permissions = job.get("permissions")
    if not isinstance(permissions, dict):
        yield f"{where}: does not say what it may do"
        return
    writes = {scope for scope, level in permissions.items() if level not in ("read", "none")}
    if writes - MAY_WRITE.get(id, set()):
        yield f"{where}: may write {sorted(writes)}"
    runs_code = False
    for step in job["steps"]:
        action = step.get("uses", "").partition("@")[0]
        runs_code = runs_code or action == "actions/checkout" or bool(OUR_CODE.search(step.get("run", "")))
        if action and not action.startswith("actions/"):
            yield f"{where}: runs {action}, which is not GitHub's own"
        if action == "actions/checkout" and step.get("with", {}).get("persist-credentials") != "false":
            yield f"{where}: leaves the token in the folder"
        if step.get("continue-on-error"):
            yield f"{where}: hides the failure of a step"
        if step.get("shell"):
            yield f"{where}: chooses its own shell"
        if "${{" in step.get("run", ""):
            yield f"{where}: puts words from outside into a line of shell"
        if not writes:
            yield from (
                f"{where}: `{line}` is not a command that people run too"
                for line in step.get("run", "").splitlines()
                if not OUR_COMMANDS.fullmatch(line)
            )
    if writes and runs_code:
        yield f"{where}: may write, and holds or runs code of the repository"


def run_zizmor(folder: Path) -> int:
    command = [find_tool("zizmor"), "--offline", "--no-config", "--persona=auditor", "--strict-collection", "--quiet"]
    return subprocess.run([*command, str(folder)], check=False, capture_output=True).returncode


def test_the_workflows_are_those_of_the_list():
    assert check_list(GITHUB) == []


def test_the_workflows_keep_the_rules():
    assert check_rules(GITHUB) == []


def test_zizmor_finds_nothing():
    assert run_zizmor(GITHUB) == 0


def test_zizmor_is_told_to_overlook_nothing():
    files = [*GITHUB.rglob("*.yml"), *ROOT.glob("*zizmor*"), *GITHUB.glob("*zizmor*")]
    assert [file for file in files if "zizmor" in file.name or "zizmor:" in file.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("github-workflows", sorted((GITHUB / "workflows").iterdir())),
        ("dependabot", [GITHUB / "dependabot.yml"]),
        ("github-issue-forms", [f for f in (GITHUB / "ISSUE_TEMPLATE").iterdir() if f.name != "config.yml"]),
        ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"]),
    ],
)
def test_the_files_have_the_shape_that_github_asks_for(schema, files):
    tool = find_tool("check-jsonschema")
    done = subprocess.run(
        [tool, "--builtin-schema", f"vendor.{schema}", *files], check=False, capture_output=True, text=True
    )
    if "Unknown" in done.stderr or "invalid choice" in done.stderr:
        pytest.skip(f"this check-jsonschema does not know {schema}")
    assert done.returncode == 0, done.stdout


def test_every_make_target_that_a_workflow_runs_is_there():
    text = "".join(file.read_text(encoding="utf-8") for file in (GITHUB / "workflows").iterdir())
    wanted = set(re.findall(r"^\s*(?:run: )?make ([a-z-]+)", text, re.MULTILINE))
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert wanted
    assert wanted - targets == set()


def test_the_command_that_the_workflows_run_is_there():
    assert os.access(ROOT / ".ci" / "run", os.X_OK), "the workflows run .ci/run: it must be in git, and executable"


def run_ci(folder: Path, *words: str) -> list[str]:
    """What `.ci/run` asks `make` for, on a machine that lacks nothing."""
    log = folder / "log"
    make = folder / "make"
    make.write_text(f'#!/bin/sh\necho "$@" >> "{log}"\n', encoding="utf-8")
    make.chmod(0o755)
    env = {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHON": sys.executable, "CHROMIUM": "/bin/true"}
    subprocess.run([ROOT / ".ci" / "run", *words], check=True, env=env, capture_output=True)
    return [line for line in log.read_text(encoding="utf-8").splitlines() if line != "--version"]


def test_a_change_must_pass_the_tests_with_both_builders(tmp_path):
    assert run_ci(tmp_path) == ["test test-zensical"]


def test_publishing_waits_only_for_what_is_published(tmp_path):
    assert run_ci(tmp_path, "test") == ["test"]


FAULTS = read(ROOT / "tests" / "workflow_faults.yml")


@pytest.fixture
def plant(tmp_path):
    def planting(file: str, words: str, fault: str) -> Path:
        folder = tmp_path / ".github"
        shutil.copytree(GITHUB, folder)
        path = folder / (f"{file}.yml" if file == "dependabot" else f"workflows/{file}.yml")
        pattern = re.escape(words).replace("<commit>", "[0-9a-f]{40}").replace("<version>", r"v[0-9.]+")
        text, count = re.subn(pattern, lambda _: fault, path.read_text(encoding="utf-8"), count=1)
        assert count, "the fault must change something: mend tests/workflow_faults.yml"
        path.write_text(text, encoding="utf-8")
        return folder

    return planting


def with_faults(caught_by: str = "name"):
    faults = [fault for fault in FAULTS if caught_by in fault]
    return pytest.mark.parametrize("planted", faults, ids=[fault["name"] for fault in faults])


@with_faults()
def test_the_list_catches_a_planted_fault(plant, planted):
    found = check_list(plant(planted["file"], planted["words"], planted["fault"]))
    assert bool(found) == (planted["name"] != "a commit without its version")


@with_faults("rules")
def test_the_rules_catch_a_planted_fault_even_if_somebody_changes_the_list(plant, planted):
    found = check_rules(plant(planted["file"], planted["words"], planted["fault"]))
    assert [problem for problem in found if planted["rules"] in problem] != []


@with_faults("zizmor")
def test_zizmor_catches_a_planted_fault(plant, planted):
    assert run_zizmor(plant(planted["file"], planted["words"], planted["fault"])) != 0


def test_a_workflow_that_nobody_listed_is_caught(tmp_path):
    folder = tmp_path / ".github"
    shutil.copytree(GITHUB, folder)
    shutil.copy(folder / "workflows" / "check.yml", folder / "workflows" / "more.yaml")
    assert check_list(folder) == ["workflows.more.yaml is not on the list"]


def test_a_workflow_that_is_gone_is_caught(tmp_path):
    folder = tmp_path / ".github"
    shutil.copytree(GITHUB, folder)
    (folder / "workflows" / "watch.yml").unlink()
    assert check_list(folder) == ["workflows.watch.yml is on the list, but gone"]


def test_a_renewed_commit_and_a_new_name_need_no_change_of_the_list(plant):
    folder = plant("check", "setup-python@<commit> # <version>", f"setup-python@{'a' * 40} # v99.1.0")
    assert check_list(folder) + check_rules(folder) == []


FAKE_GH = """#!/bin/sh
echo "$@" >> "$GH_LOG"
case "$1 $2" in
  "issue list") for word; do case "$word" in *"$GH_KNOWN"*) echo 7;; esac; done;;
esac
"""


@pytest.fixture
def tell(tmp_path):
    """Runs the step that writes issues as the runner would, with a `gh` that only notes what it was asked."""
    steps = read(GITHUB / "workflows" / "watch.yml")["jobs"]["tell"]["steps"]
    script = next(step["run"] for step in steps if "run" in step)
    (tmp_path / "bin").mkdir()
    gh = tmp_path / "bin" / "gh"
    gh.write_text(FAKE_GH, encoding="utf-8")
    gh.chmod(0o755)
    (tmp_path / "report").mkdir()

    def telling(reports: dict[str, str], known: str = "no such title") -> list[str]:
        for kind, text in reports.items():
            (tmp_path / "report" / f"{kind}.md").write_text(text, encoding="utf-8")
        log = tmp_path / "log"
        log.write_text("", encoding="utf-8")
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        env = {"PATH": path, "GH_LOG": str(log), "GH_KNOWN": known}
        subprocess.run(["bash", "-e", "-c", script], check=True, cwd=tmp_path, env=env)
        return [line for line in log.read_text(encoding="utf-8").splitlines() if not line.startswith("issue list")]

    return telling


def test_a_new_list_opens_an_issue(tell):
    assert tell({"links": "- one\n"}) == [
        "issue create --title Outside links that lead nowhere --body-file report/links.md"
    ]


def test_a_list_whose_issue_is_open_renews_it(tell):
    assert tell({"review": "- one\n"}, known=KINDS["review"]) == ["issue edit 7 --body-file report/review.md"]


def test_an_empty_list_closes_its_issue(tell):
    assert tell({"dates": ""}, known=KINDS["dates"]) == ["issue close 7 --comment Nothing is left to do on this list."]


def test_an_empty_list_without_an_issue_is_silence(tell):
    assert tell(dict.fromkeys(KINDS, "")) == []


def test_a_kind_that_could_not_be_looked_at_keeps_its_issue(tell):
    assert tell({}, known=KINDS["links"]) == []


def test_words_in_a_report_are_never_run(tell):
    assert tell({"packages": "$(touch evil) `touch evil`; touch evil\n"}) == [
        "issue create --title Packages with known faults --body-file report/packages.md"
    ]


def test_every_kind_of_report_has_its_issue(tell):
    opened = tell(dict.fromkeys(KINDS, "- one\n"))
    assert opened == [f"issue create --title {title} --body-file report/{kind}.md" for kind, title in KINDS.items()]


def test_the_workflows_read_only_reports_that_watch_writes():
    text = (GITHUB / "workflows" / "watch.yml").read_text(encoding="utf-8")
    assert re.findall(r'^ +tell ([a-z]+) "(.*)"$', text, re.MULTILINE) == list(KINDS.items())
