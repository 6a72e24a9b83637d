"""Codes drawn here are the codes of the standard: the same as those of another maker, and a camera reads them."""

from __future__ import annotations

import hashlib

import pytest
import segno
import zxingcpp

from macros.publish.qrcode import BORDER, draw_code

FULL = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287]
"""By size: the bytes that fill a code, so that nothing is left to choose."""


def draw_with_segno(text: bytes) -> int:
    code = segno.make(text, error="m", mode="byte", mask=0, boost_error=False, micro=False)
    return int("".join("1" if module else "0" for row in code.matrix for module in row), 2)


def read_with_camera(modules: int, size: int) -> bytes:
    whole = size + 2 * BORDER
    rows = [f"{modules >> size * (size - 1 - row) & (1 << size) - 1:0{size}b}" for row in range(size)]
    lines = ["0" * whole] * BORDER + [f"{'0' * BORDER}{row}{'0' * BORDER}" for row in rows] + ["0" * whole] * BORDER
    pixels = b"".join(bytes(0 if bit == "1" else 255 for bit in line for _ in range(4)) * 4 for line in lines)
    [found] = zxingcpp.read_barcodes(memoryview(pixels).cast("B", (whole * 4, whole * 4)))
    return bytes(found.bytes)


@pytest.mark.parametrize("length", FULL)
def test_a_full_code_of_every_size_is_the_one_that_another_maker_draws(length: int) -> None:
    text = hashlib.shake_256(b"%d" % length).digest(length)
    assert draw_code(text)[0] == draw_with_segno(text)


@pytest.mark.parametrize("length", range(1, 288, 7))
def test_a_code_of_any_length_is_read_as_its_text(length: int) -> None:
    letters = b"abcdefghijklmnopqrstuvwxyz-/.:0123456789"
    text = bytes(letters[byte % len(letters)] for byte in hashlib.shake_256(b"%d" % length).digest(length))
    assert read_with_camera(*draw_code(text)) == text


def test_a_camera_reads_a_code_with_a_stain() -> None:
    text = b"https://bread.example/guide/s/rise-warm/"
    modules, size = draw_code(text)
    for row in range(12, 17):
        modules &= ~(((1 << 6) - 1) << size * row + 12)
    assert read_with_camera(modules, size) == text


def test_a_text_that_no_phone_would_read_well_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        draw_code(b"x" * 288)
