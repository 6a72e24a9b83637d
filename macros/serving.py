"""How soon `make serve` shows an edit: what MkDocs calls when it serves a live preview, and in no other build."""

from __future__ import annotations

from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

_LOOK_AGAIN = 0.1
"""Seconds between two looks at the files; MkDocs takes half a second."""
_SETTLE = 0.05
"""Seconds in which nothing more may change before a build begins: some editors write a file in several steps."""


class _Compiled(BytecodeCache):
    """The templates of the theme as Jinja compiled them: each is good while its text stays the same."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_compiled = _Compiled()


def on_env(env: Environment, **_: Any) -> Environment:
    """Returns the templates of the theme, which MkDocs makes anew for every build, without compiling them again."""
    env.bytecode_cache = _compiled
    return env


def on_serve(server: Any, **_: Any) -> Any:
    """Returns the server of MkDocs: it watches the same files, and looks at them more often."""
    paths = list(server._watched_paths)  # noqa: SLF001 - an observer cannot be told to look more often, so all move
    for path in paths:
        server.unwatch(path)
    server.observer = type(server.observer)(timeout=_LOOK_AGAIN)
    for path in paths:
        server.watch(path)
    server.build_delay = _SETTLE
    return server
