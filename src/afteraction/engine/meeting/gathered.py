"""What a review brings to its meeting: a review and what was measured, put together as facts of the agenda.

Knows where in a review each line comes from. Refuses to judge a change: that verdict is given to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from afteraction.engine.causes.graph import NodeKind, Stance, Status
from afteraction.engine.gates.chances import gate_gaps
from afteraction.engine.meeting.challenges import challenges
from afteraction.engine.meeting.content import OWNER_LATER, Commit, Gap, MeetingFacts
from afteraction.engine.meeting.guards import alternatives_considered, owner_may_be_shown
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.review.document import AnswerState, Question, Review, Signal

_COMMITTED = frozenset(
    {ChangeState.COMMITTED, ChangeState.ACCEPTED, ChangeState.IN_PROGRESS, ChangeState.PROVISIONAL}
)  # fmt: skip


def meeting_facts(
    review: Review,
    *,
    timeline_version: int | None = None,
    corrections: tuple[str, ...] = (),
    numbers: tuple[str, ...] = (),
    users_first: bool | None = None,
    verdicts: Mapping[str, str] | None = None,
    unclosed: tuple[str, ...] = (),
    coverage: tuple[str, ...] = (),
    stations: tuple[str, ...] = (),
    seats: tuple[str, ...] = (),
    waivers: tuple[str, ...] = (),
    comes_back: datetime | None = None,
    group_meets: datetime | None = None,
    pulse: str = "",
) -> MeetingFacts:
    """Facts of the agenda. `verdicts` are what the classifier says of each change, by its id; `coverage` what the cut
    sets say of them all. The rest is as in `MeetingFacts`."""
    return MeetingFacts(
        timeline_version=timeline_version,
        corrections=corrections,
        numbers=numbers,
        users_first=users_first,
        unevidenced=_unevidenced(review),
        challenges=tuple(each.line for each in challenges(review.graph)),
        alternatives=_fewest_alternatives(review),
        gates=review.gates,
        gaps=_gaps(review, verdicts or {}),
        unclosed=unclosed,
        coverage=coverage,
        signals=tuple(_signal_line(each) for each in review.signals.values()),
        commits=tuple(_commit(each) for each in review.changes.values() if each.state in _COMMITTED),
        well=tuple(each.text for each in review.remarks.values() if each.column == "well"),
        lucky=tuple(each.text for each in review.remarks.values() if each.column == "lucky"),
        stations=stations,
        seats=seats,
        waivers=waivers,
        answered=frozenset(
            Question(each.id) for each in review.answers.values() if each.state is AnswerState.ANSWERED
        ),
        comes_back=comes_back,
        group_meets=group_meets,
        pulse=pulse,
    )  # fmt: skip


def _unevidenced(review: Review) -> tuple[str, ...]:
    graph = review.graph
    return tuple(
        f"“{graph.nodes[edge.source].statement}” leads to “{graph.nodes[edge.target].statement}”."
        for edges in graph.into.values()
        for edge in edges
        if edge.status is not Status.REFUTED
        and not any(each.stance is Stance.SUPPORTS for each in graph.supports_of.get(edge.id, ()))
    )


def _fewest_alternatives(review: Review) -> int:
    """Of the supported causes, the number of alternatives of the one that has fewest; 0 while none is supported."""
    graph = review.graph
    supported = [
        node.id for node in graph.nodes.values()
        if node.status is Status.CONFIRMED and node.kind is not NodeKind.OUTCOME and graph.out_of.get(node.id)
    ]  # fmt: skip
    return min((len(alternatives_considered(graph, one)) for one in supported), default=0)


def _gaps(review: Review, verdicts: Mapping[str, str]) -> tuple[Gap, ...]:
    found = []
    for gap in gate_gaps(review.gates, review.changes):
        candidates = gap.changes or ("",)
        for one in candidates:
            text = review.changes[one].text if one else ""
            found.append(Gap(gate=gap.title, candidate=text, verdict=verdicts.get(one, "")))
    return tuple(found)


def _signal_line(signal: Signal) -> str:
    sentence = str(signal.result.get("sentence") or signal.result.get("reason") or "").strip()
    return f"{signal.title}: {sentence or 'not back-tested yet'}"


def _commit(change: Change) -> Commit:
    return Commit(
        text=change.text,
        owner=change.owner_role if owner_may_be_shown(change) else OWNER_LATER,
        accepted=bool(change.accepted_at),
        due=change.due.isoformat() if change.due else "",
        done_when=tuple(each.text for each in change.done_when if each.text.strip()),
    )
