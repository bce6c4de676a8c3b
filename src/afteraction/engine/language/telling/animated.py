"""A raised voice: strings of exclamation marks, shouted words, irony (LA).

Knows how a mood is written down. Refuses to mind one exclamation mark, the capitals of a standard (MUST, NOT), of SQL,
of an abbreviation or of a whole heading.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re

from afteraction.engine.language.sought import Sought
from afteraction.engine.language.words.pack import listed

WORDS = listed("""
    wtf omg lol lmao rofl ugh ughh facepalm sigh yikes argh aargh arrgh grr grrr duh believe brilliant genius bravo
    surprise shocker hooray yay joy god's god christ heaven hell damn shit fuck fucking fucked shitty crap crappy heck
    goddamn bloody kidding seriously magically miraculously course yeah lucky wonderful lovely glorious beloved infamous
    so-called oh possibly guessed nice great fun luck thanks
""")
_SHOUTS = "NEVER|NOTHING|AGAIN|ALWAYS|STILL|VERY|REALLY|EVERYTHING|NOBODY|EVERYONE|ABSOLUTELY|TOTALLY|COMPLETELY|FINALLY|TERRIBLE|TWICE|NOWHERE|ANYONE|ANYTHING|WHOLE|ENTIRE|EVERY|BROKEN|HORRIBLE|WHY|SERIOUSLY|HOURS|DAYS|EVER|WORST|ENTIRELY|NONE|WRONG|HUGE|LITERALLY|OBVIOUSLY|CLEARLY"
_TWO_MARKS = re.compile(r"[!?] ?[!?]")
_CAPITALS = re.compile(r"[A-Z][A-Z]{2,}")
# The last two letters of the first stand for it: a long run of capitals is looked at once.
_THREE_SHOUTED = re.compile(r"[A-Z]{2} [A-Z]{2,} [A-Z]{2,} ")
_SHOUTED_ALONE = re.compile(rf"\b(?:{_SHOUTS})\b")
_FACES = re.compile(r"[\U0001F620-\U0001F624\U0001F62D\U0001F631\U0001F644\U0001F926\U0001F92F\U0001F92C\U0001F4A9]")
_MARKS = re.compile(
    r"!(?:[ \u200b]?[!1]){1,}|[?]!+|!+[?]|\?{3,}|[\U0001F620-\U0001F624\U0001F62D\U0001F631\U0001F644\U0001F926\U0001F92F\U0001F92C\U0001F4A9]+"
)
_CRIES = Sought(
    r"\b(?:wtf|omg|lol|lmao|rofl|ugh+|facepalm|yikes|a+rgh+|grr+|duh|oh (?:my )?god|for (?:god|christ|heaven|fuck)['’]?s? sake|what the (?:hell|heck|fuck)|(?:fuck|shit|damn|goddamn|crap|bloody)(?:ing|ty|y|ed)?)\b(?! ?(?:list|test|data))"
    r"|\bI (?:still )?(?:can(?:no|['’])t|cannot|could not) believe\b|\byou['’]ve got to be kidding\b|\bare you (?:kidding|serious)\b|^seriously[?!,]"
    r"|\bsurprise,? surprise\b|\bwhat could (?:possibly )?go wrong\b|\bwho would have (?:thought|guessed)\b|\b(?:brilliant|genius) (?:idea|move|plan|decision|stroke)\b|\bstroke of genius\b|(?:^|[.:;,-] ?)(?:bravo|yay|hooray|shocker|sigh|oh joy|what fun|great job|nice job|well done|lovely|thanks a lot|way to go)(?=[,.!]|$)(?=[^\w]*(?:[!.]|$|to the|another|again))"
    r"|\b(?:as if by magic|magically|miraculously) (?!\w*ed by)\w+|\bof course,? (?:it|this|that|nobody|no one|the \w+) (?:\w+ )?(?:failed|broke|crashed|died|did(?:n['’]t| not)|was(?:n['’]t| not)|had(?:n['’]t| not)|went down|paged)\b|\byeah,? right\b|\bno shit\b|\bgood luck with\b|\blucky us\b|\boh,? (?:wonderful|great|joy|lovely|goody|fantastic|brilliant|perfect|good)\b|\bhow (?:wonderful|lovely|nice)\b|\b(?:the|our) (?:wonderful|lovely|glorious|beloved|infamous|so-called) \w+",
    re.IGNORECASE,
)
_SHOUTED = frozenset(_SHOUTS.split("|"))
_PRAISE = listed("thank thanks congratulations kudos congrats")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COMMON = listed("""
    the a an is was were are it this that we they you i he she do did does not no of to in on at for with by from and or but
    have has had been be will would can could should all everything nothing never again still down broken why how what
    who when please stop don't didn't can't won't our your their my there here out up went goes very so too just only
""")


def has_signs(part: str) -> bool:
    """Whether shouted words, strings of marks or a cross face stand in a part of a text."""
    if ("!" in part or "?" in part) and _TWO_MARKS.search(part):
        return True
    shouted = _CAPITALS.findall(part)
    if shouted and not _SHOUTED.isdisjoint(shouted) and _SHOUTED_ALONE.search(part):
        return True
    return (len(shouted) > 0 and _THREE_SHOUTED.search(part) is not None) or (
        not part.isascii() and _FACES.search(part) is not None
    )


def animated_in(sentence: str, said: frozenset[str] | set[str]) -> tuple[int, int] | None:
    """Where a sentence raises its voice (LA), or None."""
    cries = not WORDS.isdisjoint(said)
    if not (cries or has_signs(sentence)) or not said.isdisjoint(_PRAISE):
        return None
    found = _MARKS.search(sentence) or (_CRIES.search(sentence) if cries else None)
    if found is not None:
        lead = len(found[0]) - len(found[0].lstrip(" .:;,-"))
        return found.start() + lead, found.end()
    if not has_signs(sentence):
        return None
    words = list(_WORD.finditer(sentence))
    lower = sum(word[0].islower() and len(word[0]) > 1 for word in words)
    run: list[re.Match[str]] = []
    for word in [*words, None]:
        if word is not None and run and sentence[run[-1].end() : word.start()].strip(" ,’'"):
            if _is_shouted([each[0] for each in run], lower, sentence[run[-1].end() :]):
                return run[0].start(), run[-1].end()
            run = []
        if word is not None and word[0].isupper() and (len(word[0]) > 1 or (run and word[0] in "AI")):
            run.append(word)
            continue
        if run and _is_shouted([each[0] for each in run], lower, sentence[run[-1].end() :]):
            return run[0].start(), run[-1].end()
        run = []
    return None


def _is_shouted(run: list[str], lower: int, after: str) -> bool:
    common = sum(word.lower().replace("’", "'") in _COMMON for word in run)
    if len(run) >= 4 and common >= 2 and (lower >= 2 or after.startswith("!")):
        return True
    return (
        lower >= 3
        and len(run) <= 3
        and any(word in _SHOUTED for word in run)
        and common + sum(word in _SHOUTED for word in run) >= len(run)
    )
