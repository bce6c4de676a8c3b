"""From a pager's own words to the figures of a response: who was told, who took it on, and what was done first."""

from pathlib import Path

import pytest

from afteraction.core.reading import ReadOptions
from afteraction.formats.pagerduty import reader
from afteraction.pipeline.analyze import Request, analyze
from afteraction.pipeline.report.document import to_json
from afteraction.stores.evidence import EvidenceStore

SAMPLES = Path(reader.__file__).parent / "sample"


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    request = Request(paths=[SAMPLES], options=ReadOptions(collected_at="2026-05-14T08:00:00Z"))
    return to_json(analyze(request, EvidenceStore(tmp_path_factory.mktemp("store"))))


def test_webhooks_log_and_api_tell_one_opening_one_acknowledgement_and_one_end(document):
    titles = [event["title"] for event in document["events"]]
    for title in ("The ledger has no free connection", "Acknowledged: The ledger has no free connection",
                  "Resolved: The ledger has no free connection"):  # fmt: skip
        assert titles.count(title) == 1


def test_the_time_to_acknowledge_ends_at_the_person_and_not_at_a_notification(document):
    assert document["metrics"]["M03"]["value"] == 209


def test_an_acknowledgement_is_not_yet_an_action(document):
    assert document["metrics"]["M04"]["value"] == 28 * 60 - 2
    assert document["milestones"]["t_first_action"][0]["value"].startswith("2026-05-12T14:40")


def test_steps_of_the_pager_are_no_detections(document):
    assert len(document["detections"]) == 1


def test_the_change_that_the_pager_related_is_a_candidate_for_the_trigger(document):
    assert document["milestones"]["t_trigger"][0]["value"] == "2026-05-12T14:02:11Z"
