"""As much of Mermaid's flowchart language as an export uses, read strictly: whatever else stands in it raises."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

NAME = r"[A-Za-z][A-Za-z0-9_]*"
# Text between quotes: no quote, no markup, and `#` only as the beginning of a numbered character.
TEXT = r'"((?:[^"<>`;#\x00-\x1f]|#\d+;)*)"'
OPENING = {"([": "])", "(": ")", "[": "]", "[/": "/]", "{": "}", "[[": "]]", "{{": "}}", ">": "]"}
RESERVED = {
    "end",
    "graph",
    "subgraph",
    "flowchart",
    "class",
    "classdef",
    "click",
    "style",
    "linkstyle",
    "default",
    "call",
}
BOX = re.compile(rf"({NAME})(\(\[|\[\[|\[/|\{{\{{|\(|\[|\{{|>){TEXT}(\]\)|\]\]|/\]|\}}\}}|\)|\]|\}})")
LINK = re.compile(rf"({NAME}) (-->|-\.->|--x)\|{TEXT}\| ({NAME})")
STYLE = re.compile(rf"classDef ({NAME}) [a-z-]+: [0-9 ]+")
CLASS = re.compile(rf"class ({NAME}(?:,{NAME})*) ({NAME})")
# Mermaid takes text that begins like a list for Markdown and shows "Unsupported markdown" in its place.
LIST = re.compile(r"\s*(?:[-*+]|\d+\.)\s")


@dataclass
class Flowchart:
    """What was read: text by node, links as (from, arrow, word, to), names by class."""

    boxes: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str, str, str]] = field(default_factory=list)
    classed: dict[str, list[str]] = field(default_factory=dict)


def read_flowchart(text: str) -> Flowchart:
    """The flowchart, or ValueError with the line that is none."""
    first, *rest = text.removesuffix("\n").split("\n")
    if first != "flowchart TB":
        raise ValueError(first)
    found, styles = Flowchart(), set[str]()
    for line in (each.strip() for each in rest):
        if line.startswith("%%"):
            if line.startswith("%%{"):
                raise ValueError(f"a directive: {line}")
        elif box := BOX.fullmatch(line):
            name, opened, said, closed = box.groups()
            if OPENING[opened] != closed or name in found.boxes or name.lower() in RESERVED or LIST.match(said):
                raise ValueError(line)
            found.boxes[name] = told(said)
        elif link := LINK.fullmatch(line):
            found.links.append((link[1], link[2], told(link[3]), link[4]))
        elif style := STYLE.fullmatch(line):
            styles.add(style[1])
        elif named := CLASS.fullmatch(line):
            if named[2] not in styles:
                raise ValueError(line)
            found.classed[named[2]] = named[1].split(",")
        else:
            raise ValueError(line)
    ends = {each for link in found.links for each in (link[0], link[3])}
    loose = ends | {each for names in found.classed.values() for each in names}
    if not loose <= found.boxes.keys():
        raise ValueError(f"without a box: {sorted(loose - found.boxes.keys())}")
    return found


def told(said: str) -> str:
    """Text as Mermaid shows it."""
    return re.sub(r"#(\d+);", lambda each: chr(int(each[1])), said)
