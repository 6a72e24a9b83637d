"""A command, and what it cost: CPU seconds of the whole process, wall seconds, peak memory."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

SETTINGS = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1795219200", "SITE_URL": "https://example.org/"}


@dataclass(frozen=True)
class Cost:
    """What a run took."""

    cpu: float
    wall: float
    memory: int
    """Peak, in mebibytes."""


def run(command: list[str], folder: Path, **settings: str) -> Cost:
    """Runs a Python module in a folder and returns what it cost; stops everything when it fails."""
    started = time.perf_counter()
    environment = {**os.environ, **SETTINGS, **settings}
    with subprocess.Popen(  # noqa: S603 - our own commands
        [sys.executable, "-m", *command], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None  # noqa: S101
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(output)
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss // 1024)


def build(project: Path, site: Path, *, preview: bool = False) -> Cost:
    """Builds a project with MkDocs into an empty folder."""
    shutil.rmtree(site, ignore_errors=True)
    return run(["mkdocs", "build", "--strict", "--site-dir", str(site)], project, GUIDE_FAIL=str(not preview).lower())
