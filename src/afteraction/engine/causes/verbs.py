"""What people and systems did, as verbs: the past form of each and the form after "to".

Knows the verbs of operating software. Refuses to parse sentences: who does not find a verb says so in other words.
"""

from __future__ import annotations

import re

_IRREGULAR = """
    began:begin became:become broke:break brought:bring built:build chose:choose came:come cut:cut did:do drew:draw
    drove:drive fell:fall felt:feel found:find forgot:forget gave:give went:go grew:grow held:hold
    hid:hide kept:keep knew:know left:leave let:let lost:lose made:make meant:mean met:meet overrode:override
    overwrote:overwrite put:put ran:run read:read rebuilt:rebuild reran:rerun rewrote:rewrite rose:rise saw:see
    sent:send set:set shut:shut split:split spoke:speak spent:spend stood:stand stuck:stick swept:sweep took:take
    thought:think threw:throw told:tell understood:understand undid:undo woke:wake withdrew:withdraw
    wrote:write
"""
# The past of these follows from the base by rule.
_REGULAR = """
    accept acknowledge act add adjust allow announce answer apply approve arrive ask assign assume attach block bypass
    call cancel change check clean clear click close commit compare complete configure confirm connect copy create
    decide declare decline decommission decrease delay delete deploy destroy detach disable discard disconnect dismiss
    drain drop edit enable enforce escalate exceed execute exhaust expand expect expire export extend fail fetch fill
    filter finish fix flag flush follow force format grant halt handle ignore import increase inform install invoke
    isolate issue join kill label launch leak limit list load lock log look lower mark mask match measure merge migrate
    miss modify monitor mount move mute need note notice notify open order overload overlook override pass paste patch
    pause perform pick plan point poll post postpone press prevent probe proceed promote protect provision publish pull
    purge push queue quit raise reach reboot rebase receive reconfigure record recover redeploy reduce refuse register
    reject release reload remove rename renew repair replace replay replicate report request require reroute rerun
    reset resize resolve respond restart restore restrict resume retire retry return reuse revert review revoke rewind
    roll rotate route save scale schedule select serve share shift silence skip snooze start stay stop store submit
    subscribe suppress suspend switch sync tag tear terminate test throttle time trigger trip trust try tune turn type
    unblock unlock unmute unplug update upgrade upload use validate verify wait want warn wipe work
"""
_DOUBLED_WORDS = """
    drop plan stop skip tag trip log ship quit scan pin swap map wrap grep
"""
_DOUBLED = frozenset(_DOUBLED_WORDS.split())


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeou":
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLED else f"{base}ed"


BASE_OF_PAST: dict[str, str] = {
    **{_past(base): base for base in (*_REGULAR.split(), *_DOUBLED) if base not in ("quit", "reset")},
    **dict(pair.split(":") for pair in _IRREGULAR.split()),
}
_HELPING_WORDS = """
    is was were are am be been has have had does do did can could will would shall should may might must isn't
    wasn't weren't aren't hasn't haven't hadn't doesn't don't didn't can't couldn't won't wouldn't
"""
HELPING = frozenset(_HELPING_WORDS.split())
# Third person present forms that are seldom nouns in a statement about a system.
_PRESENT_WORDS = """
    accepts allows answers asks blocks breaks depends drops exists expects fails fills forces gets gives goes grows
    happens holds ignores keeps knows lets limits looks loses makes means misses needs opens owns pages passes reads
    refuses rejects relies removes requires retries returns runs sees sends serves sets shares shows skips sleeps
    starts stays stops takes tells throws treats tries uses waits warns watches works writes
"""
_PRESENT = frozenset(_PRESENT_WORDS.split())
_NO_SUBJECT_WORDS = """
    the a an all every each some any no one two three both its their this that these those of with for in on at by
    to from into over under about per and or but as than
"""
_NO_SUBJECT = frozenset(_NO_SUBJECT_WORDS.split())
WORD = re.compile(r"[A-Za-z][\w'’-]*")


def has_verb(text: str) -> bool:
    """Whether a piece of a statement holds a finite verb, as far as its words show. A past form right after "the",
    a number or a preposition is taken for an adjective ("200 shared connections")."""
    before = ""
    for found in re.finditer(r"\d[\w.,%]*|[A-Za-z][\w'’-]*", text):
        word = found.group().lower().replace("’", "'")
        if word in HELPING:
            return True
        adjective = not before or before in _NO_SUBJECT or before[0].isdigit()
        if not adjective and (word in BASE_OF_PAST or word in _PRESENT):
            return True
        before = word
    return False
