"""A drawing as a picture of pixels, made on the server without a browser.

Knows how to have typst set one SVG on a page of its size. Refuses to draw.
"""

from __future__ import annotations

# Twice the pixels of the drawing, so that its small print is sharp.
PIXELS_PER_INCH = 144
# A point is 1/72 inch, and a drawing's pixel is set as a point.
PAGE = """#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""
# Larger than this no program opens it; it is drawn with fewer pixels.
MOST_PIXELS = 12_000


def as_png(svg: str) -> bytes:
    """PNG of an SVG that stands alone, at twice its size (less where that were more than 12,000 pixels)."""
    import typst

    longest = max(_size(svg, "width"), _size(svg, "height"), 1.0)
    inch = min(PIXELS_PER_INCH, MOST_PIXELS / longest * 72)
    made = typst.compile(PAGE.encode(), format="png", ppi=inch, sys_inputs={"svg": svg}, timestamp=0)
    return bytes(made[0] if isinstance(made, list) else made)


def _size(svg: str, name: str) -> float:
    _, _, rest = svg.partition(f' {name}="')
    return float(rest.partition('"')[0] or 0)
