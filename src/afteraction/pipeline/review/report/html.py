"""A report as HTML: for a page that has the styles, or as one self-contained file that prints.

Knows the template and how words become elements. Refuses to choose what is told: `compose` does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup, escape

from afteraction.pipeline.report.captured import Shown
from afteraction.pipeline.report.html import SHAPES, STYLES
from afteraction.pipeline.review.drawing.sheet import ICONS
from afteraction.pipeline.review.report.blocks import Audience, Report
from afteraction.pipeline.review.report.told import Told
from afteraction.pipeline.review.report.words import Span, pieces, spans

_ELEMENTS = {"strong": "b", "em": "em", "code": "code"}
# The colours of a drawing that stands alone, as the tokens that mean them on a page in either theme.
_TOKENS = {
    "#17181b": "ink", "#3d4048": "ink-2", "#585c66": "ink-3", "#ffffff": "surface", "#c9c9c2": "line-strong",
    "#878781": "control", "#ececea": "line", "#f1f1ee": "sunken", "#b53a14": "harm", "#fbe9e2": "harm-soft",
    "#0a6c54": "hold", "#3a49c4": "accent", "#ebedfa": "accent-soft", "#855700": "signal", "#6f3ca8": "change",
    "#14639c": "comms",
}  # fmt: skip
TONES = ("signal", "people", "accent", "hold", "harm", "change")


@dataclass(frozen=True)
class Shot:
    """A picture of the evidence and where its bytes come from: an address, or a data URI for a file."""

    shown: Shown
    href: str


def shots_of(told: Told, audience: Audience, hrefs: Mapping[str, str]) -> tuple[Shot, ...]:
    """The pictures of the evidence that have an `href` by their hash; only for those who work here."""
    if audience is not Audience.INTERNAL or told.story is None:
        return ()
    return tuple(Shot(each, hrefs[each.sha256]) for each in told.story.captured.pictures if each.sha256 in hrefs)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("afteraction.pipeline.review.report", "assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals.update(shapes=SHAPES, tones=TONES, icons=Markup(ICONS))  # noqa: S704 - ours
    environment.tests["block"] = lambda block, name: type(block).__name__ == name
    return environment


def paper(report: Report, shots: Sequence[Shot] = ()) -> Markup:
    """The report itself, without page and style, for whoever has both; `shots` stand behind its sections."""

    def line(text: str) -> Markup:
        return Markup("").join(_span(each, report.labels) for each in spans(text))

    def prose(text: str, lead: bool) -> Markup:
        return Markup("\n").join(
            _piece(each, report.labels, lead=lead and not at) for at, each in enumerate(pieces(text))
        )

    def drawn(svg: str) -> Markup:
        return Markup(svg)  # noqa: S704 - drawn by us, its words are escaped

    page = _environment().get_template("paper.html.j2")
    return Markup(page.render(report=report, line=line, prose=prose, drawn=drawn, shots=shots))  # noqa: S704 - escaped by the template


def html(report: Report, shots: Sequence[Shot] = ()) -> str:
    """The report as one HTML file with its style and drawings inside; it asks for nothing from anywhere."""
    folder = resources.files("afteraction.pipeline.report").joinpath("assets", "css")
    style = "".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in STYLES) + own_style()
    page = _environment().get_template("report.html.j2")
    return page.render(report=report, paper=paper(report, shots), style=Markup(style))  # noqa: S704 - ours


@cache
def own_style() -> str:
    """What reports of reviews need beside the styles of every report, with the drawings' in both themes."""
    styles = resources.files("afteraction.pipeline.report").joinpath("assets", "css")
    own = styles.joinpath("review-report.css").read_text("utf-8")
    drawing = resources.files("afteraction.pipeline.review.drawing").joinpath("drawing.css").read_text("utf-8")
    for colour, token in _TOKENS.items():
        drawing = drawing.replace(colour, f"var(--{token})")
    # The first rule is for the root of a file; on a page it is the box around the drawing.
    return own + ".drawn {\n" + drawing.replace("svg {", "& {", 1) + "}\n"


def _piece(piece: Any, labels: frozenset[str], *, lead: bool) -> Markup:
    lines = [Markup("").join(_span(each, labels) for each in line) for line in piece.lines]
    if piece.kind in ("ul", "ol"):
        items = Markup("").join(Markup("<li>{}</li>").format(each) for each in lines)
        return (Markup('<ol class="bul">{}</ol>') if piece.kind == "ol" else Markup('<ul class="bul">{}</ul>')).format(
            items
        )
    if piece.kind == "h":
        return Markup("<h3>{}</h3>").format(lines[0])
    return (Markup('<p class="lead">{}</p>') if lead else Markup("<p>{}</p>")).format(lines[0])


def _span(span: Span, labels: frozenset[str]) -> Markup:
    if span.kind == "cite":
        if span.text in labels:
            return Markup('<a class="cite" href="#{}">{}{}</a>').format(span.text, span.text, span.place)
        return Markup('<span class="cite missing" title="No evidence has this label.">{}{}</span>').format(
            span.text, span.place
        )
    element = _ELEMENTS.get(span.kind)
    told = escape(span.text)
    return Markup("<{0}>{1}</{0}>").format(Markup(element), told) if element else told  # noqa: S704 - ours
