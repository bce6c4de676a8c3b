"""What Zipkin's exports become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction import formats
from afteraction.core.records import LogLine, Span
from afteraction.formats.zipkin.reader import READER
from tests.effort import examples
from tests.formats.mutations import mutated
from tests.formats.originals import original, read, winner, without

TRACES = json.loads((Path(formats.__file__).parent / "zipkin" / "sample.json").read_text())
CLIENT, SERVER, LOCAL = TRACES[0]


def spans(value: Any) -> list[Span]:
    found, failures = read(READER, original(value))
    assert failures == []
    return [one for one in found if isinstance(one, Span)]


def test_spans_keep_service_kind_time_and_failure():
    client, server, local = spans(TRACES)
    assert client.instant.utc.isoformat() == "2026-05-12T14:02:11+00:00" and client.instant.flags == ()
    assert (client.service, client.kind, client.duration_ms, client.is_error) == ("web-shop", "client", 1503.25, True)
    assert client.attributes["peer.service"] == "payments-api"
    assert client.attributes["peer.address"] == "10.0.0.7:8080"
    assert (server.kind, server.is_error) == ("server", False) and local.kind == ""


def test_the_two_halves_of_a_shared_span_become_parent_and_child():
    client, server, local = spans(TRACES)
    assert (client.span_id, client.parent_id) == ("eee19b7ec3c1b174", "")
    assert (server.span_id, server.parent_id) == ("eee19b7ec3c1b174:server", "eee19b7ec3c1b174")
    assert local.parent_id == server.span_id


def test_a_shared_span_whose_other_half_is_missing_keeps_its_ids():
    server, local = spans([SERVER, LOCAL])
    assert (server.span_id, server.parent_id) == ("eee19b7ec3c1b174", "")
    assert local.parent_id == "eee19b7ec3c1b174"


def test_the_order_of_the_halves_does_not_matter():
    ids = {(one.service, one.span_id, one.parent_id) for one in spans(TRACES)}
    assert {(one.service, one.span_id, one.parent_id) for one in spans([LOCAL, SERVER, CLIENT])} == ids


def test_an_annotation_is_a_line_of_its_trace():
    (line,) = [one for one in read(READER, original(TRACES))[0] if isinstance(one, LogLine)]
    assert (line.message, line.service) == ("pool timeout", "payments-api")
    assert line.trace_id == "5b8efff798038103d269b633813fc60c"


@pytest.mark.parametrize("form", ["list", "lines", "one"])
def test_lists_lines_and_a_single_span_are_read(form):
    value = {"list": TRACES[0], "lines": "\n".join(map(json.dumps, TRACES[0])), "one": CLIENT}[form]
    assert winner(original(value)) == "zipkin"
    assert len(spans(value)) == (1 if form == "one" else 3)


def test_a_tag_error_is_a_failure_whatever_it_says():
    (span,) = spans([{**LOCAL, "tags": {"error": ""}}])
    assert span.is_error
    assert not spans([{**LOCAL, "tags": {"error": "false"}}])[0].is_error


def test_a_span_without_a_duration_is_kept_and_named_and_one_without_a_time_is_refused():
    found, failures = read(READER, original([without(LOCAL, "duration"), without(CLIENT, "timestamp")]))
    assert [one.duration_ms for one in found] == [0.0]
    assert [failure.lost for failure in failures] == [0, 1]
    assert str(failures[1].locator).endswith("/1/timestamp")


@settings(max_examples=examples(40), deadline=None)
@given(data=st.data())
def test_no_wrong_value_makes_it_raise(data):
    read(READER, original(data.draw(mutated([TRACES, TRACES[0], CLIENT]))))


@settings(max_examples=examples(25), deadline=None)
@given(st.lists(st.sampled_from([1, None, "span", {"id": "1"}, CLIENT, LOCAL]), max_size=8))
def test_every_span_is_a_record_or_a_failure(listed):
    found, failures = read(READER, original(listed))
    assert len(found) + sum(failure.lost for failure in failures) == len(listed)
