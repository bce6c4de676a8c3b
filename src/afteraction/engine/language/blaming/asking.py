"""Questions that look for somebody: who did this, why did they, what were you thinking.

Knows who is asked about and what they are asked. Refuses to mind questions about systems ("Why was the bug not caught in
staging?") and about facts ("Who was paged?").
"""

# Word lists and patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

from afteraction.engine.language.people.agents import Agent, Token, Who
from afteraction.engine.language.words.pack import Pack, listed

_AUXILIARIES = listed("""
    did didn't do don't does doesn't is isn't was wasn't were weren't are aren't had hadn't has hasn't have
    haven't could couldn't would wouldn't should shouldn't can can't
""")  # fmt: skip
_FINDING = listed("""
    out determine identify discover establish know ask asked asking see check clear learn tell trace name
""")


def asks_for_somebody(
    tokens: list[Token], agents: list[Agent], pack: Pack, *, is_question: bool
) -> tuple[int, int] | None:
    """First and last token of a question that looks for a person, or None."""
    words = [token.word for token in tokens]
    by_place = {agent.first: agent for agent in agents}
    for at, word in enumerate(words):
        found = None
        if word in ("who", "who's", "whose", "whom") and (
            _is_direct(words, at, is_question) or _is_indirect(words, at)
        ):
            found = _who(words, at, pack)
        elif word == "why" and (is_question or (at and words[at - 1] in ("so", ";", ":"))):
            found = _why(words, at, by_place, pack)
        elif word in ("how", "what") and is_question:
            found = _how(words, at, by_place)
        elif is_question and at <= 1 and word in _AUXILIARIES:
            found = _whether(words, at, by_place, pack)
        if found is not None:
            return at, min(found, len(words) - 1)
    return None


_DENYING = listed("not never than don't without irrespective regardless")


def _is_direct(words: list[str], at: int, is_question: bool) -> bool:
    """A question, and not one that says "not who did it"."""
    return is_question and _DENYING.isdisjoint(words[max(0, at - 6) : at])


def _is_indirect(words: list[str], at: int) -> bool:
    """ "find out who did this"; not "what happened, not who did it"."""
    before = words[max(0, at - 3) : at]
    if not before or not _DENYING.isdisjoint(words[max(0, at - 6) : at]):
        return False
    return before[-1] in _FINDING or before[-2:] == ["figure", "out"] or before[-1] == ":"


def _skip_adverbs(words: list[str], at: int, pack: Pack) -> int:
    while at < len(words) and (words[at] in pack["adverbs"] or words[at] in ("the", "hell", "actually", "really", "exactly") or (words[at].endswith("ly") and len(words[at]) > 4)):  # fmt: skip
        at += 1
    return at


def _who(words: list[str], at: int, pack: Pack) -> int | None:
    nearby = words[at + 1 : at + 4]
    if words[at] == "whose":
        guilty = {"fault", "mistake", "error", "commit", "idea", "decision", "blame"}
        return at + 1 if not guilty.isdisjoint(nearby[:2]) else None
    place = _skip_adverbs(words, at + 1, pack)
    if words[place : place + 2] in (["was", "it"], ["is", "it"]) and words[place + 2 : place + 3] in (
        ["that"],
        ["who"],
    ):
        # "Who was it that uploaded the file?"
        place = _skip_adverbs(words, place + 3, pack)
    if place >= len(words):
        return None
    verb = words[place]
    rest = words[place + 1 : place + 7]
    if verb in ("is", "was", "'s", "are", "were") or words[at] == "who's":
        rest = rest if words[at] != "who's" else words[at + 1 : at + 7]
        if rest[:2] in (["to", "blame"], ["at", "fault"]) or "culprit" in rest[:3] or rest[:2] == ["supposed", "to"]:
            return place + 2
        if rest[:1] in (["responsible"], ["accountable"]) and (
            "for" not in rest or not (pack["harm"] | {"this", "that", "it"}).isdisjoint(rest)
        ):
            return place + 2
        return None
    if verb in ("should", "could", "must") and rest[:1] == ["have"]:
        return place + 1
    if verb in ("has", "had", "have"):
        verb = next((word for word in rest if word not in pack["adverbs"]), "")
    if verb == "reported" or (verb in ("started", "made", "initiated", "took") and {"response", "call", "investigation", "bridge", "over", "notes", "report", "incident"} & set(rest)):  # fmt: skip
        return None
    return place if verb in pack["accusing who"] else None


