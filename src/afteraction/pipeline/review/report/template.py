"""The shared template of a report, by version: which sections it has, what they are called and in which order.

Knows every version that was ever used, and how a report moves from one to another. Refuses to lose a section: what a
version has no place for comes after it under its own title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from afteraction.pipeline.review.report.blocks import Audience, Report, Section

_EVERYBODY = frozenset(Audience)
_INSIDE = frozenset({Audience.INTERNAL, Audience.EXECUTIVE})
_TEAM = frozenset({Audience.INTERNAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One section of a template: its id and title, what the public reads instead of that title, and who gets it."""

    id: str
    title: str
    outside: str = ""
    readers: frozenset[Audience] = _EVERYBODY

    def title_for(self, audience: Audience) -> str:
        """The title for an audience."""
        return self.outside if self.outside and audience is not Audience.INTERNAL else self.title


# 1 answers the four questions in their order (SPEC R048); 2 leads with the five of the review.
TEMPLATES: Mapping[int, tuple[Place, ...]] = {
    1: (
        Place(id="summary", title="Summary"),
        Place(id="happened", title="What happened", readers=_TEAM),
        Place(id="impact", title="Impact"),
        Place(id="why", title="Why it happened", readers=_INSIDE),
        Place(id="gates", title="Why our quality system let it through", readers=_TEAM),
        Place(id="well", title="What went well", readers=_INSIDE),
        Place(id="decisions", title="Decisions asked of you", readers=frozenset({Audience.EXECUTIVE})),
        Place(id="changes", title="What must change"),
        Place(id="signals", title="Which signals were missing", readers=_TEAM),
        Place(id="unknown", title="What we do not know", readers=_INSIDE),
        Place(id="record", title="How this review was held"),
        Place(id="evidence", title="Evidence", readers=_TEAM),
    ),
    2: (
        Place(id="summary", title="Summary"),
        Place(id="impact", title="Impact"),
        Place(id="happened", title="What happened", readers=_TEAM),
        Place(id="why", title="Why it happened", readers=_INSIDE),
        Place(id="gates", title="Why our quality system let it through", readers=_TEAM),
        Place(id="well", title="What went well, where we were lucky, what was hard", readers=_INSIDE),
        Place(id="decisions", title="Decisions asked of you", readers=frozenset({Audience.EXECUTIVE})),
        Place(id="changes", title="Process changes", outside="What we change"),
        Place(id="signals", title="Which signals were missing", readers=_TEAM),
        Place(id="unknown", title="What we do not know", readers=_INSIDE),
        Place(id="record", title="How this review was held"),
        Place(id="evidence", title="Evidence", readers=_TEAM),
    ),
}
NEWEST = max(TEMPLATES)
# The parts that every version has, so that reports stay comparable (SPEC R097, R134).
CORE = ("happened", "impact", "why", "changes")
# `S1-four-questions`: what happened, why, what went well, what must change.
FOUR_QUESTIONS = ("happened", "why", "well", "changes")


def version_of(wished: int) -> int:
    """The version to use: the wished one, else the newest."""
    return wished if wished in TEMPLATES else NEWEST


def migrated(report: Report, version: int) -> Report:
    """The same report in another version: sections in its order under its titles, then all others as they are."""
    wanted = version_of(version)
    places = {place.id: (number, place) for number, place in enumerate(TEMPLATES[wanted])}

    def order(section: Section) -> int:
        return places[section.id][0] if section.id in places else len(places)

    sections = tuple(
        replace(each, title=places[each.id][1].title_for(report.audience)) if each.id in places else each
        for each in sorted(report.sections, key=order)
    )
    return replace(report, template=wanted, sections=sections)
