"""Decisions held against people afterwards, missed catches for the gate matrix, and the pasts that are neither."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text


def past_of(sentence: str) -> str:
    return next((each.rule for each in check_text(sentence) if each.rule in ("L2", "L2g")), "")


DECISIONS = """
Should have scaled down one shard first, not all of them.
The steering committee ought to have refused the request.
The team might have been better advised to wait for the second snapshot.
We shoulda waited for the night window.
One would have had to stop the export at nine.
Had the quota been kept at 20, this would not have happened.
If we had rolled back at once, the outage would have been shorter.
If only we had tested the restore.
This outage was entirely preventable.
He should have used the dry run flag.
A slower rollout would have been the right call.
We could've kept the old nodes for another day.
The limit ought to have been set by us years ago.
It would have been wiser to wait.
The upgrade should have waited until Monday.
It was a mistake to deploy on a Friday.
If the flag had been off, nothing would have happened.
Had anyone looked at the queue, the outage would have ended sooner.
The key should have been rotated in May.
"""
CATCHES = """
A lint rule would have rejected the pattern.
Boundary tests would have revealed the overflow.
The weekly audit ought to have picked this up.
There ought to have been a check on the size of the file.
Secret scanning would have blocked the commit.
A dry run would have shown us the tables in the list.
An admission policy that requires two replicas would have refused the chart.
We'd have known on Monday if backups were verified.
Earlier detection could have been achieved by watching the file count.
A contract test between both services would have failed on this change.
The restore could have been quicker.
We should have seen the drift on Tuesday.
"""
NEITHER = """
This would have hit Europe too, but Europe was pinned to the old build.
Had the partition lasted longer, the ledger would also have been affected.
Had the disk filled completely, the primary would have stopped accepting writes.
Without the snapshot, 14 TB would have been lost.
An attacker could have escalated to domain admin.
The consumer should have retried with backoff but gave up after one attempt.
The shop should have shown the fallback page, but the proxy had cached the old one.
The jobs should have been migrated by the scheduler.
The alarm should have sounded within 3 s; it took 2.1 s.
Expired entries should be evicted within five minutes.
The team could have lost the data.
There was nothing we could have done.
Nobody noticed any impact.
The error rate would have been higher without retries.
If the webhook had been in ignore mode, unsigned images would have been admitted.
The customers should have received a correction by June.
"""


def lines(text: str) -> list[str]:
    return text.strip().split("\n")


@pytest.mark.parametrize("sentence", lines(DECISIONS))
def test_a_decision_held_against_people_afterwards_is_found(sentence: str) -> None:
    assert past_of(sentence) == "L2"


@pytest.mark.parametrize("sentence", lines(CATCHES))
def test_a_missed_catch_is_for_the_gate_matrix(sentence: str) -> None:
    assert past_of(sentence) == "L2g"


@pytest.mark.parametrize("sentence", lines(NEITHER))
def test_what_was_expected_or_might_have_been_worse_is_left_alone(sentence: str) -> None:
    assert past_of(sentence) == ""
