"""A finished drawing: its size, its SVG for a page, and the same as a file that stands alone.

Knows what surrounds a drawing. Refuses to know views.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from afteraction.pipeline.review.drawing.marks import n
from afteraction.pipeline.review.drawing.text import said

MARKERS = "".join(
    f'<marker id="arr{name}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="{size}" markerHeight="{size}" '
    f'orient="auto-start-reverse"><path class="arr{tone}" d="M1 1l5 3-5 3"/></marker>'
    for name, tone, size in (("", "", 7), ("-s", " sel", 6), ("-h", " ink", 5), ("-g", " hold", 6))
)


@dataclass(frozen=True)
class Sheet:
    """One drawing. `label` says in a sentence what it shows; `places` are the boxes with their sizes for a layout
    engine: by node, (left, top, width, height)."""

    view: str
    width: float
    height: float
    body: str
    label: str

    def svg(self) -> str:
        """The drawing for a page, which has the styles and the icons."""
        return (
            f'<svg class="drawing" width="{n(self.width)}" height="{n(self.height)}" '
            f'viewBox="0 0 {n(self.width)} {n(self.height)}" role="group" '
            f'aria-label="{said(self.label)}" data-view="{self.view}"><defs>{MARKERS}</defs>{self.body}</svg>'
        )

    def file(self) -> str:
        """The drawing as a file of its own: light, with its styles and icons in it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{n(self.width + 32)}" height="{n(self.height + 32)}" '
            f'viewBox="-16 -16 {n(self.width + 32)} {n(self.height + 32)}" role="img"><title>{said(self.label)}</title>'
            f"<style>{_styles()}</style><defs>{MARKERS}{ICONS}</defs>"
            f'<rect x="-16" y="-16" width="100%" height="100%" class="ground"/>{self.body}</svg>\n'
        )


ICONS = (
    '<symbol id="i-check" viewBox="0 0 16 16"><path d="m3 8.5 3.2 3.2L13 5"/></symbol>'
    '<symbol id="i-question" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.4"/>'
    '<path d="M6.2 6.3c.2-1.2 1-1.7 1.9-1.7 1.1 0 1.9.7 1.9 1.7 0 1.4-1.9 1.5-1.9 2.9m0 2v.1"/></symbol>'
    '<symbol id="i-x" viewBox="0 0 16 16"><path d="m4 4 8 8m0-8-8 8"/></symbol>'
    '<symbol id="i-flag" viewBox="0 0 16 16"><path d="M4 14V2.5h8.2L10.4 6l1.8 3.5H4"/></symbol>'
)


@cache
def _styles() -> str:
    """The styles of a drawing with plain colours, for programs that know neither variables nor themes."""
    return files("afteraction.pipeline.review.drawing").joinpath("drawing.css").read_text(encoding="utf-8")
