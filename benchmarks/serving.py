"""A built site on this machine, served as a good host does: compressed by brotli, kept for ten minutes."""

from __future__ import annotations

import mimetypes
import threading
from contextlib import suppress
from functools import cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import brotli

_PACKED = frozenset({".gif", ".ico", ".jpg", ".png", ".webp", ".woff", ".woff2"})


@cache
def compress(file: Path) -> bytes:
    """Returns the body that a file is sent as; pictures and fonts are compressed already."""
    body = file.read_bytes()
    return body if file.suffix in _PACKED else brotli.compress(body, quality=11)


class Host:
    """Serves a folder at `url`, and remembers the bytes of every body that it sent."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.sent: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, host=self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def find_file(self, address: str) -> Path | None:
        """Returns the file that is shown at an address, or None."""
        path = unquote(urlsplit(address).path).lstrip("/")
        file = self.site / (f"{path}index.html" if not path or path.endswith("/") else path)
        return file if file.is_file() else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, host: Host) -> None:
        self.host = host
        super().__init__(*args)

    def do_GET(self) -> None:
        file = self.host.find_file(self.path)
        body = compress(file) if file else b""
        self.send_response(HTTPStatus.OK if file else HTTPStatus.NOT_FOUND)
        if file:
            self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
            self.send_header("Cache-Control", "max-age=600")
            if file.suffix not in _PACKED:
                self.send_header("Content-Encoding", "br")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.host.sent.append(len(body))
        with suppress(ConnectionError):  # the page was left
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""
