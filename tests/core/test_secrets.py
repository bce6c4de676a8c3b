"""Secrets are hidden whichever words stand around them, and a first look for such words loses none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core import secrets
from afteraction.core.secrets import HIDDEN, without_secrets
from afteraction.formats.config_snapshot.redaction import without_secrets as without_secrets_in_settings
from tests.effort import examples
from tests.formats.test_every_reader import LONGEST_TIME

PIECES = st.sampled_from(
    ["Bearer ", "BASIC ", "baſic ", "Zm9vOmJhcmJhei1sb25n", "password", "PassWd", "pwd", "Secret", "tokens", "api_key",
     "API-Key", "apikey", "access_key", "aws_secret", "privatekey", "\u212aey", "api\u212aey", "credentials",
     "groupKey", "=", ": ", '"', "'", "hunter2hunter2", "null", " ", "\n", "https://", "user:pw@host",
     "ghp_" + "a" * 30, "AKIA" + "A1" * 8, "xoxb-1234567890", "eyJhbGciOi.eyJzdWIiOi.c2lnbg",
     "-----BEGIN PRIVATE KEY-----", "é"]
)  # fmt: skip


@settings(max_examples=examples(300))
@given(st.lists(PIECES, max_size=8).map("".join))
def test_the_first_look_changes_nothing(text):
    plain = secrets._SHAPES.sub(HIDDEN, text)
    plain = secrets._BEARER.sub(lambda m: f"{m[1]} {HIDDEN}", plain)
    plain = secrets._IN_URL.sub(lambda m: f"{m[1]}:{HIDDEN}@", plain)
    plain = secrets._ASSIGNED.sub(lambda m: m[1] + HIDDEN, plain)
    assert without_secrets(text) == plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("API_KEY=abc123def", f"API_KEY={HIDDEN}"),
        ('{"groupKey": "{}:{alertname=x}"}', '{"groupKey": "{}:{alertname=x}"}'),
        ("amqp://worker:hunter2@mq", f"amqp://worker:{HIDDEN}@mq"),
        ("Authorization: bearer abcdefghijkl", f"Authorization: bearer {HIDDEN}"),
    ],
)
def test_a_secret_is_hidden_and_its_name_stays(text, shown):
    assert without_secrets(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "-https://user:hunter2@host/", "x-x.y_https://user:hunter2@host/", "-password=hunter2",
        "." * 300 + "_token: hunter2", "a-" * 300 + "secret=hunter2", "(pwd=hunter2)",
        "eyJ" + "a-" * 900 + ".eyJodW50ZXIy.hunter2",
    ],
)  # fmt: skip
def test_what_stands_before_a_secret_saves_it_from_nothing(text):
    assert "hunter2" not in without_secrets(text)


LONG = ("x-", "x.", "--x", "eyJ-", "eyJaaaaaaaaa.-", "sk-", "a-b.", "://a", "password", '"', "x ", " ", "\n")


@pytest.mark.parametrize("hide", [without_secrets, without_secrets_in_settings])
@pytest.mark.parametrize("piece", LONG)
def test_a_long_word_takes_time_as_its_length(hide, piece):
    # What grows with the square took minutes: the bound is far from either.
    began = time.process_time()
    hide("password postgres://a:b@c/" + piece * (60_000 // len(piece)))
    assert time.process_time() - began < LONGEST_TIME
