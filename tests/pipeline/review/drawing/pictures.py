"""A drawing as tests look at it: its parts, and where each of its words stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from xml.etree import ElementTree

from afteraction.pipeline.review.drawing.sheet import Sheet
from afteraction.pipeline.review.drawing.text import width_of

SVG = "{http://www.w3.org/2000/svg}"
STYLES = files("afteraction.pipeline.review.drawing").joinpath("drawing.css").read_text(encoding="utf-8")
SIZES = {
    name: float(rule[2])
    for rule in re.finditer(r"([^{}]+)\{[^{}]*font-size: ([\d.]+)px", STYLES)
    for name in re.findall(r"\.([\w-]+)", rule[1])
}


@dataclass(frozen=True)
class Line:
    """One line of text with the space it takes, in pixels."""

    words: str
    classes: frozenset[str]
    left: float
    right: float
    top: float
    bottom: float


def parsed(sheet: Sheet) -> ElementTree.Element:
    """The file of a drawing as a tree; a drawing that is no XML raises."""
    return ElementTree.fromstring(sheet.file())


def parts(sheet: Sheet, sort: str = "node") -> Counter[str]:
    """How often each node or edge is drawn."""
    found = [str(each.get("data-part")) for each in parsed(sheet).iter() if each.get("data-part")]
    return Counter(each.removeprefix(f"{sort}:") for each in found if each.startswith(f"{sort}:"))


def lines(root: ElementTree.Element) -> Iterator[Line]:
    """Every line of text below an element."""
    for each in root.iter(f"{SVG}text"):
        classes = frozenset(str(each.get("class", "")).split())
        size = next((SIZES[name] for name in classes if name in SIZES), 12.0)
        words, x, y = "".join(each.itertext()), float(each.get("x", 0)), float(each.get("y", 0))
        wide = width_of(words, size)
        left = x - {"middle": wide / 2, "end": wide}.get(str(each.get("text-anchor")), 0)
        yield Line(words, classes, left, left + wide, y - size * 0.8, y + size * 0.2)


def words_of(sheet: Sheet, name: str) -> list[str]:
    """The texts of one class, in order."""
    return [each.words for each in lines(parsed(sheet)) if name in each.classes]


def outside_the_sheet(sheet: Sheet) -> list[Line]:
    """Lines that a reader of the file would see cut; its margin is 16 pixels."""
    return [
        each for each in lines(parsed(sheet))
        if each.left < -16 or each.right > sheet.width + 16 or each.top < -16 or each.bottom > sheet.height + 16
    ]  # fmt: skip


def outside_their_box(sheet: Sheet) -> list[Line]:
    """Lines and citations of boxes that reach out of them; words that belong beside a box (`meta-t`, questions, the
    letters and words of gates) are held against the sheet alone."""
    found: list[Line] = []
    for group in parsed(sheet).iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        if "node" not in str(group.get("class")).split() or box is None:
            continue
        x, y, wide, high = (float(str(box.get(name))) for name in ("x", "y", "width", "height"))
        for line in lines(group):
            beside = line.classes & {"meta-t", "why-q", "lgate-t", "basic-t"}
            under = line.top > y + high
            if not beside and not under and not (x <= line.left and line.right <= x + wide and line.bottom <= y + high):
                found.append(line)
    return found


def classes_of(sheet: Sheet) -> set[str]:
    """Every class that a drawing uses."""
    return {name for each in parsed(sheet).iter() for name in str(each.get("class", "")).split()}
