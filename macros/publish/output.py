"""The folder that a host serves: what is written into it, and the print of all of it."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from macros.publish.machines import VERSION, render_version


class Output:
    """Writes files when they differ, and remembers their prints."""

    def __init__(self, site: Path) -> None:
        self._site = site
        self._prints: dict[str, str] = {}
        self._folders: set[str] = set()

    def write(self, path: str, text: str) -> None:
        """Writes a file; one that has these bytes already is not touched."""
        data = text.encode()
        self._prints[path] = hashlib.sha256(data).hexdigest()
        folder = path.rpartition("/")[0]
        file = self._site / path
        if folder not in self._folders:
            self._folders.add(folder)
            file.parent.mkdir(parents=True, exist_ok=True)
        try:
            if file.read_bytes() == data:
                return
        except FileNotFoundError:
            pass
        file.write_bytes(data)

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
        files = (file for file in self._site.rglob("*") if file.is_file())
        paths = sorted(path for path in (file.relative_to(self._site).as_posix() for file in files) if path != VERSION)
        prints = {path: self._prints.get(path) or self._print(path) for path in paths}
        lines = "".join(f"{digest}  {path}\n" for path, digest in prints.items())
        self.write(VERSION, render_version(prints, hashlib.sha256(lines.encode()).hexdigest(), commit, day))

    def _print(self, path: str) -> str:
        return hashlib.sha256((self._site / path).read_bytes()).hexdigest()
