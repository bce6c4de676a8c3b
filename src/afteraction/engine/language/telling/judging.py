"""Adjectives that judge what people made or did, where a measurement would tell more (L5).

Knows judging words and what people make. Refuses to mind them of a machine ("poor connectivity", "a bad gateway"), and
weak ones ("poor planning") where nobody and no cause is meant.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterable

from afteraction.engine.language.people.agents import Agent, Who
from afteraction.engine.language.remarks import is_denied
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import Pack, listed

WORDS = listed("""
    shambles rubbish garbage pathetic lamentable deplorable abomination disgraceful embarrassing bungled botched laughable idiotic unprofessional irresponsible irresponsibly reckless inept amateur amateurs amateurish diligence cavalier horrible terrible awful dreadful ridiculous absurd absurdly pitiful hideous disgusting insane incompetent disorganised disorganized chaotic trash crap junk slow negligent careless lazy stupid dumb half-baked slapdash
    quality
    fragile simply carefully excuse inexcusable inexcusably rookie schoolboy beginner's amateur sense mess shambles farce
    fiasco disgrace joke disaster embarrassment badly poorly sloppily shoddily amateurishly stupidly recklessly carelessly
    negligently incompetently thoughtlessly foolishly horribly terribly atrociously idiotically lazily hastily ill
    ill-conceived ill-considered ill-advised ill-judged ill-prepared naively half-thought ignorance incompetence negligence
    sloppiness laziness carelessness arrogance stupidity complacency indifference recklessness amateurism hubris ineptitude
    thoughtlessness foolishness unprofessionalism woefully grossly shockingly embarrassingly appallingly laughably
    ridiculously shamefully hopelessly criminally disgracefully scandalously mediocre frankly plainly far way
    dumpster wreck trainwreck clown cards frankenstein spaghetti mud pile tape taped chewing baling napkin envelope
    mickey cowboy hack hackjob hack-job bodge bodged botch kludge kludgy laughing contempt travesty sham circus pigsty
    pig's dog's cesspool insult affront waste criminal desired purpose scratch par standard standards expectations useless worthless
    hopeless clueless shambolic shocking unacceptable appalling abysmal dire dismal lousy mad crazy bonkers moronic
    unforgivable indefensible ludicrous farcical silly competent decent sane self-respecting child monkey mind thinking
    wonder amateurs monkeys idiots cowboys clowns children cobbled hacked thrown slapped lashed flung never obviously
    clearly hurry
""")
_MADE = (
    "code|coding|codebase|design|decisions?|judgements?|judgments?|choices?|planning|plans?|strategy|strategies|practices?|"
    "process|processes|communications?|coordination|preparation|execution|implementation|workmanship|work|job|testing|tests|"
    "review|reviewing|documentation|docs|architecture|engineering|discipline|hygiene|management|leadership|handling|"
    "handover|attitude|ideas?|excuses?|culture|habits?|mistakes?|errors?|blunders?|oversights?|quality|craftsmanship|"
    "approach|set-?up|organi[sz]ation|supervision|training|maintenance|advice|assumptions?|estimates?|estimation|reasoning|"
    "thinking|shortcuts?|hack|migration|upgrade|rollout|release|procedures?|policy|policies|scripts?|configuration|"
    "behaviou?r|response|ignorance|negligence|mess|solution|timing|project|programming|administration|governance"
)
_LIGHTLY = listed("""
    code coding design decision decisions judgement judgment choice choices planning strategy practice practices
    communication coordination preparation workmanship work review reviewing documentation docs architecture engineering
    discipline hygiene management leadership handling handover attitude idea ideas excuse culture habit habits oversight
    craftsmanship approach organisation organization supervision training advice assumption assumptions estimate
    estimation reasoning thinking shortcut testing implementation plan plans process processes governance programming
