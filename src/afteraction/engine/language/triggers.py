"""Words without one of which no rule about people finds anything, so that a text without them is passed over quickly.

Knows words. Refuses to judge: it lets through too much rather than too little.
"""

from __future__ import annotations

import re
from functools import lru_cache

from afteraction.engine.language.agents import heads_of
from afteraction.engine.language.catches import DENYING, GATES
from afteraction.engine.language.given_names import AMBIGUOUS, CLEAR
from afteraction.engine.language.human_lapses import omitting_words
from afteraction.engine.language.idioms import IDIOM_WORDS
from afteraction.engine.language.named import OF_PEOPLE
from afteraction.engine.language.not_people import NOT_PEOPLE
from afteraction.engine.language.words.lapses import WORDS as _OF_LAPSES
from afteraction.engine.language.words.pack import Pack, listed
from afteraction.engine.language.words.signs import WORDS as _OF_SIGNS

_ALONE = listed("""
    failed fail error errors without blame blamed blaming culprit mistake accident who whose who's why mine pebkac
    thinking due because cause causes down wrong got responsible lacked human fat-finger fat forgot bother introduced
    judgement judgment let looked slept result responsibility didn't not never hadn't hasn't haven't nobody no-one no
    neither whoever too instead rather against outside despite hurry rush haste trusted traced attributed pinned led
    resulted worse wasted lost took paid cut acted behaved reacted rushed deviated strayed departed refused abused
    dismissed knew only decision choice job advice
""")


@lru_cache(maxsize=8)
def _triggers(pack: Pack) -> frozenset[str]:
    """Words without which no rule finds anything."""
    lists = (
        "human faults", "faults", "careless adverbs", "fault nouns", "bad objects", "fault adjectives", "causing",
        "fault gerunds", "careless adjectives", "bad adjectives", "harming", "destructive", "unwilling", "misdone",
        "careless states",
    )  # fmt: skip
    return _ALONE.union(_MORE, IDIOM_WORDS, _OF_LAPSES, _OF_SIGNS, *(pack[name] for name in lists))


_MORE = listed("""
    accountability aggravated although always arrogant assuming assured aware bad ballsed believed believing borked
    bricked buck bullied bus busy butchered bypassed cargo-culted casual caution cavalier circumvented claimed
    clobbered cocked coerced commented compounded conceal conflicting confusing confusion consciously constantly
    contradictory convinced copied copy-pasted cowboyed credential credentials creds danger dangerous debug decision
    defeated deliberately depth despite destructive directly disabled dodged downplayed drunk evaded even everybody
    everyone exacerbated expire false familiar fat flawed flubbed fluffed foot force-merged force-pushed forced
    forever forgetful forgetting fubared fucked gave goes gone goofed guilty gun habit happen hard-coded hardcoded
    having hide history hosed hurry idle ignorant impatient incompetent incorrect insisted insufficient
    intentionally jeopardised jeopardized jeopardy key keys kicked knocked knowing knowingly lapse laptop lax
    liability lied lies locked lost malicious mangled messed miscommunication misleading misunderstanding mucked
    muffed napping never nevertheless nodded none nonetheless not nothing nuked obliterated oblivious obsolete only
    out-dated out-of-date outdated overestimated overrode overruled password passwords pasted permanently phishing
    poor pressed pressured promised quietly reckless regardless reputation rests resulted risk risky rogue ruined
    sabotaged sat screwed secret secretly secrets sidestepped skirted sneaked snuck sorry spilled spilt stemmed
    stems stood straight stubborn stuffed subverted switched swore tanked tendency thank though thought token tokens
    too torched tracks trashed tripped turned typical unapproved unaware unbounded unclear unfamiliar unfamiliarity
    unfit unindexed unreviewed unsupported untested urged vague verbose walked watching waved wheel whoever wilfully
    willfully worse worsened wrecked yolo'd yolo-deployed yoloed zapped doing guessed relied memory luck
    unauthorised unauthorized unplanned unannounced undocumented banned fired suspended retrained warning spoken
    talking likes tends keeps track record understand listen indecisive hopeless useless party pub phone pager muted
    silenced action seems appears must transpired emerged forgets ignores misreads overlooks neglects took freeze
    thanks missed let disgruntled over-eager overeager untrained idiot moron fool genius cut rather where thereby
    work works dragged without own wrote public order sleep bed home launched
""")


_SUPPOSING = listed(
    "should could would might may ought shouldn't couldn't wouldn't had we'd i'd they'd he'd she'd must"
)
_ON_SOMEBODY = re.compile(r"(?:\b(?:is|was)|['’]s)(?: \w+)? (?:on|down to) (?:me|the|him|her|our|us|[A-Z@])")
_ON = frozenset({"on", "down"})
_PERFECT = listed("have 've been if instead")
_CONTRACTED = listed("""
    should've could've would've might've shoulda coulda woulda oughta preventable avoidable wish
    needn't needed supposed ideally deserved premature unwise ill-advised overdue mistaken obliged
    hindsight retrospect retrospectively obvious nobody
""")


def accuses_perhaps(part: str, said: frozenset[str] | set[str], pack: Pack) -> bool:
    """Whether the words that a rule about people needs stand in a part of a text, of which `said` are the words in
    small letters."""
    if not _ENOUGH.isdisjoint(said) or not pack["bare failings"].isdisjoint(said) or not _CONTRACTED.isdisjoint(said):
        return True
    if not _SUPPOSING.isdisjoint(said) and not _PERFECT.isdisjoint(said):
        return True
    if any(not one.isdisjoint(said) and not other.isdisjoint(said) for one, other in omitting_words(pack)):
        return True
    if not GATES.isdisjoint(said) and not DENYING.isdisjoint(said):
        return True
    accusing = not _triggers(pack).isdisjoint(said) or _begins_with_mis(part, said)
    if accusing and _names_somebody(part, said, pack):
        return True
    if not _JUDGED.isdisjoint(said) and not _DECIDED.isdisjoint(said):
        return True
    return not _ON.isdisjoint(said) and _ON_SOMEBODY.search(part) is not None


def _begins_with_mis(part: str, said: frozenset[str] | set[str]) -> bool:
    return ("mis" in part or "Mis" in part or "MIS" in part) and any(word.startswith("mis") for word in said)


# "The decision came too late", "the smart move was to wait".
_JUDGED = listed(
    "too better right wrong correct proper smart wise wiser safer sensible bad hasty unnecessary obvious best"
)
_DECIDED = listed("""
    late early soon long slow hasty call decision choice move course option idea step approach thing response plan to
""")


# These alone make human error an explanation, ask for somebody, or tell of nobody.
_ENOUGH = listed("""
    error errors mistake mistakes human pebkac fault oversight finger fat-finger fat-fingered who whose who's why
    personnel slips slip-ups staff humans
    nobody no-one neither culprit blame blamed blaming guilty
""")


_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+\b(?![.][a-z])")


def _names_somebody(part: str, said: frozenset[str] | set[str], pack: Pack) -> bool:
    """Whether somebody may stand in a part of a text: a word for people, a given name, or what only people do."""
    if not _people_in(pack).isdisjoint(said) or "@" in part or "[" in part:
        return True
    # A word with a capital that no list knows may be a name.
    return any(word.lower() not in NOT_PEOPLE for word in _CAPITAL.findall(part)) or any(
        "'" in word and word.partition("'")[0] in _people_in(pack) for word in said
    )


@lru_cache(maxsize=8)
def _people_in(pack: Pack) -> frozenset[str]:
    return heads_of(pack) | CLEAR | AMBIGUOUS | OF_PEOPLE | {"anyone", "anybody"}
