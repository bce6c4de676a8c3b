"""Summary, impact and what happened: people's words first, then what the evidence shows.

Knows how the analysis and the answers become blocks. Refuses to tell the public anything but what was written for it,
and times of impact.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.review.document import Question
from afteraction.engine.review.near_miss import template_for
from afteraction.pipeline.report.drawing import impact_figure
from afteraction.pipeline.report.sentences import figure, on_several_days, span
from afteraction.pipeline.review.report.blocks import (
    Aside,
    Asked,
    Audience,
    Block,
    Drawing,
    Figures,
    Grid,
    Happenings,
    Heading,
    Item,
    Moment,
    Points,
    Prose,
    Rows,
)
from afteraction.pipeline.review.report.told import Told

_STEPS = "Height is the weight: share of users affected times loss of function. Times are UTC."
# The figure alone, for paper: the page has these from its own styles.
_FIGURE_STYLE = (
    "text{font-family:Inter,'DejaVu Sans',sans-serif;font-size:11px;fill:#494b53}.strong{font-weight:600}"
    ".axis,.gridline{stroke:#cfcec8;stroke-width:1}.gridline{stroke:#e6e5e0}.tick{fill:#5d6069}"
    ".impact{fill:#fcebe4}.impact-hatch{fill:url(#p-harm)}.impact-step{stroke:#b53a14;stroke-width:2}"
    ".p-harm{stroke:#b53a14;stroke-width:1;opacity:.35}.harm{fill:#b53a14}.customer{fill:#a52a71}.signal{fill:#855700}"
    ".hold{fill:#0a6c54}.k-customer{stroke:#a52a71}.k-signal{stroke:#855700}.k-hold{stroke:#0a6c54}"
)
_HATCH = (
    '<defs><pattern id="p-harm" width="6" height="6" patternTransform="rotate(45)" patternUnits="userSpaceOnUse">'
    '<path class="p-harm" d="M0 0V6"/></pattern></defs>'
)


def summary(told: Told, audience: Audience) -> Iterator[Block]:
    """What somebody reads who reads nothing else."""
    frame, story = told.review.frame, told.story
    if audience is Audience.PUBLIC:
        if not frame.public.strip():
            yield Asked(text="What should customers know? Nothing was written for the public yet.")
            return
        yield Prose(text=frame.public, lead=True, source="frame.review.public")
        return
    if frame.objective.strip() and audience is Audience.INTERNAL:
        yield Aside(text=f"Purpose of this review: {frame.objective.strip()}")
    if frame.summary.strip():
        yield Prose(text=frame.summary, lead=True, source="frame.review.summary")
    elif story is not None:
        for number, paragraph in enumerate(story.summary):
            yield Prose(text=paragraph, lead=number == 0)
    else:
        yield Asked(text="What happened, in three sentences that anybody understands?")
    if story is not None and story.headlines:
        yield Figures(items=tuple(story.headlines))


def impact(told: Told, audience: Audience) -> Iterator[Block]:
    """What users felt, for how long, and how much of it is known."""
    if told.record.get("kind") == "near_miss":
        yield from _potential(told, audience)
        return
    story, answer = told.story, told.review.answers.get(Question.IMPACT)
    is_public = audience is Audience.PUBLIC
    if answer and answer.degradation.strip() and not is_public:
        yield Prose(text=answer.degradation, source="answer.q1.degradation")
    if story is not None:
        yield from _figure(told)
    if answer and answer.text.strip() and audience is Audience.INTERNAL:
        yield Prose(text=answer.text, source="answer.q1.text")
    if story is None:
        yield Asked(text="No evidence was imported, so that no window of impact is known.")
        return
    if not is_public:
        said = bool(answer and answer.degradation.strip())
        rows = [row for row in story.impact_rows if not (said and row[0] == "What did not work")]
        yield Rows(items=tuple(Item(head=name, text=value, cites=tuple(cites)) for name, value, cites in rows))
    yield from _windows(told, with_services=not is_public)


def _potential(told: Told, audience: Audience) -> Iterator[Block]:
    """What would have failed: a near miss has no impact, so that none is drawn or counted."""
    answer = told.review.answers.get(Question.IMPACT)
    if answer is None or not answer.text.strip():
        yield Asked(text=template_for("near_miss").parts[0].prompt)
    elif audience is Audience.INTERNAL:
        yield Prose(text=answer.text, source="answer.q1.text")
    elif audience is Audience.EXECUTIVE:
        yield Prose(text=answer.text.strip().split("\n\n")[0])


def _figure(told: Told) -> Iterator[Block]:
    drawn = impact_figure(told.document)
    if not drawn:
        return
    count = len(told.document["impact_windows"])
    inner = drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")]
    file = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="760" height="168" viewBox="0 0 760 168">'
        f"<style>{_FIGURE_STYLE}</style>{_HATCH}{inner}</svg>"
    )
    yield Drawing(
        name="impact", inline=drawn, file=file, label="Impact over time",
        caption=f"{count} {'step' if count == 1 else 'steps'} of impact. {_STEPS}",
    )  # fmt: skip


def _windows(told: Told, *, with_services: bool) -> Iterator[Block]:
    windows = told.document["impact_windows"]
    if not windows:
        yield Aside(text="No window of impact is stated or measured in the evidence.")
        return
    several = on_several_days(windows)
    rows = []
    for window in windows:
        weight = "unknown" if window["weight"] is None else f"{window['weight']:.2f}"
        row = [span(window["start"], window["end"], with_day=several), weight]
        if with_services:
            cites = " ".join(dict.fromkeys(f"[{ref['label']}]" for ref in window["evidence"][:2] if ref["label"]))
            row = [row[0], window["service"] or "unknown", weight, " ".join((window["basis"], cites)).strip()]
        elif window["weight"] is not None:
            row[1] = f"{100 * window['weight']:.0f} %"
        rows.append(tuple(row))
    header = ("Window, UTC", "Service", "Weight", "Basis") if with_services else ("Window, UTC", "Service lost")
    yield Grid(label="Impact windows", header=header, rows=tuple(rows))


def happened(told: Told, _: Audience) -> Iterator[Block]:
    """What happened, by time, and how it was told to others meanwhile."""
    story = told.story
    if story is None:
        yield Asked(text="No evidence was imported, so that no timeline could be computed.")
        return
    count = sum(not line.is_gap for line in story.lines)
    more = f" {count} events that matter most; {story.left_out:,} more stand in the analysis." if story.left_out else ""
    yield Aside(text=f"All times UTC.{more}")
    yield Happenings(
        lines=tuple(
            Moment(
                at="" if line.is_gap else line.at, iso=line.iso, kind=line.kind, text=line.text,
                cites=tuple(line.cites), marks=tuple(line.milestones), doubts=tuple(line.doubts), day=line.is_new_day,
            )
            for line in story.lines
        )
    )  # fmt: skip
    if story.response:
        yield Heading(text="Detection and response")
        yield Grid(
            label="Detection and response", header=("Figure", "Value", "Computed from"),
            rows=tuple(
                (f"{metric['name']}, {metric['clock']} clock", figure(metric), metric["formula"] or metric["note"])
                for metric in story.response
            ),
        )  # fmt: skip
    for change in story.captured.differences:
        yield Heading(text=f"Settings of {change.place} {change.times}")
        yield Grid(
            label=f"Settings of {change.place}", header=("Setting", change.first, change.second),
            rows=tuple(tuple(row) for row in change.rows),
        )  # fmt: skip
    if story.communication:
        yield Heading(text="What others were told")
        yield Points(items=tuple(Item(text=each) for each in story.communication))
