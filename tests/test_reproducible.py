"""One commit gives the same bytes: in any folder, time zone and hash seed, with no network and no environment."""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from whole_guide import build_whole_guide, copy_whole_guide

EPOCH = "1795219200"
WITHOUT_NETWORK = ("unshare", "--net", "--map-root-user")
FOLDERS, ZONES, SEEDS = ("a", "another/folder"), ("UTC", "Pacific/Kiritimati"), ("0", "42")
COMBINATIONS = list(product(FOLDERS, ZONES, SEEDS))


def can_cut_the_network() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*WITHOUT_NETWORK, "true"], check=False, capture_output=True).returncode == 0


def print_built(guide: Path, builder: str, zone: str, seed: str) -> list[str]:
    """Builds in an empty environment; returns the SHA-256 and the path of every file of the site, then removes it."""
    settings = {"PATH": "/usr/bin:/bin", "TZ": zone, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": EPOCH}
    site = build_whole_guide(guide, builder, settings, WITHOUT_NETWORK if can_cut_the_network() else ())
    files = sorted(file for file in site.rglob("*") if file.is_file())
    prints = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(site)}" for file in files]
    shutil.rmtree(guide)
    return prints


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder, zone, seed = COMBINATIONS[0]
    return print_built(copy_whole_guide(tmp_path_factory.mktemp("first") / folder), "mkdocs", zone, seed)


@pytest.mark.parametrize(("folder", "zone", "seed"), COMBINATIONS[1:])
def test_the_guide_is_the_same_in_another_folder_time_zone_and_hash_seed(
    tmp_path: Path, first: list[str], folder: str, zone: str, seed: str
) -> None:
    again = print_built(copy_whole_guide(tmp_path / folder), "mkdocs", zone, seed)
    assert sorted(set(again) ^ set(first)) == []
    assert len([line for line in first if "  s/" in line]) > 3000


@pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="zensical is not installed")
def test_the_other_builder_makes_the_same_where_everything_differs(tmp_path: Path) -> None:
    one, other = (
        print_built(copy_whole_guide(tmp_path / folder), "zensical", zone, seed)
        for folder, zone, seed in (COMBINATIONS[0], COMBINATIONS[-1])
    )
    assert sorted(set(one) ^ set(other)) == []
    assert len([line for line in one if "  s/" in line]) > 3000


@pytest.mark.skipif(not can_cut_the_network(), reason="this machine does not let a test cut the network")
def test_the_build_really_has_no_network() -> None:
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run(
        [*WITHOUT_NETWORK, sys.executable, "-c", code], capture_output=True, text=True, check=False, env={}
    )
    assert "unreachable" in done.stderr
