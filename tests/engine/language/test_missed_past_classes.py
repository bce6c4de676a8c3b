"""Another past held against people, and gates that saw nothing, by construction; and what only looks like them."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text

HELD_AGAINST = """
We should have drained the pool before lunch.
The vendor ought to have told us of the recall.
Somebody should have walked down to the plant room.
The pump should have been isolated first.
The school board should have closed the portal for the weekend.
Parents should have been told on Monday, not on Thursday.
Had the night crew opened the second valve, the basement would have stayed dry.
If the ferry had been held for ten minutes, nobody would have been left on the quay.
A slower rollout would have kept the clinics out of it.
A more careful migration would have spared the tenants the second outage.
We'd have been better off leaving the old switch in place.
The sensible thing would have been to stop at ten percent.
The right call was to shut the feed; instead it was left running until six.
It was wrong to restart both brokers at once.
It was a mistake to move the date.
It would have been prudent to keep the old key for a week.
We could have phoned the depot instead of waiting for the form.
She could have asked for a second pair of eyes.
They might at least have posted a notice on the door.
The export was supposed to be run on Friday but nobody ran it.
The announcement needed to go out before the switch, and it did not.
In an ideal world we would have rehearsed the restore twice.
Not waiting for the second quote turned out to be expensive; we should not have signed.
Regrettably, no one called the duty manager, which would have saved an hour.
Waiting for daylight would have been the safer course.
One phone call would have been enough.
We regret not having paused the campaign.
In hindsight we should have split the file.
With hindsight, the batch ought to have been smaller.
The council could and should have warned the residents.
It would not have cost much to keep the spare.
The tickets should never have been merged.
This ought not to have been left to the trainee.
The bank needn't have frozen all accounts.
If only the label had been printed larger.
They should've rung the manufacturer.
Twenty minutes of reading the changelog would have spared us this.
Another week of testing would have been wise.
The failover came far too late.
Management would have done well to listen to the operators.
A reasonable response would have been to close the gates.
The proper procedure would have been to revoke the certificate.
Communication with the shops could have been better.
We could have handled the handover better.
The decision to skip the pilot proved costly and should not have been made.
I would have preferred a rollback at that point.
We were too slow to escalate.
The escalation happened an hour later than it should have.
More people ought to have been involved earlier.
The upgrade could have waited until the holidays.
There was no need to reboot the controller.
Nobody should have had write access to that bucket.
Perhaps the better option was to wait.
The dam operator should not have opened the gates before the downstream villages were informed.
Earlier notice to the pharmacies would have avoided the queue.
This could all have been avoided if the contract had been renewed in time.
"""

NOT_HELD_AGAINST = """
The cache should have been refilled within five minutes.
Without the second link the outage would have been worse.
Up to 40 patients could have been affected.
The attacker would have needed a valid session.
Services should expose a health endpoint.
The queue should have drained by itself once the consumers were back.
It could have been a hardware fault, so we ran the vendor's diagnosis.
We do not know whether the packet would have arrived.
The load balancer should have taken the node out, and it did so after 30 s.
The old design would have needed two more servers.
A restore from tape would have taken nine hours.
Customers who opened the page before 09:00 would have seen the old price.
The message could have been lost at three places: the gateway, the broker and the consumer.
If the disk had failed during the rebuild, we would have lost the array.
The invoice may have been sent twice.
We asked how long the job should have run.
The rollout stops when the canary has no traffic.
The pod should have been rescheduled to another zone.
That would have been true for the old version as well.
The operator must have seen the same screen that we see now.
No one could have known that the sensor was mislabelled.
The alert should fire when the queue is older than 10 minutes.
The sum should have been 4,112, and the report says 4,211.
If the train had been on time, the connection would have been missed all the same.
A fresh install would have had the new default.
The value would have been rounded to zero.
"""

SAW_NOTHING = """
There was no alert for a full spool directory.
No one had written a test for negative amounts.
The canary only covered the web tier.
Our monitors look at the average, which hid the slow third.
The review did not look at the generated file.
The alarm never went off.
The alarm was muted since the storm.
The change slipped past two reviewers.
It went unnoticed for three weeks because no dashboard shows retries.
A blind spot in our monitoring hid the leak.
Staging has no multi-byte names, so the bug did not show there.
A lint rule for open ports would have refused the change.
The health check returned 200 throughout.
CI was green although the module did not even load.
The smoke test passed because it only calls the start page.
An end-to-end test of the refund path would have caught it.
The watchdog was disabled during the works.
This could have been caught by a dry run.
Nothing alerts when the feed is late.
We found out from a customer's call, as the probe does not cover Iceland.
The rate limiter was meant to stop such bursts, but it counts per node.
A second signature would have stopped the payment.
The validation step let the empty list pass.
The schema check did not run on that branch.
The pre-flight check would have failed, but it was skipped.
The integration tests use a mock that never times out.
The confirmation dialog does not show the name of the cluster.
Monitoring would have shown it earlier, had it existed.
The error rate stayed below the threshold of the alert.
Our alerting did not distinguish a slow feed from a dead one.
The sensor that would have detected the leak had been removed.
The regression suite does not contain a leap day.
Peer review approved the query without noticing the missing join.
The four-eyes check was bypassed.
We had no way to see that the queue had stopped.
The fire drill had never included the annex.
"""

WORKED = """
The smoke test found no errors after the rollback.
The alert fired at 02:04 and paged the on-call.
The canary stopped the rollout.
We will add a test for negative amounts.
The load test showed that 200 connections are enough.
The health check passed after the restart.
No alert was needed, since the team was watching.
The review was approved by two people and merged at 14:00.
The dashboard was moved to the new cluster.
Monitoring showed a rise in latency at 10:12.
The limit was raised to 500 at 11:00.
The check failed because the certificate had expired.
The validator rejected 40 rows, as it should.
The test environment was not affected.
The alert was acknowledged within a minute.
The build passed all tests and was deployed at 12:10.
The test suite takes nine minutes.
The sensor was replaced on Tuesday.
"""


def told_of(sentence: str) -> set[str]:
    return {found.category for found in check_text(sentence)}


@pytest.mark.parametrize("sentence", HELD_AGAINST.strip().splitlines())
def test_a_past_that_people_did_not_choose_is_found(sentence: str) -> None:
    assert "COUNTERFACTUAL" in told_of(sentence)


@pytest.mark.parametrize("sentence", NOT_HELD_AGAINST.strip().splitlines())
def test_what_was_expected_of_a_system_or_only_possible_is_left_alone(sentence: str) -> None:
    assert "COUNTERFACTUAL" not in told_of(sentence)


@pytest.mark.parametrize("sentence", SAW_NOTHING.strip().splitlines())
def test_a_gate_that_saw_nothing_is_found(sentence: str) -> None:
    assert "GATE" in told_of(sentence)


@pytest.mark.parametrize("sentence", WORKED.strip().splitlines())
def test_a_gate_that_worked_is_left_alone(sentence: str) -> None:
    assert told_of(sentence) == set()
