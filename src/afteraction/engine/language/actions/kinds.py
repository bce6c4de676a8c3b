"""What the words of an action are: something to do, something done, a question, a statement or only a name (SPEC A1, A5, A6).

Knows how actions begin and which word in them is the verb. Refuses to say whether an action is a good one.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from afteraction.engine.language.actions.put_right import put_right
from afteraction.engine.language.words.action_verbs import (
    ACTION_VERBS,
    COMPOUND_HEADS,
    GERUND,
    NOUNS_TOO,
    PAST,
    STATED_PASTS,
    THIRD,
)
from afteraction.engine.language.words.actions import COMPARATIVES
from afteraction.engine.language.words.pack import listed

_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
_LEADS = re.compile(
    r"\W*(?:please|let['’]s|let us|also|then|next|first|finally|lastly|instead|additionally|furthermore|meanwhile|possibly|maybe|perhaps|potentially|probably|eventually|ideally|explicitly|always|never|automatically|automagically|periodically|regularly|systematically|permanently|temporarily|proactively|continuously|gradually|manually|fully|properly|safely|quickly|immediately|consistently|programmatically|at least|in addition|in the (?:short|long|medium) term|(?:short|long|medium)[- ]term|"
    r"(?:we|i|somebody|someone|(?:the |our )?[\w-]+ (?:team|squad)|the team|[a-z]+ and [a-z]+|you)(?:['’]ll| (?:all )?(?:should|need(?:s)? to|must|will|could|might|may|can|shall|want(?:s)? to|ought to|have to|has to|would like to|are going to|plan(?:s)? to|intend to|agreed to|decided to|propose to|suggest to))|i['’]d (?:like to|suggest to)|need(?:s)? to|should|must|will|ought to|has to|have to|try to|try and|to|be sure to|remember to|going to|plan to)\b[,:]?\s+(?:(?:also|probably|maybe|perhaps|really|definitely|actively|just|then|better|not|consider|either|explicitly|automatically) )*(?=\w|[\"“'‘(])",
    re.IGNORECASE,
)
_OPENS = listed(
    "for in on if when after before as until once during with where at whenever since while within upon instead because given per since"
)
_MODAL = re.compile(
    r"(?P<what>[^.;:?]{1,110}?)[ ](?:should(?:n['’]t)?|(?<!no )(?<!a )(?<!the )needs? to|must(?:n['’]t)?|has to|have to|shall|ought to|will need to|is to|are to|will|could)(?: (?:also|always|never|not|only|be able to|no longer|at least|ever|just|then|[a-z]+ly))* (?P<verb>[a-z][a-z-]*)\b(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_NAMED_TO = re.compile(
    r"(?:@?[\w.-]+|[A-Z][\w-]+(?: (?:and|&) [A-Z][\w-]+)?|[A-Z][\w-]* team|the [\w-]+ team) to (?P<verb>[a-z][a-z-]+)\b"
)
_ASKS = re.compile(
    r"^\W*(?:(?:can|could|should|shall|is|are|was|were|does|did|would) (?:we|it|there|this|that|the|they|you|i|our|any|some|all|he|she|these|those|users?|teams?|people)\b|(?:why|who|whom|whose|what|which|where) (?:\w+ ){0,3}?(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|had|didn['’]t|wasn['’]t|isn['’]t|aren['’]t|don['’]t|doesn['’]t|not)\b|how (?:can|could|do|did|does|should|would|will|is|are|come|many|much|long|often)\b|what if\b|any (?:reason|way|idea|chance))",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"(?<![-\w])(?:is|are|was|were|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|can|can['’]?t|cannot|could|couldn['’]t|would|wouldn['’]t|did|didn['’]t|does|doesn['’]t|do not|don['’]t|has|hasn['’]t|have|haven['’]t|had|hadn['’]t|will|won['’]t|might|may|it['’]s|there['’]s|that['’]s|there is|we['’]re|we['’]ve|they['’]re|i['’]m)(?![-\w])",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:we|i|it|they|he|she|there|this|that|these|those|you|nobody|no one|everyone|everything|nothing|it['’]s|that['’]s|there['’]s|we['’](?:re|ve|d)|i['’](?:m|ve|d))\b",
    re.IGNORECASE,
)
_NEED = re.compile(
    r"^(?:we|i|there|the team|our team|[\w-]+)? ?(?:really )?(?:needs?|require|would benefit from|should have|should be|lack)\b",
    re.IGNORECASE,
)
_OBJECT_AFTER = r"(?= (?:the|a|an|to|at|by|in|on|after|from|due|because|not|our|their|its|effect|no|any|all|that|with|for|into|until|when|as|over|\d))"
_THIRD_AFTER = (
    r"(?= (?:the|a|an|to|our|their|its|no|any|all|that|more|some|not|only|it|them|us|into|out|up|down|when|if))"
)
_SUBORDINATE = re.compile(
    r",? \b(?:that|which|who|whose|when|whenever|if|so that|so|because|where|while|unless|until|to(?! (?:a|an|the|our|all|its|their)\b)|before|after|in case|as)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"^\W*(?:(?:we|i|the team|[\w-]+ team|they)(?:['’]ve| have| has)? (?:already |now |also |since |recently |subsequently |temporarily )*(?P<past>[a-z-]+)(?:/[a-z]+)?|(?:this|it|these|that)(?: has| have)? (?:already |now )?been (?P<been>done|\w+ed|made|built|set)\b|.{3,90}? (?:has|have) (?:already |now |since |also )?been (?P<passive>[a-z-]+)\b|.{3,60}? (?:has|have) (?:already |now )(?P<perfect>[a-z]+)\b|already (?P<already>[a-z-]+)\b)",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"(?:,? \band(?: then| also)?|;(?: then)?|, then|,? \bas well as|, plus) (?P<verb>[a-z-]+)\b(?= (?:the|a|an|our|all|any|every|each|its|their|other|new|more|old|existing|how|whether|that|this|it|for|to|\w+s\b|[A-Z]|`|\w+[-_]\w+|\w+ing\b))|^(?P<one>[A-Z]?[a-z-]+)(?: |, \w+,? )and (?P<two>[a-z-]+)\b"
)
_PAIRS_KEPT = frozenset(
    {"document publish", "write publish", "create publish", "build deploy", "test deploy", "review merge", "stop start", "document share", "write share",
     "drain cordon", "cordon drain", "cordon cull", "remove replace", "deprecate remove", "build push", "update publish", "detect alert", "alert page", "monitor alert", "check alert", "measure alert", "track alert",
     "track report", "record publish", "measure publish", "draft publish", "back restore", "find remove", "find delete", "identify remove", "find fix", "detect fix", "detect remove",
     "detect restart", "detect kill", "copy paste", "plan run", "schedule run", "write run", "record show", "collect show", "collect publish", "log alert", "validate reject",
     "test document", "write test", "write review", "design document", "create share", "lint format", "start stop", "catch retry", "catch log", "pin update", "cut release"}
)  # fmt: skip
_MISSED = re.compile(
    r"\b(?:would|could|should|might|must)(?:n['’]t)? (?:not )?(?:\w+ly |also |just )*have (?:not |also |\w+ly |just )*(?:been|had|known|made|seen|caught|gone|done|taken|got|given|kept|left|\w+ed)\b|\bhad (?:we|i|they|it|the \w+) \w+ed\b|\bif (?:we|i|they|it|the \w+) had\b",
    re.IGNORECASE,
)
_NOTED = re.compile(
    r"^(?:please )?(?:note|remember|keep in mind|be aware)(?: that\b|:)|^(?:n/?a|none|nothing|tbd)\W*$|^see (?:also|https?:|above|below|the)\b",
    re.IGNORECASE,
)
_STATES_AT_ONCE = re.compile(
    r"(?: (?!(?:the|a|an|our|all|any|every|each)\b)[\w'/-]+){0,3} (?:is|are|was|were|has|had|must|needs?|will|cannot|can|does|did|isn't|aren't|wasn't)\b"
)
_LACKS = re.compile(
    r"^(?:lack of|absence of|missing \w+|no (?!longer\b)\w+|insufficient|inadequate|not enough|too (?:many|much|few|little)|nobody|several \w+ \w+ can)\b",
    re.IGNORECASE,
)
_BEHIND = re.compile(r" (?:for|of|in|on|from)\b")
_THEN_STATES = re.compile(
    r"\b(?:so that|so|that|which|who|when|if|to|unless|until|whether|because)\b(?=[^,;]*$)", re.IGNORECASE
)


_DETERMINERS = listed("the a an every each any all no our this that")
_AFTER_DOES = re.compile(
    r" (?:the|a|an|every|any|all|each|our|its|no|when(?:ever)?|if|unless|by itself|back|that|on every|on each|itself|them|it)\b"
)


class Kind(StrEnum):
    """What the words are. BENT is a verb in another form than an action begins with."""

    DOING = "doing"
    DONE = "done"
    QUESTION = "question"
    STATEMENT = "statement"
    BENT = "bent"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the words that show it, and the action in its base form where that is known. `is_need`: it says
    what is needed, not what is done. `at` is where its verb begins in the sentence."""

    what: Kind
    shown: str = ""
    suggestion: str = ""
    is_need: bool = False
    at: int = 0


