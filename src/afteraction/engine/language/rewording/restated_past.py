"""A past that was not, said as the past that was: "should have been checked first" -> "was not checked first".

Knows a modal of the past by its subject, its verb and what stands behind. Refuses what compares ("more testing should
have been done"), and adds nothing but a blank for what was visible then or for what let it pass.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.other_past.subjects import AVERTED, CATCHING, HELPING, KNOWING, STOPPING, is_gate
from afteraction.engine.language.other_past.supposed import Supposed, supposed_in
from afteraction.engine.language.people.agents import Agent, Token, Who
from afteraction.engine.language.rewording.inflecting import IRREGULAR, base_of, is_many, past_of, was
from afteraction.engine.language.rewording.objects_said import SOMEBODY, leads, split_object
from afteraction.engine.language.rewording.sayable import PASSED, SEEN, SENSIBLE

_COMPARES = re.compile(r"^(?:an? )?(?:more|better|greater|additional|further|earlier|extra|quicker|faster|closer|proper|stricter|less|fewer|what|nothing|no|nobody|neither|none|if|had|with|without|by|it is|and|or)\b", re.IGNORECASE)  # fmt: skip
_HEDGE = r"(?:(?:probably|perhaps|clearly|obviously|definitely|certainly|also|at least|really|ideally|surely|easily|likely|possibly|maybe|then|even|trivially|just|well|long|readily|simply) )*"
_WHEN = re.compile(
    r"(?:(?:at|on|by|around|about|before) )?\d{1,2}(?::\d\d){0,2}(?: (?:UTC|GMT|CES?T|[AaPp][Mm]))?(?: (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)?(?: \d{4})?,? (?=[a-z])",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\.\.\.|…|\?")
_THERE = re.compile(
    r"^(?P<lead>\W*)there (?:should|ought to) (?:\w+ )?have been (?P<what>(?:an? |some |any |at least an? )?[^.;]+?)\W*$",
    re.IGNORECASE,
)
_HAD_BEEN = re.compile(
    r"^(?P<lead>\W*)(?:had there been|if there had been|if there was|if we had had|if we had) (?P<what>(?:an? |some |any )[^,;]+?), (?P<main>[^;]+?)\W*$",
    re.IGNORECASE,
)
_WHO = r"(?:the |a |an |our |we|they|he|she|I\b|\w+)[\w '’-]{0,50}?"
_VERBED = rf"(?P<not> not|n['’]t)?(?P<been> been)? (?P<manner>(?!sufficed)\w+ly )?(?P<verb>\w+ed|{IRREGULAR})\b(?P<rest>[^,;]*?)"
_IF_DONE = re.compile(
    rf"^(?P<lead>\W*)(?:if only|if) (?P<who>{_WHO})(?: had|['’]d){_VERBED}(?:,(?: then)? (?P<main>[^;]+?))?[\s.!]*$"
    rf"|^(?P<lead2>\W*)had (?P<who2>{_WHO}){_VERBED.replace('>', '2>')}, (?P<main2>[^;]+?)[\s.!]*$",
    re.IGNORECASE,
)
_IF_DONE_AFTER = re.compile(
    rf"^(?P<main>[^,;]{{3,90}}? (?:would|could|might)(?: not|n['’]t)? [^,;]{{3,50}}?),? (?:if (?P<who>{_WHO})(?: had|['’]d){_VERBED}|had (?P<who2>{_WHO}){_VERBED.replace('>', '2>')})[\s.!]*$",
    re.IGNORECASE,
)
_BETTER = re.compile(
    r"^(?P<lead>\W*)(?:it (?:would|might) have been (?:much |far |a lot )?(?:better|wiser|safer|smarter|more prudent|more sensible)|the (?:correct|right|proper|safe|safer|better) (?:response|course|thing|call|choice|move|decision) would have been) (?P<what>to [^;,]+?)[\s.!]*$",
    re.IGNORECASE,
)
_BY_DOING = re.compile(r"\bby (?P<what>[a-z]+ing (?:the|a|an|our|all|every|each|\w+s)\b[^,;]*?)\W*$")
_AVERTED_ALONE = re.compile(r"^(?P<what>(?:the|this|that|our|all of this|it)\b[\w '’-]{0,50}?) (?:could|would|might|should) " + _HEDGE + r"have " + _HEDGE + r"been " + _HEDGE + r"(?:avoided|prevented|averted)\W*$", re.IGNORECASE)  # fmt: skip


def as_it_was(sentence: str, tokens: list[Token], agents: list[Agent], start: int, *, catch: bool) -> str:
    """The sentence as the past that was, "" where it has no plain one. `start` is where the finding begins."""
    if _ENDED.search(sentence):
        return ""
    blank = PASSED if catch else SEEN
    there = _THERE.match(sentence)
    if there is not None:
        return _no(there["lead"], there["what"], blank)
    had = _HAD_BEEN.match(sentence)
    if had is not None:
        return _no(had["lead"], had["what"], blank)
    done = _IF_DONE.match(sentence) or _IF_DONE_AFTER.match(sentence)
    if done is not None:
        return _as_done(done, blank)
    better = _BETTER.match(sentence)
    if better is not None and not re.search(r"\binstead\b", better["what"]):
        return f"{better['lead']}the choice at the time was not {better['what']}; {SEEN}"
    words = [token.word for token in tokens]
    each = next((one for one in supposed_in(words) if tokens[one.at].start == start), None)
    if each is None or each.elided or each.relative:
        return ""
    alone = _AVERTED_ALONE.match(sentence)
    if alone is not None:
        return f"{alone['what']} became possible through [what had to come together]"
    return _of_modal(sentence, tokens, agents, each, blank, catch)


def _of_modal(sentence: str, tokens: list[Token], agents: list[Agent], each: Supposed, blank: str, catch: bool) -> str:
    lead, subject = _subject(sentence, tokens, each)
    if not subject or _COMPARES.match(subject) or each.modal == "must":
        return ""
    rest = sentence[tokens[each.place].end :].strip().rstrip(".! ")
    if re.search(
        r"[;]|, (?:which|but|and|as|so|however)\b|\b(?:if|had|unless|than|instead|rather|but)\b|, not\b", rest
    ):
        return ""
    between = sentence[tokens[each.at].end : tokens[each.place].start]
    manner = " ".join(word for word in between.split() if word.endswith("ly") and not re.fullmatch(_HEDGE, word + " "))
    person = _somebody(tokens, agents, each, len(lead))
    if each.verb in _NO_PASSIVE:
        return ""
    if each.passive and (each.verb.endswith("ing") or (person is not None and person.who is Who.PRONOUN)):
        return ""
    if each.passive:
        return _passive(lead, subject, manner, each, rest, blank)
    if is_gate(subject.lower().split()) and catch:
        return _gate(lead, subject, each, rest)
    if person is None and each.modal == "should" and each.verb in _HAPPENED and not each.negated:
        rest = re.sub(r"\b(?:much|far|way|a lot) (?=earlier|sooner|faster)", "", rest)
        return f"{lead}{subject} did not {base_of(each.verb)} {rest}; {blank}"
    if person is None or each.modal not in ("should", "could", "might"):
        return ""
    return _of_people(lead, manner, each, rest, blank)


def _passive(lead: str, subject: str, manner: str, each: Supposed, rest: str, blank: str) -> str:
    """ "The lag should have been checked first" -> "The lag was not checked first; [what was visible at the time]"."""
    if each.verb in AVERTED and each.modal != "should":
        doing = _BY_DOING.search(" " + rest)
        return f"nothing in the process asked for {doing['what']}; {blank}" if doing and not lead.strip() else ""
    alert = re.search(r"^(?P<before>.*?)(?:\b(?:much |far |a lot )?(?:sooner|earlier|faster|quicker) )?with (?P<what>(?:an?|some) .+)$", rest)  # fmt: skip
    verb = f"{manner} {each.verb}".strip()
    rest = re.sub(r"^by us\b ?", "", rest)
    if each.negated or subject.endswith(" never"):
        subject = subject.removesuffix(" never")
        return f"{lead}{subject} {was(subject)} {verb} {rest}, because {SENSIBLE}" if each.modal == "should" else ""
    if each.modal != "should" and each.verb not in CATCHING | KNOWING | STOPPING:
        return ""
    if alert is not None and each.modal != "should":
        what = re.sub(r"^(?:an?|some) ", "", alert["what"])
        return f"{lead}{subject} {was(subject)} not {verb} {alert['before']}sooner; there was no {what}"
    if re.search(r"\bwith\b", rest) and each.modal != "should":
        return ""
    return f"{lead}{subject} {was(subject)} not {verb} {rest}; {blank}"


def _gate(lead: str, subject: str, each: Supposed, rest: str) -> str:
    """ "A contract test would have caught it" -> "No contract test caught it; [what let it pass]"."""
    if each.verb not in CATCHING | STOPPING | KNOWING | HELPING or re.search(r"\b(?:once|and the|anyone)\b", rest):
        return ""
    det = re.match(r"(?:(?P<some>an?|any)|(?P<the>the|our|this|that|these|those|all|every|\w+['’]s)) ", subject, re.IGNORECASE)  # fmt: skip
    plain = subject[det.end() :] if det else subject
    plain = re.sub(r"^(?:simple|quick|basic|short|single|brief|mere) ", "", plain)
    if (det and det["the"]) or (det is None and each.modal == "should"):
        base = base_of(each.verb)
        return f"{lead}{subject} did not {base} {rest}; {PASSED}" if base else ""
    if re.match(r"(?:second|nightly|routine|peer|monitoring and)\b", plain, re.IGNORECASE) and det is None:
        return ""
    plain = plain[0].lower() + plain[1:] if plain[1:2].islower() else plain
    return f"{lead}no {plain} {past_of(each.verb)} {rest}; {PASSED}"


def _of_people(lead: str, manner: str, each: Supposed, rest: str, blank: str) -> str:
    """ "We should have drained the node first" -> "The node was not drained first; [what was visible at the time]"."""
    if SOMEBODY.search(rest):
        return ""
    found = split_object(rest)
    base = base_of(each.verb)
    if found is None:
        if each.negated:
            return ""
        return f"{lead}nothing in the process asked anybody to {base} {rest}; {blank}" if base in _ASKED else ""
    what, where = found
    if what.lower() in ("one", "better", "more", "this", "that") or _COMPARES.match(what):
        return ""
    verb = f"{manner} {each.verb}".strip()
    if each.negated:
        return f"{lead}{what} {was(what)} {verb}{where}, because {SENSIBLE}"
    return f"{lead}{what} {was(what)} not {verb}{where}; {blank}"


# "A monitor was not had": these stand in no passive.
_NO_PASSIVE = frozenset(["let", "had", "made", "left", "kept", "got", "become", "come", "gone", "liked"])
_HAPPENED = frozenset(["happened", "started", "gone", "begun", "shown", "taken", "come", "lasted", "ended", "stopped"])
_ASKED = frozenset(["wait", "ask", "look", "check", "test", "communicate", "coordinate", "escalate", "think", "consult", "verify", "confirm", "stop", "talk", "roll", "listen", "fail"])  # fmt: skip


def _as_done(found: re.Match[str], blank: str) -> str:
    """ "Had the lag been checked, …" -> "The lag was not checked"; what would have followed is left out with it."""
    said = {name: found.groupdict().get(name) or found.groupdict().get(f"{name}2") or "" for name in _PARTS}
    who, verb, rest = said["who"].strip(), said["verb"].lower(), said["rest"].rstrip()
    manner, lead = said["manner"], said["lead"]
    if re.match(r"(?:there|it not|not|it been)\b", who, re.IGNORECASE) or verb in _NO_PASSIVE or who.endswith(" been"):
        return ""
    if said["been"]:
        what, where = who, rest
    else:
        split = split_object(rest.strip())
        if SOMEBODY.search(rest) or is_gate(who.lower().split()):
            return ""
        if split is None:
            base = base_of(verb)
            asks = base in _ASKED and not said["not"]
            return f"{lead}nothing in the process asked anybody to {base}{rest}; {blank}" if asks else ""
        what, where = split
    if (
        SOMEBODY.fullmatch(what)
        or what.lower() in ("anyone", "we")
        or re.search(r"\b(?:instead|but|by those|by people)\b", where)
    ):
        return ""
    if said["not"]:
        return f"{lead}{what} {was(what)} {manner}{verb}{where}, because {SENSIBLE}"
    return f"{lead}{what} {was(what)} not {manner}{verb}{where}; {blank}"


_PARTS = ("lead", "who", "not", "been", "manner", "verb", "rest")


def _no(lead: str, what: str, blank: str) -> str:
    """ "There should have been an alert" -> "There was no alert"."""
    plain = re.sub(r"^(?:an?|some|any|at least an?) ", "", what.strip(), flags=re.IGNORECASE)
    if _COMPARES.match(plain) or re.search(r"\b(?:and|if|so|but|could|would)\b", plain):
        return ""
    return f"{lead}there {'were' if is_many(plain) else 'was'} no {plain}; {blank}"


def _subject(sentence: str, tokens: list[Token], each: Supposed) -> tuple[str, str]:
    """What stands before the clause of a modal, and its subject."""
    first = each.at - len(each.subject)
    if first < 0 or first == each.at or tokens[each.at].word.endswith("'d"):
        return "", ""
    begin, end = tokens[first].start, tokens[each.at].start
    when = _WHEN.match(sentence)
    if when is not None and begin < when.end() < end:
        begin = when.end()
    lead, subject = sentence[:begin], sentence[begin:end].strip()
    if re.match(r"(?:and|but|or|so|because|then|that)\b", subject, re.IGNORECASE):
        return "", ""
    return (lead, subject) if not lead.strip() or when is not None or leads(lead) else ("", "")


def _somebody(tokens: list[Token], agents: list[Agent], each: Supposed, begin: int) -> Agent | None:
    """Who stands just before the modal as its whole subject, which begins at a place of the sentence."""
    first = next(at for at, token in enumerate(tokens) if token.start >= begin)
    for agent in agents:
        if agent.first <= first and each.at - 1 <= agent.last and not agent.owns:
            return agent
    whole = [token.word for token in tokens[first : each.at]]
    return Agent(first, each.at - 1, Who.WE) if whole in (["we"], ["i"], ["they"], ["one"], ["somebody"]) else None
