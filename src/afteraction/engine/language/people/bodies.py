"""Bodies of people whose names no list knows, by what people alone do: "Platform Tools has refused to change it".

Knows verbs that no system has. Refuses to take a component for somebody, and to say what a body did wrong.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.other_past.subjects import is_system
from afteraction.engine.language.people.somebody import Agent, Token, Who
from afteraction.engine.language.words.pack import Pack, listed

_ONLY_BODIES = re.compile(
    r"(?:(?:has|have|had|also|then|again|simply|just|once|\w+ly) )*(?:forgot|neglected|insisted|promised|assured|decided (?:to|that|against|not)|thought|believed|bothered|misjudged|overruled|overlooked|omitted to|brought in|hired|rushed|refused to (?:change|listen|help|roll|discuss|talk|fix|pay|admit|believe|let|approve|sign|wait|answer|share|hand)|(?:has|have|had) a (?:bad |long )?(?:habit|history|tendency|reputation)|(?:a|got|gotten|grew|become) (?:\w+ )?(?:sloppy|careless|lazy|complacent|greedy|cocky)|never (?:asks?|listens?|reads?|tests?|consults?|tells?|warns?|answers?|asked|listened|told|consulted|answered)|(?:did not|didn't) (?:bother|listen|(?:ask|tell|inform|consult|warn) (?:anyone|anybody|us|the (?:\w+ )?(?:team|others|customers?)))|(?:[a-z]+ed|sent|put|cut|sold|made|ran|took|brought|gave|bought) (?:[\w'-]+ ){0,8}?without (?:even |ever |first |so much as )?(?:asking|telling|informing|consulting|notifying|warning) (?:anyone|anybody|us|a soul|the (?:\w+ )?(?:team|others|rest|customers?|owners?)|[a-z]+ (?:team|owners?))|shipped [^.;]{1,50} and (?:has|have) (?:refused|never|ignored))\b"
)
# One of these stands in whatever they do.
_DEEDS = listed("""
    forgot neglected insisted promised assured decided thought believed bothered misjudged overruled overlooked omitted
    brought hired rushed refused habit history tendency reputation sloppy careless lazy complacent greedy cocky never
    bother listen ask tell inform consult warn without shipped
""")
_TOOLS = listed("tool tools tooling utility wizard installer linter compiler ui console")
_NO_BODY = listed("""
    the a an this that these those it there he she they we i you what which who nobody someone somebody everyone if when
    while after before because since although and but or so then however later in on at by for from with to of as no not
    one two three all both each every some any our his her their its my your
""")


def body_at(tokens: list[Token], pack: Pack) -> Agent | None:
    """A body of people whose name no list knows, by what only people do: "Platform Tools has refused to change it"."""
    first = 1 if tokens and tokens[0].word in ("the", "our") else 0
    if not tokens or not tokens[0].text[0].isupper() or _DEEDS.isdisjoint([token.word for token in tokens]):
        return None
    for last in range(first, min(first + 4, len(tokens) - 1)):
        word = tokens[last].word
        if not word[0].isalpha() or word in _NO_BODY or word in pack["be"]:
            return None
        following = " ".join(token.word for token in tokens[last + 1 : last + 14])
        named = not first or any(token.text[0].isupper() for token in tokens[first : last + 1])
        if named and _ONLY_BODIES.match(following):
            return None if is_system((word,), ()) or tokens[last].text in _TOOLS else Agent(0, last, Who.TEAM)
    return None
