"""One incident as its meeting sees it; days and names are invented."""

from __future__ import annotations

from datetime import UTC, datetime

from afteraction.engine.gates.matrix import Could, GateRow, Outcome, Reached
from afteraction.engine.meeting.content import Commit, Gap, MeetingFacts

FACTS = MeetingFacts(
    timeline_version=7,
    corrections=("16:20 was 16:02 in the log [E4].", "The second page went to the wrong rota [E9]."),
    numbers=("Impact lasted 74 min.", "3.1 % of checkouts failed.", "43 tickets, the first at 18:10."),
    users_first=True,
    unevidenced=("“Pool of 20 connections” leads to “Checkout answers 503”.",),
    challenges=tuple(f"“Cause {n}” leads to “Checkout answers 503”. What does a second source say?" for n in range(7)),
    alternatives=1,
    gates={
        "code_review": GateRow(
            id="code_review", title="Code review", seed="code_review", reached=Reached.YES, outcome=Outcome.PASSED,
            could=Could.PLAUSIBLY, record="2 approvals, 11 May 16:22", labels=("E7",), prefilled=True,
        ),
        "canary": GateRow(
            id="canary", title="Canary", seed="canary", reached=Reached.NO, outcome=Outcome.SKIPPED, could=Could.YES,
        ),
        "staging": GateRow(
            id="staging", title="Staging", seed="staging", reached=Reached.NOT_APPLICABLE,
            not_applicable_because="configuration is not staged",
        ),
        "load_test": GateRow(id="load_test", title="Load test", position=1),
    },
    gaps=(
        Gap(gate="Canary skipped", candidate="Deploy stops when the canary has no traffic", verdict="process change"),
        Gap(gate="Code review passed"),
    ),
    unclosed=("Code review passed",),
    coverage=("One way remains: the pool runs full while the canary is idle.",),
    signals=("Pool in use above 90 %: fires 11 min earlier, before impact: yes",),
    commits=(
        Commit(
            text="Deploy stops when the canary has no traffic", owner="pipeline engineer", accepted=True,
            due="2027-03-20", done_when=("the job fails without traffic",),
        ),
        Commit(text="Pool size is checked at start"),
    ),
    well=("The rollback took 4 min.",),
    lucky=("It was a Sunday.",),
    stations=("15:51 First page", "16:02 Failover of the cache", "16:40 Rollback"),
    seats=("owner: Kim", "facilitator: Zoe"),
    waivers=("F6 waived: facilitator was also scribe. A meeting of 2.",),
    comes_back=datetime(2027, 3, 4, 16, 0, tzinfo=UTC),
    group_meets=datetime(2027, 3, 5, 10, 0, tzinfo=UTC),
)  # fmt: skip
