"""Verdicts on a decision of the past, told without "should have": "it was a mistake to …", "the better choice would have
been to …", "that came too late".

Knows how decisions are named and judged. Refuses to mind a verdict on a value ("the timeout was too low") or on what is
still to come.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.other_past.past import Missed, Past, place_of
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    wish only mistake error wrong preventable avoidable need needn't needed possible supposed obliged deserved premature
    unwise ill-advised too slow instead better right correct proper ideally mistaken choice decision necessary should had
    could would never unnecessary overdue hasty course fatal regret sensible done wiser bad sense
""")
_COME = r"(?:but|yet|and|which|what|that|;|\.|,|—|–)"
_WAS_NOT = r"(?:(?:it|this|that|they|which|what|he|she|we|nobody)? ?(?:was not|wasn't|were not|weren't|did not|didn't|never was|never were|(?:nobody|no one|no-one) (?:did|ran|\w+ed|sent|told|made|took|wrote|had|held)|never happened|had not|hadn't|was never|were never|was postponed|was forgotten))"
_CALL = r"(?:decisions?|call|choice|move|step|idea|plan|order|response|approach|reaction|course|option|thing|way|solution|alternative|procedure|action)"
_GOOD = r"(?:right|correct|proper|better|best|smart|smarter|wise|wiser|wisest|safe|safer|safest|prudent|sensible|obvious|reasonable|appropriate|sane|only right|logical|good)"
_BAD = r"(?:mistake|error|blunder|wrong (?:\w+ )?(?:call|decision|choice|move|idea|thing|order|approach|reaction|step)|bad (?:idea|call|decision|choice|move)|poor (?:decision|choice|call|idea)|worst (?:option|choice|\w+ )|misjudge?ment)"
_DEED = r"(?:decision|announcement|escalation|call|rollback|roll-back|declaration|failover|fail-over|warning|notice|page|response|reaction|communication|notification|evacuation|shutdown|restart|communicat\w+|apology|update|fix|handover|go-live|launch|restore|switchover|switch|release|reopening|withdrawal|recall)"
_VERDICT = Sought(
    rf"\bif only (?:[\w'-]+ ){{1,6}}?(?:had|was|were|would|could)\b|(?:\b(?:i|we) (?:only |really )?|^)wish (?:[\w'-]+ ){{1,4}}?(?:had|would|could)\b"
    r"|\b(?:was|were|is|been)(?: \w+ly| quite| easily)? (?:preventable|avoidable)\b|\bavoidable (?:outage|incident|failure|downtime|loss|mistake|error)|\bneed(?:n't| not) have (?:happened|been|occurred|\w+ed|\w+en|gone|come|run|set|told|sent)\b|\b(?:did not|didn't) (?:have|need) to happen(?: this way)?\b"
    rf"|\bit (?:was|had been) (?!deemed|considered|thought|felt|found|judged|decided)(?:\w+ )?(?:an? |the )?(?:\w+ )?(?:{_BAD}|wrong|unwise|premature|unnecessary|foolish|imprudent|irresponsible|ill-advised|mistaken|reckless)(?: (?:of|for) (?:\w+ ){{1,3}})? ?(?:not )?to \w+|(?:^|[.;] )it was (?:better|wiser|safer|smarter) (?:not )?to \w+"
    rf"|(?:^|[.;:,] )(?:not )?(?:\w+ly )?\w+ing (?:[\w'/:-]+ ){{1,14}}?(?:was|were|had been|proved|turned out) (?:\w+ )?(?:an? |the |to be )?(?:\w+ )?(?:{_BAD}|premature|unwise|ill-advised|unnecessary|mistaken|too (?:early|late|hasty|risky|soon|much)|not (?:the right|a good|wise|necessary|needed))(?! (?:message|page|code|rate|budget|log))\b"
    rf"|\b(?:the|our|their|a|that|this) (?:\w+ )??(?:decision|choice|call|move|plan|idea|order) (?:to [^.;]{{1,80}}?|not to [^.;]{{1,80}}?|of [^.;]{{1,40}}?)? ?(?:was|proved|turned out) (?:to be )?(?:clearly |simply |plainly |in error |also |a )?(?:wrong|premature|unwise|mistaken|mistake|an error|ill-advised|too (?:early|late|hasty|risky|optimistic)|a mistake|hasty|bad|questionable|made in haste)\b"
    rf"|\b(?:the|an?|our|another|one) (?:much |far )?{_GOOD} (?:\w+ )??{_CALL}\b[^.;]{{0,30}}? (?:would|might) have been\b|\b(?:the|an?) {_GOOD} (?:\w+ )??{_CALL} (?:here |then |at \S+ )?(?:was|were|had been) to \w+[^.]{{0,60}}?(?:;|, but|, yet|, instead|, and instead|, not to|\binstead\b)"
    rf"|\b(?:the|a) (?:better|safer|wiser|smarter|wisest|saner) {_CALL} (?:here |then |there )?(?:was|were|had been) to \w+"
    rf"|\b{_DEED}\b[^.;]{{1,60}}? (?:later|longer|slower|earlier) than (?:it|they|that) should(?: have)?\b"
    r"|\bwould(?:'ve| have) (?:done|been) (?:much |far )?(?:better|well|best|wiser|right|smarter|wise)(?:-advised| advised)? (?:not )?to \w+|\bwould(?:'ve| have) (?:made|been) (?:\w+ ){0,2}(?:sense|a good idea|an option|a better (?:idea|choice|option|plan)|the (?:better|right|safer|wiser|best|correct|proper) (?:\w+))\b"
    r"|\bit was (?:far |much |way )?too (?:early|late|soon|risky|hasty) to \w+|\bhad better (?:not )?have \w+|\b(?:nobody|no one|there was no) (?:need(?:ed)? to)(?= (?:wait|rush|hurry|restart|reboot|switch|touch|change|ask|stop|deploy|run|delete|shut|roll|upgrade|migrate)\b)|, (?:and|though|but|although) (?:it|this|that|they) (?:should|ought to) have been\b(?= ?[.;!]|$)|\bdeserved (?:an? |the |more |some )?(?:much |far )?(?:higher|lower|better|more|closer|faster|quicker|earlier|second|proper|attention|priority|care)\b"
    rf"|\b(?:{_DEED}|help|advice|order) (?:[\w':-]+ ){{0,6}}?(?:came|was (?:made|taken|given|sent|issued|called|declared|started|announced|raised|only \w+)|were (?:made|taken|given|sent|issued)|happened|began|started|went out) (?:\w+ )??(?:far |much |way |too )*(?<!set )too (?:late|early|soon|slowly|hastily)\b"
    r"|\bwe (?:\w+ )?(?:were|had been) (?:far |much |way |clearly )?too (?:slow|late|quick|hasty|fast|early|optimistic|cautious|eager|confident) (?:to|in|with|about)\b|\b(?:waited|hesitated|delayed) (?:far |much |way )?too long\b|\b(?:reacted|acted|responded|escalated|intervened|declared|decided|communicated) (?:[\w-]+ ){0,2}?(?:far |much |way )?too (?:late|slowly|early|hastily|soon)\b"
    rf"|\b(?:had|needed|was supposed|were supposed|was meant|were meant|was obliged|were obliged|was required|were required|was necessary|was due) to (?:have )?(?:be(?:en)? )?(?:\w+ )(?:(?:[\w':/-]+|,) ){{0,14}}?{_COME} ?{_COME}? ?{_WAS_NOT}"
    r"|\bneeded to have (?:been )?\w+|\bneeded to have\b|\b(?:was|were) (?:to have|supposed to have|meant to have) been \w+"
    r"|\bshould (?:(?:[\w'-]+|,) ){1,16}?(?:but|, yet|and) (?:he|she|they|we|it|nobody|this|the \w+) (?:\w+ )?(?:did not|didn't|never|was not|wasn't)(?: done| do| so| happen)?(?= [.,;!]|$| do)"
    r"|\b(?:would|could) have been (?:easily )?possible to (?:avoid|prevent|detect|catch|notice|stop|see|find|roll|fail|spot|warn|keep|save|limit)\b"
    r"|\bideally ,? ?[^.;]{1,60}?\b(?:would|should)(?:n't)? have (?:\w+ly )?(?:been|\w+ed|gone|run|done|kept|made|told|held|set|sent|left|waited|asked|put)\b|\bideally ,? ?(?:we|they|one) (?:had|'d)\b"
    r"|\b(?:much |far )?(?:more|better|something|a lot|everything|less) (?:could|should|might) have been done\b|\bcould (?:easily )?have done (?:more|better|this earlier)\b"
    r"|\b(?:could|should|might|must)(?: ,? ?(?:\w+ ){0,5},?)? (?:and|or)(?: in (?:our|my) (?:view|opinion))? (?:should|could|ought to) ?,? (?:have )?|\b(?:to|and|but) ,? (?:\w+ ){0,3}should have ,"
    r"|\b(?:we|they|he|she|i|one|somebody|someone|management) (?:could|should|might) (?:and should )?have ?[,.;] (?:and|but|yet) \w+ (?:did not|didn't|never)\b|, as (?:we|they|he|she|one) could have\b"
    r"|\b(?:in no world|under no circumstances?|on no account|at no (?:time|point)|never|nor|neither|in no case|only then) should (?:[\w'-]+ ){1,6}?have (?:been|\w+ed|gone|run|done|kept|made|told|held|set|sent|left)\b|\bonly by \w+ing (?:[\w'-]+ ){1,8}?could (?:[\w'-]+ ){1,5}?have\b"
    r"|\b(?:instead of|rather than) (?:[\w'-]+ ){1,10}?,? ?(?:one|we|they|the \w+|somebody|it) should (?:have|(?:\w+ ){1,8}(?:that night|yesterday|at the time|on that (?:night|day)|then))\b"
    r"|\bshould be \w+ed\b[^.;]{0,40}, (?:not|instead of|rather than) (?:after|at|only|three|two|an hour|\d)|\bshould be \w+(?:ed|en|ne|t) (?:[\w'-]+ ){0,5}(?:at \d[\d:. ]*|yesterday|last \w+)(?! ?(?:daily|every|each))"
    r"|\b(?:any|an?|every) (?:more )?(?:prudent|careful|competent|experienced|reasonable|responsible|sensible|good|professional|diligent|cautious|decent|seasoned|half-decent|serious|trained) (?:\w+ )?\w+ (?:would|should|could)(?:n't| not| never)? (?:never )?have \w+"
    r"|\b(?:one|you) would (?:normally |usually |rather |then )?(?:not |never )?have \w+[^.;]{0,60}(?:, which was not|, but|, yet|;|, what|instead)"
    r"|\bwould (?:have been|'ve been) (?:a |the )?(?:better|good|wiser|safer) (?:idea|choice|option|plan|thing)\b"
    r"|\b(?:at|on|with) \S+ when (?:it|they) (?:should|ought to) have (?:been )?\w+|\bwhen (?:it|they|this|that) (?:should|ought to) have been \w+(?:ed|en|ne|t)\b"
    r"|\b(?:was|were|had been|is) (?:a |an )?(?:long |well )overdue\b[^.;]{0,30}(?:, but|and never|;)|\bregret\w* (?:that )?(?:we|not|having|it|the decision)[^.;]{0,60}(?:could have|did not|didn't|not having)"
    r"|\b(?:would(?:'ve| have) been|'d have been) (?:way |much |far |a lot |so )?(?:smoother|simpler|easier|cheaper|calmer) if\b"
    r"|\b(?:should|ought to) never have \w+",
)
_NOT = re.compile(r"\b(?:not|un|hardly|no|never|don't think|whether|if|isn't|wasn't|do not believe) ?$")
_OF_THINGS = re.compile(
    r"\b(?:nothing bad|as it should have|as they should have|worked as|did what it should)\b|\b(?:it|this|that) was (?:an?|the) (?:\w+ )?error (?:message|code|page)\b"
)


def verdict_in(words: list[str], sentence: str) -> Missed | None:
    """Where a decision of the past is judged, or None. `sentence` are the words with blanks between them."""
    if WORDS.isdisjoint(words):
        return None
    for found in _VERDICT.finditer(sentence):
        if _NOT.search(sentence[: found.start()]) or _OF_THINGS.search(sentence):
            continue
        first = place_of(words, found.start())
        return Missed(Past.DECISION, first, min(first + 4, len(words) - 1))
    return None
