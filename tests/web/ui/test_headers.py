"""What every answer tells the browser: nothing runs or loads here that is not ours."""

from __future__ import annotations

import html

import pytest

PAGE = "/incidents/INC-2041/"
HOSTILE = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)><b hx-get=/x hx-trigger=load>"


@pytest.fixture(params=["/", PAGE, PAGE + "report/", "/nowhere", "/accounts/login/", "/healthz", "/search?q=x"])
def answer(request, client, incident):
    return client.get(request.param)


def test_scripts_and_styles_come_from_here_and_stand_in_files(answer) -> None:
    rules = dict(each.split(" ", 1) for each in answer["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert rules["style-src"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_nobody_frames_sniffs_or_learns_our_addresses(answer) -> None:
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/", PAGE, PAGE + "report/", "/incidents/", "/search?q=checkout"])
def test_no_page_carries_a_script_or_a_style_of_its_own(client, incident, path) -> None:
    body = client.get(path).content.decode()
    assert "<style" not in body
    assert ' style="' not in body
    assert " onclick=" not in body
    assert body.count("<script") == 1


@pytest.mark.parametrize("path", ["/", PAGE, PAGE + "report/", PAGE + "evidence/", "/incidents/"])
def test_what_people_and_evidence_say_is_text(client, incident, path) -> None:
    incident.title = HOSTILE
    incident.save(update_fields=["title"])
    body = client.get(path).content.decode()
    assert HOSTILE not in body
    assert "<img src=x" not in body
    assert "hx-get=/x" not in body.replace(html.escape(HOSTILE), "")


def test_what_is_searched_for_is_text(client, incident) -> None:
    assert HOSTILE not in client.get("/search", {"q": HOSTILE}).content.decode()