def kind_of(first: str, sentence: str) -> Found:
    """What the first sentence of an action is."""
    first = first.replace("’", "'")
    verb, place = leading(first)
    asked = _ASKS.match(first)
    if first.endswith("?") or asked or (sentence.endswith("?") and not _is_verb(verb, first, place)):
        return Found(Kind.QUESTION)
    if (
        _NOTED.match(first)
        or _LACKS.match(first)
        or _MISSED.search(first[: place + 14] if _is_verb(verb, first, place) else first)
    ):
        return Found(Kind.STATEMENT)
    if _is_verb(verb, first, place):
        return Found(Kind.DOING, verb, at=place)
    should = _MODAL.match(first)
    asked_of_it = should is not None and _is_asked_of_it(should)
    done = "" if asked_of_it or verb in _OPENS else _done(first, verb, place)
    if done:
        return Found(Kind.DONE, done)
    if verb in COMPARATIVES and place == 0:
        return Found(Kind.NOTHING)
    named = _NAMED_TO.match(first)
    if named and named["verb"] in ACTION_VERBS:
        return Found(Kind.DOING, named["verb"], at=named.start("verb"))
    if should is not None and asked_of_it:
        return Found(Kind.DOING, should["verb"], at=should.start("verb"))
    bent = GERUND.get(verb)
    if bent and place == 0:
        return Found(Kind.BENT, verb, f"{bent.capitalize()}{first[len(verb) :]}")
    if _is_stated(first):
        return Found(Kind.STATEMENT, is_need=bool(_NEED.match(first)))
    if THIRD.get(verb) and place == 0 and verb not in NOUNS_TOO and re.match(rf"\w+{_THIRD_AFTER}", first):
        return Found(Kind.BENT, verb, f"{THIRD[verb].capitalize()}{first[len(verb) :]}")
    return Found(Kind.NOTHING)