""")
_CHOSEN = re.compile(r"\b(?:made|makes|making|took|takes) (?:an?|the|such an?) $", re.IGNORECASE)
_TRAITS = "ignorance|incompetence|negligence|sloppiness|laziness|carelessness|arrogance|stupidity|complacency|indifference|recklessness|amateurism|hubris|ineptitude|thoughtlessness|foolishness|unprofessionalism"
_CAUSAL = re.compile(
    r"\b(?:due to|because|caused|causes?|cause of|led to|leads to|leading to|result of|result(?:ed|ing)? (?:from|in)|meant that|stem(?:s|med) from|owing to|thanks to|down to|reason|root|contribut\w+|triggered|trace[ds]? (?:back )?to|brought|broke|took down|responsible|made (?:the|this|it)|explains?|blam\w+|stood behind|turned .{1,40} into|at fault|to blame)\b|^cause\b",
    re.IGNORECASE,
)
_ADVERBED = Sought(
    r"\b(?P<strong>sloppily|shoddily|amateurishly|stupidly|recklessly|carelessly|negligently|incompetently|thoughtlessly|foolishly|horribly|terribly|atrociously|idiotically|lazily)[ -]\w+(?:ed|ten|ne|ught|ilt)\b"
    r"|\b(?:badly|poorly|hastily|ill|naively|half)[ -](?:executed|planned|managed|handled|thought[ -](?:out|through)|conceived|coordinated|co-ordinated|organi[sz]ed|prepared|communicated|judged|considered|advised|reviewed|supervised|led)\b"
    r"|\b(?P<weak>badly|poorly|hastily|naively)[ -](?:written|designed|tested|documented|implemented|maintained|configured|built|coded|structured|engineered|architected|timed|worded|chosen|scoped|estimated|put together|thrown together|named)\b",
    re.IGNORECASE,
)
_SAYINGS = Sought(
    r"\b(?:is|was|are|were|looks|remains) (?:(?:simply|just|frankly|completely|utterly|totally|absolutely|pretty|rather|so|too|very|really|quite|nothing but|nothing short of) )*(?:an? )?(?:(?:total|complete|utter|absolute|real|huge) )?(?:pile of (?:rubbish|garbage|crap|junk)|garbage|rubbish|trash|crap|junk|shambles|abomination|disgrace|farce|joke|fiasco|train wreck|dumpster fire|eyesore|insult|mess)\b(?! (?:collect|bin|can|truck|day|value|data|input))"
    r"|\b(?:attitude|approach|handling|behaviou?r|conduct|management|governance|leadership|response|quality|planning|documentation|communication|coordination|setup|set-up|cabling|wiring|design|code|console|process|architecture|preparation|training|supervision|alerting|testing|migration|rollout|interface|tooling|organi[sz]ation)(?: (?:of|at|to|toward|towards|in|for|on|by|behind) (?:[\w'’-]+ ){0,3}?[\w'’-]+)? (?:is|was|are|were|has been) (?:(?:simply|just|frankly|completely|utterly|absolutely|rather|so|too|very|really|quite|plainly|downright) )*(?:pathetic|lamentable|deplorable|disgraceful|embarrassing|laughable|idiotic|unprofessional|irresponsible|inept|amateurish|horrible|awful|dreadful|ridiculous|pitiful|hideous|disgusting|incompetent|appalling|abysmal|atrocious|woeful|shameful|dire|sloppy|careless|negligent|reckless|half-baked|slapdash|shoddy|lousy|crappy|dismal|haphazard|cavalier|inexcusable)\b|\b(?:response|reaction|handling|communication)(?: (?:of|by|from) (?:[\w'’-]+ ){0,2}?[\w'’-]+)? (?:was|is) (?:(?:too|very|really|so) )*(?:bad and|poor and|slow and|late and)(?: \w+){0,1} (?:slow|disorgani[sz]ed|chaotic|bad|poor|confused|amateurish|sloppy|careless|uncoordinated)\b"
    r"|\b(?:frankly|honestly|quite simply),? [^.;]{3,50} (?:was|is) (?:pathetic|lamentable|deplorable|disgraceful|embarrassing|laughable|idiotic|unprofessional|irresponsible|inept|amateurish|horrible|awful|dreadful|ridiculous|pitiful|hideous|disgusting|incompetent|appalling|abysmal|atrocious|woeful|shameful|dire|sloppy|careless|negligent|reckless|half-baked|slapdash|shoddy|lousy|crappy|dismal|haphazard|cavalier|inexcusable)\b|\b(?:an?|such an?|the|this|another) (?:(?:very|truly|really|absolutely|completely|utterly|absurdly|ridiculously) )?(?:idiotic|moronic|stupid|dumb|insane|ridiculous|asinine|brain-?dead|braindead|half-baked|slapdash|amateurish|unprofessional|irresponsible|cavalier|pathetic|disgraceful|absurdly fragile|ridiculously fragile|laughable) (?:default|setting|way|move|choice|attitude|act|conduct|manner|display|behaviou?r|system|idea|name|limit|script|thing|rule|workaround|pipeline|[\w-]+ pipeline|setup|procedure|policy)\b"
    r"|\b(?:very |highly |grossly |deeply )?(?:unprofessional|irresponsible|amateurish) (?:behaviou?r|conduct|attitude|work|handling)\b|\b(?:built|written|designed|run|done|made|put together|maintained|set up) by amateurs\b|\b(?:was|is|were) an amateur\b|\b(?:lack of|no) (?:diligence|professionalism|discipline|seriousness|rigou?r)\b(?! (?:needed|required))|\b(?:was|were|got|been) (?:\w+ )?(?:bungled|botched|butchered|fumbled|mangled together)\b|\b(?:worked|acted|behaved|handled|reacted|planned|managed|coded) (?:\w+ )?(?:very |so |extremely |highly |too )?(?:irresponsibly|unprofessionally|amateurishly|recklessly|sloppily|carelessly|negligently|incompetently|stupidly)\b|\bcavalier (?:attitude|approach)\b|\b(?:the )?(?:setup|set-up|alerting setup|process|procedure|form|tool|thing|page|script|console|code|design|interface) is (?:horrible|embarrassing|awful|dreadful|ridiculous|a disgrace)\b"
    r"|\b(?:this|that|the|our|whole|entire|such a?) ?(?:[\w/-]+ ){0,2}?(?:setup|set-up|idea|design|approach|process|code|architecture|solution|system|script|plan|procedure|deployment)(?:/\w+)? (?:is|was) (?:simply|just|far|way|frankly|clearly|plainly) too? (?:\w+)\b"
    r"|\bnot (?:super |very |really |all that |sufficiently |particularly )?carefully \w+"
    r"|\b(?:there (?:is|was|can be)|we have|has|have) no (?:good |real |possible )?excuse\b|\binexcusabl[ey]\b|\bbeyond (?:stupid|belief|incompetent)\b"
    r"|\b(?:rookie|schoolboy|beginner['’]?s|amateur|newbie|elementary|textbook) (?:mistakes?|errors?|blunders?)\b|\bamateur hour\b"
    r"|\b(?:lack(?:ed|s|ing)?(?: of)?|no|basic|any) common sense\b"
    r"|\b(?:woefully|grossly|shockingly|embarrassingly|appallingly|laughably|ridiculously|shamefully|hopelessly|criminally|disgracefully|scandalously) (?:inadequate|insufficient|bad|poor|poorly|badly|incompetent|negligent|careless|naive|unprepared|inept|wrong|low quality|of low|untested|undertested|under-tested|irresponsible|incomplete|late|lax|understaffed|unprofessional|sloppy|thin|superficial|neglected)\b"
    rf"|\b(?:poor|low|bad|inferior|shocking|dreadful) quality of (?:the |our |their |his |her |this )?(?:{_MADE})\b|^what an? (?:disgrace|mess|joke|shambles|farce|disaster)\b"
    rf"|\b(?:the|such|this|our|their|its) (?:{_TRAITS}) (?:of|in|behind|that|with)\b"
    r"|\b(?:is|was|are|were) (?:simply |just |frankly |really )?(?:mediocre|a (?:complete |total |bad )?joke|amateur hour)\b"
    r"|\b(?:process|plan|planning|release|rollout|migration|code|codebase|design|response|handover|documentation|upgrade|project|setup|this|deployment|script|launch) (?:is|was|were|had become) (?:simply |just |such )?an? (?:\w+ )?(?:mess|shambles|farce|fiasco|disgrace|joke|disaster|embarrassment)\b",
    re.IGNORECASE,
)
_MILD_OF_ANYTHING = frozenset(
    [
        "terrible",
        "horrible",
        "awful",
        "dreadful",
        "abysmal",
        "appalling",
        "atrocious",
        "crappy",
        "lousy",
        "hopeless",
    ]
)
_HIS = frozenset({Who.ROLE, Who.NAMED, Who.PRONOUN, Who.TEAM, Who.WE, Who.SELF})


# What contempt is told in, whatever it is said of.
_SCORN = Sought(
    r"\b(?:dumpster[- ]fire|train[- ]?wreck|clown (?:show|car)|house of cards|rube goldberg|frankenstein\w*|spaghetti (?:code|config\w*|mess|of)|ball of mud|pile of (?:junk|hacks|rubbish|garbage|crap|spaghetti)|(?:duct|gaffer|sticky|scotch) tape(?:d)?|chewing gum|baling wire|held together (?:by|with) (?:string|tape|hope|prayers?|luck|spit|glue|bubblegum)|(?:back of (?:a|an|the) (?:napkin|envelope|beer mat|cigarette packet))|mickey[- ]mouse|cowboy (?:job|outfit|operation|style|work|mentality|coding|deploy\w*)|hack[- ]?job|bodge(?:d)?(?: job)?|botch(?:ed)? job|kludgy?|laughing stock|beneath contempt|a travesty|a sham|a circus|a pigsty|a pig's ear|a dog's breakfast|a dog's dinner|a cesspool|an insult to|an affront|a waste of (?:time|space|money|everyone's)|asleep at the (?:wheel|switch)|criminally \w+|nothing short of (?:negligent|criminal|scandalous|disgraceful|a disgrace)|leaves? (?:a lot|much|everything) to be desired|left (?:a lot|much|everything) to be desired)\b"
    r"|\b(?:not|hardly|barely|un)[ -]?(?:fit for purpose|up to (?:scratch|standard|the job|par|professional)|worthy of|worth the (?:paper|name))\b|\b(?:fell|falls?|was|is|were|are) (?:\w+ )?(?:below|beneath|short of) (?:any|all|every|even (?:the )?(?:basic|minimum|most)|the (?:most basic|minimum|bare minimum)) (?:\w+ )?(?:standards?|expectations?|decency|level|criticism)\b|\bbelow any (?:\w+ )?standards?\b|\bbelow par\b|\bbeyond (?:a joke|ridiculous|incompetent|parody|stupid|comprehension|me (?:how|why))\b"
    r"|\b(?:frankly|utterly|completely|totally|absolutely|simply|plain|just|downright|worse than|next to|about as|worthless and|entirely|thoroughly|spectacularly|truly|honestly|plainly|so) (?:useless|worthless|hopeless|clueless|shambolic|shocking|shameful|unprofessional|unacceptable|amateurish|incompetent|pathetic|appalling|abysmal|dire|dismal|lamentable|lousy|rubbish|garbage|mad|crazy|insane|bonkers|idiotic|moronic|brain-?dead|half-?baked|irresponsible|reckless|negligent|inexcusable|unforgivable|indefensible|laughable|ludicrous|farcical|absurd|silly|naive|lazy|sloppy)\b"
    r"|\bany (?:competent|decent|half-?decent|self-respecting|sane|reasonable|serious|professional|responsible|first-year|junior) (?:engineers?|developers?|admins?|dba|sysadmins?|team|person|programmers?|vendors?|operators?|administrators?|students?) (?:would|could|knows|should)\b|\b(?:a|any) (?:child|monkey|toddler|five-year-old|first-year student|trained monkey|beginner) (?:could|would|can|knows)\b|\bin (?:his|her|their|its) right mind\b|\bwhat (?:was|were) (?:he|she|they|anyone|people|you|we) thinking\b|\b(?:one|you|we) (?:can only|has to|must|have to) wonder (?:what|how|whether|if|why)\b|\bso much for\b(?= \w+ (?:quality|testing|review|planning|care|diligence))"
    r"|\b(?:written|designed|built|put together|coded|thrown together|assembled|cobbled together|hacked together|slapped together|knocked up|bolted on|done|configured|drafted|cabled|wired|planned|specified) (?:[\w' -]{0,40}? )?(?:by (?:amateurs?|monkeys?|idiots?|cowboys?|clowns|children|a child|a blind|someone (?:who (?:clearly|obviously|never|had never|did not|didn't|has never)|in a hurry|with no)|somebody (?:who (?:clearly|obviously|never|had never|did not|didn't|has never)|in a hurry|with no)|people who (?:clearly|obviously|never|had never|did not|didn't|have never))|with no (?:thought|care|regard|understanding|idea|plan))\b|\b(?:cobbled|hacked|thrown|slapped|bodged|lashed|flung|botched) together\b",
    re.IGNORECASE,
)


class Judging:
    """The patterns of one pack's judging words: "strong judgements" hurt of whatever people made, "weak judgements" only
    beside a person or in a cause."""

    def __init__(self, pack: Pack) -> None:
        strong, weak = _either(pack["strong judgements"]), _either(pack["weak judgements"])
        self.strong = Sought(
            rf"\b(?P<word>{strong})[ /,-]+(?:and )?(?:[\w-]+ ){{0,2}}?(?:{_MADE})\b(?![-/]\w)", re.IGNORECASE
        )
        self.weak = Sought(
            rf"\b(?P<word>{weak})[ /]+(?:(?!(?:and|or|in|of|the|to|on|by|for|with|class|block|gateway|request|sector|link|route)\b)[\w-]+ ){{0,1}}(?:{_MADE})\b(?![-/.]\w)",
            re.IGNORECASE,
        )
        self.trait = Sought(
            rf"\b(?:due to|because of|caused by|out of|result of|owing to|down to|sheer|pure|plain|gross|wilful|willful) (?:[\w-]+ ){{0,2}}?(?:{_TRAITS})\b",
            re.IGNORECASE,
        )
        self.predicate = Sought(
            rf"(?:^|[,;:–—(-] ?|\b(?:honestly|and|but|because|that|found|think|thought|honestly|frankly) )(?P<what>which|this|that|it|(?:the|our|their|his|her|this|that|such) (?:[\w-]+ ){{0,3}}?(?:{_MADE})(?: (?:of|for|in|to|behind) (?:[\w-]+ ){{0,3}}?[\w-]+)?) (?:is|was|were|are|seems|seemed) (?:(?:simply|just|frankly|completely|utterly|totally|rather|quite|very|really|so|plainly|also) )*(?P<word>{strong})(?=\W*(?:$|[.,;:!)(–—]|(?:and|but|or|that|to|of|because|considering|given|when|how)\b))",
            re.IGNORECASE,
        )  # fmt: skip

    def place_in(self, sentence: str, agents: Iterable[Agent], *, cause: bool) -> tuple[int, int] | None:
        """Where a sentence judges (L5), or None. `cause`: the sentence stands among causes."""
        found = self.strong.search(sentence) or self.trait.search(sentence)
        if found is None:
            found = self.predicate.search(sentence)
            loose = found is not None and found["what"].lower() in ("which", "this", "that", "it")
            if found is not None and loose and found["word"].lower() in _MILD_OF_ANYTHING:
                found = None
        if found is None:
            found = _SAYINGS.search(sentence) or _SCORN.search(sentence)
        if found is None:
            people = any(each.who in _HIS and not each.doubtful for each in agents)
            causal = cause or bool(_CAUSAL.search(sentence))
            found = _ADVERBED.search(sentence)
            if found is not None and found["weak"] and not causal:
                found = None
            if found is None and (causal or people):
                found = self._weakly(sentence, people)
        if found is None or is_denied(sentence, found.start(), 24):
            return None
        return found.span()

    def _weakly(self, sentence: str, people: bool) -> re.Match[str] | None:
        for found in self.weak.finditer(sentence):
            made = found[0].split()[-1].lower()
            chosen = _CHOSEN.search(sentence[: found.start()])
            # "The scheduler made a bad decision" is said of a machine.
            if made in _LIGHTLY and (people or not chosen):
                return found
        return None


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True)) or r"(?!)"
