"""Links: what is said of them, where a copy may come from, and that nothing else is ever asked."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from afteraction.sources.link import NotFetched, Rules, fetch, is_dead
from afteraction.web.evidence.actions import Described, Refused, add_link
from afteraction.web.evidence.models import EvidenceFile, Link
from afteraction.web.incidents.models import Incident

HERE = "/incidents/INC-7/evidence/"


class Place(http.server.BaseHTTPRequestHandler):
    """A place on this machine that answers as its path says, and remembers who asked."""

    asked: list[tuple[str, str]] = []

    def do_GET(self) -> None:
        Place.asked.append((self.headers["Host"], self.path))
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        status = int(self.path[1:]) if self.path[1:].isdigit() else 200
        body = b"x" * 5000 if self.path == "/large" else b"a dashboard"
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def place() -> Iterator[str]:
    """The address of such a place under the name `graphs.example`."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Place)
    Place.asked = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://graphs.example:{server.server_port}"
    server.shutdown()
    server.server_close()


def told(*hosts: str, private: tuple[str, ...] = (), **more) -> Rules:
    """Rules under which every name leads to this machine."""
    return Rules(hosts=hosts, private=private, resolve=lambda _host, _port: ["127.0.0.1"], **more)


OPEN = {"private": ("graphs.example",)}


def test_what_a_named_host_shows_is_fetched_under_its_own_name(place: str) -> None:
    found = fetch(f"{place}/d/1?from=0", told("graphs.example", **OPEN))
    assert (found.status, found.body, found.media_type) == (200, b"a dashboard", "text/plain")
    assert Place.asked == [(place.removeprefix("http://"), "/d/1?from=0")]


@pytest.mark.parametrize("host", ["other.example", "graphs.example.evil.test", "evilgraphs.example", "example"])
def test_a_host_that_was_not_named_is_never_asked(place: str, host: str) -> None:
    with pytest.raises(NotFetched, match="not among the hosts"):
        fetch(place.replace("graphs.example", host), told("graphs.example", private=(host,)))
    assert Place.asked == []


def test_a_named_host_that_leads_inside_is_not_asked(place: str) -> None:
    with pytest.raises(NotFetched, match="private network"):
        fetch(place, told("graphs.example"))
    assert Place.asked == []


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "not an address",
     "255.255.255.255"],
)  # fmt: skip
def test_every_address_that_is_not_public_is_refused(address: str) -> None:
    with pytest.raises(NotFetched, match="private network"):
        fetch("http://a.example/", Rules(hosts=["a.example"], resolve=lambda *_: ["93.184.216.34", address]))


def test_the_address_that_was_checked_is_the_one_that_is_asked(place: str) -> None:
    answers = [["127.0.0.1"], ["192.0.2.1"]]
    rules = Rules(hosts=["graphs.example"], private=["graphs.example"], resolve=lambda *_: answers.pop(0))
    assert fetch(place, rules).body == b"a dashboard"
    assert answers == [["192.0.2.1"]]


def test_a_redirect_is_checked_like_a_link(place: str) -> None:
    rules = told("graphs.example", **OPEN)
    assert fetch(f"{place}/to/{place}/here", rules).body == b"a dashboard"
    with pytest.raises(NotFetched, match="not among the hosts"):
        fetch(f"{place}/to/http://169.254.169.254/latest/meta-data/", rules)
    with pytest.raises(NotFetched, match="https:// or http://"):
        fetch(f"{place}/to/file:///etc/passwd", rules)
    with pytest.raises(NotFetched, match="redirects more than"):
        fetch(f"{place}/to//to/" + "/to/" * 12, rules)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://graphs.example/", "http://", "http://u:p@graphs.example/", "http://[::1",
            "x"],
)  # fmt: skip
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(NotFetched):
        fetch(url, told("graphs.example", **OPEN))


def test_what_is_too_large_is_refused(place: str) -> None:
    with pytest.raises(NotFetched, match="more than"):
        fetch(f"{place}/large", told("graphs.example", **OPEN, most_bytes=1000))


@pytest.mark.parametrize(("path", "dead"), [("/404", True), ("/410", True), ("/ok", False)])
def test_a_link_is_dead_when_the_place_says_so(place: str, path: str, dead: bool) -> None:
    assert is_dead(f"{place}{path}", told("graphs.example", **OPEN)) is dead


@pytest.mark.parametrize("path", ["/500", "/403", "/401"])
def test_a_refusal_says_nothing_about_a_link(place: str, path: str) -> None:
    with pytest.raises(NotFetched, match="says nothing"):
        is_dead(f"{place}{path}", told("graphs.example", **OPEN))


def described(**more) -> Described:
    return Described(**{"url": "https://graphs.example/d/1", "title": "Latency", **more})


def test_without_a_named_host_there_is_no_copy_and_nobody_is_asked(client, empty: Incident, person, run_jobs) -> None:
    add_link(empty, described(at="2026-05-12 14:20", zone="Europe/Berlin", place="checkout"), actor=person)
    run_jobs()
    link = Link.objects.get()
    assert (link.copy_state, link.at) == ("none", datetime(2026, 5, 12, 12, 20, tzinfo=UTC))
    body = client.get(HERE).content.decode()
    assert "no copy: graphs.example is not among the hosts" in body
    assert "2026-05-12 14:20 Europe/Berlin" in body


def test_a_copy_is_evidence_and_stays_when_the_link_dies(client, empty, person, run_jobs, place, settings, monkeypatch):
    from afteraction.web.evidence.actions import ask_for_check

    settings.FETCH_HOSTS = settings.FETCH_PRIVATE = ["graphs.example"]
    monkeypatch.setattr(
        "afteraction.web.evidence.tasks.rules", lambda: told("graphs.example", private=("graphs.example",))
    )
    link = add_link(empty, described(url=f"{place}/d/1"), actor=person)
    run_jobs()
    link.refresh_from_db()
    assert link.copy_state == "kept" and link.copy.origin == "link"
    Link.objects.update(url=f"{place}/404")
    ask_for_check(link, actor=person)
    run_jobs()
    link.refresh_from_db()
    assert link.is_dead and EvidenceFile.objects.filter(pk=link.copy_id).exists()
    assert "link dead, copy kept" in client.get(HERE).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"url": "javascript:alert(1)"}, {"url": "data:text/html,x"}, {"url": ""}, {"url": "https://a b"},
              {"kind": "film"}, {"at": "soonish"}, {"at": "2026-05-12 14:20", "zone": "Moon"},
              {"kind": "recording", "at": "2026-05-12 14:20"}, {"kind": "recording", "consent": "all"}],
)  # fmt: skip
def test_a_link_that_cannot_be_is_refused(empty: Incident, person, wrong: dict) -> None:
    with pytest.raises(Refused):
        add_link(empty, described(**wrong), actor=person)
    assert not Link.objects.exists()


def test_a_recording_is_jumped_into_from_its_beginning_on(client: Client, empty: Incident, person) -> None:
    said = {"kind": "recording", "at": "2026-05-12 14:20:05", "zone": "Europe/Berlin", "consent": "everybody in it"}
    add_link(empty, described(**said, title="Call"), actor=person)
    later = client.get(f"{HERE}links/at?at=2026-05-12T12:31:05Z").content.decode()
    assert 'href="https://graphs.example/d/1#t=660"' in later and "Call at 11 min" in later
    before = client.get(f"{HERE}links/at?at=2026-05-12T12:20:04Z").content.decode()
    assert "href" not in before and 'aria-disabled="true"' in before
    assert client.get(f"{HERE}links/at?at=2026-05-12T12:20:04").status_code == 404
