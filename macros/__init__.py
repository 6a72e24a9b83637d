"""Entry for both builders. Zensical runs this file by its path, so the project's folder is put on the path
first; modules edited during a live preview are dropped, so that the next build sees the new ones.
"""

import sys
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent
if str(_FOLDER.parent) not in sys.path:
    sys.path.insert(0, str(_FOLDER.parent))
_stamp = max(file.stat().st_mtime_ns for file in _FOLDER.rglob("*.*") if "__pycache__" not in file.parts)
if getattr(sys, "_guide_stamp", _stamp) != _stamp:
    for _name in [name for name in sys.modules if name.startswith("macros.")]:
        del sys.modules[_name]
setattr(sys, "_guide_stamp", _stamp)  # noqa: B010 - a mark on the interpreter, unknown to its types

from macros.environment import define_env, on_post_build, on_pre_page_macros  # noqa: E402

__all__ = ["define_env", "on_post_build", "on_pre_page_macros"]
