"""People named in running text get a role; services, months and headings keep their names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afteraction.core.records import Lane
from afteraction.engine.language.people.people import recognise_people
from afteraction.engine.language.people.roles import replacer, with_people_in_text
from tests.effort import examples
from tests.engine.timeline.cast import event


def named(text: str) -> set[str]:
    return {spelling for person in recognise_people([text]) for spelling in person.spellings}


def shown(text: str) -> str:
    told = event("14:00", text, Lane.DOCUMENT)
    return replacer(with_people_in_text({}, {}, [told], []), {})(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Pietro noticed that the queue was full", {"Pietro"}),
        ("Then Siobhán and Kwame rolled back the release", {"Siobhán", "Kwame"}),
        ("It was merged by Yusuf after lunch", {"Yusuf"}),
        ("Mark restarted the worker", {"Mark"}),
        ("Rose said that the disk was full", {"Rose"}),
        ("Will asked whether to fail over", {"Will"}),
        ("We paged Grace, who was asleep", {"Grace"}),
        ("the fix was Hiroshi's idea", {"Hiroshi"}),
        ("Xoxlu (on-call) looked at the graphs", {"Xoxlu"}),
        ("Sarika de Bruyn reports that the hub is down", {"Sarika de Bruyn", "Sarika", "Bruyn"}),
        ("@kjeldsen is looking into it", {"kjeldsen"}),
        ("14:02 <quuxor> the site is down", {"quuxor"}),
        ("Responders: Priya Natarajan, Tom", {"Priya Natarajan", "Priya", "Natarajan", "Tom"}),
        ("Authors:\n- Ines Blok\n- Hank\n", {"Ines Blok", "Ines", "Blok", "Hank"}),
        ("Ines Blok joined. Later Ines left, and Blok wrote it up.", {"Ines Blok", "Ines", "Blok"}),
        ("Lena Fröhlich  10:32 AM\nlooking at it now", {"Lena Fröhlich", "Lena", "Fröhlich"}),
        ("10:02 Xoxlu merges the fix for task 77", {"Xoxlu"}),
        ("12:00 <quuxor> bazzle: can you revert that?", {"quuxor", "bazzle"}),
        ("[zigzag]\n(backup contact) got paged\n\n[zigzag]: https://github.com/zigzag", {"zigzag"}),
        ("Marta and Mark investigate the link", {"Marta", "Mark"}),
    ],
)
def test_a_person_is_known_by_what_only_people_do(text: str, names: set[str]) -> None:
    assert named(text) == names
    assert named(shown(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Traefik noticed a new route and Concourse deployed it",
        "Jenkins deployed the build and Travis CI reported success",
        "Cassandra said the node was down; Consul and Nomad restarted, Vault joined the cluster",
        "The Jaeger, Athena, Apollo and Grafana teams confirmed the fix by Monday",
        "Sentry noticed errors. Hudson started a job. The Hudson server was slow.",
        "Will retry at 10:00. Mark the node as down. Rose to 90 % by noon.",
        "Amber alert raised at 14:00, in May and on June 3 and 4 March",
        "Restarted by Puppet, reported by Icinga, paged by PagerDuty",
        "Engineers noticed that customers asked for updates",
        "GitHub posted an update. Cloudflare confirmed the outage. AWS said it was DNS.",
        "The office in San Jose and the one in Santa Clara joined the call",
        "## What Went Well\n## Root Cause Analysis\nMonitoring noticed. Support asked. Nobody said anything.",
        "engineers Assigned to it. 10:02 Zuul merges the change, Puppet reverts it",
        "See [rust-lang](https://github.com/rust-lang) and [docs]: https://github.com/docs/docs",
        "install @types/node and @angular/core; @here @channel @sre-team please look; mail@example.test",
        "<div> text <span> more <pod> and <host> words",
    ],
)
def test_what_is_no_person_keeps_its_name(text: str) -> None:
    assert named(text) == set()
    assert shown(text).replace("[e-mail address]", "mail@example.test") == text


def test_every_place_of_a_name_gets_the_same_role() -> None:
    text = (
        "Sean deployed 1.2 and Pietro Albini noticed errors. Pietro asked Sean; @pietroalbini reverted Sean's change."
    )
    assert shown(text) == (
        "Responder 1 deployed 1.2 and Participant 1 noticed errors. "
        "Participant 1 asked Responder 1; Participant 1 reverted Responder 1's change."
    )


def test_somebody_called_like_a_word_leaves_the_word_alone() -> None:
    text = "Will asked for help. Will retry in May. May noticed it on 3 May and Will's fix went out. Mark the time."
    assert shown(text) == (
        "Participant 1 asked for help. Will retry in May. Participant 2 noticed it on 3 May "
        "and Participant 1's fix went out. Mark the time."
    )


def test_known_actors_keep_their_role_and_others_count_on() -> None:
    roles = {"slack:U1": "Responder 1", "slack:U2": "Incident commander"}
    names = {"slack:U1": "Anna Arlt", "slack:U2": "Ben Bose"}
    told = event("14:00", "Anna restarted it, Ben said wait, Carla deployed the fix", Lane.DOCUMENT)
    found = with_people_in_text(roles, names, [told], [])
    assert {key: role for key, role in found.items() if key not in roles} == {"told:Carla": "Responder 2"}


def test_logs_and_metrics_name_programs() -> None:
    assert with_people_in_text({}, {}, [event("14:00", "Pietro noticed errors", Lane.LOGS)], []) == {}


WORDS = """Sean Pietro Mark Will May Traefik Jenkins noticed deployed asked and by the in on 3 Monday Rose San Jose
said.
@quux
restarted Grafana , : server Ines Blok joined (on-call) 's Responders:"""


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join))
def test_hiding_names_twice_changes_nothing_more(text: str) -> None:
    hide = replacer(with_people_in_text({}, {}, [event("14:00", text, Lane.DOCUMENT)], []), {})
    assert hide(hide(text)) == hide(text)
    if not named(text):
        assert hide(text) == text


@settings(max_examples=examples(100))
@given(st.text(max_size=200))
def test_any_text_without_a_person_is_left_as_it_is(text: str) -> None:
    if not named(text) and "@" not in text:
        assert shown(text) == text


def test_a_word_that_others_use_as_a_word_is_nobody_whatever_it_says() -> None:
    texts = [
        "checkout says try again later",
        "is checkout down for everybody?",
        "payment noticed twice, payment failed",
    ]
    assert recognise_people(texts) == []


def test_a_service_that_the_evidence_knows_is_nobody() -> None:
    assert recognise_people(["Hermes says the queue is full", "hermes noticed it"], things=["hermes"]) == []
