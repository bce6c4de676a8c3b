"""The same deed in many constructions: whoever is behind it is found wherever the sentence puts them."""

from __future__ import annotations

import pytest

from afteraction.engine.language.findings import check_text


def categories(text: str) -> set[str]:
    return {finding.category for finding in check_text(text)}


CONSTRUCTIONS = (
    "The technician pulled the wrong cable.",
    "At 03:10, while the copy was running, the technician pulled the wrong cable.",
    "It was the technician who pulled the wrong cable.",
    "The wrong cable was pulled by the technician.",
    "By pulling the wrong cable, the technician cut off the whole floor.",
    "Having pulled the wrong cable, the technician left for the day.",
    "With the technician having pulled the wrong cable, nothing was left to fail over to.",
    "The loss of the link was the result of the technician pulling the wrong cable.",
    "The technician's pulling of the wrong cable ended the test early.",
    "The technician opened the rack and pulled the wrong cable.",
    "The one who pulled the wrong cable was the technician.",
    "The wrong cable pulled by the technician carried the phones.",
)


@pytest.mark.parametrize("sentence", CONSTRUCTIONS)
def test_a_deed_is_found_in_whatever_construction(sentence: str) -> None:
    assert "PERSON" in categories(sentence)


PLAIN = (
    "The technician pulled the spare cable.",
    "It was a technician who found the spare cable.",
    "The spare cable was pulled by the technician.",
    "By pulling the spare cable, the technician freed the port.",
    "Having labelled the cable, the technician started the copy.",
    "With the technician having moved the cable, the failover went ahead.",
    "The technician opened the rack and pulled the spare cable.",
    "A cable laid by the technician carried the phones.",
)


@pytest.mark.parametrize("sentence", PLAIN)
def test_the_same_constructions_with_a_plain_deed_accuse_nobody(sentence: str) -> None:
    assert "PERSON" not in categories(sentence)


HELD_AGAINST = (
    # Gone without, whatever it was.
    "The auditor signed the sheet without walking to the vault.",
    "Petra acked the series without compiling it once.",
    # In which belief, in whose disregard.
    "A nurse at the desk closed the account in the belief that it belonged to a leaver.",
    "The foreman opened the gate in disregard of the instruction.",
    # What was not known, not ready or not meant.
    "The reviewers waved a release through that they had never booted.",
    "The planner loaded a table that was meant for the old depot.",
    # Too late, twice, stale.
    "The duty officer answered the page forty minutes late.",
    "The cashier posted the same batch twice.",
    "Olena restored from an outdated copy.",
    # Lapses by themselves.
    "Our network guy left out rule 40.",
    "Procurement staff got sloppy with the serial numbers.",
    "The courier took the blue key for the red one.",
    "The planners put speed before safety.",
    "An admin gave the trainee root access.",
    # Told as the cause, or as where it comes from.
    "The archive went down because warehouse staff unplugged it for the vacuum cleaner.",
    "The outage happened when a contractor merged the branch.",
    "The duplicate orders go back to an intern renaming the profile.",
    "The regression came from Milan's cleanup of the parser.",
    "What broke it was our newest hire running the drain script.",
    "Nobody had shown the newcomers how it works, and that is on Gerda.",
    "Ludmila's backfill flooded the queue.",
    "It emerged that the trainee had pointed the loader at production.",
    "The request lay with the network team for nine days before anybody opened it.",
    "The blame rests squarely on the shoulders of the night crew.",
    "Whoever sorted the sheet left one column out.",
    # Somebody else's, of another time, with something undone.
    "The clerk on nights booked the sample under another patient's number.",
    "The cashier opened the shop with last week's price file.",
    "The fitter took the drawing from 2009 and drilled into the duct.",
    "Kofi ran the purge with the wildcard unquoted.",
    "The key admin revoked the account, taking it for a leaver.",
    "The foreman signed the batch off blind.",
    "It was careless of the crew to open both gates.",
    "A lapse on Marta's part left the port closed.",
    "Misled by the name, the foreman emptied the live tank.",
    "Sven took the cluster out with a bad drain command.",
    # Seen and passed over, promised and not so, badly done.
    "The reviewer saw the red test and clicked merge.",
    "The consultant assured us the flag was harmless, which it was not.",
    "The two shifts did not hand over properly.",
    "The technician's reading of the label was wrong, and the good drive came out.",
    "A developer committed his local settings.",
    "Jorge from the warehouse scanned the pallets at dawn, so nothing could be found on Monday.",
    "The clerk imported the new ranges, and from that moment the gateway was refusing good cards.",
)  # fmt: skip


