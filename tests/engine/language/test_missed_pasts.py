"""Judged decisions and missed catches by construction, with what looks like them and is neither."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

DECISIONS = """
The cutover ought to have been postponed until the auditors were back.
Procurement needn't have waited for three quotes.
The dispatch desk should have been told before the radios were switched.
Had the lab been warned on Tuesday, the samples could have been moved.
Pausing the import at 09:00 would have been the right move.
With a little more patience, the second reboot could have been spared.
Ideally the certificate would have been renewed in March.
The bridge was opened at noon when it should have been opened at nine.
The double billing could have been avoided by stopping the worker first.
Rather than restart all brokers, one should have taken them one at a time.
It was a mistake to run both migrations in one night.
The decision to fail over came too late.
The maintenance was supposed to be announced a week ahead; it wasn't.
A call to the carrier would have sufficed.
Nobody should have been working on the primary at that hour.
If they had rolled the release out to one shop first, ninety-nine shops would have stayed open.
The vendor needed to have been involved from day one.
We were too slow to declare; thirty minutes earlier would have saved the batch.
Waiting for the morning shift would have been wiser.
The tender should never have been cancelled without asking the plant.
They could just as well have used the replica.
The warehouse might at least have been informed by phone.
There should have been a handover in writing.
It would have made more sense to drain the queue first.
The old key should have been kept for another week.
Switching off the sync was the wrong decision.
The rollback should have begun as soon as the first complaint arrived.
More could have been done to warn the branches.
Someone ought to have asked why the disk was full.
Had management funded the second link, the village would not have been cut off.
Leadership should have said no.
I believe the freeze should have been extended.
Was it really necessary to reboot everything at once? A rolling restart would have done.
The patch should have gone to the test centre before it went to the trains.
A better approach would have been to copy the rows in batches.
The escalation must have been made at 14:00, but was made at 17:30.
Only by cutting power at once could the pump have been saved.
Earlier communication with the schools would have helped parents plan.
The permit should not have been issued.
"""

CATCHES = """
Our end-to-end tests should have covered the guest checkout.
A contract test between the two services would have.
Had there been a synthetic check on the login page, we would have known within a minute.
The linter ought to have complained about the unused import.
A canary at one per cent would have shown the crash loop.
Staging could have revealed the missing index if it held as many rows.
No alert exists for the age of the newest backup.
The disk alarm stayed silent.
Code review did not catch the swapped arguments.
There was no test for leap years.
Nothing in the pipeline checks the size of the bundle.
With a type checker in the build this would never have compiled.
The alert was muted, so nobody was told.
A gradual rollout would have limited it to one store.
A second pair of eyes on the SQL would have picked it up.
The error-rate SLO should have burned and paged.
Monitoring only looks at the front door, which is why the back office went dark for six hours unseen.
If the staging data had contained umlauts, the test would have gone red.
The dry run should have flagged 40,000 deletions.
The threshold was set so high that it did not fire.
Load tests never went past 200 users.
The reconciliation job would have noticed the missing cents had it been running.
Unit tests passed, because they mock the clock.
Better alerting would have cut the time to detect by half.
"""

NEITHER = """
An attacker could have read the session table during that window.
Some users may have seen each other's baskets.
Had the disk failed as well, we would have lost the ledger.
The pod should have been rescheduled within 30 seconds.
The client should have retried with backoff, but the library swallows 503s.
Restoring from tape would have taken 40 minutes longer.
The file could have been written by any of three jobs.
Every service should have an owner.
The proxy should have returned a 502 and returned a 200 instead.
A larger instance would have cost 900 euro a month.
The leader should have been re-elected after the lease expired.
It may have been the firmware, we do not know yet.
Customers who should have received the letter on Monday received it on Thursday.
What should have been a two-minute restart took two hours.
No other region would have been affected.
We considered Kafka, which would have given us replay but needs a team to run it.
Orders that would have gone to Leeds went to Hull.
The backup must have been written before 02:00, since its checksum matches.
If the second feed fails, the site would have to run on batteries.
At full load the queue would have reached its limit at 16:00.
The invoices should have totalled 4,110 euro; they totalled 4,101.
We could not have reached the site before noon because the road was closed.
The record was supposed to hold the tenant but held null.
By then all sessions would have expired anyway.
Owners should have their runbooks reviewed every quarter.
The cache should have been empty at that point, and the graph shows that it was not.
The transfer would have been rejected by the other bank in any case.
It would have been 03:00 in Tokyo.
The new release must have been installed by Friday to stay in support.
The canary caught it at one per cent and rolled itself back.
The alert fired at 10:02 and paged the on-call.
We will add a test for leap years.
Staging runs the same image as production.
There was no data loss.
The check takes 30 seconds.
A test account was used to verify the fix.
Monitoring showed 4 % errors from 11:10 on.
The review took place on Thursday with both teams.
The alert should fire within two minutes; in the drill it fired after 70 seconds.
No alert was needed since the job retried by itself.
Our tests passed after the fix.
The pipeline should reject unsigned images from June on.
If an alert does not fire, page the duty manager by phone.
The health check did not cause the restart.
"""


def told_of(sentence: str) -> set[str]:
    return {found.category for found in check_text(sentence)} & {"COUNTERFACTUAL", "GATE"}


@pytest.mark.parametrize("sentence", DECISIONS.strip().splitlines())
def test_a_decision_judged_afterwards_is_found_in_any_construction(sentence: str) -> None:
    assert told_of(sentence) == {"COUNTERFACTUAL"}


@pytest.mark.parametrize("sentence", CATCHES.strip().splitlines())
def test_a_gate_that_saw_nothing_is_found_in_any_construction(sentence: str) -> None:
    assert told_of(sentence) == {"GATE"}


@pytest.mark.parametrize("sentence", NEITHER.strip().splitlines())
def test_expectations_impacts_prices_and_gates_that_worked_are_left_alone(sentence: str) -> None:
    assert told_of(sentence) == set()
