"""Rules about what the changes act on (W17 to W20).

Knows the plan and the causes. Refuses to judge a change by itself: its class and its strength are given.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.engine.causes.graph import natural
from afteraction.engine.causes.wellformed.case import Case, is_confirmed, may
from afteraction.engine.causes.wording import quoted
from afteraction.engine.prevention.changes import Change, Horizon, Power
from afteraction.engine.review.findings import ReviewFinding

# More ways than these are counted, not listed.
MOST_WAYS = 12
MOST_NAMED = 3
# How a recorded decision to live with a patch begins.
ACCEPTED = "accept"


def check_targets(case: Case) -> Iterator[ReviewFinding]:
    """W17: at least one change acts on something systemic or its gate."""
    if not case.systemic or any(case.acts_on(node) for node in case.systemic):
        return
    names = ", ".join(quoted(node) for node in case.systemic[:MOST_NAMED])
    aimed = _aimed_at(case)
    if not case.plan:
        if case.frame.no_action_because.strip():
            return
        sentence = f"No change is planned yet for what is systemic: {names}."
    elif aimed:
        sentence = f"All changes act on {aimed}; none acts on what is systemic: {names}."
    else:
        sentence = f"No change acts on what is systemic: {names}."
    yield may("W17", "", sentence, "What would keep the whole class of this from happening?", "Propose a change")


def check_lasting(case: Case) -> Iterator[ReviewFinding]:
    """W18: what is systemic and supported gets more than a patch."""
    only_patches = bool(case.plan) and all(_is_patch(case, each) for each in case.plan)
    for node in case.systemic:
        acting = case.acts_on(node)
        if not is_confirmed(node) or (not acting and not only_patches):
            continue
        if all(_is_patch(case, each) for each in acting):
            yield may(
                "W18",
                node.id,
                f"{quoted(node)} is systemic, and only patches are planned{'' if acting else ' so far'}.",
                "What lasts, after the patch? Until when is the patch enough?",
                "Add a lasting change",
            )


def check_strength(case: Case) -> Iterator[ReviewFinding]:
    """W19: not all changes are weak."""
    powers = [case.powers.get(each.id) for each in case.plan]
    if powers and all(power is Power.WEAK for power in powers):
        which = "The only change is weak" if len(powers) == 1 else f"All {len(powers)} changes are weak"
        yield may(
            "W19",
            "",
            f"{which}: documentation, training or a reminder holds as long as somebody remembers it.",
            "What would make it impossible, or happen by itself?",
            "Strengthen one",
        )


def check_coverage(case: Case) -> Iterator[ReviewFinding]:
    """W20: every way in which this can happen again is hit by a change, or accepted until a date. Setting the finding
    aside with a reason is that acceptance; its subject is the ids of the way, joined by "+"."""
    ways = {tuple(sorted(set(way), key=natural)) for way in case.uncovered or ()}
    ordered = sorted(ways, key=lambda way: (len(way), [natural(each) for each in way]))
    for way in ordered[:MOST_WAYS]:
        yield may(
            "W20",
            "+".join(way),
            f"One way this can happen again is hit by no change: {_in_words(case, way)}.",
            "Which change would cut it, or until when is the risk accepted?",
            "See it",
        )
    left = len(ordered) - MOST_WAYS
    if left > 0:
        yield may(
            "W20",
            "",
            f"{left} more {'ways are' if left > 1 else 'way is'} hit by no change.",
            "Which single change would cut most of them?",
            "See them",
        )


def _is_patch(case: Case, change: Change) -> bool:
    """Whether it is a patch with nothing lasting after it."""
    if change.horizon is not Horizon.PATCH:
        return False
    follow_up = change.follow_up.strip()
    if follow_up.lower().startswith(ACCEPTED):
        return False
    after = case.changes.get(follow_up)
    return after is None or after not in case.plan or after.horizon is Horizon.PATCH


def _aimed_at(case: Case) -> str:
    targets = {target for each in case.plan for target in each.targets if target in case.graph.nodes}
    named = [quoted(case.graph.nodes[target]) for target in sorted(targets, key=natural)]
    return ", ".join(named) if len(named) <= MOST_NAMED else ""


def _in_words(case: Case, way: tuple[str, ...]) -> str:
    named = []
    for each in way:
        plain = each.split("@", 1)[0]
        named.append(quoted(case.graph.nodes[plain]) if plain in case.graph.nodes else each)
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} together with {named[-1]}"
