"""Forms of English words: the participle of a verb, its plain form, its past, and whether a phrase is many.

Knows the irregular verbs that reviews of incidents use, and the spelling of the others. Refuses to find a verb.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from functools import lru_cache

# Plain form, past, participle.
_IRREGULAR = """
    be was been, do did done, go went gone, run ran run, set set set, put put put, cut cut cut, shut shut shut, hit hit hit,
    let let let, read read read, reset reset reset, split split split, bring brought brought, make made made,
    take took taken, give gave given, tell told told, write wrote written, overwrite overwrote overwritten, choose chose chosen, build built built,
    rebuild rebuilt rebuilt, hold held held, keep kept kept, send sent sent, think thought thought, understand understood understood,
    misunderstand misunderstood misunderstood, leave left left, pay paid paid, show showed shown, meet met met, teach taught taught, catch caught caught,
    find found found, see saw seen, know knew known, wake woke woken, ring rang rung, come came come, become became become,
    begin began begun, break broke broken, draw drew drawn, drive drove driven, throw threw thrown, speak spoke spoken,
    lose lost lost, win won won, sell sold sold, spend spent spent, speed sped sped, seek sought sought, buy bought bought,
    say said said, get got gotten, have had had, forget forgot forgotten, foresee foresaw foreseen, oversee oversaw overseen,
    undo undid undone, override overrode overridden, withdraw withdrew withdrawn, mistake mistook mistaken, misread misread misread, stick stuck stuck,
    undertake undertook undertaken, burn burnt burnt, lead led led, learn learnt learnt, rerun reran rerun, sign-off signed-off signed-off,
    stop stopped stopped, plan planned planned, skip skipped skipped, ship shipped shipped, drop dropped dropped, map mapped mapped, tag tagged tagged,
    flag flagged flagged, log logged logged, trip tripped tripped, tap tapped tapped, swap swapped swapped, pin pinned pinned, scan scanned scanned,
    refer referred referred, prefer preferred preferred, commit committed committed, admit admitted admitted, permit permitted permitted, submit submitted submitted,
    limit limited limited, edit edited edited, add added added, install installed installed, call called called, test tested tested, monitor monitored monitored,
    spot spotted spotted, grab grabbed grabbed, jam jammed jammed, cap capped capped, patch patched patched, wait waited waited, ask asked asked,
    audit audited audited, visit visited visited, ignore ignored ignored, restore restored restored, store stored stored, explore explored explored,
    ping pinged pinged, hang hung hung, bind bound bound, trust trusted trusted, focus focused focused, use used used, reuse reused reused, type typed typed,
    enter entered entered, press pressed pressed, pass passed passed, assess assessed assessed, process processed processed, discuss discussed discussed, miss missed missed,
    pull pulled pulled, roll rolled rolled, kill killed killed, fill filled filled, poll polled polled, cancel cancelled cancelled, tell told told, yell yelled yelled,
    provide provided provided, decide decided decided, divide divided divided, define defined defined, examine examined examined, determine determined determined,
    combine combined combined, decline declined declined, require required required, acquire acquired acquired, fire fired fired, expire expired expired,
    configure configured configured, measure measured measured, ensure ensured ensured, capture captured captured, secure secured secured, execute executed executed,
    route routed routed, mute muted muted, promote promoted promoted, note noted noted, quote quoted quoted, invoke invoked invoked, revoke revoked revoked,
    wipe wiped wiped, scope scoped scoped, name named named, rename renamed renamed, time timed timed, assume assumed assumed, resume resumed resumed,
    consume consumed consumed, compile compiled compiled, schedule scheduled scheduled, scale scaled scaled, compare compared compared, prepare prepared prepared,
    share shared shared, declare declared declared, upgrade upgraded upgraded, downgrade downgraded downgraded, trade traded traded, explode exploded exploded,
    invite invited invited, delete deleted deleted, complete completed completed, observe observed observed, care cared cared, weigh weighed weighed, train trained trained
"""
_FORMS = [tuple(each.split()) for each in _IRREGULAR.replace("\n", " ").split(",")]
_PARTICIPLE = {each[0]: each[2] for each in _FORMS} | {each[1]: each[2] for each in _FORMS}
_BASE = {each[2]: each[0] for each in _FORMS}
_PAST = {each[2]: each[1] for each in _FORMS}
IRREGULAR = "|".join(sorted({each[2] for each in _FORMS if not each[2].endswith("ed")}))
# "escalat", "chang", "clos", "remov", "handl", "continu" want their e back.
_WANTS_E = re.compile(r"(?:[^aeo]at|[cg]|[aeiou]s|v|u|[iy]z|ys|[bdfgkpt]l|[aeiou]iz)$")
_KEEPS = re.compile(r"(?:ng|ll|ss|zz|ff)$")
_DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=1024)
def participle_of(verb: str) -> str:
    """Of a plain form or a past: "check" -> "checked", "ran" -> "run"."""
    if verb in _PARTICIPLE:
        return _PARTICIPLE[verb]
    if verb.endswith("ed"):
        return verb
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else verb + "ed"


@lru_cache(maxsize=1024)
def base_of(participle: str) -> str:
    """Of a participle: "escalated" -> "escalate", "shown" -> "show"; "" where it looks like none."""
    if participle in _BASE:
        return _BASE[participle]
    if not participle.endswith("ed") or len(participle) < 5:
        return ""
    if participle.endswith("ied"):
        return participle[:-3] + "y"
    stem = participle[:-2]
    if _DOUBLED.search(stem):
        return stem[:-1]
    return stem if (_KEEPS.search(stem) and not stem.endswith("ang")) or not _WANTS_E.search(stem) else stem + "e"


def past_of(participle: str) -> str:
    """Of a participle: "shown" -> "showed"."""
    return _PAST.get(participle, participle)


_HEAD_ENDS = re.compile(r"\s(?:of|in|on|at|for|from|to|with|between|by|that|which|who|under|over|into|after|before)\s")


def is_many(phrase: str) -> bool:
    """Whether a noun phrase takes "were": "the logs", "two hosts", "the plan and the logs"."""
    low = phrase.strip().lower()
    if re.match(r"(?:we|they|you|these|those|both|two|three|four|five|six|several|many|all|\d+)\b", low):
        return not low.startswith(("all of it", "all this", "1 "))
    head = _HEAD_ENDS.split(low)[0]
    if " and " in head and not low.startswith(("a ", "an ", "this ", "that ", "each ", "every ")):
        return True
    last = head.rsplit(" ", 1)[-1]
    return last.endswith("s") and not last.endswith(
        ("ss", "us", "is", "'s", "dns", "tls", "https", "aws", "status", "news", "redis")
    )


def was(phrase: str) -> str:
    """ "was" or "were", as a phrase takes it."""
    return "were" if is_many(phrase) else "was"
