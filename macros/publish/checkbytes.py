"""The bytes by which a camera mends a damaged QR code (Reed and Solomon's code over 256 values)."""

from __future__ import annotations

from functools import cache


@cache
def multiply(one: int, other: int) -> int:
    """Returns the product of two bytes in the field of the check bytes."""
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


@cache
def find_rests(checks: int, held: int) -> list[list[int]]:
    """Returns, for each byte of a block, the check bytes of a 1 in its place."""
    divisor = [1]
    root = 1
    for _ in range(checks):
        raised = [*divisor, 0]
        divisor = [a ^ multiply(b, root) for a, b in zip(raised, [0, *divisor], strict=True)]
        root = multiply(root, 2)
    rests = [divisor[1:]]
    for _ in range(held - 1):
        first, *others = rests[-1]
        rests.append([a ^ multiply(first, b) for a, b in zip([*others, 0], divisor[1:], strict=True)])
    return rests[::-1]
