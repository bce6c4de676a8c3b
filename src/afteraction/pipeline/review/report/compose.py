"""The report for one audience, composed from one source.

Knows the head, the sections of the template and the end. Refuses to hand the public anything that was not written for
it: its title is a date, and services, ids and evidence are left out.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping

from afteraction.engine.meeting.phrases import PURPOSE
from afteraction.engine.review.near_miss import Part, asked_before_review, template_for
from afteraction.pipeline.report.sentences import day, span
from afteraction.pipeline.review.exchange import review_document
from afteraction.pipeline.review.report.blocks import Asked, Audience, Block, Prose, Report, Section, reworded
from afteraction.pipeline.review.report.sections import causes, facts, meeting, prevention
from afteraction.pipeline.review.report.template import TEMPLATES, version_of
from afteraction.pipeline.review.report.told import Told
from afteraction.pipeline.review.report.words import uncited

Teller = Callable[[Told, Audience], Iterator[Block]]
TELLERS: Mapping[str, Teller] = {
    "summary": facts.summary, "impact": facts.impact, "happened": facts.happened, "why": causes.why,
    "gates": prevention.gates, "well": meeting.well, "decisions": prevention.decisions, "changes": prevention.changes,
    "signals": prevention.signals, "unknown": meeting.unknown, "record": meeting.record, "evidence": meeting.evidence,
}  # fmt: skip
# What a milestone has none of: it went right, and no change came by gates.
NOT_OF_MILESTONES = frozenset({"impact", "happened", "why", "gates", "signals"})
_OUTAGE = re.compile(r"\boutages?\b", re.IGNORECASE)
FULL_LOSS = 0.995


def report_of(told: Told, audience: Audience = Audience.INTERNAL, template: int = 0) -> Report:
    """The report for an audience, in the review's own template unless another version is named."""
    version = version_of(template or told.review.frame.template)
    sections = list(_sections(told, audience, version))
    if audience is Audience.INTERNAL:
        sections += [
            Section(id=f"own-{number}", title=title, blocks=(Prose(text=text),), own=True)
            for number, (title, text) in enumerate(told.review.frame.sections.items(), start=1)
            if text.strip()
        ]
    if audience is not Audience.INTERNAL:
        sections = [reworded(each, uncited) for each in sections]
    return Report(
        audience=audience, template=version, title=_title(told, audience), eyebrow=_eyebrow(told, audience),
        meta=tuple(_meta(told, audience)), notes=told.notes if audience is not Audience.PUBLIC else (),
        sections=tuple(sections), colophon=_colophon(audience), stamp=f"{audience.value} · {fingerprint(told)}",
        hints=tuple(_hints(told, audience)),
        labels=frozenset(file["label"] for file in told.document.get("files", ()) if audience is Audience.INTERNAL),
    )  # fmt: skip


def _sections(told: Told, audience: Audience, version: int) -> Iterator[Section]:
    """The sections of the version; where a kind has parts of its own (a milestone), those in place of what happened."""
    kind = str(told.record.get("kind") or "")
    template = template_for(kind)
    for place in TEMPLATES[version]:
        if audience not in place.readers or (not template.has_gates and place.id in NOT_OF_MILESTONES):
            continue
        title = place.title_for(audience)
        if kind == "near_miss" and place.id == "impact":
            title = template.parts[0].title
        blocks = tuple(TELLERS[place.id](told, audience))
        if blocks or place.id != "record":
            yield Section(id=place.id, title=title, blocks=blocks)
        if not template.has_gates and place.id == "summary" and audience is not Audience.PUBLIC:
            yield from (
                Section(id=part.id, title=part.title, blocks=(_answered(told, part),))
                for part in asked_before_review(kind)
            )


def _answered(told: Told, part: Part) -> Block:
    answer = told.review.answers.get(part.id)
    if answer is None or not answer.text.strip():
        return Asked(text=part.prompt)
    return Prose(text=answer.text, source=f"answer.{part.id}.text")


def fingerprint(told: Told) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the review and the id of its analysis."""
    said = json.dumps([review_document(told.review, {}), told.document.get("id", "")], sort_keys=True)
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def _title(told: Told, audience: Audience) -> str:
    if audience is not Audience.PUBLIC:
        return str(told.record.get("title") or (told.story.title if told.story else "Incident"))
    return f"What happened on {told.day:%-d %B %Y}" if told.day else "What happened"


def _eyebrow(told: Told, audience: Audience) -> str:
    parts = ["Post-incident report"]
    if audience is not Audience.PUBLIC:
        parts += [str(told.record.get(name) or "") for name in ("key", "severity")]
        parts.append(told.edition)
    return " · ".join(part for part in parts if part)


def _meta(told: Told, audience: Audience) -> Iterator[tuple[str, str]]:
    if told.document:
        chosen = {name: found[0] for name, found in told.document["milestones"].items() if found}
        start, end = chosen.get("t_impact_start"), chosen.get("t_impact_end")
        if start:
            yield "When", f"{day(start)}, {span(start, end)}" + (" UTC" if end else ", UTC")
    if audience is Audience.PUBLIC:
        return
    if told.document and audience is Audience.INTERNAL:
        services = told.document["incident"]["services"]
        if services:
            yield "Services", ", ".join(services)
    for seat, role in told.seats:
        if seat in ("Owner", "Facilitator"):
            yield ("Review owner" if seat == "Owner" else seat), role
    if told.published:
        yield "Published", told.published
    if told.document and audience is Audience.INTERNAL and told.story is not None:
        yield "Evidence", dict(told.story.meta).get("Evidence", "")


def _colophon(audience: Audience) -> str:
    said = "Roles stand for people. Causes are properties of the system, not of a person."
    if audience is not Audience.PUBLIC:
        said = f"{PURPOSE} {said}"
    if audience is Audience.INTERNAL:
        return f"{said} Every number is computed from the evidence listed here."
    return f"{said} The full record is kept inside the company."


def _hints(told: Told, audience: Audience) -> Iterator[str]:
    """What whoever publishes should look at once more (SPEC R109)."""
    if audience is not Audience.PUBLIC:
        return
    texts = [told.review.frame.public, *(each.public for each in told.review.changes.values())]
    if any(_OUTAGE.search(text) for text in texts) and not _is_full(told):
        yield "The text says “outage”, and no window is known in which everything failed. Say what did not work."
    left_out = sum(not each.public.strip() for each in told.review.changes.values())
    if left_out:
        yield f"Left out for want of words for the public: {left_out} {'change' if left_out == 1 else 'changes'}."


def _is_full(told: Told) -> bool:
    return any((window["weight"] or 0) >= FULL_LOSS for window in told.document.get("impact_windows", ()))
