"""CloudTrail's writes are changes, what people do on machines are actions, and questions stay out of the timeline."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Change, ChangeKind, Event, EventKind, Lane, LogLine
from afteraction.formats.cloudtrail import reader as module
from afteraction.formats.cloudtrail.reader import READER
from tests.corpus import corpus
from tests.effort import examples
from tests.formats.originals import file, original, read, winner
from tests.formats.payloads import check_no_silence, read_corpus

SAMPLE = Path(module.__file__).parent / "sample" / "trail.json"
USER = {"type": "IAMUser", "userName": "ada", "arn": "arn:aws:iam::1:user/ada"}


def record(name: str = "UpdateService", source: str = "ecs", **more: object) -> dict[str, object]:
    return {"eventVersion": "1.08", "eventTime": "2026-05-12T14:02:11Z", "eventSource": f"{source}.amazonaws.com",
            "eventName": name, "awsRegion": "eu-west-1", "eventID": "e1", "eventType": "AwsApiCall", "readOnly": False,
            "managementEvent": True, "userIdentity": USER, "requestParameters": {}, **more}  # fmt: skip


def only(*args: str, **more: object) -> object:
    records, failures = read(READER, original({"Records": [record(*args, **more)]}))
    assert failures == [] and len(records) == 1
    return records[0]


def test_the_sample_is_a_deployment_an_action_and_a_refused_question():
    assert winner(file(SAMPLE)) == "cloudtrail"
    (deploy, act, line), failures = read(READER, file(SAMPLE))
    assert failures == [] and isinstance(deploy, Change) and isinstance(act, Event) and isinstance(line, LogLine)
    assert (deploy.kind, deploy.service, deploy.state) == (ChangeKind.DEPLOYMENT, "ledger", "success")
    assert deploy.instant.utc == datetime(2026, 5, 12, 14, 2, 11, tzinfo=UTC) and deploy.instant.tz_known
    assert (act.kind, act.lane, act.actor.name) == (EventKind.ACTION, Lane.CHANGES, "ada@example.test")
    assert (line.level, line.logger) == ("error", "cloudtrail.ec2") and "Request limit exceeded" in line.message


@pytest.mark.parametrize(
    ("name", "source", "kind"),
    [
        ("UpdateService", "ecs", ChangeKind.DEPLOYMENT),
        ("UpdateFunctionCode20150331v2", "lambda", ChangeKind.DEPLOYMENT),
        ("UpdateFunctionConfiguration20150331v2", "lambda", ChangeKind.CONFIG),
        ("PutParameter", "ssm", ChangeKind.CONFIG),
        ("UpdateAssumeRolePolicy", "iam", ChangeKind.CONFIG),
        ("UpdateFeature", "evidently", ChangeKind.FLAG),
        ("RollbackStack", "cloudformation", ChangeKind.ROLLBACK),
        ("ModifyDBInstance", "rds", ChangeKind.INFRASTRUCTURE),
        ("DeleteSecurityGroup", "ec2", ChangeKind.INFRASTRUCTURE),
    ],
)
def test_a_write_is_a_change_of_the_kind_its_name_tells(name, source, kind):
    found = only(name, source)
    assert isinstance(found, Change) and found.kind is kind and found.fingerprint == "cloudtrail:e1"


def test_a_refused_write_is_a_change_that_failed():
    found = only(errorCode="AccessDenied")
    assert found.state == "failure" and "refused: AccessDenied" in found.title


@pytest.mark.parametrize(
    ("name", "source", "more"),
    [
        ("DescribeInstances", "ec2", {"readOnly": True}),
        ("GetFederationToken", "sts", {}),
        ("PutObject", "s3", {"managementEvent": False}),
        ("CreateLogStream", "logs", {}),
        ("ListBuckets", "s3", {"readOnly": None}),
    ],
)
def test_what_changes_nothing_that_runs_is_a_line_of_a_log(name, source, more):
    assert isinstance(only(name, source, **more), LogLine)


def test_older_records_do_not_say_whether_they_only_ask():
    old = record("ModifyDBInstance", "rds")
    del old["readOnly"], old["managementEvent"]
    (found,), _ = read(READER, original([old]))
    assert isinstance(found, Change)


@pytest.mark.parametrize(
    ("identity", "more", "name", "is_bot"),
    [
        (USER, {}, "ada", False),
        ({**USER, "userName": "terraform-ci"}, {}, "terraform-ci", True),
        (USER, {"userAgent": "HashiCorp Terraform/1.8"}, "ada", True),
        ({"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/web/i-0abc"}, {}, "i-0abc", True),
        (
            {"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/web/ada"},
            {"sessionCredentialFromConsole": "true"},
            "ada",
            False,
        ),
        ({"type": "AWSService", "invokedBy": "autoscaling.amazonaws.com"}, {}, "autoscaling.amazonaws.com", True),
        ({"type": "Root", "arn": "arn:aws:iam::1:root"}, {}, "root", False),
    ],
)
def test_who_called_is_a_person_only_where_something_speaks_for_one(identity, more, name, is_bot):
    actor = only(userIdentity=identity, **more).actor
    assert (actor.name, actor.is_bot) == (name, is_bot)


def test_a_record_is_found_in_every_packing():
    one = record()
    listed = {
        "EventId": "e1",
        "EventName": "UpdateService",
        "EventTime": 1778594531.0,
        "CloudTrailEvent": json.dumps(one),
    }
    for packed in (one, [one], {"Records": [one]}, {"Events": [listed]},
                   {"detail-type": "AWS API Call via CloudTrail", "source": "aws.ecs", "detail": one}):  # fmt: skip
        assert winner(original(packed)) == "cloudtrail"
        (found,), failures = read(READER, original(packed))
        assert failures == [] and found.instant.utc.second == 11


def test_an_insight_is_a_signal_and_its_end_a_note():
    inside = {
        "eventName": "RunInstances",
        "insightType": "ApiErrorRateInsight",
        "state": "Start",
        "insightContext": {"statistics": {"baseline": {"average": 0.1}, "insight": {"average": 12.5}}},
    }
    found = only(eventType="AwsCloudTrailInsight", insightDetails=inside)
    assert found.kind is EventKind.SIGNAL and found.body == "12.5 a minute instead of 0.1"
    assert only(eventType="AwsCloudTrailInsight", insightDetails={**inside, "state": "End"}).kind is EventKind.NOTE


def test_parameters_and_answers_are_not_taken_over():
    secret = {"credentials": {"sessionToken": "IQoJb3JpZ2lu"}}
    found = only(requestParameters={"functionName": "ledger", "password": "hunter2"}, responseElements=secret)
    assert "hunter2" not in repr(found) and "IQoJb3JpZ2lu" not in repr(found.attributes)


@pytest.mark.parametrize("value", [None, True, "soon", "2026-13-05T00:00:00Z", "2026-05-12T14:02:11", []])
def test_an_unreadable_time_is_listed_with_its_place_and_the_rest_is_kept(value):
    records, failures = read(READER, original({"Records": [record(eventTime=value), record()]}))
    assert len(records) == 1 and "/Records/0/eventTime" in str(failures[0]) and failures[0].next_step


def test_a_trail_cut_short_keeps_the_records_before_the_cut():
    text = json.dumps({"Records": [record()] * 3}, indent=1)
    records, failures = read(READER, original(text[: text.rindex("eventName")]))
    assert len(records) == 2 and len(failures) == 1 and "cut short" in str(failures[0])


def test_every_real_record_is_read_once():
    found = read_corpus(READER, "cloudtrail", "cloudtrail/*.json")
    for name, (records, failures) in found.items():
        stated = json.loads(corpus(f"payloads/open/cloudtrail/{name}").read_text())
        assert failures == [] and len(records) == len(stated)
        asked = sum(one["readOnly"] or one["eventSource"].startswith("sts.") for one in stated)
        assert sum(isinstance(one, LogLine) for one in records) == asked


@settings(max_examples=examples(40), deadline=None)
@given(st.data())
def test_nothing_raises_and_nothing_is_dropped(data):
    check_no_silence(READER, data, [record(), {"Records": [record("StartSession", "ssm")]}, record("GetRole", "iam")])
