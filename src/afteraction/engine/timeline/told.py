"""What the entries of a written timeline plainly tell where the text states no milestone: the first harm, the change
that came before it, and when things worked again.

Knows harm, change and recovery in an entry's own words. Refuses to call any of it stated: each is an estimate, less
sure than everything else, that quotes its entry.
"""

# ruff: noqa: E501 (alternatives of one pattern read better side by side)
from __future__ import annotations

import re
from datetime import timedelta

from afteraction.core.findings import Basis, Candidate, ImpactWindow
from afteraction.core.instant import Instant, Precision
from afteraction.core.records import Event, EventKind, Lane
from afteraction.engine.timeline.accounts import HINT, candidate, quote
from afteraction.engine.timeline.classify import says, words_of
from afteraction.engine.timeline.conflicts import print_duration
from afteraction.engine.timeline.scene import Scene
from afteraction.engine.timeline.words import Says

_HARM = re.compile(
    r"\bcrash[ -]?loop\w*|\b(?:hard|fully|is|are|was|were|goes|went|going|reported (?:as )?)(?: \w+ly)? down\b|\bunresponsive\b"
    r"|\bunreachable\b|\boutage (?:begins?|starts?)\b|\b(?:site|hub|service|cluster|database|server)s? (?:\w+ )?(?:offline|unavailable|broken)\b"
    r"|\bstops? (?:responding|working|serving)\b|\bstopped (?:responding|working|serving)\b|\bnot respond(?:ing)?\b|\b50[0234]s\b|\b50[0234] errors?\b|\b(?:http|status|error)(?: code)?[: ]+50[0234]\b"
    r"|\b(?:increased?|elevated|spike (?:of|in)|lots? of|many) (?:\w+ )?(?:error|failure|timeout)s?\b|\berror rate (?:rises|increases|spikes)"
    r"|\b(?:can ?not|can['’]t|unable to|no longer) (?:log ?in|start|send|launch|connect|reach|access|be (?:started|scheduled))\b"
    r"|\b(?:drops?|dropped|falls?|fell|reaches|reached|at|is) (?:to )?(?:zero|0 ?%)|\bdatabase dropped\b"
    r"|\b(?:requests?|launches|builds|logins?|pages|(?:page )?loads|edits|jobs|spawns?|uploads|downloads) (?:\w+ )?(?:fail|are failing|start(?:ed)? failing|begin to fail|time out)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:deployed|deploys|deployment of|released|rolled out|roll-?out|merged|merges|upgraded?|(?:version )?bump|migrat(?:ed|ion)|switched"
    r"|enabled|disabled|applied|synchronized|redeployed|renamed|cordoned|restarts?|restarted|reconfigured|modified|causes?)\b",
    re.IGNORECASE,
)
_WORSE = re.compile(r"\bagain (?:down|failing|broken|unavailable)\b|\b(?:down|failing|fails|broken|unavailable) again\b", re.IGNORECASE)  # fmt: skip
_CHANGED_BEFORE = timedelta(hours=6)
_COARSE = (Precision.DAY,)
_WORKS = re.compile(
    r"\b(?:recover|restor|resum|solv|resolv|fix|operational|normal|again|back|works?\b|healthy|went away|goes away|gone|self-heal)",
    re.IGNORECASE,
)
# What people weigh, try or take back is neither harm nor recovery.
_TAKEN_BACK = re.compile(
    r"\?\s*$|\b(?:theory|hypothes\w+|might|may have|could|if|brief(?:ly)?|attempt(?:s|ed)? to|restored but|not an? |turns out|"
    r"no longer down|false alarm|flapping|sees? no|no (?:errors|timeouts|impact)|seems?|test(?:ed|ing)? (?:that|whether))\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_HEAD, _LOOKED_AT, _LONGEST = 110, 500, 120
_NO_HARM = (EventKind.RECOVERY, EventKind.MITIGATION)


def first_harm(scene: Scene) -> Candidate | None:
    """The first entry whose words are of users being hurt, before anything recovered; None when a start is stated."""
    if scene.stated("t_impact_start"):
        return None
    for event in _entries(scene):
        if event.kind in _NO_HARM:
            return None
        if words := _harm_in(event):
            why = f"{words} is the first entry that tells of harm. The text states no start: an estimate."
            return candidate(event, why, HINT)
    return None


def last_recovery(scene: Scene, start: Instant) -> Candidate | None:
    """The first entry after the last harm whose words say that it works again; None when an end is stated."""
    if scene.stated("t_impact_end"):
        return None
    found: Event | None = None
    for event in _entries(scene):
        if event.instant.utc <= start.utc:
            continue
        if _WORSE.search(words_of(event)) or (event.kind is EventKind.SIGNAL and _harm_in(event)):
            found = None
        elif found is None and _tells_recovery(event):
            found = event
    if found is None:
        return None
    why = f"{_sentence_with(found, _WORKS)} says that it works again. The text states no end of impact: an estimate."
    return candidate(found, why, HINT)


def change_before(scene: Scene, start: Instant) -> Candidate | None:
    """The change that the entries tell of closest before the harm, or with it in one entry."""
    found: Event | None = None
    for event in _entries(scene):
        if event.instant.utc > start.utc:
            break
        if start.utc - event.instant.utc <= _CHANGED_BEFORE and _tells_change(event):
            found = event
    if found is None:
        return None
    seconds = (start.utc - found.instant.utc).total_seconds()
    age = f"{print_duration(seconds)} before the first sign of harm" if seconds >= 60 else "told with the first harm"
    why = f"{quote(found)} is the last change that the text tells of, {age}. A candidate, not a cause."
    return candidate(found, why, HINT)


def told_window(scene: Scene) -> list[ImpactWindow]:
    """From the first harm to the recovery that the entries tell of, of unknown weight; none without both."""
    start = first_harm(scene)
    end = last_recovery(scene, start.instant) if start else None
    if start is None or end is None:
        return []
    harm = next((_harm_in(event) for event in _entries(scene) if event.id in start.event_ids), "")
    return [
        ImpactWindow(
            start=start.instant,
            end=end.instant,
            basis=Basis.ESTIMATED,
            degradation=f"The text says {harm}." if harm else "",
            evidence=(*start.evidence, *end.evidence),
        )
    ]


def _entries(scene: Scene) -> list[Event]:
    """Entries of written timelines with a time of day, by time; the machine's own files are another account."""
    return [
        event
        for event in scene.within(Lane.DOCUMENT)
        if event.instant.precision not in _COARSE
        and event.attributes.get("milestone", "") in ("", "t_detect", "t_trigger")
    ]


def _harm_in(event: Event) -> str:
    """The quoted sentence that tells of harm, or nothing."""
    if found := _sentence_with(event, _HARM):
        return found
    return quote(event) if Says.IMPACT_STARTS in says(event) else ""


def _tells_recovery(event: Event) -> bool:
    known = event.kind in _NO_HARM and says(event) & {Says.RECOVERS, Says.RESOLVES}
    return bool(known) and bool(_sentence_with(event, _WORKS))


def _tells_change(event: Event) -> bool:
    head = _SENTENCE.split(event.title)[0][:_HEAD]
    return event.kind is EventKind.ACTION and bool(_CHANGE.search(head)) and not _TAKEN_BACK.search(head)


def _sentence_with(event: Event, pattern: re.Pattern[str]) -> str:
    """The first sentence of the entry that has the words, in quotation marks; empty when a sentence takes them back."""
    for sentence in _SENTENCE.split(words_of(event)[:_LOOKED_AT]):
        match = pattern.search(sentence)
        if match is None or _TAKEN_BACK.search(sentence):
            continue
        plain = " ".join(sentence.split())
        if len(plain) > _LONGEST:
            first = max(0, plain.find(match[0].split()[0]) - _LONGEST // 2)
            plain = ("…" if first else "") + plain[first : first + _LONGEST].strip() + "…"
        return f"“{plain}”"
    return ""
