"""What was promised before this work began: the list as Git has it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from macros.catalog import validate
from macros.models import Permalink
from macros.permalinks.contract import FILE
from macros.source import parse_yaml


def load_promises_before(root: Path) -> dict[str, Permalink]:
    """Returns the promises at the point where this work left what is published; none outside a Git checkout."""
    git = shutil.which("git")
    if git is None:
        return {}

    def run(*words: str) -> str:
        result = subprocess.run([git, "-C", str(root), *words], capture_output=True, check=False)  # noqa: S603
        return result.stdout.decode("utf-8", "replace") if result.returncode == 0 else ""

    base = run("merge-base", "HEAD", "origin/main").strip() or "HEAD"
    source, _ = parse_yaml(run("show", f"{base}:./{FILE}"), FILE)
    rows = source.value if source and isinstance(source.value, list) else []
    unread: list[Any] = []
    found = (validate(Permalink, row, source, (index,), unread) for index, row in enumerate(rows)) if source else ()
    return {entry.id: entry for entry in found if entry is not None}
