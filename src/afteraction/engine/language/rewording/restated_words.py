"""A sentence with one phrase in it replaced: human error by what was done, an adjective by what was measured.

Knows which phrase of a finding may go and which blank takes its place. Refuses where the words around would no longer
stand together.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.people.agents import Agent, Token
from afteraction.engine.language.rewording.sayable import DONE, ELSE, FAILED, MANY, MEASURED, PATH, SHOWN

_ERROR = re.compile(
    r"(?:errors?|mistakes?|failings?|failures?|oversights?|slips?|slip-?ups?|lapses?|negligence|carelessness|blunders?|fallibility|fault|inattention|trouble|PEBKAC|misoperation|mishandling|handling|manipulation|operation|concentration|attention)$",
    re.IGNORECASE,
)
_BEFORE_ERROR = re.compile(
    r"(?:\b(?:an?|the|some|one|any|simple|pure|plain|sheer|basic|honest|classic|typical|unfortunate|good old|old|mere|single|further|another|same|just|only|purely) )+$",
    re.IGNORECASE,
)
_MAY_STAND_BEFORE = re.compile(
    r"(?:^|[.,;:=–—|(\[-]|\b(?:by|of|to|from|with|as|in|was|were|is|are|be|been|due|and|but|that|because|on|not|remains|remained|blames|blamed|cites|cited|for|when|before|after|so|through|under|s|an|how|where|case|example|than|into|yet|while|boiled|were|since|if|simply|entirely|mostly|mainly|just|largely|points|shows|found|indicates|confirmed|confirms|suspect|suspects|reason|cause|again|via|caused)) ?[\W]*$",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(r" (?:by|of|from|on the part of|committed by|made by) $", re.IGNORECASE)
_CAUSE = re.compile(
    r"^(?P<lead>\W*(?:[\w ]{2,20}: )?)(?:the |our |its |a )?(?:(?:single|sole|only|one and only|main|ultimate|real|unique|actual|true|underlying|primary) )*(?:root[ -])?(?:cause|reason)(?P<of> (?:of|for) [\w '’-]+?)? (?P<is>was|is)(?: found to be| identified as| determined to be| simply| just| only)? (?P<what>[^.;]+?)[\s.!]*$",
    re.IGNORECASE,
)
_TURNED_OUT = re.compile(r"\bturned out to be\b", re.IGNORECASE)
_ROOT_LABEL = re.compile(r"^(?P<lead>\W*)(?:the )?(?:single |sole |main |ultimate )?root[ -]cause(?P<sep>\W{0,4}: ?\W{0,4})(?P<what>[^.;]+?)[\s.!]*$", re.IGNORECASE)  # fmt: skip
_MERELY = re.compile(r"\b(?P<by>caused by|due to|because of) (?:just |only )?(?P<a>an?|one) (?:mere|single|simple|tiny|trivial|lone) (?P<what>[\w -]+?)(?P<rest>[.,;].*|)$", re.IGNORECASE)  # fmt: skip
_BY_ACCIDENT = re.compile(
    r" ?\b(?:accidentally|accidently|inadvertently|mistakenly|unintentionally|unwittingly|erroneously|wrongly|by accident|by mistake|in error|somehow)\b",
    re.IGNORECASE,
)
_ACCIDENTAL = re.compile(r"\b(?P<det>an?|the) (?:accidental|inadvertent|unintentional|erroneous|mistaken) (?=(?P<next>\w))", re.IGNORECASE)  # fmt: skip
_DECIDED = re.compile(r"^(?P<lead>\W*)(?:it (?:was|has been|had been) (?:decided|agreed)|a decision was (?:taken|made)) (?P<to>to|that) (?P<what>[^.;]+?)\W*$", re.IGNORECASE)  # fmt: skip
_MISTAKES = re.compile(r"^(?P<lead>\W*)(?:some |several )?(?:mistakes?|errors?) (?:was|were|have been) (?:made|introduced)(?P<rest>[^.;]*?)\W*$", re.IGNORECASE)  # fmt: skip
_SMALL = re.compile(
    r"(?P<is>\b(?:was|were|is|remained|stayed) )(?:close to |practically |virtually |considered |only |very |really )?(?:negligible|minimal|minor|trivial|insignificant|marginal|nil|zero|tiny|a one-off|an? (?:minor |small )?(?:glitch|hiccup|blip)|small|limited)(?P<after>[.,;]| (?:and|but|for|on)\b|$)",
    re.IGNORECASE,
)
_FEW = re.compile(r"\b(?:only |just )(?:an? )?(?:very )?(?:handful|few|couple|small number|small fraction)(?: of)?(?= \w)", re.IGNORECASE)  # fmt: skip
_IS = re.compile(r"(?P<is>\b(?:was|were|is|are) )(?P<what>[\w' -]+?)(?P<after>[.,;]|$)")
_OUTAGE = re.compile(r"\b(?P<an>an )?(?P<word>outage)(?P<s>s?)\b", re.IGNORECASE)
_OBVIOUS = r"(?:quite |very |clearly |plainly |blindingly |painfully )?(?:much )?(?:obvious|clear|evident|apparent|inevitable|foreseeable|predictable|clearly foreseeable)"
_THAT = re.compile(rf"^(?P<lead>\W*)it (?:was|is|seems|should have been) {_OBVIOUS} that (?P<what>[^;]+?)\W*$", re.IGNORECASE)  # fmt: skip
_WAS_EXPECTED = re.compile(r"^(?P<lead>\W*)(?:it was (?:\w+ )?(?:inevitable|foreseeable|predictable) that (?P<that>[^;,]+?)|(?P<what>(?:the|this|that|our) [^;,]+?) (?P<is>was|were) (?:clearly |entirely |easily |perfectly )?(?:inevitable|foreseeable|predictable))\W*$", re.IGNORECASE)  # fmt: skip
_WAS_OBVIOUS = re.compile(rf"(?P<is>\b(?:was|were)) {_OBVIOUS}\b(?P<rest>[^;]*?)\W*$", re.IGNORECASE)
_MARKER = re.compile(r"^(?P<lead>\W*)(?:(?:in|with)(?: the benefit of)? (?:hindsight|retrospect)|looking back|seen today|retrospectively),? (?P<rest>.+)$", re.IGNORECASE)  # fmt: skip
_EVERYBODY_KNEW = re.compile(r"^(?P<lead>\W*)(?:everyone|everybody|we all|they all|the team|we|they) (?:\w+ )?knew (?:that )?(?P<what>(?:the|it|this|our|a) [^;]+?)\W*$", re.IGNORECASE)  # fmt: skip
_SIGNS = re.compile(r"^(?P<lead>\W*)(?:and |there )?(?:the )?(?:warning )?signs (?:were|was) (?:all )?(?:there|obvious|everywhere|visible|clear)(?P<rest>[^,;]*?)\W*$", re.IGNORECASE)  # fmt: skip
_ASKS = re.compile(r"^(?P<lead>\W*)(?P<rest>.+?)\W*$", re.DOTALL)


def without_human_error(sentence: str, start: int, end: int, tokens: list[Token], agents: list[Agent]) -> str:
    """ "The cause was human error" -> "The cause was [what was done, and what let it through]"."""
    said = sentence[start:end]
    tail = re.fullmatch(r"(?:an? |the )?(?:\w+ )?(?:mistakes?|errors?|carelessness)(?: made)?(?P<rest> (?:in|while|during|under)\b.*)", said, re.IGNORECASE)  # fmt: skip
    if tail is not None:
        end = start + tail.start("rest")
        said = "mistake"
    if sentence[:start].endswith(" by ") and said.startswith("mistake"):
        return ""
    if re.fullmatch(r"(?:an? )?(?:mistakes?|errors?) (?:made )?(?:by|of|on the part of) .+", said, re.IGNORECASE):
        said = "mistake"
    if not _ERROR.search(said.strip()) or "configuration" in said.lower():
        return ""
    before, after = sentence[:start], sentence[end:]
    if after.startswith(" and failure"):
        return ""
    if re.fullmatch(r"\W*(?:(?:in the end|somewhere along the line|unfortunately|mostly|mainly|probably|apparently),? )(?:an? )?", before, re.IGNORECASE):  # fmt: skip
        return f"{re.sub(' an? $', ' ', before)}{DONE}{sentence[end:]}"
    lead = _BEFORE_ERROR.search(before)
    before = before[: lead.start()] if lead else before
    if before.rstrip().lower().endswith(("case of", "example of", "instance of")):
        before = re.sub(r"(?:an? |the )?(?:\w+ )?case of\s*$", "", before, flags=re.IGNORECASE)
        if before.rstrip().endswith(" of"):
            return ""
    if not _MAY_STAND_BEFORE.search(before):
        return ""
    for agent in agents:
        reach = sentence[end : tokens[agent.first].start]
        if _BY_SOMEBODY.fullmatch(reach) and not agent.owns:
            after = sentence[tokens[agent.last].end :]
            break
    if re.match(r"[ -](?:rate|rates|and(?! not)|or|caused(?= by))\b", after) or re.match(
        r" (?:by|of|and failure) ", after
    ):
        return ""
    return f"{before}{DONE}{after}"


def with_the_other_causes(sentence: str) -> str:
    """ "The root cause was a missing index" -> "One cause was a missing index; another was [what else …]"."""
    plain = _TURNED_OUT.sub("was", sentence)
    found = _CAUSE.match(plain)
    if found is not None:
        what = found["what"]
        if re.search(r"\b(?:and (?:the|it|they|we)|but|so|because|, )\b", what):
            return ""
        return f"{found['lead']}one cause{found['of'] or ''} {found['is']} {what}; another was {ELSE}"
    label = _ROOT_LABEL.match(plain)
    if label is not None and not re.search(r"[,:] ", label["what"]):
        return f"{label['lead']}Causes{label['sep']}{label['what']}; {ELSE}"
    merely = _MERELY.search(plain)
    if merely is not None and not re.search(r"\b(?:and|of|in|on|that|which)\b", merely["what"]):
        det = "a" if merely["a"].lower() != "one" else "one"
        det = "an" if det == "a" and merely["what"][0] in "aeiou" else det
        return f"{plain[: merely.start()]}{merely['by']} {det} {merely['what']} and {ELSE}{merely['rest']}"
    return ""


def with_the_path(sentence: str, start: int, end: int) -> str:
    """ "The table was accidentally dropped" -> "The table was dropped through [what tool or path]"."""
    decided = _DECIDED.match(sentence)
    if decided is not None:
        return f"{decided['lead']}the decision {decided['to']} {decided['what']} was taken on the grounds of [what was known then]"
    mistakes = _MISTAKES.match(sentence)
    if mistakes is not None:
        return f"{mistakes['lead']}[what step] did not go as planned{mistakes['rest']}, through {PATH}"
    rest = sentence.rstrip(".! ")
    noun = _ACCIDENTAL.search(sentence)
    if noun is not None:
        det = noun["det"]
        if det.lower() in ("a", "an"):
            det = ("A" if det[0] == "A" else "a") + ("n" if noun["next"].lower() in "aeiou" else "")
        return f"{rest[: noun.start()]}{det} {rest[noun.end() :]}; it went through {PATH}"
    adverb = _BY_ACCIDENT.search(sentence, max(0, start - 1), min(len(sentence), end + 25))
    if adverb is None or re.search(r"\b(?:by|due to|because|instead)\b", sentence[adverb.end() :]):
        return ""
    said = (rest[: adverb.start()] + rest[adverb.end() :]).lstrip(" ,")
    return f"{said} through {PATH}" if not re.search(r"[,;(:?]", said) else ""


def with_a_measure(sentence: str, start: int, end: int) -> str:
    """ "The back-out plan was woefully inadequate" -> "The back-out plan was [what was measured]"."""
    found = _IS.search(sentence, max(0, start - 6))
    if found is not None and found.start("what") <= end and found.end("what") >= end - 1 and len(found["what"].split()) < 6:  # fmt: skip
        if re.search(r"\b(?:by|and the|of the|that|which|caused|shown)\b", found["what"]):
            return ""
        return f"{sentence[: found.start()]}{found['is']}{MEASURED}{found['after']}{sentence[found.end() :]}"
    noun = re.search(r"\b(?P<det>an?|the|our)? ?(?:(?:woefully|badly|poorly|hastily|rather|very|so) )?[\w-]+ (?P<noun>[a-z]+)\W{0,2}$", sentence[:end])  # fmt: skip
    after = sentence[end:]
    if noun is None or not noun["det"] or not re.match(r"(?:[.,;]|$| (?:caused|led|meant|made|was|were|in|of|that|is|took|broke)\b)", after):  # fmt: skip
        return ""
    det = noun["det"] if noun["det"].lower() not in ("a", "an") else ("an" if noun["noun"][0] in "aeiou" else "a")
    det = det.capitalize() if noun["det"][0].isupper() else det
    return f"{sentence[: noun.start()]}{det} {noun['noun']} that lacked [what]{after}"


def with_numbers(sentence: str) -> str:
    """ "Impact was negligible" -> "Impact was [how many, for how long]"."""
    found = _SMALL.search(sentence)
    if found is not None:
        blank = FAILED if " a" in found[0] and ("one-off" in found[0] or "tch" in found[0] or "hic" in found[0] or "blip" in found[0]) else MANY  # fmt: skip
        if blank == FAILED and re.search(r"\bagain\b", sentence[found.end() :]):
            return f"{sentence[: found.start()]}{found['is']}{FAILED}"
        return f"{sentence[: found.start()]}{found['is']}{blank}{found['after']}{sentence[found.end() :]}"
    few = _FEW.search(sentence)
    if few is not None:
        return f"{sentence[: few.start()]}[how many]{sentence[few.end() :]}"
    return ""


def as_seen_then(sentence: str) -> str:
    """ "It was obvious that the disk would fill" -> "The disk would fill: [what showed it, and since when]"."""
    marked = _MARKER.match(sentence)
    rest = f"{marked['lead']}{marked['rest']}" if marked else sentence
    that = None if _WAS_EXPECTED.match(rest) else _THAT.match(rest)
    if that is not None and not re.search(r", (?:and|but|so)\b|\bwould\b", that["what"]):
        return f"{that['lead']}{that['what']}; {SHOWN}"
    if that is not None and not re.search(r", (?:and|but|so)\b", that["what"]):
        return f"{that['lead']}that {that['what']} could be seen from [what, and since when]"
    known = _EVERYBODY_KNEW.match(rest)
    if known is not None:
        return f"{known['lead']}{known['what']}; {SHOWN}"
    signs = _SIGNS.match(rest)
    if signs is not None:
        return f"{signs['lead']}[what signals] were visible [where, and since when]"
    expected = _WAS_EXPECTED.match(rest)
    if expected is not None:
        said = f"that {expected['that']}" if expected["that"] else expected["what"]
        return f"{expected['lead']}{said} {expected['is'] or 'was'} expected [on what grounds, and since when]"
    seen = _WAS_OBVIOUS.search(rest)
    if seen is not None and not re.match(r"\W*(?:and|that|from the (?:start|beginning))\b", seen["rest"]):
        many = seen["is"]
        return f"{rest[: seen.start()]}{many} visible{seen['rest']} [to whom, and since when]"
    return ""


def without_easily(sentence: str) -> str:
    """The sentence without what says that it would have been easy, for the rules about the past."""
    marked = _MARKER.match(sentence)
    rest = f"{marked['lead']}{marked['rest']}" if marked else sentence
    return re.sub(r" (?:very |quite |so )?(?:easily|trivially|readily)\b", "", rest)


def without_outage(sentence: str) -> str:
    """ "a short outage of the map" -> "a short disruption of the map"."""

    def said(found: re.Match[str]) -> str:
        word = "Disruption" if found["word"][0].isupper() else "disruption"
        an = ("A " if found["an"][0] == "A" else "a ") if found["an"] else ""
        return f"{an}{word}{found['s']}"

    return _OUTAGE.sub(said, sentence)


def in_a_quiet_voice(sentence: str) -> str:
    """ "… again!!!" -> "… again."."""
    quiet = re.sub(r"!{2,}|[!?]{2,}", ".", sentence)
    return quiet if quiet != sentence and not re.search(r"\.\s*\w[^.]*\.$", quiet) else ""


def with_a_role(sentence: str, start: int, end: int) -> str:
    """A name in a text for everybody replaced by a role."""
    return f"{sentence[:start]}[role]{sentence[end:]}"
