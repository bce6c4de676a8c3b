"""Which families of rules may find something in a sentence, told by its words, so that no other family looks at it.

Knows what each family needs: words of which one has to stand there, of one list or of each of several. Refuses to
judge: it lets through too much rather than too little.
"""

from __future__ import annotations

import re
from functools import lru_cache

from afteraction.engine.language.blaming import own_blame
from afteraction.engine.language.blaming.consequences import WORDS as _OF_CONSEQUENCES
from afteraction.engine.language.blaming.idioms import IDIOM_WORDS
from afteraction.engine.language.human.lapses import omitting_words
from afteraction.engine.language.other_past.catches import DENYING, GATES
from afteraction.engine.language.other_past.unguarded import PAIRS as UNGUARDED
from afteraction.engine.language.other_past.unseen_by import PAIRS
from afteraction.engine.language.people.agents import ONLY_PEOPLE, heads_of
from afteraction.engine.language.people.given_names import AMBIGUOUS, CLEAR
from afteraction.engine.language.people.named import OF_PEOPLE
from afteraction.engine.language.people.not_people import NOT_PEOPLE
from afteraction.engine.language.telling import agency, animated, diminishing, hindsight, judging, residue, single_cause
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


def _accusing(pack: Pack) -> frozenset[str]:
    """Words without which nobody is accused."""
    lists = (
        "human faults", "faults", "careless adverbs", "fault nouns", "bad objects", "fault adjectives", "causing",
        "fault gerunds", "careless adjectives", "bad adjectives", "harming", "destructive", "unwilling", "misdone",
        "careless states",
    )  # fmt: skip
    return _ALONE.union(_MORE, IDIOM_WORDS, _OF_CONSEQUENCES, _OF_LAPSES, _OF_SIGNS, *(pack[name] for name in lists))


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
    work works dragged without own wrote public order sleep bed home launched turns hand but
""")


# One of them stands in each sentence in which a family finds something, or one of each list where it has several.
Need = tuple[frozenset[str], ...]
# The families of rules, each a bit.
ASKING, EXPLAINING, ACCUSING, MISSING = 1, 2, 4, 8
HINDSIGHT, DIMINISHING, AGENCY, JUDGING, ONE_CAUSE, ANIMATED, RESIDUE = 16, 32, 64, 128, 256, 512, 1024
ABOUT_PEOPLE = ASKING | EXPLAINING | ACCUSING | MISSING
_WOULD = listed("would could might wouldn't couldn't mightn't would've could've might've should shouldn't must")
_SUPPOSING = _WOULD | listed("may ought had we'd i'd they'd he'd she'd")
_ALONE_OF_PAST = listed("""
    should've could've would've might've shoulda coulda woulda oughta preventable avoidable wish
    needn't needed supposed ideally deserved premature unwise ill-advised overdue mistaken obliged
    hindsight retrospect retrospectively obvious regret regrets regretted
""")
# "The decision came too late", "the smart move was to wait".
_JUDGED = listed("""
    too better right wrong correct proper smart wise wiser safer sensible bad hasty unnecessary obvious best smarter
    wisest safest safe prudent reasonable appropriate sane logical good much
""")
_MISJUDGED = listed(
    "mistake error blunder wrong bad poor worst misjudgement misjudgment foolish reckless hasty risky late"
)
_DECIDED = listed("""
    late early soon long slow slowly hastily hasty call decision choice move course option idea step approach thing
    response plan to
""")
# "The backup had to be taken, but it was not."
_OWED = listed("had needed supposed meant obliged required necessary due should ought")
_UNDONE = listed("""
    not never didn't wasn't weren't hadn't did but yet nobody postponed forgotten
""")
_WAS = listed("was were been be proved turned")
_HUMANS = listed("human humans personnel staff human-caused human-induced man-made fat fat-finger fat-fingering")
_PEOPLE = listed("people man person")
# "Wrong operation by an employee", "an unintentional human action".
_WRONGLY = listed("""
    wrong incorrect erroneous mistaken improper faulty inappropriate false inadvertent unintentional unintended
    accidental intentional
