"""QR codes of permanent addresses, for paper."""

from __future__ import annotations

from functools import cache

from markupsafe import escape

from macros.publish.qrcode import BORDER, draw_code


def render_qr(address: str) -> str:
    """Returns an SVG that a telephone's camera reads as `address`; level M survives 15 % of damage."""
    modules, size = draw_code(address.encode())
    whole = size + 2 * BORDER
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}"><title>{escape(address)}</title>'
        f'<path fill="#fff" d="M0 0h{whole}v{whole}h-{whole}z"/>'
        f'<path stroke="#000" d="M{BORDER} {BORDER}.5{_draw_path(modules, size)}"/></svg>\n'
    )


def _draw_path(modules: int, size: int) -> str:
    """Returns the path along the dark modules; eight at a time, because there are only 256 ways to draw eight."""
    wide = -(-size // 8) * 8
    back = f"m-{wide} 1"
    rows = []
    for row in range(size - 1, -1, -1):
        bits = (modules >> size * row & (1 << size) - 1) << wide - size
        rows.append("".join([_draw_eight(byte) for byte in bits.to_bytes(wide // 8, "big")]))
    return back.join(rows)


@cache
def _draw_eight(bits: int) -> str:
    """Returns the part of a path along eight modules; it ends at their right edge."""
    path, at = "", 0
    while at < 8:
        dark = bits >> 7 - at & 1
        end = at
        while end < 8 and bits >> 7 - end & 1 == dark:
            end += 1
        path += f"h{end - at}" if dark else f"m{end - at} 0"
        at = end
    return path
