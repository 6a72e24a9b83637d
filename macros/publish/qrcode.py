"""The modules of a QR code (ISO/IEC 18004): bytes, level M, one mask for all.

A code is linear: each bit of the text turns over the same modules, whatever stands beside it. So these are found once
for a size, and then the code of an address is an exclusive or of a few numbers: thousands cost next to nothing. Trying
all eight masks, as the standard advises, would cost more than building the site; a camera reads any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from macros.publish.checkbytes import find_rests, multiply

BORDER = 4
"""Modules of white that a camera needs around a code."""
_SIZES = (
    (10, (16,), ()),
    (16, (28,), (18,)),
    (26, (44,), (22,)),
    (18, (32, 32), (26,)),
    (24, (43, 43), (30,)),
    (16, (27,) * 4, (34,)),
    (18, (31,) * 4, (22, 38)),
    (22, (38, 38, 39, 39), (24, 42)),
    (22, (36, 36, 36, 37, 37), (26, 46)),
    (26, (43, 43, 43, 43, 44), (28, 50)),
    (30, (50, 51, 51, 51, 51), (30, 54)),
    (22, (36,) * 6 + (37,) * 2, (32, 58)),
)
"""By version: check bytes a block, data bytes of each block, and where small squares stand (besides at 6)."""
_BYTES = 4
"""The mode of a text of bytes."""
_PAD = (0xEC, 0x11)


def draw_code(text: bytes) -> tuple[int, int]:
    """Returns the modules of the smallest code that holds a text, row by row as the bits of a number, and its width.

    Raises:
        ValueError: when the text is longer than 287 bytes.
    """
    size = _find_size(len(text))
    modules = _draw_frame(size, len(text))
    start = 4 + _count_bits(size)
    for position, byte in enumerate(text):
        modules ^= _draw_byte(size, start + 8 * position, byte)
    return modules, _width(size)


def _width(size: int) -> int:
    return 17 + 4 * size


def _count_bits(size: int) -> int:
    return 8 if size < 10 else 16


@cache
def _find_size(length: int) -> int:
    for size, (_, blocks, _) in enumerate(_SIZES, start=1):
        if 4 + _count_bits(size) + 8 * length <= 8 * sum(blocks):
            return size
    raise ValueError(f"{length} bytes are too long for a QR code that a phone reads well")


@cache
def _draw_frame(size: int, length: int) -> int:
    """Returns the code of a text of zeros: squares, mask, the length, and what fills the room after the text."""
    capacity = sum(_SIZES[size - 1][1])
    head = f"{_BYTES:04b}{length:0{_count_bits(size)}b}{'0' * 8 * length}"
    head = head.ljust(min(len(head) + 4, 8 * capacity), "0")
    head = head.ljust(-(-len(head) // 8) * 8, "0")
    room = capacity - len(head) // 8
    bits = head + "".join(f"{_PAD[index % 2]:08b}" for index in range(room))
    modules = _plan(size).empty
    for place, bit in enumerate(bits):
        if bit == "1":
            modules ^= _plan(size).turned[place]
    return modules


@cache
def _draw_byte(size: int, place: int, byte: int) -> int:
    """Returns the modules that a byte turns over, whose first bit has this place."""
    modules = 0
    for bit in range(8):
        if byte >> 7 - bit & 1:
            modules ^= _plan(size).turned[place + bit]
    return modules


@dataclass(frozen=True)
class _Plan:
    """A size of codes."""

    empty: int
    """The modules when every bit is 0."""
    turned: tuple[int, ...]
    """For each bit of the data: the modules that it turns over."""


@cache
def _plan(size: int) -> _Plan:
    checks, blocks, _ = _SIZES[size - 1]
    width = _width(size)
    fixed, taken = _draw_squares(size)
    free = [(row, column) for row, column in _walk(width) if (row, column) not in taken]
    order = [(block, byte) for byte in range(max(blocks)) for block, held in enumerate(blocks) if byte < held]
    order += [(block, held + check) for check in range(checks) for block, held in enumerate(blocks)]
    places = {name: free[8 * index : 8 * index + 8] for index, name in enumerate(order)}

    def draw(name: tuple[int, int], value: int) -> int:
        """Returns the modules of the bits of a byte that are 1."""
        found = 0
        for bit, (row, column) in enumerate(places[name]):
            if value >> 7 - bit & 1:
                found |= 1 << width * width - 1 - (row * width + column)
        return found

    turned = []
    for block, held in enumerate(blocks):
        rests = find_rests(checks, held)
        for byte in range(held):
            for bit in range(7, -1, -1):
                modules = draw((block, byte), 1 << bit)
                for check, value in enumerate(rests[byte]):
                    modules |= draw((block, held + check), multiply(value, 1 << bit))
                turned.append(modules)
    mask = sum(1 << width * width - 1 - (row * width + column) for row, column in free if (row + column) % 2 == 0)
    return _Plan(fixed ^ mask, tuple(turned))


def _walk(width: int) -> list[tuple[int, int]]:
    """Returns all places in the order in which bits are laid: two columns at a time, up and down, from the right."""
    pairs = [right if right > 6 else right - 1 for right in range(width - 1, 0, -2)]
    found = []
    for index, right in enumerate(pairs):
        rows = range(width) if index % 2 else range(width - 1, -1, -1)
        found += [(row, column) for row in rows for column in (right, right - 1)]
    return found


def _draw_squares(size: int) -> tuple[int, set[tuple[int, int]]]:
    """Returns what no text changes, as modules, and its places."""
    width, dark, taken = _width(size), set[tuple[int, int]](), set[tuple[int, int]]()
    for top, left in ((0, 0), (0, width - 7), (width - 7, 0)):
        for row in range(max(0, top - 1), min(width, top + 8)):
            for column in range(max(0, left - 1), min(width, left + 8)):
                taken.add((row, column))
                ring = max(abs(row - top - 3), abs(column - left - 3))
                dark |= {(row, column)} if ring in (0, 1, 3) else set()
    centers = (6, *_SIZES[size - 1][2]) if size > 1 else ()
    for middle, center in ((a, b) for a in centers for b in centers if (a, b) not in taken):
        for row in range(middle - 2, middle + 3):
            for column in range(center - 2, center + 3):
                taken.add((row, column))
                dark |= {(row, column)} if max(abs(row - middle), abs(column - center)) != 1 else set()
    for index in range(8, width - 8):
        taken |= {(6, index), (index, 6)}
        dark |= {(6, index), (index, 6)} if index % 2 == 0 else set()
    for places, bits in _list_facts(size):
        taken |= set(places)
        dark |= {place for place, bit in zip(places, bits, strict=True) if bit == "1"}
    return sum(1 << width * width - 1 - (row * width + column) for row, column in dark), taken


def _list_facts(size: int) -> list[tuple[list[tuple[int, int]], str]]:
    """Returns what a code says of itself, each time with its places: level M and mask 0, from size 7 on the size."""
    width = _width(size)
    level = "101010000010010"
    one = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [(row, 8) for row in (7, 5, 4, 3, 2, 1, 0)]
    other = [(row, 8) for row in range(width - 1, width - 8, -1)] + [(8, column) for column in range(width - 8, width)]
    facts = [(one, level), (other, level), ([(width - 8, 8)], "1")]
    if size >= 7:
        rest = size
        for _ in range(12):
            rest = rest << 1 ^ (rest >> 11) * 0x1F25
        bits = f"{size << 12 | rest:018b}"[::-1]
        facts.append(([(index // 3, width - 11 + index % 3) for index in range(18)], bits))
        facts.append(([(width - 11 + index % 3, index // 3) for index in range(18)], bits))
    return facts