def leading(sentence: str) -> tuple[str, int]:
    """The word that should be the verb, in small letters, and its place: "For new clusters, set …" has "set"."""
    begin = 0
    for _ in range(4):
        led = _LEADS.match(sentence, begin)
        if not led:
            break
        begin = led.end()
    opening = _WORD.search(sentence, begin)
    if opening is None:
        return "", 0
    if opening[0].lower() in _OPENS:
        comma = sentence.find(",", opening.end())
        if comma > 0:
            begin = comma + 1
            led = _LEADS.match(sentence, begin)
            begin = led.end() if led else begin
    elif opening[0].lower().endswith("ly") and opening[0].lower() not in ("apply", "supply", "reply", "rely", "comply"):
        begin = opening.end()
    found = _WORD.search(sentence, begin) or opening
    return found[0].lower().split("/")[0], found.start()


def second_verb(sentence: str) -> str:
    """The words with which a second action begins, "" where there is one alone."""
    first, _ = leading(sentence)
    for match in _SECOND.finditer(sentence):
        second = match["verb"] or match["two"]
        if match["one"] and (match["one"].lower() not in ACTION_VERBS or _noun_follows(sentence, match.end())):
            continue
        if match["verb"] and _is_within(sentence[: match.start()]):
            continue
        if second in ACTION_VERBS and (
            second not in NOUNS_TOO
            or match["two"]
            or re.match(r" (?:the|a|an|our|all|it|every|each|any)\b", sentence[match.end() :])
        ):
            found = f"{first} {second}"
            if found not in _PAIRS_KEPT:
                return match[0].lstrip("; ,")
    return ""


def _is_within(before: str) -> bool:
    """Whether what stands before a second verb opened a clause of its own: "so that …", "to fetch …"."""
    clauses = list(_THEN_STATES.finditer(before))
    if not clauses:
        return False
    opened = clauses[-1]
    follows = _WORD.match(before, opened.end() + 1)
    return opened[0].lower() != "to" or (follows is not None and follows[0].lower() in ACTION_VERBS)


def _noun_follows(sentence: str, end: int) -> bool:
    """ "Test and alert coverage": what follows both is their noun."""
    after = _WORD.match(sentence.lower(), end + 1)
    return bool(after) and after is not None and after[0] in COMPOUND_HEADS


