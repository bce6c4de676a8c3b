"""A gate that was there and saw nothing, or was not there at all, by what is told of it: "let it through", "was not
alerted on", "slipped past the review", "on its exception list".

Knows what is told of gates beside the plain "did not fire", which `catches` knows. Refuses to mind a gate that worked,
and what is wished for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from afteraction.engine.language.words.pack import listed

Place = tuple[int, int]

# Words for gates that are as often something else.
_UNSURE = listed("""
    flag flags rule page pages types type schema snapshot snapshots diff lock locks permissions budget control
    controls policy documentation pipeline gates gate runbook runbooks metric metrics dashboard dashboards
    logging limit limits trace beta rollout rollouts metrics snapshot quota quotas protection preview sandbox
    prompt paging approval farm
""")
_BE = listed("is was are were be been isn't wasn't aren't weren't being")
_NOT = listed("not never isn't wasn't aren't weren't n't")
_MEANT = listed("supposed meant designed intended built there exists exist existed")
_TURN = listed("but yet and though although however ;")
_LETTING = listed("let lets letting waved waves nodded passed allowed admitted accepted")
_THROUGH = listed("through past pass slip")
_SLIPPING = listed("""
    slipped slips sailed passed went got made crept leaked sneaked snuck slid came escaped evaded eluded fell
""")
_LOOKED_AT = listed("""
    monitored alerted tested checked watched reviewed validated exercised verified rehearsed scanned
    instrumented linted audited inspected simulated load-tested unit-tested covered measured graphed
""")
_UNLOOKED = listed("""
    unmonitored untested unreviewed unalerted unverified unchecked uninstrumented unrehearsed
    unvalidated unexercised
""")
_LEFT_SO = listed("remained stayed went live shipped entirely completely")
_OF_CONTRACTS = listed("insurance sla contract warranty")
_EXCEPTED = listed("exempt exempted excluded suppressed muted snoozed silenced excludes")
_LISTS = listed("exception exclusion exceptions ignore skip allow suppression deny exemption")
_TELLING = listed("raised flagged said asked triggered sent gave caught registered noticed saw raises sees flags")
_NOTHING = listed("no nothing none nobody")
_LEARNING = listed("learned learnt heard found told notified alerted informed knew noticed")
_OUTSIDERS = listed("""
    customer customers user users driver drivers tweet tweets twitter patient patients tenant tenants press
    player players tickets complaints complaint merchant merchants client clients caller callers passenger
    passengers journalist reader readers shop shops partner partners subscriber subscribers member visitor
    visitors
""")
_WATCHING = listed("""
    watching monitoring checks checked looked looks tests tested reviewed reviews alerts alerted covers covered
    compares compared verifies verified validates validated exercised exercises stops blocked caught catches
    warned flagged complained paged watches watched measures measured wired
""")
_WISHED = listed("will should must if unless todo please would could once when may might can")
_GREEN_WHILE = listed("""
    while although though despite because since throughout even whole all nevertheless anyway yet but
""")


def let_through_in(words: Sequence[str], gates: frozenset[str]) -> Place | None:
    """First and last word that tell of a gate which let something through, or None. `gates` are words for gates."""
    at = [place for place, word in enumerate(words) if word in gates and word not in _UNSURE]
    for find in _WITH_GATE if at else ():
        found = find(words, at)
        if found is not None:
            return found
    return _not_looked_at(words) or _no_way(words) or _nobody_watching(words)


def _meant_to(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "The canary stage was supposed to stop this kind of release, and it waved it through"."""
    for gate in gates:
        for place in range(gate + 1, min(gate + 12, len(words) - 2)):
            if words[place] in _MEANT and {"to", "for"} & set(words[place + 1 : place + 4]):
                turn = next((each for each in range(place + 3, len(words) - 1) if words[each] in _TURN), 0)
                return (place, place + 1) if turn and not _WISHED & set(words[gate:place]) else None
    return None


