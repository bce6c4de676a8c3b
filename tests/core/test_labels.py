"""Labels tell service, environment and fingerprint."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from afteraction.core.labels import alert_facts, alert_title, as_labels, environment_of, fingerprint_of, service_of

LABELS = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=5)


def test_the_most_telling_label_wins():
    assert service_of({"job": "scrape", "service": "checkout"}) == "checkout"
    assert service_of({"job": "scrape", "service": ""}) == "scrape"
    assert environment_of({"env": "production"}) == "production" and environment_of({}) == ""


def test_the_fingerprint_is_the_one_that_alertmanager_shows():
    # Computed by Alertmanager 0.25 for an alert of ours.
    labels = {"alertname": "TargetDown", "cluster": "demo-eu1", "instance": "127.0.0.1:18080", "job": "checkout"}
    assert fingerprint_of({**labels, "severity": "warning"}) == "5de0897730c5cd2b"


@given(LABELS)
def test_the_order_of_labels_changes_no_fingerprint(labels):
    assert fingerprint_of(labels) == fingerprint_of(dict(reversed(labels.items())))


@given(LABELS, st.text(min_size=1, max_size=5), st.text(max_size=5))
def test_another_label_is_another_fingerprint(labels, name, value):
    assert labels.get(name) == value or fingerprint_of(labels) != fingerprint_of({**labels, name: value})


def test_facts_hold_only_what_is_there():
    assert alert_title({"alertname": "Full"}, {}) == "Full" and alert_title({}, {"summary": "x"}) == "alert: x"
    assert alert_facts({"severity": "page"}, {"runbook_url": "r"}, url=None, status="firing") == {
        "severity": "page",
        "runbook": "r",
        "status": "firing",
        "label.severity": "page",
    }
    assert as_labels({"a": 1, "b": None, "c": [1], "d": True}) == {"a": "1", "d": "True"} and as_labels([]) == {}