def _is_verb(verb: str, sentence: str, place: int) -> bool:
    if verb not in ACTION_VERBS:
        return False
    rest = sentence[place + len(verb) :]
    if rest[:1] == ":" or (place == 0 and not rest.strip(" .!")):
        return verb not in NOUNS_TOO and bool(rest.strip(" .:!"))
    if verb not in NOUNS_TOO or place > 0:
        return True
    if _STATES_AT_ONCE.match(_SUBORDINATE.split(rest, maxsplit=1)[0]):
        return False
    after = [word.lower() for word in _WORD.findall(rest)]
    if not after:
        return False
    if re.match(r" (?:of|is|are|was|were|has|had|should|must|needs?|will|could|would|can|did|does)\b", rest):
        return False
    if after[0] in ("for", "with", "on", "about", "in", "by") and verb not in (
        "test", "check", "search", "look", "alert", "page", "plan", "log", "report", "switch", "account", "wait", "back", "work", "watch", "monitor", "scan", "fail", "roll", "turn", "sign", "scale", "act", "block", "focus", "put", "step", "deal", "set",
    ):  # fmt: skip
        return False
    if (
        after[0] in COMPOUND_HEADS
        and len(after) <= 6
        and not re.search(r"\b(?:the|a|an|our|all|every|each)\b", _BEHIND.split(rest, maxsplit=1)[0])
    ):
        return (
            len(after) > 1 and after[1] in ("to", "from", "into") and verb not in ("release", "file", "query", "access")
        )
    return True


def _done(first: str, verb: str, place: int) -> str:
    if verb in PAST and place == 0:
        return verb
    told = _DONE.match(first)
    if told is None:
        return put_right(first)
    said = next((value for value in told.groupdict().values() if value), "").lower()
    if (
        said in PAST
        or said in ("done", "put", "set", "cut", "shut", "let")
        or (said in STATED_PASTS and told["past"] is None)
    ):
        return said
    return put_right(first)


def _is_asked_of_it(should: re.Match[str]) -> bool:
    verb = should["verb"].lower()
    if verb == "have" or re.search(r"\b(?:that|which|who|if|when|because|where|whether)\b", should["what"]):
        return bool(re.match(r"^(?:if|when|once|after)\b.*,", should["what"], re.IGNORECASE)) and verb in ACTION_VERBS
    if verb == "be":
        return True
    return verb in ACTION_VERBS


def _is_stated(first: str) -> bool:
    """Whether the main clause says how something is or was."""
    cut = next((each.start() for each in _SUBORDINATE.finditer(first) if each.start() > 3), len(first))
    head = first[:cut]
    if _SUBJECT.match(head) or _FINITE.search(head):
        return True
    said = _WORD.findall(head)
    if said and _does(said, first):
        return True
    for at, word in enumerate(said[1:], 1):
        low = word.lower()
        if (
            (low in PAST or low in STATED_PASTS)
            and (re.search(rf"\b{re.escape(word)}{_OBJECT_AFTER}", first) or at == len(said) - 1)
            and not _is_participle(said, at, first)
        ):
            return True
        if (
            low in THIRD
            and low not in COMPOUND_HEADS
            and at <= 6
            and re.search(rf"\b{re.escape(word)}{_THIRD_AFTER}", first)
            and (
                low[:-1] not in NOUNS_TOO
                or re.search(rf"\b{re.escape(word)} (?:the|a|an|our|their|its|no|any|some|more)\b", first)
            )
        ):
            return True
    return False


def _does(said: list[str], first: str) -> bool:
    """Whether something is told to do what it does: "the canary of payments aborts by itself when …"."""
    if said[0].lower() not in _DETERMINERS and not said[0].lower().startswith("automatic"):
        return False
    for at, word in enumerate(said[1:11], 1):
        low = word.lower()
        if low in THIRD and low not in COMPOUND_HEADS and said[at - 1].lower() not in _DETERMINERS:
            after = first[first.index(word) + len(word) :]
            if _AFTER_DOES.match(after) or (THIRD[low] not in NOUNS_TOO and at > 1):
                return True
    return False


def _is_participle(said: list[str], at: int, first: str) -> bool:
    """ "Alerts based on …", "a check run by …": the past form belongs to the noun before it."""
    after = re.search(rf"\b{re.escape(said[at])} (\w+)", first)
    return (
        bool(after)
        and after is not None
        and after[1] in ("by", "on", "with", "from", "as", "for", "into")
        and not first.startswith(("The ", "A ", "An ", "Our "))
    )


__all__ = ("Found", "Kind", "kind_of", "leading", "second_verb")
