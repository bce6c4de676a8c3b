"""A question about somebody asked about what made it possible.

Knows "who did …", "why did they …" and "why didn't anybody …". Refuses to keep the somebody.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.people.agents import Agent, Token
from afteraction.engine.language.rewording.inflecting import participle_of
from afteraction.engine.language.rewording.objects_said import SOMEBODY, split_object

PLAIN = "What allowed this to happen?"
_WHO = re.compile(
    r"^\W*who (?:actually |exactly |the hell |has |had )?(?P<verb>\w+) (?P<rest>[^?]+?)\W*$", re.IGNORECASE
)
_WHY = re.compile(r"^\W*why (?P<aux>did|didn['’]t|did not|has|had) ", re.IGNORECASE)


def asked_of_the_system(sentence: str, tokens: list[Token], agents: list[Agent]) -> str:
    """ "Who deleted volume 17?" -> "What allowed volume 17 to be deleted?"."""
    who = _WHO.match(sentence)
    if who is not None:
        found = split_object(who["rest"])
        verb = who["verb"].lower()
        if verb == "let":
            return f"What let {who['rest']}?"
        if found and verb == "made" and found[1].startswith(" to "):
            found = (found[0] + found[1], "")
        if (
            found
            and verb not in ("wrote", "designed")
            and not SOMEBODY.search(who["rest"])
            and (verb.endswith("ed") or participle_of(verb) != verb + "ed")
        ):
            return f"What allowed {found[0]} to be {participle_of(verb)}{found[1]}?"
    why = _WHY.match(sentence)
    if why is not None:
        for agent in agents:
            if tokens[agent.first].start <= why.end() + 4 and tokens[agent.last].start >= why.end() and not agent.owns:
                rest = sentence[tokens[agent.last].end :].strip().rstrip("? ")
                negated = re.match(r"not (?P<rest>.+)$", rest, re.DOTALL)
                rest = negated["rest"] if negated else rest
                if not re.match(r"[a-z-]+ \S", rest) or SOMEBODY.search(rest) or ("'" in rest.split()[0]):
                    break
                if negated or "n" in why["aux"].lower():
                    return f"What made it hard to {rest}?"
                return f"What made it easy to {rest}?" if re.match(r"(?:forget|miss|overlook|skip|ignore|misread|assume)\b", rest) else f"What made it possible to {rest}?"  # fmt: skip
    return PLAIN