def _why(words: list[str], at: int, agents: dict[int, Agent], pack: Pack) -> int | None:
    place = at + 1
    while place < len(words) and words[place] in ("on", "earth", "the", "hell", "exactly", "then", "ever"):
        place += 1
    if place >= len(words) or words[place] not in _AUXILIARIES:
        # "Why the developer skipped the test?", "Why nobody checked?"
        agent = agents.get(place) or agents.get(place - 1)
        told = agent is not None and agent.who in (Who.ROLE, Who.NAMED, Who.PRONOUN)
        return agent.last if told and agent is not None else None
    auxiliary = words[place]
    place += 1
    if place < len(words) and words[place] == "not":
        place += 1
    subject = words[place] if place < len(words) else ""
    agent = agents.get(place) or next((one for one in agents.values() if one.first <= place <= one.last), None)
    if subject in ("nobody", "anybody", "anyone", "everyone") or (
        subject == "no" and words[place + 1 : place + 2] == ["one"]
    ):
        return place
    if agent is not None and not agent.owns and agent.who not in (Who.SELF, Who.WE):
        if agent.who in (Who.PERHAPS, Who.TEAM) or agent.doubtful:
            return None
        rest = words[agent.last + 1 : agent.last + 3]
        if agent.who is Who.THEY and subject == "they":
            return None if not pack["machine verbs"].isdisjoint(rest[:2]) or auxiliary in ("is", "are") else agent.last
        if rest[:1] and rest[0] in ("paged", "notified", "alerted", "told", "informed", "given", "able", "unable") and auxiliary in ("was", "were", "wasn't", "weren't"):  # fmt: skip
            return None
        return agent.last
    if auxiliary in ("was", "were", "is", "wasn't", "weren't"):
        for ahead in range(place, min(place + 9, len(words))):
            if words[ahead] in pack["misdone"]:
                return ahead
    return None


def _how(words: list[str], at: int, agents: dict[int, Agent]) -> int | None:
    if at + 2 >= len(words):
        return None
    if words[at] == "what" and words[at + 1] in ("were", "was", "are", "is") and at + 2 in agents:
        last = agents[at + 2].last
        return last + 1 if words[last + 1 : last + 2] == ["thinking"] else None
    if words[at] == "what" and words[at + 1 : at + 4] in (["made", "you", "think"], ["possessed", "you", "to"]):
        return at + 3 if words[at + 1] == "possessed" else None
    if words[at] == "how" and words[at + 1] in ("could", "can", "dare") and (
        at + 2 in agents or words[at + 2] in ("anyone", "anybody")
    ):  # fmt: skip
        agent = agents.get(at + 2)
        if agent is None or agent.who in (Who.THEY, Who.PRONOUN, Who.NAMED, Who.ROLE):
            last = agent.last if agent else at + 2
            rest = words[last + 1 : last + 4]
            if words[at + 1] == "dare" or "so" in rest or "not" in rest or {"miss", "let", "forget", "overlook", "ignore", "make", "think"} & set(rest):  # fmt: skip
                return last + 1
    return None


def _whether(words: list[str], at: int, agents: dict[int, Agent], pack: Pack) -> int | None:
    """ "Didn't anybody test this?", "Did the developer forget to …?"."""
    subject = words[at + 1] if at + 1 < len(words) else ""
    agent = agents.get(at + 1)
    if subject in ("anyone", "anybody", "nobody", "no-one", "someone", "somebody") or (
        agent is not None and agent.who in (Who.THEY, Who.PRONOUN, Who.NAMED, Who.ROLE) and not agent.doubtful
    ):
        last = agent.last if agent else at + 1
        rest = words[last + 1 : last + 4]
        forgets = {"forget", "neglect", "overlook", "ignore", "skip", "bother", "miss", "misread"} & set(rest[:2])
        scolds = words[at] in ("didn't", "couldn't", "shouldn't", "wouldn't", "hadn't") and pack["cares"] & set(
            rest[:2]
        )
        return last + 1 if forgets or scolds else None
    return None
