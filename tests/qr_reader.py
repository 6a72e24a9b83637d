"""Reads QR codes back, as the camera of a phone does."""

from __future__ import annotations

import re

import zxingcpp


def read_code(svg: str) -> str:
    """What a camera reads: the dark lines of an SVG, painted as squares of 8 by 8 points."""
    size = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    dark = [bytearray(b"\xff" * size * 8) for _ in range(size)]
    [path] = re.findall(r'stroke="#000" d="([^"]*)"', svg)
    x, y = 0, 0.0
    for command, one, other in re.findall(r"([Mmh])(-?[\d.]+)(?:[ ,]?(-?[\d.]+))?", path):
        if command == "h":
            dark[int(y)][x * 8 : (x + int(one)) * 8] = b"\0" * int(one) * 8
            x += int(one)
        else:
            x, y = (int(one), float(other)) if command == "M" else (x + int(one), y + float(other))
    pixels = b"".join(bytes(row) * 8 for row in dark)
    found = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (size * 8, size * 8)))
    assert len(found) == 1
    return str(found[0].text)
