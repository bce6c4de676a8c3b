"""When the words of a lapse explain nothing: denied, prevented, feared, counted among categories, or a guess given up.

Knows what stands before and behind words that somebody does not stand by. Refuses to know which words they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import Pack, listed

_NOT = listed("""
    not never no n't without neither nor beyond cannot isn't wasn't aren't weren't can't don't doesn't didn't
    couldn't hardly nobody nothing
""")
# Whatever guards against it, or makes it possible without telling of it.
_GUARDS = (
    "prevent", "avoid", "reduc", "minimi", "mitigat", "eliminat", "limit", "remov", "lower", "guard", "protect",
    "toler", "prone", "suscept", "vulnerab", "expos", "subject", "sensitiv", "immun", "chance", "likelihood", "risk",
    "possib", "potential", "probab", "opportunit", "catch", "detect", "anticipat", "expect", "exclud", "suspect",
    "assum", "categor", "hypothe", "resilien", "resist", "against", "room", "scope", "margin", "danger", "defen",
)  # fmt: skip
_HEDGED = listed("""
    if any whether perhaps maybe less fewer more future further such question types type kinds kind forms class
    classes definition term label phrase concept word words call calling saying blaming space source account
    accounts accounting allow allows allowing design designed ruled rule ruling cope proof test tests tested
    simulate simulates against safe open rather instead opposed than discuss discussed discusses study studies
    handle handles
""")
# What may stand between these and the lapse.
_FILLING = listed("""
    the a an any all such of for more this that these those kinds types sort sorts similar simple potential possible
    some it to be was is were are been from impact effects effect data loss due caused by chance most manual
    occasional inevitable basic in as on recurrence further future other another human just simply merely only
    because result case matter one single pure explained blame blamed necessarily really mere down say label seen
    against out off under ' " “ ” ‘ ’ ( and or costly common routine everyday small minor about attributing
    attribute number question call called put explain explaining with at called describe described treat cause
    attributable
""")
_MODALS = listed("can may might could will would should must cannot can't won't shouldn't")
_BREAKS = listed("; : . ! ? – —")
_TURNS = listed("but yet so and which because although though while whereas only")
_STARTS = listed("it this that the he she they we there was is were a an")
_GENERAL = listed("""
    never not no n't rarely hardly seldom inevitable unavoidable expected always normal part often usually sometimes
    isn't wasn't only symptom
""")
_OF_EFFECT = listed("happen happens occur occurs arise arises creep")
_RARER = listed("less impossible unlikely harder rarer visible")
_COMPOUND = listed("""
    probabilities modelling modeling
    rate rates analysis analyses taxonomy taxonomies budget prevention probability assessment reduction management
    category categories class classes type types message messages log logs code codes page pages report reports
    metric metrics count counts response responses tolerance theory dialog dialogs screen screens banner banners
    string strings text toast enum field fields column tracking handler handling label option tag specialist
    specialists engineer engineers research training review reviews module script alert alerts
""")
_SAYING = listed("""
    says say said reads read shows showed printed returned returns logged logs message labelled labeled status code
    titled named called means field value
""")
_QUOTES = listed("\" “ ‘ ' (")
_REFUTED = listed("""
    wrong disproved disproven refuted dismissed discarded incorrect abandoned contradicted contradicts disproves
    excluded premature unfounded untrue false
""")
_GUESS = listed("""
    guess hypothesis assumption suspicion theory report impression idea diagnosis suspected assumed thought
""")
_PRESENT = Sought(
    r"\b(?:blameless\w*|never a root cause|not a root cause|symptom of|new view|second stor(?:y|ies)|just culture"
    r"|hindsight bias|(?:4\d\d|5\d\d|http|status)\b.{0,12}\bmeans)\b",
    re.IGNORECASE,
)
_CLASSES = listed("taxonomy classes categories options labels tags choices types kinds list field dropdown values form")
_SUPPOSED = listed("""
    assumed assume assuming suspected suspect thought initially appeared seemed looked believed dismissed treated
    closed counted returns returned return http status classified
