"""The whole guide, copied to a folder of its own and built there by either builder, as the Makefile does it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("docs", "data", "macros", "overrides", "mkdocs.yml")
COMMANDS = {
    "mkdocs": [["macros.mkdocs", "build", "--strict"]],
    "zensical": [["zensical", "build", "--strict", "--clean"], ["macros", "publish", "site"]],
}


def copy_whole_guide(folder: Path) -> Path:
    """Lays everything of which the site is made into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    return folder


def build_whole_guide(folder: Path, builder: str, settings: Mapping[str, str], around: tuple[str, ...] = ()) -> Path:
    """Builds and publishes; returns the folder of the site.

    Args:
        folder: the copy of the guide.
        builder: a key of COMMANDS.
        settings: the whole environment.
        around: a command that runs another, such as `unshare`.
    """
    for command in COMMANDS[builder]:
        done = subprocess.run(
            [*around, sys.executable, "-m", *command],
            cwd=folder,
            env=dict(settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"