def _let_pass(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "… and it let the command sail through", "slipped past the review"."""
    for place, word in enumerate(words):
        ahead = words[place + 1 : place + 8]
        if word in _LETTING and gates[0] < place and not _THROUGH.isdisjoint(ahead) and words[place - 1] not in _BE:
            return place, place + 1
        if word in _SLIPPING and gates[-1] > place:
            by = next(
                (place + 1 + each for each, said in enumerate(ahead[:4]) if said in ("through", "past", "by", "under")),
                0,
            )
            if (
                by
                and any(by < gate <= by + 6 for gate in gates)
                and (word != "went" or "unnoticed" in ahead or words[by] == "past")
            ):
                return place, by
    return None


def _excepted(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "The scan has the portal on its exception list", "orphans under 20 are suppressed"."""
    for gate in gates:
        for place in range(gate + 1, min(gate + 14, len(words))):
            named = words[place] in _LISTS and words[place + 1 : place + 2] in (["list"], ["lists"], ["rule"])
            if named or (words[place] in _EXCEPTED and not (_WISHED | {"to"}) & set(words[gate:place])):
                return gate, place
    return None


def _told_nothing(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "Change review saw the plan and raised no question"."""
    for gate in gates:
        for place in range(gate + 1, min(gate + 12, len(words) - 1)):
            if words[place] in _TELLING and words[place + 1] in _NOTHING:
                return gate, place + 1
    return None


def _learnt_outside(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "The alarm had been set at two hours, so the control room learned of it from a driver"."""
    for place, word in enumerate(words):
        if word in _LEARNING and gates[0] < place:
            ahead = list(words[place + 1 : place + 9])
            source = next((each for each, said in enumerate(ahead) if said in ("from", "by", "through", "when")), -1)
            if source >= 0 and not _OUTSIDERS.isdisjoint(ahead[source : source + 5]):
                return place, place + 1
    return None


def _unheeded(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "The canary had been red for twenty minutes and nothing was wired to it", "CI was green the whole time"."""
    for gate in gates:
        for place in range(gate + 1, min(gate + 8, len(words))):
            ahead = words[place + 1 :]
            if words[place] in ("red", "firing", "amber") and not _NOTHING.isdisjoint(ahead):
                return gate, place
            if words[place] == "green" and not _GREEN_WHILE.isdisjoint(ahead[:8]):
                return gate, place
    return None


def _thin(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "Staging has no such names", "the tests use a mock", "the average hid it", "approved it without noticing"."""
    for gate in gates:
        ahead = list(words[gate + 1 : gate + 14])
        poor = _POOR | {"no"} if words[gate] in _TRIAL_PLACES else _POOR
        # "Deploy stops when the canary has no traffic" tells how a guard works.
        on_condition = not _CONDITION.isdisjoint(words[max(0, gate - 3) : gate])
        if ahead[:1] and ahead[0] in _HAVING and not poor.isdisjoint(ahead[1:4]) and not on_condition:
            return gate, gate + 2
        for place in range(gate + 1, min(gate + 14, len(words) - 1)):
            if words[place] in _HIDING and not (_WISHED | {"to"}) & set(words[gate:place]):
                return gate, place
            if words[place] == "without" and words[place + 1] in _OVERSEEING:
                return gate, place + 1
            fine = words[place] in ("returned", "reported", "showed", "said") and words[place + 1] in _FINE
            if fine and not ({"throughout"} | _GREEN_WHILE).isdisjoint(words[place:]):
                return gate, place + 1
    return None


_CONDITION = listed("when whenever if unless until where")
_POOR = listed("mock mocks stub stubs fake")
_TRIAL_PLACES = listed("staging ci qa uat canary sandbox simulator")
_HAVING = listed("has have had use uses used run runs ran")
_HIDING = listed("hid hides masked masks obscured obscures concealed smoothed")
_OVERSEEING = listed("""
    noticing seeing catching flagging checking looking comment comments question questions objection objections
    spotting
""")
_FINE = listed("200 ok healthy green fine success up")


def _below(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "The error rate stayed below the threshold of the alert"."""
    for place, word in enumerate(words[:-2]):
        if word in ("below", "under", "within") and words[max(0, place - 3)] not in _WISHED:
            stayed = {"stayed", "remained", "was", "were", "kept"} & set(words[max(0, place - 3) : place])
            bound = not {"threshold", "thresholds", "limit"}.isdisjoint(words)
            if stayed and bound and any(place < gate <= place + 4 for gate in gates):
                return place, place + 1
    return None


def _blind(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "a blind spot in the monitoring", "a gap in test coverage"."""
    for place, word in enumerate(words[:-1]):
        ahead = words[place + 1 : place + 6]
        spot = (word == "blind" and ahead[0] in ("spot", "spots", "to")) or (
            word in ("gap", "gaps", "hole") and ahead[0] == "in"
        )
        if spot and any(abs(gate - place) < 8 for gate in gates):
            return place, place + 1
    return None


def _never_written(words: Sequence[str], gates: Sequence[int]) -> Place | None:
    """ "No one had written a test for negative amounts"."""
    for place, word in enumerate(words[:-2]):
        nobody = word in ("nobody", "no-one") or list(words[place : place + 2]) == ["no", "one"]
        wrote = not _WRITING.isdisjoint(words[place + 1 : place + 5])
        if nobody and wrote and any(place + 2 < gate <= place + 8 for gate in gates):
            return place, place + 2
    return None


_WRITING = listed("written wrote added set built configured made thought planned run held created")
_WITH_GATE: tuple[Callable[[Sequence[str], Sequence[int]], Place | None], ...] = (
    _meant_to,
    _let_pass,
    _told_nothing,
    _excepted,
    _learnt_outside,
    _unheeded,
    _blind,
    _thin,
    _below,
    _never_written,
)


def _not_looked_at(words: Sequence[str]) -> Place | None:
    """ "Queue depth isn't alerted on", "the restore path had never been tested", "went live unreviewed"."""
    if "nothing" in words and "process" in words:
        # The sentence asks the process itself already.
        return None
    for place, word in enumerate(words):
        if word in _LOOKED_AT:
            before = words[max(0, place - 4) : place]
            denied = not _NOT.isdisjoint(before) and not _BE.isdisjoint(before)
            wished = not _WISHED.isdisjoint(words[max(0, place - 10) : place])
            if denied and not wished and _OF_CONTRACTS.isdisjoint(words):
                return place - 1, place
        if word in _UNLOOKED and words[place - 1] in _BE | _LEFT_SO:
            return place - 1, place
    return None


def _no_way(words: Sequence[str]) -> Place | None:
    """ "We had no way to see that the queue had stopped"."""
    for place in range(len(words) - 3):
        way = words[place + 1] in ("way", "means") and words[place + 2] in ("to", "of")
        if words[place] == "no" and way and words[place + 3] in _SEEING:
            return place, place + 3
    return None


_SEEING = listed("see seeing tell telling know knowing notice noticing detect detecting find finding spot spotting")


def _nobody_watching(words: Sequence[str]) -> Place | None:
    """ "Nothing checks the age of the snapshot"; what nobody does on purpose is left alone."""
    for place, word in enumerate(words[:-1]):
        ahead = list(words[place + 1 : place + 3])
        if word == "nothing" and (ahead[0] in _WATCHING or ahead == ["was", "wired"]):
            return place, place + 1
    return None


# Without a word of both lists of a pair nothing is told here that has no word for a gate.
PAIRS = (
    (_LOOKED_AT, _NOT),
    (_UNLOOKED, _BE | _LEFT_SO),
    (_WATCHING, frozenset({"nothing"})),
    (_SEEING, listed("way means")),
)

__all__ = ("PAIRS", "let_through_in")
