"""A drawing as a picture of pixels, made on the server without a browser.

Knows how to have typst set one SVG on a page of its size. Refuses to draw.
"""

from __future__ import annotations

from math import sqrt

# A drawing's pixel is set as 1/96 inch; at twice that its small print is sharp.
DRAWN = 96
PIXELS_PER_INCH = 2 * DRAWN
PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
# Larger than this no program opens it, and a whole picture is held in memory at four bytes a pixel; it is drawn with
# fewer pixels.
MOST_ON_A_SIDE = 12_000
MOST_PIXELS = 40_000_000


def as_png(svg: str) -> bytes:
    """PNG of an SVG that stands alone, at twice its size (less where that were more than 12,000 pixels
    on a side or 40 million in all)."""
    import typst

    wide, high = max(_size(svg, "width"), 1.0), max(_size(svg, "height"), 1.0)
    inch = min(PIXELS_PER_INCH, MOST_ON_A_SIDE / max(wide, high) * DRAWN, sqrt(MOST_PIXELS / (wide * high)) * DRAWN)
    made = typst.compile(PAGE.encode(), format="png", ppi=inch, sys_inputs={"svg": svg}, timestamp=0)
    return bytes(made[0] if isinstance(made, list) else made)


def _size(svg: str, name: str) -> float:
    _, _, rest = svg.partition(f' {name}="')
    return float(rest.partition('"')[0] or 0)
