"""One commit gives the same bytes: in any folder, time zone and hash seed, with no network and no environment."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from test_builders import copy_guide

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("docs", "data", "macros", "overrides", "mkdocs.yml")
EPOCH = "1795219200"
WITHOUT_NETWORK = ["unshare", "--net", "--map-root-user"]
FOLDERS, ZONES, SEEDS = ("a", "another/folder"), ("UTC", "Pacific/Kiritimati"), ("0", "42")
COMBINATIONS = list(product(FOLDERS, ZONES, SEEDS))


def can_cut_the_network() -> bool:
    return shutil.which("unshare") is not None and run([*WITHOUT_NETWORK, "true"], ROOT, {}).returncode == 0


def run(command: list[str], folder: Path, settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=settings, capture_output=True, text=True, check=False, timeout=300)


def build(folder: Path, zone: str, seed: str) -> str:
    """Builds and publishes in an empty environment; returns the print of every file of the site."""
    settings = {"PATH": "/usr/bin:/bin", "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": EPOCH}
    cut = WITHOUT_NETWORK if can_cut_the_network() else []
    done = run([*cut, sys.executable, "-m", "mkdocs", "build", "--strict"], folder, settings)
    assert done.returncode == 0, done.stdout + done.stderr
    files = sorted(file for file in (folder / "site").rglob("*") if file.is_file())
    return "\n".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(folder)}" for file in files)


def test_a_small_guide_is_the_same_in_all_eight_combinations(tmp_path: Path) -> None:
    prints = {}
    for folder, zone, seed in COMBINATIONS:
        place = tmp_path / f"{zone}-{seed}".replace("/", "-") / folder
        place.mkdir(parents=True)
        prints[folder, zone, seed] = build(copy_guide(place), zone, seed)
    assert len(prints) == 8
    assert set(prints.values()) == {prints[COMBINATIONS[0]]}
    assert "site/version.json" in prints[COMBINATIONS[0]]


def test_this_guide_is_the_same_where_everything_differs(tmp_path: Path) -> None:
    prints = []
    for folder, zone, seed in (COMBINATIONS[0], COMBINATIONS[-1]):
        place = tmp_path / folder
        place.mkdir(parents=True)
        for name in SOURCES:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, place / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, place)
        prints.append(build(place, zone, seed))
    assert prints[0] == prints[1]
    assert prints[0].count("/s/") > 3000


@pytest.mark.skipif(not can_cut_the_network(), reason="this machine does not let a test cut the network")
def test_the_build_really_has_no_network() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = run([*WITHOUT_NETWORK, sys.executable, "-c", code], ROOT, {"PATH": "/usr/bin:/bin"})
    assert "unreachable" in done.stderr