""")
_OF_CODE = listed("bash python sql perl ruby go rust javascript regex query syntax jq awk promql expression")


def is_disowned(words: Sequence[str], first: int, last: int, sentence: str, pack: Pack) -> bool:
    """Whether the lapse at those words is one that the sentence does not stand by. `sentence` is the masked one."""
    if _PRESENT.search(sentence) is not None:
        return True
    return (
        _is_taken_back(words, first, pack)
        or _is_general(words, last)
        or _is_refuted(words, first, last)
        or _is_a_name(words, first, last)
    )


def _is_taken_back(words: Sequence[str], first: int, pack: Pack) -> bool:
    """Whether a "not", a guard or a doubt before the lapse reaches it."""
    for place in range(first - 1, max(-1, first - 11), -1):
        word = words[place]
        if word in _BREAKS or (word in _TURNS and place + 1 < first and words[place + 1] not in _FILLING):
            return False
        if word == "," or word == "but":
            return False
        before = list(words[max(0, place - 1) : place])
        if word in _NOT:
            # "nothing but", "nothing more than", "no doubt", "not only".
            ahead = list(words[place + 1 : place + 3])
            return not (word == "nothing" and ahead[:1] in (["but"], ["more"], ["other"])) and ahead[:1] != ["doubt"]
        if word == "more" and before == ["nothing"]:
            return False
        if (
            word == "than"
            and before
            and before[0] in ("more", "other")
            and "nothing" in words[max(0, place - 2) : place]
        ):
            return False
        if word in _HEDGED or word.startswith(_GUARDS):
            return not _names_a_cause(words, place)
        if word in _MODALS:
            # "can be put down to it" says that it was so; "can be caused by it" does not.
            return pack["leading to a cause"].isdisjoint(words[place:first]) and "explained" not in words[place:first]
        pointing = word in pack["leading to a cause"] or word in pack["naming a cause"]
        if not (pointing or word in _FILLING or word.endswith("ly")):
            return False
    return False


def _names_a_cause(words: Sequence[str], place: int) -> bool:
    """Whether a word of doubt belongs to a heading or a verdict: "Possible cause: …", "Category: …", "likely"."""
    word, ahead = words[place], words[place + 1 : place + 4]
    if word in ("type", "category", "class") or word.startswith(("categor", "probab")):
        return not {":", "=", "–", "—", "-", "|", "as", "is", "was"}.isdisjoint(ahead)
    return word in ("source",) and not {"was", "is", ":"}.isdisjoint(ahead)


def _is_general(words: Sequence[str], last: int) -> bool:
    """Whether what follows tells of such lapses at all times: "can happen", "is never a cause", "rates"."""
    ahead = [each for each in words[last + 1 : last + 13] if each not in ('"', "”", "’", "'", ")", "*")]
    if not ahead:
        return False
    if (
        ahead[0] in _RARER
        or ahead[0] in _COMPOUND
        or ahead[0].endswith(("-prone", "-proof", "-free", "-related"))
        or ahead[0] == "?"
    ):
        return True
    if ahead[0] == "as" and ahead[1:2] in (["an"], ["a"], ["the"]):
        return not {"explanation", "cause", "excuse", "label", "category", "option"}.isdisjoint(ahead[1:5])
    if ahead[:1] == [","]:
        ahead = ahead[1:]
    if ahead[:1] and (ahead[0] in _MODALS or ahead[0] in _OF_EFFECT):
        return True
    if ahead[:1] and ahead[0] in (
        "is",
        "are",
        "was",
        "were",
        "does",
        "do",
        "has",
        "isn't",
        "wasn't",
        "aren't",
        "weren't",
    ):
        if ahead[0].endswith("n't"):
            return True
        if ahead[0] in ("is", "are") and ahead[1:2] and ahead[1] in ("what", "something", "where"):
            return bool(ahead[2:3]) and ahead[2] in ("a", "an", "the", "we", "our", "such", "they", "that")
        near = set(ahead[1:4])
        if (
            ahead[0] in ("is", "are", "does", "do")
            or {"never", "not", "n't", "simulated", "injected", "rehearsed"} & near
        ):
            return not _GENERAL.isdisjoint(near) or not {"simulated", "injected", "rehearsed", "practised"}.isdisjoint(
                near
            )
    if ahead[:1] and ahead[0] in ("in", "on", "of", "with", "during", "at", "by"):
        verb = next((each for each in ahead[1:] if each in _MODALS or each.endswith("ed")), "")
        if verb in _MODALS:
            return True
    return ahead[:1] == ["in"] and not _OF_CODE.isdisjoint(ahead[1:3])


def _is_refuted(words: Sequence[str], first: int, last: int) -> bool:
    """Whether a guess at it was given up: "we first suspected operator error, which the log disproved"."""
    behind = words[last + 1 :]
    ruled = any(list(behind[at : at + 2]) == ["ruled", "out"] for at in range(min(len(behind), 16)))
    refuted = ruled or not _REFUTED.isdisjoint(behind[:16])
    if not refuted:
        return not {"first", "initial", "initially", "early", "originally"}.isdisjoint(
            words[:first]
        ) and not _GUESS.isdisjoint(words)
    return ruled or not _GUESS.isdisjoint(words) or not {"which", "but", "it", "was", "later"}.isdisjoint(behind[:5])


def _is_a_name(words: Sequence[str], first: int, last: int) -> bool:
    """Whether the words are a text that something shows, or an entry among others."""
    before = list(words[max(0, first - 4) : first])
    if before and before[-1] in _QUOTES and not _SAYING.isdisjoint(before):
        chosen = listed("applies chosen assigned recorded given ticked selected")
        return chosen.isdisjoint(words[last + 1 : last + 5])
    if before and before[-1] in _QUOTES and not _CLASSES.isdisjoint(words[:first]):
        return True
    if not {"user", "users", "users'"}.isdisjoint(words[first : last + 1]) and not _SUPPOSED.isdisjoint(words[:first]):
        return True
    ahead = words[last + 1 : last + 7]
    if list(ahead[:2]) == ["in", "the"] and not {"log", "logs"}.isdisjoint(ahead[:4]):
        return True
    return "among" in ahead or list(ahead[:3]) == ["as", "one", "of"]


__all__ = ("is_disowned",)
