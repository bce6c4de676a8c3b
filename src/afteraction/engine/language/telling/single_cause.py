"""One cause told as the whole explanation (L6).

Knows how it is told. Refuses to forbid the term: several root causes, an analysis by that name, a cause that is sought,
and a label with nothing behind it stay as they are.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.remarks import is_denied
from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    nothing ultimately else thing only whole everything
    attributed traced blamed one
    root root-cause cause culprit reason solely entirely purely exclusively mere merely single sole singularly tiny lone
    boils boiled explanation trigger alone all everything simple trivial one-line one-character small
""")
_ROOT = Sought(
    r"(?<!one of )(?<!one )(?<!some )(?<!into )(?<!of )(?<!for )\b(?:(?P<which>the|our|its|this|that|an?|one|another|first|second|third|other|each|every|no|possible|potential|likely|suspected|contributing)\s)?(?:(?:ultimate|actual|true|real|single|main|sole|only|primary|underlying|technical|immediate|probable|final|initial|exact|overall|fundamental|basic|proximate|direct)[ ,]+)*root[ -]cause\b(?P<of>(?: (?:of|for|behind|here|to|in|with)\b[^.,;:!?]{0,90}?)?)(?:,? however,?)?\s(?:was|is|were|turned out to be|proved to be|appears to (?:be|have been)|seems to (?:be|have been)|has been|had been|lies in|lay in|comes down to|boils down to|can be traced|could be traced|came from|is believed to be|became)\b(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OPEN = re.compile(
    r"^ ?(?:(?:also|still|later|then|now|not|never|finally|eventually|quickly|soon|initially|yet|currently|already|only|as yet|believed|thought|being|to be) ?)*(?:found|identified(?! (?:as|to be))|discovered|determined(?! (?:as|to be))|unknown|unclear|uncertain|investigated|established|confirmed(?! (?:as|to be))|fixed|resolved|mitigated|addressed|known|removed|reported|understood|clear|analy[sz]ed|located|isolated|under investigation|undetermined|pending|debugged|being|tbd|n/a|not|never|no(?! )|unidentified|obscure|elusive|missed|diagnosed(?! as)|in progress|shared|documented|described|explained|corrected|eliminated|patched|traced(?! (?:back )?to)|tracked down|sought|looked)\b",
    re.IGNORECASE,
)
_CAUSE = Sought(
    r"^\W*(?:the )?(?:sole|only|single|one and only|exclusive) (?:root )?cause ?[:–—-]|\bone thing(?: and one thing only| alone| only)? (?:caused|broke|explains|led to|triggered)\b|\bnothing (?:else )?(?:but|other than|except) (?:the |a |an |one )?(?:[\w-]+ ){1,4}?(?:caused|led to|explains|is to blame|was needed|triggered)\b|\b(?:the )?cause of (?:it all|everything|all (?:of )?(?:this|it|that|the \w+)|(?:the )?whole (?:\w+)|the entire \w+|all problems) (?:was|is)\b|\b(?:has|had) (?:exactly |just |only )?(?:one|a single) (?:single |simple )?(?:explanation|cause|reason|origin|trigger)\b|\b(?:ultimately|in the end|at the end of the day),? (?:it|this|everything|all of it|the whole thing) (?:was|is|came down to|boils down to) (?:all )?(?:just|only|simply|nothing but|due to|because of) \b(?=(?:the|a|an|one) )|\b(?:was|is|were) one only\b"
    r"|\b(?:there (?:is|was)|(?:it|this|incident|outage|failure|problem) (?:has|had)) (?:exactly |only |just |really |but )*(?:one|a single|a sole) (?:\w+ )?cause\b"
    r"|\b(?:can|could|may|must) (?:all )?be (?:attributed|traced|put down|blamed|reduced)(?: back)? (?:to|on) (?:one|a single|just one|exactly one|a lone)\b"
    r"|^(?:a |just )?(?:one|single) (?:single |missing |wrong |bad |misconfigured |stale |forgotten |mistyped |broken |tiny |small )+[\w-]+ (?:took|brought|caused|broke|killed|crashed|stopped|ended|cost)\b"
    r"|\b(?:the|its|our|this) (?:(?:sole|only|single|one|unique|real|true|ultimate|exclusive|one and only)(?: and \w+)?) (?:(?:root|underlying|technical) )?(?:cause|culprit|reason|explanation|trigger|thing (?:at fault|to blame))(?: (?:of|for|behind|that|why|it)\b[^.;:?!]{0,60}?)? (?:was|is|were|turned out)\b"
    r"|\b(?:the|its) (?:main |whole |underlying |actual |primary )?(?:cause|reason)(?: (?:of|for|behind|why)\b[^.;:?!]{0,60}?)? (?:was|is) (?:simply|just|merely|solely|purely|entirely|nothing (?:more|but|other)|nothing else|one|a single|a simple)\b"
    r"|\b(?:solely|entirely|purely|exclusively|simply|only|merely|singularly|completely|just) (?:caused by|due to|because of|down to|the result of|attributable to|triggered by|the fault of)\b|\b(?:due|owing) (?:solely|entirely|purely|exclusively|only) to\b|\b(?:caused|triggered|explained) (?:solely|entirely|purely|exclusively|only|alone) by\b"
    r"|\b(?:caused|triggered|explained|brought down|taken down) by (?:a|one|just a|just one|nothing (?:more|but)|only) (?:mere|single|simple|tiny|trivial|lone|solitary|one-line|one-character|(?:mere |simple |tiny |single |small )+)(?: ?[\w-]+)?\b"
    r"|\b(?:due to|because of|boil(?:s|ed) down to|com(?:es|e) down to|came down to) (?:a|one|just a|just one|nothing (?:more|but)|exactly one) (?:mere|single|simple|tiny|trivial|lone|(?:one )?thing)\b|\b(?:boil(?:s|ed) down to|comes down to|came down to) one\b"
    r"|\ball (?:because of|due to|caused by|thanks to) (?:a|an|one|the|this|that)\b"
    r"|\b(?:everything|it all|all of (?:this|it)|the (?:whole|entire) (?:incident|outage|problem|failure)) (?:was|is|came|comes|goes|went|can be|stems|stemmed|started|traces)\b[^.;:?!]{0,30}\b(?:caused by|due to|because of|down to|back to(?= (?:a single|one|the one)\b)) (?:a|an|one|the|this|that|single)\b"
    r"|\b(?:alone|by itself|on its own) (?:caused|brought|took|explains|triggered|was responsible|is responsible)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\W*(?:the )?(?:single |sole |main |ultimate )?root[ -]cause\W{0,4}:\W{0,4}(?!\W*(?:none|no|not|unknown|unclear|tbd|tbc|todo|n/?a|pending|under|see|human|operator|user)\b)\w+[ -]+\w",
    re.IGNORECASE,
)
_NEEDED = (
    "was just",
    "was only",
    "was simply",
    "sole",
    "attributed",
    "traced",
    "put down",
    "blamed",
    "one ",
    "single ",
    "caus",
    "due to",
    "down to",
    "reason",
    "culprit",
    "because of",
    "explain",
    "brought",
    "taken down",
    "at fault",
    "to blame",
    "trigger",
    "alone",
    "by itself",
    "on its own",
    "traces",
    "result of",
    "attributable",
    "explanation",
    "thing",
)
_NEARLY = re.compile(r"\b(?:almost|nearly|mostly|partly|largely) $", re.IGNORECASE)
_SEVERAL = Sought(
    r"\broot[ -]causes\b|\b(?:contributing (?:factors?|causes?)|several causes|combination of|two causes|multiple (?:root )?causes|together with|no single)\b",
    re.IGNORECASE,
)


def single_cause_in(sentence: str) -> tuple[int, int] | None:
    """Where a sentence tells of one cause (L6), or None; "Root cause: the filter" tells of one as well."""
    low = sentence.lower()
    rooted = "root" in low
    if not rooted and not any(word in low for word in _NEEDED):
        return None
    if _SEVERAL.search(sentence):
        return None
    root = _ROOT.search(sentence) if rooted else None
    if root is not None:
        told = (root["which"] or "the").lower() in ("the", "our", "its", "this", "that", "an", "a")
        if (
            told
            and root["rest"].strip(" .")
            and not _OPEN.match(root["rest"])
            and not is_denied(sentence, root.start(), 25)
        ):
            return root.start(), root.start("rest")
    found = _CAUSE.search(sentence)
    if (
        found is not None
        and not is_denied(sentence, found.start(), 25)
        and not _NEARLY.search(sentence[: found.start()])
        and not is_denied(sentence, found.end(), 12)
    ):
        return found.span()
    labelled = _LABEL.match(sentence)
    return labelled.span() if labelled else None
