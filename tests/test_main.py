"""What contributors and CI run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import BASE, ROOT, make_project

from macros.__main__ import main
from macros.models import LISTS

TYPO = {"docs/index.md": {'term("yeast")': 'term("yest")'}}


def test_a_project_without_problems_ends_with_status_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(BASE)]) == 0
    assert capsys.readouterr().out == "0 errors, 0 warnings\n"


def test_a_project_with_a_problem_ends_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(make_project(tmp_path, edits=TYPO))]) == 1
    out = capsys.readouterr().out
    assert out.startswith("docs/index.md:20:21: error: unknown term 'yest'   [data-unknown-id]\n")
    assert out.endswith("\n\n1 error, 0 warnings\n")


def test_a_warning_ends_with_status_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reference = (
        "- id: salt-2021\n  tier: review\n  label: Salt 2021\n  title: Salt\n  authors: Cook C\n  publisher: Press\n"
        "  url: https://example.org/salt\n  checked: not-read\n  checked_on: 2026-11-01\n- id: gas-2024"
    )
    root = make_project(tmp_path, edits={"data/references.yml": {"- id: gas-2024": reference}})
    assert main(["check", "--root", str(root)]) == 0
    assert capsys.readouterr().out.endswith("0 errors, 1 warning\n")


def test_github_gets_one_line_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--format", "github", "--root", str(make_project(tmp_path, edits=TYPO))]) == 1
    first, count = capsys.readouterr().out.strip().split("\n")
    assert first.startswith("::error file=docs/index.md,line=20,col=21,title=data-unknown-id::unknown term 'yest'. ")
    assert count == "1 error, 0 warnings"


def test_a_folder_without_a_guide_ends_with_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 1
    assert "run this in the folder that holds docs/ and data/" in capsys.readouterr().out


def test_a_contributor_never_sees_a_traceback(tmp_path: Path) -> None:
    root = make_project(tmp_path, files={"data/glossary.yml": "[" * 5000, "docs/salt.md": "{{ " + "(" * 5000})
    (root / "data" / "topics.yml").write_bytes(b"\xff")
    command = [sys.executable, "-m", "macros", "check", "--root", str(root)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert done.stderr == ""
    assert "Traceback" not in done.stdout
    assert all(f"[{rule}]" in done.stdout for rule in ("yaml-depth", "page-template", "file-encoding"))


def test_a_command_that_does_not_exist_is_answered_by_those_that_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["chekc"])
    assert "check" in capsys.readouterr().err


def test_schemas_are_written_once_and_then_up_to_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--root", str(tmp_path)]) == 1
    assert main(["schema", "--root", str(tmp_path)]) == 0
    assert capsys.readouterr().out.endswith("all schemas are up to date\n")
    written = {file.stem for file in (tmp_path / "data" / "schema").glob("*.json")}
    assert written == {*LISTS, "comparison", "page"}


def test_a_schema_tells_an_editor_which_keys_there_are(tmp_path: Path) -> None:
    main(["schema", "--root", str(tmp_path)])
    schema = json.loads((tmp_path / "data" / "schema" / "glossary.json").read_text(encoding="utf-8"))
    term = schema["$defs"]["Term"]
    assert set(term["required"]) == {"id", "term", "definition"}
    assert term["additionalProperties"] is False


def test_an_outdated_schema_is_written_anew_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["schema", "--root", str(tmp_path)])
    (tmp_path / "data" / "schema" / "topics.json").write_text("{}", encoding="utf-8")
    assert main(["schema", "--root", str(tmp_path)]) == 1
    assert capsys.readouterr().out.endswith("wrote topics\n")
