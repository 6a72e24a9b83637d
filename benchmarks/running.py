"""A command, and what it cost: CPU seconds of the whole process, wall seconds, peak memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
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
    """Runs a Python module in a folder and returns what it cost; stops everything when it fails.

    A process begins with the peak of the one that starts it: so a small one stands between (`_watch`).
    """
    environment = {**os.environ, **SETTINGS, **settings}
    watcher = [sys.executable, __file__, *command]
    done = subprocess.run(watcher, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def build(project: Path, site: Path, *, preview: bool = False) -> Cost:
    """Builds a project with MkDocs into a folder that is not there yet; one with macros as `make build` does it."""
    builder = "macros.mkdocs" if (project / "macros").is_dir() else "mkdocs"
    return run([builder, "build", "--strict", "--site-dir", str(site)], project, GUIDE_FAIL=str(not preview).lower())


def _watch(command: list[str]) -> int:
    """Runs a Python module, prints what it cost as the last line, and returns its status."""
    started = time.perf_counter()
    status = subprocess.call([sys.executable, "-m", *command])  # noqa: S603 - our own commands
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - started, usage.ru_maxrss // 1024)
    print(json.dumps(asdict(cost)))
    return status


if __name__ == "__main__":
    sys.exit(_watch(sys.argv[1:]))
