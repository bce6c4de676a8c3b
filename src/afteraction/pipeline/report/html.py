"""`report.html`: one self-contained file that prints.

Knows the template and the style it carries along. Refuses to choose what is told: `story` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from afteraction.core.findings import Milestone
from afteraction.pipeline.report import sentences
from afteraction.pipeline.report.document import milestone_title
from afteraction.pipeline.report.drawing import impact_figure
from afteraction.pipeline.report.story import tell

# One shape per meaning, as in the interface: shape first, colour second.
SHAPES = {
    "latent": "change", "trigger": "change", "action": "change", "signal": "alert", "detection": "alert",
    "user_report": "customer", "escalation": "person", "decision": "person", "mitigation": "held", "recovery": "held",
    "communication": "comms", "note": "person",
}  # fmt: skip


# Shared with the pages, but for the last.
STYLES = ("tokens", "ground", "marks", "paper", "alone")


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("afteraction.pipeline.report", "assets"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(
        clock=sentences.clock,
        figure=sentences.figure,
        span=lambda window, among: sentences.span(
            window["start"], window["end"], with_day=sentences.on_several_days(among)
        ),
        size=sentences.bytes_in_words,
        spoken=spoken,
    )
    environment.globals["shapes"] = SHAPES
    return environment


def spoken(name: str) -> str:
    """An input's name for people: milestones by their title, others as they stand."""
    known = {milestone.value for milestone in Milestone}
    return milestone_title(name).lower() if name in known else name


def html(document: dict[str, Any], pictures: Mapping[str, str] | None = None) -> str:
    """The report of an analysis document as one HTML file with its style inside, and the pictures it is given as
    data URIs by sha256."""
    folder = resources.files(__package__).joinpath("assets", "css")
    style = "".join(folder.joinpath(f"{name}.css").read_text("utf-8") for name in STYLES)
    page = _environment().get_template("report.html.j2")
    return page.render(paper=paper(document, pictures), style=Markup(style), title=tell(document).title)  # noqa: S704 - ours


def paper(document: dict[str, Any], pictures: Mapping[str, str] | None = None) -> Markup:
    """The report itself, without page and style, for whoever has both."""
    part = _environment().get_template("paper.html.j2")
    figure = Markup(impact_figure(document))  # noqa: S704 - drawn by us, its words are escaped
    return Markup(part.render(story=tell(document), figure_svg=figure, pictures=pictures or {}))  # noqa: S704 - escaped by the template
