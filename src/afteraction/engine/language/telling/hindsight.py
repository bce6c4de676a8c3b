"""What a sentence knows only since the outcome is known: "in hindsight", "it was obvious", "an accident waiting to happen".

Knows the phrases of afterwards. Refuses to mind what was found to be clear in its time ("it became clear that …"), a
value that was too low, and whoever says that one could not know.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.remarks import is_denied
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    clear course saying expected survive worked work appreciated understand expert ought evident child tell told failed notice could end heading hope chance way option afterwards self-evident clearly
    hindsight retrospect retrospectively looking obvious obviously inevitable inevitably predictable foreseeable
    predictably preventable avoidable anyone anybody everyone everybody knew knowing signs flags easily evident
    trivially readily quick simple glance cursory brief five-minute two-minute bound doomed destined waiting recipe bomb
    timebomb coming surprise surprised unsurprisingly noses unmistakable blindingly beforehand advance outset
    along going seen visible matter taken disaster closer basic casual sanity wall eventually sooner sight face
""")
_MARKERS = listed("hindsight retrospect retrospectively looking knowing know")
_MARKER = re.compile(
    r"\b(?:(?:in|with|by)(?: the benefit of| perfect| a bit of| some)? (?:hindsight|retrospect)\b|hindsight (?:shows|tells us|makes)|retrospectively\b|looking back\b(?! at (?:the )?(?:logs?|graphs?|metrics|dashboards?|data|history|commits?))|(?:knowing|with|given) what (?:we|one|I) (?:now )?know(?: now)?\b)",
    re.IGNORECASE,
)
_JUDGING = re.compile(
    r"\b(?:(?:should|could|would|might|ought to)(?:n['’]t)?(?: \w+){0,3} (?:have|['’]ve)\b|(?:should|could|would|might)['’]ve|must have|ought to|obvious(?:ly)?|clear(?:ly)?|evident(?:ly)?|better|mistake|wrong|unwise|naive|premature|risky|foolish|reckless|ill-advised|doomed|worst|optimistic|knew|known|easy|easily|predictable|foreseeable|inevitable|preventable|avoidable|signs?|bad (?:idea|decision|choice|call|plan)|poor (?:decision|choice|call)|good idea|wise|a red flag|enough warning|regret\w*|plain)\b",
    re.IGNORECASE,
)
_CANNOT_KNOW = Sought(
    r"\b(?:can(?:no|['’])t|could not|couldn['’]t|cannot|hard to|impossible to|difficult to) (?:know|say|tell|judge|see)\b|\bhindsight bias\b|\bhindsight (?:it is|it's) easy to (?:say|judge|tell)\b|\b(?:even|only) (?:in|with) (?:hindsight|retrospect)\b|\b(?:avoid|beware|benefit|danger|trap|clarity|certainty|illusion) of hindsight\b(?<!benefit of hindsight)|\bwithout (?:the benefit of )?hindsight\b",
    re.IGNORECASE,
)
_PHRASES = Sought(
    r"\bof course,? (?:the|this|that|it|our|a|an|such|[\w-]+) (?:[\w'’-]+ ){0,4}?(?:was|were) (?:always )?(?:going|bound|sure) to\b|\b(?:it )?goes without saying\b|\bneedless to say\b|\bwas (?:always|only ever|never) going to (?:end|finish|be|result|lead|come)\b"
    r"|\b(?:anyone|anybody|everyone|everybody|any (?:\w+ )?\w+|a child|a blind man|even a \w+|the whole team|every \w+)(?: [\w'’-]+){0,4}? could (?:easily |plainly |clearly )?(?:see|tell|have told)\b(?! (?:you|us|him|her|them) (?:how|what|where))(?= (?:that|this|it|the \w+ (?:was|were|is|would|had)|where|you|us|how badly|what)\b)(?! the (?:dashboard|screen|graph|page|data|record|file|document|room))|\b(?:nobody|no one|no-one) (?:could|can) have (?:failed to (?:see|notice)|missed|overlooked|been surprised|doubted|expected otherwise)"
    r"|\b(?:it is|it's|was|is|remains) (?:difficult|hard|impossible) to (?:understand|see|believe|comprehend|explain|imagine) (?:how|why) (?:[\w'’-]+ ){1,5}?(?:was|were|could|did) (?:not |n't )?(?:be )?(?:\w+ly )?(?:appreciated|overlooked|noticed|seen|missed|recogni[sz]ed|considered|foreseen|anticipated|understood|spotted|realised|realized)|\bhow (?:the|this|that|such an?) (?:[\w'’-]+ ){1,4}?could (?:have been|be) (?:overlooked|missed|ignored|unnoticed|forgotten)\b"
    r"|\b(?:could|would|can) never (?:have )?(?:worked|work|survived?|held|hold|succeeded|succeed|ended well|scaled?|coped?|lasted?)\b|\b(?:could not|couldn't) (?:possibly )?(?:have )?(?:survived?|ended well|held|lasted)\b(?= this| that|[.,]|$| the)|\bthere was no (?:way|chance|hope) (?:that )?(?:this|that|it|the \w+) (?:could|would|was)\b|\bno chance of (?:ever )?working\b"
    r"|\b(?:did|do|does) (?:not|n't) (?:need|have|take) (?:to be )?an? (?:expert|genius|rocket scientist|specialist|prophet|phd|degree)\b|\bdidn['’]t (?:need|have|take) (?:to be )?an? (?:expert|genius|rocket scientist|specialist|prophet)\b"
    r"|\b(?:was|were) only to be expected\b|\b(?:as|just as) (?:was |could be |might be |one would have |had to be )?expected,? (?:this|that|it) (?:went wrong|failed|broke|ended)\b|\bwriting (?:had been|was|is) on the wall\b|\b(?:should|ought to) have been (?:\w+ )?(?:self-evident|obvious|clear|evident|plain|apparent)\b|\b(?:we|they|one|you|he|she) should (?:have )?know(?:n)? (?:from|at) (?:the )?(?:beginning|start|outset|first)\b|\bafterwards,? (?:it is|it was|it's|everything is) (?:\w+ )?(?:clear|obvious|plain)\b"
    r"|\b(?:it|that) was (?:clear|evident|plain|apparent) (?:from (?:the )?(?:first day|beginning|start|outset|day one)|that (?:the |this |that |such |a |an )?(?:[\w'’-]+ ){1,4}?(?:would|will) (?:not|never|n't|fail|break))\b|\bwith what we (?:now know|know now)\b|\bknowing what we know\b|\bthere for all to see\b"
    r"|\b(?:was|were|seemed|looked|is) (?P<how>(?:\w+ ){0,2})(?:obvious|inevitable|blindingly clear|unmistakable|plain to see|plain as day|clear as day)\b(?! (?:at (?:the|that) time|as soon as|once|only (?:when|after|later)|until))"
    r"|\b(?:it|this|that|outcome|result|failure|outage|incident|crash|collapse|problem)s? (?:was|were|is) (?:\w+ )?(?:foreseeable|predictable|preventable|avoidable)\b"
    r"|\b(?:easily|entirely|perfectly|completely|totally|clearly|wholly|fully|trivially) (?:preventable|avoidable|foreseeable|predictable)\b"
    r"|\b(?:an?|the|such an?|these|those|several|many|most) (?:\w+ )?obvious (?:mistake|error|sign|warning|flaw|risk|gap|oversight|omission|danger|red flag|hint|clue|symptom|consequence|outcome|weakness|blunder|indication|indicator|problem|trap)s?\b"
    r"|\b(?:was|were|seemed) (?:\w+ )?(?:clear|visible|evident|apparent|clearly visible|known|plain) (?:\w+ ){0,4}?(?:from the (?:very )?(?:start|beginning|outset|first day)|in advance|beforehand|all along|(?:long|well|hours|days|weeks|months) (?:before|in advance|ahead)|to (?:anyone|anybody|everyone|everybody|all)|from day one)\b"
    r"|\b(?:anyone|anybody|everyone|everybody|any (?:\w+ )?(?:engineer|reviewer|reader|operator|person|developer|admin|manager|architect|tester|analyst|nurse|pilot|professional|student|intern)|any (?:experienced|competent|half-decent|seasoned|sensible|halfway competent) \w+|a (?:child|novice|junior|beginner))\b[^.;:?]{0,50}\b(?:could|would|should|must)(?: easily| surely)? have (?:seen|known|noticed|foreseen|predicted|spotted|told|caught|guessed|expected|realised|realized|anticipated|recognised|recognized)\b"
    r"|\b(?:everyone|everybody|we all|they all|we|they|the team|he|she|somebody|people|management)(?: \w+)? knew (?:all along|full well|perfectly well|very well|exactly what|it was coming|this was coming|it would (?:fail|break|happen)|this would (?:fail|break|happen)|or should have known)"
    r"|\b(?:everyone|everybody) knew (?:that|it|this|the)\b"
    r"|\b(?:must|had to) have known\b|\bobvious now\b|^seen (?:from )?(?:today|now)\b|\bdisaster (?:announced|foretold)\b|\bdeath foretold\b|\b(?:was|were) (?:(?:very|quite|clearly|plainly) (?:much )?)?evident (?:from|in)\b"
    r"|\b(?:could|would|might|should)(?: have)?(?: been)? (?:so |very |quite )?(?:easily|trivially|readily)(?: have)? (?:been \w+(?:ed|en|t|d|n)|caught|seen|found|spotted|known|foreseen|avoided|prevented|noticed|predicted|detected|anticipated|averted|stopped|recogni[sz]ed|told)\b|\b(?:could|would|might|should) have been (?:so |very |quite )?(?:easily|trivially|readily) (?:\w+ed|caught|seen|found|spotted|known|foreseen)\b|\b(?:could|would|might|should) have (?:been )?(?:\w+ed|caught|seen|found) (?:very |quite |so )?(?:easily|trivially)\b"
    r"|\b(?:a|one|any|even a|even the) (?:\w+ )?(?:quick|simple|brief|single|cursory|five-minute|two-minute|one-line|casual|most basic|closer|second) (?:\w+ ){0,2}?(?:look|glance|read|search|grep|question|peek)\b[^.;:?]{0,70}\bwould (?:\w+ )?have (?:easily |immediately |quickly |clearly |instantly |been enough|sufficed|shown|revealed|told|made it|caught|prevented|avoided|exposed|uncovered|found)"
    r"|\b(?:a|one|any|even a|even the) (?:\w+ )?(?:quick|simple|brief|cursory|five-minute|two-minute|most basic|sanity) (?:\w+ ){0,2}?(?:check|test|review|call|run|inspection)\b[^.;:?]{0,70}\bwould (?:easily |quickly |clearly |instantly |surely )?have (?:easily|shown|told|revealed|immediately|quickly|clearly|instantly|trivially|been enough|sufficed)"
    r"|\ba glance (?:at|into|over)\b[^.;:?]{0,60}\bwould have\b"
    r"|\bit would have taken (?:(?:only |just |no more than )(?:\w+[ -]){1,3}(?:minutes?|seconds?|lines?|look|glance)\b|(?:\w+[ -]){1,3}(?:minutes?|seconds?|lines?|look|glance)\b(?! (?:to|for the \w+ to) (?:restore|recover|rebuild|replay|re-?index|roll|fail|copy|drain|provision|boot|restart|re-?sync|migrate|warm|finish|complete)\b))|\ball it would have taken\b"
    r"|\b(?:only|just|always|only ever|never anything but|merely|simply) (?:been )?a (?:matter|question) of time\b"
    r"|\b(?:accident|disaster|incident|outage|failure|catastrophe|problem)s? (?:just |that was )?waiting to happen\b"
    r"|\b(?:was|were|is) (?:\w+ )?(?:bound|destined|doomed|guaranteed|sure|certain) to (?:fail|happen|break|go wrong|end|blow up|crash|fall|collapse|backfire|run out|bite|cause)\b|\bdoomed from the\b"
    r"|\bwas (?:never|always) going to (?:work|hold|scale|succeed|last|fail|break|happen|end badly|go wrong|bite us)\b"
    r"|\brecipe for (?:disaster|trouble|failure)\b|\b(?:ticking )?time[ -]?bomb\b|\bwriting was (?:already )?on the wall\b"
    r"|\b(?:saw|seen|see) (?:this|it|that|the \w+) coming\b"
    r"|\b(?:comes?|came|was|is) (?:as )?no surprise\b|\bunsurprisingly\b|\bshould(?:n['’]t| not) have (?:been|come as) a surprise\b|\bshould have surprised (?:no ?one|nobody)\b|\bsurprised (?:no ?one|nobody)\b"
    r"|\b(?:warning )?signs (?:\w+ )?(?:were|had been) (?:\w+ ){0,2}?(?:there|visible|present|plain|clear|everywhere|obvious|ignored|missed|overlooked)\b|\bred flags? (?:was|were|had been) (?:\w+ )?(?:there|everywhere|ignored|missed|overlooked)\b|\b(?:clear|ample|plenty of|enough|early|all the) (?:warning signs?|signs|warnings?) (?:of|that|were|was|had|before|beforehand|existed)\b"
    r"|\bfor (?:all|everyone|anyone) to see\b|\bin plain sight\b|\bstar(?:ing|ed) (?:us|them|everyone|him|her|me|the team) in the face\b|\bunder (?:our|their|his|her|everyone's) noses?\b"
    r"|\bhad to (?:go wrong|happen|fail|break)(?: \w+){0,2} (?:eventually|sooner or later|at some point|one day)\b"
    r"|\bwas (?:there )?all along\b(?= in\b|,|\.|$)|\b(?:there|visible|known) all along\b"
    r"|^(?:obviously|inevitably|predictably),? (?:this|that|it|the|such|we|nobody|no one|they)\b[^.;:?]{0,60}\b(?:would|was|were|had|failed|broke|could)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:immediately|quickly|soon|instantly|now|then|as|more|less|yet|also|to|not|never|no|increasingly|nothing)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_TO_COME = re.compile(
    r"\b(?:will|would|should|make|makes|made|making|if|unless|whether|so that|once|when) (?:[\w'’-]+ ){0,3}$",
    re.IGNORECASE,
)


def is_marked(said: str) -> bool:
    """Whether the place of a finding names hindsight itself, so that what it supposes is said of it already."""
    return bool(_MARKER.match(said))


def hindsight_in(sentence: str, said: frozenset[str] | set[str]) -> tuple[int, int] | None:
    """Where a sentence knows afterwards what was plain before (L3), or None."""
    if _CANNOT_KNOW.search(sentence):
        return None
    marked = None if _MARKERS.isdisjoint(said) else _MARKER.search(sentence)
    if marked is not None and _JUDGING.search(sentence, 0) and not is_denied(sentence, marked.start(), 15):
        return marked.span()
    for found in _PHRASES.finditer(sentence):
        how = found["how"]
        if how is not None and _CLOCK.search(sentence):
            # "At 19:35 it was obvious that the fix did not work" is what was seen then.
            continue
        if is_denied(sentence, found.start(), 30) or (how is not None and _THEN.search(how)):
            continue
        if how is not None and _TO_COME.search(sentence[: found.start()]):
            continue
        return found.span()
    return None
