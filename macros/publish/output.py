"""The folder that a host serves: what is written into it, and the print of all of it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from macros.publish.machines import VERSION, render_version


def list_files(site: Path) -> Iterator[str]:
    """Yields the path of every file below a folder."""
    start = len(str(site)) + 1
    for folder, _, names in os.walk(site):
        below = f"{folder[start:]}/".lstrip("/")
        yield from (below + name for name in names)


class Output:
    """Writes files when they differ, and remembers their prints."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._prints: dict[str, bytes] = {}
        self._folders: dict[str, bool] = {}

    def write(self, path: str, text: str) -> None:
        """Writes a file; one that has these bytes already is not touched."""
        data = text.encode()
        self._prints[path] = hashlib.sha256(data).digest()
        file = f"{self._site}/{path}"
        if self._has_folder(path.rpartition("/")[0]):
            try:
                with open(file, "rb") as there:  # noqa: PTH123 - thousands of files, and a Path costs more than the file
                    if there.read() == data:
                        return
            except FileNotFoundError:
                pass
        with open(file, "wb") as new:  # noqa: PTH123
            new.write(data)

    def _has_folder(self, folder: str) -> bool:
        """Whether a folder may hold files already; one that is not there is made."""
        if folder not in self._folders:
            there = f"{self._site}/{folder}"
            self._folders[folder] = os.path.isdir(there)  # noqa: PTH112
            if not self._folders[folder]:
                os.makedirs(there)  # noqa: PTH103
        return self._folders[folder]

    def remove(self, file: Path) -> None:
        """Removes a file, and its folder when that was the last one in it."""
        file.unlink()
        folder = file.parent
        while folder != self._site and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def finish(self, commit: str | None, day: date | None) -> None:
        """Writes which state of the source this is, and the print of the whole site.

        Args:
            commit: the state of the source, when it is known.
            day: its day, when it is known.
        """
        paths = sorted(path for path in list_files(self._site) if path != VERSION)
        whole = hashlib.sha256()
        for path in paths:
            whole.update(f"{(self._prints.get(path) or self._print(path)).hex()}  {path}\n".encode())
        self.write(VERSION, render_version(len(paths), whole.hexdigest(), commit, day))

    def _print(self, path: str) -> bytes:
        return hashlib.sha256((self._site / path).read_bytes()).digest()
