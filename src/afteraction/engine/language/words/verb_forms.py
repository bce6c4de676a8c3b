"""The forms of English verbs: the past of a gerund or of a participle.

Knows the irregular ones, and how regular ones are built. Refuses to know what a verb means.
"""

from __future__ import annotations

from functools import lru_cache

from afteraction.engine.language.words.pack import listed

# Base, past, participle.
_IRREGULAR = """
    take took taken, bring brought brought, leave left left, forget forgot forgotten, run ran run, put put put,
    cut cut cut, set set set, let let let, give gave given, send sent sent, do did done, go went gone, make made made,
    keep kept kept, break broke broken, lose lost lost, choose chose chosen, overwrite overwrote overwritten,
    write wrote written, rewrite rewrote rewritten, drive drove driven, mistake mistook mistaken,
    misread misread misread, read read read, understand understood understood, see saw seen, say said said,
    misunderstand misunderstood misunderstood, think thought thought, hit hit hit, sleep slept slept, shut shut shut,
    get got gotten, draw drew drawn, hold held held, override overrode overridden, begin began begun,
    blow blew blown, pay paid paid, sit sat sat, fall fell fallen, throw threw thrown, tear tore torn, know knew known,
    come came come, become became become, swear swore sworn, tell told told, stick stuck stuck, teach taught taught,
    buy bought bought, sell sold sold, bet bet bet, dig dug dug, feed fed fed, hang hung hung, spin spun spun,
    build built built, rebuild rebuilt rebuilt, catch caught caught, feel felt felt, find found found, hear heard heard,
    hide hid hidden, lead led led, lend lent lent, lie lied lied, lay laid laid, mislay mislaid mislaid, meet met met,
    rise rose risen, ring rang rung, ride rode ridden, sink sank sunk, shake shook shaken, show showed shown,
    shoot shot shot, slide slid slid, speak spoke spoken, spend spent spent, split split split, spread spread spread,
    stand stood stood, steal stole stolen, strike struck struck, sweep swept swept, undo undid undone,
    redo redid redone, wear wore worn, wind wound wound, withdraw withdrew withdrawn, reset reset reset,
    beset beset beset, input input input, mislead misled misled, oversleep overslept overslept, freeze froze frozen,
    bend bent bent, bind bound bound, bite bit bitten, deal dealt dealt, eat ate eaten, fight fought fought,
    fly flew flown, grow grew grown, hurt hurt hurt, bypass bypassed bypassed, quit quit quit, seek sought sought,
    withhold withheld withheld, overrule overruled overruled, oversee oversaw overseen, undergo underwent undergone,
    outdo outdid outdone, overdo overdid overdone, mishear misheard misheard, misspeak misspoke misspoken,
    wake woke woken, have had had, be was been, die died died, tie tied tied
"""
_ROWS = [row.split() for row in _IRREGULAR.split(",")]
_PAST_OF_PARTICIPLE = {done: past for _, past, done in _ROWS}
_DOUBLING = listed("put cut set let run shut get hit sit bet dig spin begin quit split reset beset input")


def _gerund(base: str) -> str:
    if base in ("lie", "die", "tie"):
        return base[:-2] + "ying"
    if base in _DOUBLING:
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith(("ee", "be")):
        return base[:-1] + "ing"
    return base + "ing"


_PAST_OF_GERUND = {_gerund(base): past for base, past, _ in _ROWS}
_NOUNS = listed("""
    morning evening string thing nothing something everything anything king ring spring wing ceiling building being
    meeting warning during monitoring staging routing engineering training pricing billing scheduling networking
    according including regarding concerning following pending existing remaining missing incoming outgoing upcoming
    ongoing underlying corresponding interesting surprising
""")


def past_of_gerund(word: str) -> str:
    """ "dropped" for "dropping"; "" for a word that is no gerund, or mostly none."""
    if not word.endswith("ing") or len(word) < 5 or word in _NOUNS:
        return ""
    if word in _PAST_OF_GERUND:
        return _PAST_OF_GERUND[word]
    stem = word[:-3]
    if stem.endswith("y") and stem[-2:-1] not in "aeiou":
        return stem[:-1] + "ied"
    return stem + "ed" if len(stem) > 1 else ""


@lru_cache(maxsize=1024)
def past_of_participle(word: str) -> str:
    """ "took" for "taken", the word itself where it is regular; "" for no participle."""
    if word in _PAST_OF_PARTICIPLE:
        return _PAST_OF_PARTICIPLE[word]
    return word if len(word) > 3 and word.endswith("ed") and word not in ("need", "feed", "speed", "seed") else ""