@pytest.mark.parametrize("sentence", HELD_AGAINST)
def test_a_sign_around_a_deed_holds_it_against_somebody(sentence: str) -> None:
    assert "PERSON" in categories(sentence)


HARMLESS = (
    "The technician replaced the failed disk without interrupting the service.",
    "Petra restarted the pods without losing a request.",
    "The network team moved the traffic, and so the errors stopped.",
    "The load fell because Ivo drained the second cell.",
    "The site stayed up because the night shift had added a replica.",
    "The outage ended when Marta reverted the change.",
    "By draining the node, the operator restored the service.",
    "The stale entries were removed by the DBA at 10:15.",
    "The wrong mapping was noticed by the technician during the call.",
    "The reviewer asked for a second test and approved the change.",
    "Milan's fix reached production at 14:20.",
    "Ludmila's dashboard showed the queue depth.",
    "The team missed its target for availability in March.",
    "The linter catches a developer forgetting the clause.",
    "It turned out that the trainee had already reverted the change.",
    "The ticket was routed to the network team, which solved it in nine minutes.",
    "The technician's reading of the meter was confirmed by the second one.",
    "The reviewer saw the red test and asked for a fix.",
    "The technician read the lamp as a warning, which is what the manual says.",
    "The team took the old cluster down on 4 May as announced.",
    "Misled by the name, the foreman asked the control room.",
    "Mika quickly spotted the wrong route and withdrew it.",
    "The team decided against a rollback because the migration had already changed the schema.",
    "The engineers waited two hours for the vendor's answer.",
    "The engineer verified the checksum twice.",
    "The on-call engineer checked the logs twice and found nothing.",
    "The improvement came from Milan's cleanup of the parser.",
    "The responsibility for backups lies with the storage team.",
    "The decision was made to prevent an operator restarting the job twice.",
    "Controllers reconcile the deployment, and so the old pods were removed.",
    "The scheduler restarted the job without waiting for the lock.",
)  # fmt: skip


@pytest.mark.parametrize("sentence", HARMLESS)
def test_remedies_observations_and_systems_are_left_alone(sentence: str) -> None:
    assert "PERSON" not in categories(sentence)


BODIES = (
    "Data science pushed a model to every store without asking anybody.",
    "Platform Tools decided against it without asking anybody.",
    "HQ never asks the plants.",
    "Growth has a habit of working around the freeze.",
)


@pytest.mark.parametrize("sentence", BODIES)
def test_a_body_of_people_is_known_by_what_people_alone_do(sentence: str) -> None:
    assert "PERSON" in categories(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The deployment tool did not ask for confirmation.",
        "The client has refused to connect ever since.",
        "Terraform removed the stack without asking for confirmation.",
    ],
)
def test_no_tool_is_taken_for_a_body_of_people(sentence: str) -> None:
    assert "PERSON" not in categories(sentence)


WHO = (
    "One of us", "The dispatcher", "A trader", "The outgoing shift", "The service desk agent", "The store manager",
    "The architect", "The scheduler on duty", "The call-centre agent", "The manager",
)  # fmt: skip


@pytest.mark.parametrize("who", WHO)
def test_people_are_known_by_their_work_and_by_what_people_alone_do(who: str) -> None:
    assert "PERSON" in categories(f"{who} typed the wrong account number.")


def test_a_word_that_may_be_a_program_needs_more_than_what_programs_do() -> None:
    assert "PERSON" not in categories("The dispatcher dropped the message.")
    assert "PERSON" not in categories("The leader dropped the vote.")
