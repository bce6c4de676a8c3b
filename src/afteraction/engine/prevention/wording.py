"""What the words of a change leave open, as findings of a review (SPEC §5.2, R087), and what of it a commit waits for.

Knows which rules a commit waits for, and how many hints one reads at a time. Refuses to judge a sentence itself: the
action rules do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from afteraction.engine.language.actions.checking import check_action
from afteraction.engine.language.actions.owners import Standing
from afteraction.engine.language.findings import LanguageFinding
from afteraction.engine.prevention.changes import Change, ChangeState
from afteraction.engine.prevention.plan import live_changes, shortened
from afteraction.engine.review.document import Dismissal
from afteraction.engine.review.findings import ReviewFinding, Severity, open_findings

# "!" rules of the sentence. Owner and date have fields, and a commit asks for those anyway (R136, R155).
COMMIT_WAITS_FOR = frozenset({"A1", "A2", "A4", "S1"})
# Said by other rules of the plan already, of the same date, owner or definition of done.
_SAID_ELSEWHERE = frozenset({"D1", "D2", "D3", "O1", "S5", "A6"})
AT_A_TIME = 2
# Reads an action: `check_action`, or that by the rules that a team has on.
CheckAction = Callable[..., tuple[LanguageFinding, ...]]
_EARLY = (ChangeState.PROVISIONAL, ChangeState.PROPOSED)


def wording_findings(
    changes: Mapping[str, Change],
    *,
    standings: Mapping[str, Standing] | None = None,
    check: CheckAction = check_action,
) -> tuple[ReviewFinding, ...]:
    """Every point of the words and owners of the changes that nobody has done yet, by change. `standings` is what is
    known of the owner, by change. Each is a suggestion: only a commit waits for some of them."""
    known = standings or {}
    return tuple(
        found
        for change in live_changes(changes)
        if change.state in (*_EARLY, ChangeState.COMMITTED, ChangeState.ACCEPTED)
        for found in _of_change(change, known.get(change.id), check)
    )  # fmt: skip


def commit_objections(
    change: Change, dismissals: Mapping[str, Dismissal], *, check: CheckAction = check_action
) -> tuple[ReviewFinding, ...]:
    """What in the words of a change a commit waits for, without what somebody set aside with a reason."""
    found = [each for each in _of_change(change, None, check) if each.code in COMMIT_WAITS_FOR]
    return open_findings(found, dismissals)


def hints(found: Iterable[LanguageFinding]) -> tuple[LanguageFinding, ...]:
    """The findings of one field that are shown at a time, the most needed first."""
    return each_once(found)[:AT_A_TIME]


def each_once(found: Iterable[LanguageFinding]) -> tuple[LanguageFinding, ...]:
    """The findings of one field in their order, one for each rule."""
    seen: dict[str, LanguageFinding] = {}
    for each in found:
        # What is vague also names nothing: one question is enough.
        if not (each.rule == "S1" and "A2" in seen):
            seen.setdefault(each.rule, each)
    return tuple(seen.values())


def _of_change(change: Change, standing: Standing | None, check: CheckAction) -> Iterator[ReviewFinding]:
    for each in check(change.text, owner=None, standing=standing):
        if each.rule in _SAID_ELSEWHERE:
            continue
        yield ReviewFinding(
            code=each.rule, subject=change.id, severity=Severity.MAY,
            sentence=f"“{shortened(change.text)}”: {each.message[:1].lower()}{each.message[1:]}",
            question=each.question, next_step="Reword it", suggestion=each.suggestion,
        )  # fmt: skip
