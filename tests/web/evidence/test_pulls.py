"""Pulls: what may be asked of which source, a job that asks, and originals that say where they come from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from afteraction.core.errors import AfteractionError
from afteraction.web.accounts.models import AuditEntry
from afteraction.web.evidence.actions import Refused, Wish, ask_for_pull
from afteraction.web.evidence.models import EvidenceFile, Pull
from afteraction.web.evidence.sources import Configured, configured
from afteraction.web.incidents.models import Incident
from afteraction.web.jobs.models import Job, JobState
from tests.sources.recorded import TOKEN, Recorded, refusal

HERE = "/incidents/INC-7/evidence/"
FILE = """
[graphs]
kind = "prometheus"
url = "https://graphs.example/"
token_env = "GRAPHS_TOKEN"
asks = ["up", "errors"]

[logs]
kind = "loki"
url = "http://logs.example"
any = true
private = true
options = { limit = "100" }
"""
WINDOW = {"start": "2026-05-12 14:00", "end": "2026-05-12T15:00Z"}


@pytest.fixture
def sources(settings, tmp_path: Path, monkeypatch) -> Path:
    """The file of sources of this site."""
    monkeypatch.setenv("GRAPHS_TOKEN", TOKEN)
    place = tmp_path / "sources.toml"
    place.write_text(FILE)
    settings.SOURCES_FILE = str(place)
    return place


def matrix(_path: str, params: dict[str, str]) -> Any:
    series = {"metric": {"__name__": params["query"]}, "values": [[int(params["start"]), "1"]]}
    return {"status": "success", "data": {"resultType": "matrix", "result": [series]}}


@pytest.fixture
def play(sources: Path, monkeypatch) -> Callable[..., Recorded]:
    """Has every source answered by a recording."""

    def with_answers(answer: Callable[[str, dict[str, str]], Any] = matrix) -> Recorded:
        source = Recorded(answer)

        def conversation(self: Configured, _sleep: object, longest: float) -> Any:
            asking = source.asking(self.url, self.puller.headers(TOKEN, self.options), is_private=self.is_private)
            object.__setattr__(asking.patience, "longest", longest)
            return asking

        monkeypatch.setattr(Configured, "conversation", conversation)
        return source

    return with_answers


def asked(client: Client, **more: Any) -> Any:
    return client.post(f"{HERE}pulls/", {"source": "graphs", **WINDOW, **more}, headers={"X-Requested-With": "fetch"})


def names(incident: Incident) -> list[str]:
    return list(EvidenceFile.objects.filter(incident=incident).values_list("name", flat=True))


def test_what_a_source_answers_is_evidence_and_is_read(client, empty, person, run_jobs, play) -> None:
    source = play()
    assert asked(client).json()["said"] == "graphs is asked."
    run_jobs()
    assert names(empty) == [f"prometheus/query_range_{ask}.20260512T140000Z.json" for ask in ("up", "errors")]
    files = EvidenceFile.objects.filter(incident=empty)
    assert {(file.reader, file.state, file.origin) for file in files} == {("prometheus_query", "read", "pull")}
    assert [request.headers["authorization"] for request in source.asked] == [f"Bearer {TOKEN}"] * 2
    pull = Pull.objects.get(incident=empty)
    assert (pull.state, pull.because, pull.plan["is_complete"]) == ("done", "", True)
    entry = AuditEntry.objects.filter(verb="pull").get()
    assert entry.detail["source"] == "graphs" and entry.detail["asks"] == ["up", "errors"]


def test_the_page_of_an_original_says_which_request_it_answers(client, empty, run_jobs, play) -> None:
    play()
    asked(client)
    run_jobs()
    file = EvidenceFile.objects.filter(incident=empty).first()
    page = client.get(f"{HERE}{file.sha256}/").content.decode()
    assert "https://graphs.example/api/v1/query_range?query=up" in page and "pulled from a source" in page


def test_the_same_pull_again_asks_nothing_and_adds_nothing(client, empty, run_jobs, play) -> None:
    source = play()
    asked(client)
    run_jobs()
    assert "has no answer yet" in asked(client).json()["said"]
    run_jobs()
    assert (len(source.asked), len(names(empty)), Pull.objects.count()) == (2, 2, 1)


def test_a_refused_question_is_named_and_asked_again_on_go_on(client, empty, run_jobs, play) -> None:
    play(lambda path, params: refusal(400, {"error": "bad"}) if params["query"] == "up" else matrix(path, params))
    asked(client)
    run_jobs()
    pull = Pull.objects.get()
    assert pull.state == "short"
    page = client.get(HERE).content.decode()
    assert '<span class="mono">up</span> graphs.example answers 400. It says: &quot;bad&quot;' in page
    assert "Go on" in page and "Go on" in client.get(f"{HERE}?part=1").content.decode()
    second = play()
    client.post(f"{HERE}pulls/{pull.pk}/again")
    run_jobs()
    pull.refresh_from_db()
    assert (pull.state, len(second.asked), len(names(empty))) == ("done", 1, 2)


def test_a_source_that_asks_to_wait_is_put_off_and_not_waited_for(client, empty, run_jobs, play) -> None:
    source = play(
        lambda path, params: refusal(429, retry_after="120") if params["query"] == "errors" else matrix(path, params)
    )
    asked(client)
    run_jobs()
    pull = Pull.objects.get()
    later = Job.objects.get(dedupe=f"pull:{pull.pk}", state=JobState.QUEUED)
    assert source.clock.slept == [] and len(names(empty)) == 1
    assert later.run_after - pull.created_at > timedelta(seconds=100)
    assert (pull.state, "asks to wait" in pull.because) == ("going", True)
    second = play()
    Job.objects.filter(pk=later.pk).update(run_after=None)
    run_jobs()
    pull.refresh_from_db()
    assert (pull.state, [each.url.params["query"] for each in second.asked]) == ("done", ["errors"])


def test_a_source_that_never_answers_stops_the_pull_in_the_end(client, empty, run_jobs, play) -> None:
    play(lambda *_: refusal(429, retry_after="60"))
    asked(client)
    for _ in range(14):
        run_jobs()
        Job.objects.filter(state=JobState.QUEUED).update(run_after=None)
    pull = Pull.objects.get()
    assert pull.state == "stopped" and "60 s" in pull.because
    assert "Go on" in client.get(HERE).content.decode()


def test_a_wrong_token_stops_the_pull_with_the_reason(client, empty, run_jobs, play) -> None:
    play(lambda *_: refusal(401))
    asked(client)
    run_jobs()
    pull = Pull.objects.get()
    assert pull.state == "stopped" and "token is missing, wrong or too old" in pull.because
    assert names(empty) == []


def test_a_private_address_is_refused_unless_the_file_allows_it(client, empty, run_jobs, play) -> None:
    source = play()
    source.address = "10.0.0.5"
    asked(client)
    run_jobs()
    assert "private network" in Pull.objects.get().because and source.asked == []
    asked(client, source="logs", others="count(x)")
    run_jobs()
    assert source.asked != []


def test_who_lost_the_seat_adds_nothing_more(empty, member, run_jobs, play) -> None:
    somebody = member("responder")
    source = play()
    ask_for_pull(empty, Wish(source="graphs", **WINDOW), actor=somebody)
    empty.members.filter(person=somebody).delete()
    run_jobs()
    pull = Pull.objects.get()
    assert pull.state == "stopped" and "may no longer add evidence" in pull.because
    assert names(empty) == [] and len(source.asked) <= 1


def test_an_empty_variable_is_named(client, empty, run_jobs, sources, monkeypatch) -> None:
    monkeypatch.delenv("GRAPHS_TOKEN")
    asked(client)
    run_jobs()
    assert "GRAPHS_TOKEN" in Pull.objects.get().because


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"source": "other"}, "no such source"),
        ({"asks": ["secrets"]}, "may not be asked of graphs"),
        ({"others": "up\nsecrets"}, "may not be asked of graphs"),
        ({"source": "logs"}, "Say what to ask"),
        ({"source": "logs", "others": "x" * 2001}, "too long"),
        ({"source": "logs", "others": "\n".join(map(str, range(51)))}, "more than 50"),
        ({"start": "yesterday"}, "yesterday"),
        ({"start": "2026-05-12 16:00"}, "begins before it ends"),
        ({"end": "2099-05-12 16:00"}, "ends by now"),
        ({"start": "2026-01-01 16:00"}, "31 days"),
    ],
)  # fmt: skip
def test_what_may_not_be_asked_is_refused_and_no_job_waits(client, empty, play, wrong: dict, said: str) -> None:
    play()
    answer = asked(client, **wrong)
    assert answer.status_code == 422 and said in answer.json()["detail"]
    assert not Pull.objects.exists() and not Job.objects.filter(dedupe__startswith="pull:").exists()


def test_who_may_only_look_sees_no_sources_and_asks_nothing(empty: Incident, member, play) -> None:
    play()
    viewer = Client()
    viewer.force_login(member("viewer"))
    assert "Pull from a source" not in viewer.get(HERE).content.decode()
    assert asked(viewer).status_code == 403
    assert not Pull.objects.exists()


def test_the_page_offers_what_the_file_says(client: Client, empty: Incident, sources: Path) -> None:
    page = client.get(HERE).content.decode()
    assert 'value="errors" checked' in page and 'name="others"' in page
    assert TOKEN not in page and "GRAPHS_TOKEN" not in page
    sources.write_text("")
    assert "Pull from a source" not in client.get(HERE).content.decode()


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("[graphs", "cannot be read"),
        ("graphs = 1", "is no source"),
        ('["a b"]\nkind = "prometheus"', "is no source"),
        ('[g]\nkind = "other"', "kind of g is none of github, loki, pagerduty, prometheus, slack"),
        ('[g]\nkind = "prometheus"\nany = true', "g has no url"),
        ('[g]\nkind = "prometheus"\nurl = "https://g.example"', "neither what may be asked"),
        ('[g]\nkind = "slack"\nany = "yes"', '"any" of g'),
        ('[g]\nkind = "slack"\ntoken = "xoxb-1"', '"token" of g'),
        ('[g]\nkind = "slack"\nany = true\noptions = { size = "3" }', "its options people"),
        ('[g]\nkind = "slack"\nasks = [1]', "asks of g are texts"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_said_on_the_page(client, empty, sources: Path, file: str, said: str) -> None:
    sources.write_text(file)
    with pytest.raises(AfteractionError, match="file of sources") as told:
        configured()
    assert said in str(told.value)
    assert "Who runs this server can mend it" in client.get(HERE).content.decode()
    with pytest.raises(Refused):
        ask_for_pull(empty, Wish(source="g", **WINDOW), actor=empty.members.first().person)


def test_a_pull_that_was_stopped_says_so_and_goes_on(client, empty, run_jobs, play) -> None:
    source = play()
    asked(client)
    Job.objects.filter(dedupe__startswith="pull:").update(state=JobState.CANCELLED)
    assert "It was stopped." in client.get(HERE).content.decode()
    client.post(f"{HERE}pulls/{Pull.objects.get().pk}/again")
    run_jobs()
    assert Pull.objects.get().state == "done" and len(source.asked) == 2


def test_no_row_holds_the_token(client, empty, run_jobs, play) -> None:
    play(lambda *_: refusal(400, {"error": f"near {TOKEN}"}))
    asked(client)
    run_jobs()
    told = [str(row) for model in (Pull, Job, AuditEntry) for row in model.objects.values()]
    assert not [row for row in told if TOKEN in row]


def test_purged_bytes_stay_away(client, empty, run_jobs, play) -> None:
    from afteraction.web.evidence.models import Tombstone

    play()
    asked(client)
    run_jobs()
    first = EvidenceFile.objects.filter(incident=empty).first()
    Tombstone.objects.create(sha256=first.sha256, size=first.size, reason="a secret")
    EvidenceFile.objects.all().delete()
    Pull.objects.all().delete()
    asked(client)
    run_jobs()
    pull = Pull.objects.get()
    assert pull.state == "short" and "purged" in pull.plan["steps"][0]["told"]
    assert len(names(empty)) == 1


def test_an_answer_with_nothing_in_it_is_an_answer_too(client, empty, run_jobs, play) -> None:
    """Such a source allows one question at a time: the pull comes to its end, however many rounds it takes."""
    answered: list[str] = []

    def one_at_a_time(_path: str, params: dict[str, str]) -> Any:
        if len(answered) % 2:
            answered.append("")
            return refusal(429, retry_after="60")
        answered.append(params["start"])
        return {"status": "success", "data": {"resultType": "streams", "result": []}}

    play(one_at_a_time)
    asked(client, source="logs", others='{a="b"}', start="2026-05-11 18:00")
    for _ in range(40):
        run_jobs()
        Job.objects.filter(state=JobState.QUEUED).update(run_after=None)
    pull = Pull.objects.get()
    assert (pull.state, len(pull.plan["steps"]), names(empty)) == ("done", 21, [])