""")
_BY_HAND = listed("human manual operator operational by of from among")
_CALLED = listed(
    "cause causes reason trigger type category class classification origin source factor problem us it failed"
)
_NEEDS: dict[int, tuple[Need, ...]] = {
    ASKING: ((listed("who whose who's whom why"),),),
    ACCUSING: ((own_blame.WORDS,),),
    MISSING: (
        (_ALONE_OF_PAST,),
        (_SUPPOSING, listed("have 've been if instead")),
        (_WOULD, listed("have 've be of need happen")),
        (_OWED, _UNDONE),
        (listed("need"), listed("have")),
        (listed("didn't not failed"), listed("until till")),
        (listed("nobody no-one no"), listed("noticed need needed")),
        (GATES, DENYING),
        (_JUDGED, _DECIDED),
        (_MISJUDGED, _WAS),
        (listed("better"), listed("had have")),
        *PAIRS,
        *UNGUARDED,
    ),
    HINDSIGHT: ((hindsight.WORDS,),),
    DIMINISHING: ((diminishing.WORDS,),),
    AGENCY: ((agency.WORDS,),),
    ONE_CAUSE: ((single_cause.WORDS,),),
    ANIMATED: ((animated.WORDS,),),
    RESIDUE: ((residue.WORDS,),),
}
# Words that stand for somebody beside another one alone: "no one", "the one who".
_BESIDE = {
    "no": listed("one of"), "none": listed("one of"), "one": listed("who"), "ones": listed("who"),
    "our": frozenset[str](), "it": frozenset[str](),
}  # fmt: skip
_ON = frozenset({"on", "down"})
_ON_SOMEBODY = re.compile(r"(?:\b(?:is|was)|['’]s)(?: +\w+)? +(?:on|down +to) +(?:me|the|him|her|our|us|[A-Z@])")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]+\b(?![.][a-z])")
_JOINED = re.compile(r"['-]")


class Triggers:
    """The words of every family's needs with one pack, looked up together."""

    def __init__(self, pack: Pack) -> None:
        self._bits: dict[str, int] = {}
        self._of_people: dict[str, int] = {}
        self._lists: dict[frozenset[str], int] = {}
        self._needs = [
            (family, self._list(need, family)) for family, needs in _needs_of(pack).items() for need in needs
        ]
        self._accusing = self._bit(_accusing(pack), ACCUSING)
        for word, others in _BESIDE.items():
            if others:
                beside = self._list((frozenset({word}), others), ACCUSING)
                self._needs.append((ACCUSING, self._accusing | beside))
        self._people = self._bit(_people_in(pack), ACCUSING)
        self._deeds = self._bit(OF_PEOPLE, ACCUSING)
        self._on = self._bit(_ON, ACCUSING)
        self._words = frozenset(self._bits)
        self._met: dict[int, int] = {}

    def families(self, part: str, said: frozenset[str] | set[str]) -> int:
        """Every family that may find something in a part of a text, of which `said` are the words in small letters."""
        bits = 0
        known = self._bits
        for word in self._words & said:
            bits |= known[word]
        if "-" in part or "'" in part or "’" in part:
            for word in said:
                if "-" in word or "'" in word:
                    for piece in _JOINED.split(word):
                        bits |= self._of_people.get(piece, 0)
        found = self._met.get(bits)
        if found is None:
            found = self._met[bits] = self._meet(bits)
        if not found & ACCUSING and self._accuses(bits, part, said):
            found |= ACCUSING
        return found

    def _accuses(self, bits: int, part: str, said: frozenset[str] | set[str]) -> bool:
        """Whether somebody whom no list knows may be accused."""
        if bits & self._on and _ON_SOMEBODY.search(part) is not None:
            return True
        if not (bits & self._accusing or _begins_with_mis(part, said)):
            return False
        if "@" in part or "[" in part or (bits & self._deeds and ("-" in part or "_" in part)):
            return True
        # A word with a capital that no list knows may be a name; "IT" is a team.
        return "IT" in part or any(word.lower() not in NOT_PEOPLE for word in _CAPITAL.findall(part))

    def _meet(self, bits: int) -> int:
        found = ACCUSING if bits & self._accusing and bits & self._people else 0
        for family, mask in self._needs:
            if bits & mask == mask:
                found |= family
        return found

    def _list(self, need: Need, family: int) -> int:
        mask = 0
        for words in need:
            mask |= self._bit(words, family)
        return mask

    def _bit(self, words: frozenset[str], family: int) -> int:
        bit = self._lists.setdefault(words, 1 << len(self._lists))
        for word in words:
            self._bits[word] = self._bits.get(word, 0) | bit
            if family & ABOUT_PEOPLE:
                # Those read a word as the pieces that a hyphen joins as well.
                self._of_people[word] = self._of_people.get(word, 0) | bit
        return bit


@lru_cache(maxsize=8)
def triggers_of(pack: Pack) -> Triggers:
    """Those of one pack."""
    return Triggers(pack)


def _needs_of(pack: Pack) -> dict[int, tuple[Need, ...]]:
    judged = judging.WORDS | pack["strong judgements"] | pack["weak judgements"]
    slang = frozenset(word for said in pack["slang of lapses"] for word in said.split())
    human: tuple[Need, ...] = (
        (pack["human failings"] | pack["bare failings"] | slang | _HUMANS,),
        (_PEOPLE, _CALLED),
        (_WRONGLY, _BY_HAND),
    )
    return {**_NEEDS, EXPLAINING: (*human, *omitting_words(pack)), JUDGING: ((judged,),)}


def _begins_with_mis(part: str, said: frozenset[str] | set[str]) -> bool:
    return ("mis" in part or "Mis" in part or "MIS" in part) and any(word.startswith("mis") for word in said)


def _people_in(pack: Pack) -> frozenset[str]:
    """Words for somebody; some of them only beside others."""
    return (heads_of(pack) | CLEAR | AMBIGUOUS | ONLY_PEOPLE | {"anyone", "anybody"}).difference(_BESIDE)
