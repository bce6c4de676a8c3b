"""Whether an action can be done as it is written: a verb, an object with an edge, a date, one owner (SPEC §5.2).

Knows the rules of the sentence and of its fields. Refuses to know the plan around it and what day it is: today is told.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from afteraction.engine.language.action_rules import ACTION_RULES, SAYS
from afteraction.engine.language.actions.advice import is_advice
from afteraction.engine.language.actions.dates import date_in, said_date, why_odd
from afteraction.engine.language.actions.kinds import Kind, kind_of, second_verb
from afteraction.engine.language.actions.owners import Standing, owner_in, why_not_one, why_not_this_one
from afteraction.engine.language.actions.vague import is_comparison, is_generic, is_nowhere, is_vague
from afteraction.engine.language.actions.written import ActionText, is_link, read_action
from afteraction.engine.language.findings import LanguageFinding
from afteraction.engine.language.words import actions as words

_RULES = {each.code: each for each in ACTION_RULES}
# "!" in SPEC §5.2: must be met before an action is committed.
MUST = frozenset({"A1", "A2", "A4", "S1", "D1", "O1"})
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
_HEDGE = re.compile(
    r"\b(?:if (?:at all )?(?:possible|feasible|practical|needed|necessary|required|time permits|we can|we have time|appropriate)|(?:where|when|wherever|whenever) (?:possible|needed|necessary|appropriate|feasible|applicable|time permits)|may ?be|perhaps|possibly|potentially|hopefully|something (?:like|similar|along)|some ?how|some (?:kind|sort|form) of|someone(?!-)|somebody|anybody|TBD|TBC|TBA|to be (?:defined|decided|determined|confirmed|discussed)|as (?:needed|appropriate|necessary|required)|eventually|ideally|probably|and so on|etc|or (?:so|similar|something|other)|we (?:might|may|could)|might (?:want|be|need)|may want|would be (?:nice|good|great)|nice to have|at some point|as much as possible|more or less|sort of|a bit|not sure|unclear|roughly|in theory|try to)\b(?! to be paged)",
    re.IGNORECASE,
)
# Titles are not fetched: whoever reads the list later may not be able to open it, and the title is what they need.
ONLY_A_LINK = ("This is only a link.", "What does its title say that will be different? Put that in front of the link.")
_MONTH_OF_MAY = re.compile(r"\bmay be\b|\bMay\b")
ROUTE = re.compile(
    r"\bpag(?:e|es|ing)\b|\bon-?call\b|\btickets?\b|\brout(?:e[sd]?|ing)\b|#[a-z]|\b(?:to|in|via|on) (?:slack|pagerduty|opsgenie|e-?mail|teams|the [\w-]+ (?:channel|rota|team))|\bnotif(?:y|ies|ying)\b|\balert(?:s|ing)? the [\w-]+|\bwake\w*|\btell(?:s|ing)? the\b|\bsms\b",
    re.IGNORECASE,
)
WINDOW = re.compile(
    r"\b(?:for|over|within|sustained|in|during|every|per|after|longer than|more than|at least|last(?:s|ing)?) (?:the (?:last|past) |more than |at least |longer than |about )?(?:for )?\d+ ?(?:s|sec|seconds?|m|min|mins|minutes?|h|hours?|days?)\b|\b\d+[- ]?(?:m|min|minute|hour|second|day|h)s?[- ](?:window|period|moving|rolling|rate|average)?|\b(?:for|over|within|during) (?:one|two|three|four|five|ten|fifteen|thirty|an|a) (?:seconds?|minutes?|hours?|days?)\b|\bburn[- ]rate\b",
    re.IGNORECASE,
)
LEVEL = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:%|percent|ms\b|s\b|gb\b|gib\b|mb\b|req|rps\b|qps\b|/s|errors?\b|messages?\b|connections?\b)|[<>≥≤] ?\d|\b(?:exceed\w*|above|below|over|under|beyond|reach\w*|pass(?:es)?|more than|less than|fewer than|greater than|at least|drops? (?:below|under|to)|falls? (?:below|under|to)) (?:a )?(?:\d|zero)|\bwithin \d+ days of\b|\b(?:expir\w+|renewed|due|valid|run|ran|succeeded|updated|restored) (?:in|within|for) (?:less than |more than )?\d+ (?:days?|hours?)\b|\bany\b(?= (?:\w+ ){0,3}(?:fails?|is missing|expires))|\bburn[- ]rate\b",
    re.IGNORECASE,
)
_DETECTS = re.compile(
    r"^(?:add|create|implement|set[ -]?up|introduce|configure|enable|build|define|install|have|provide|write|put)\b.{0,60}?\b(?:alerts?|alerting|alarms?|alarming|monitors?|monitoring|pages?|notifications?)\b|^(?:alert|page|alarm|notify|monitor)\b(?! the situation)",
    re.IGNORECASE,
)
_NOT_DETECTION = re.compile(
    r"\b(?:alert|alerts|alarm|monitoring) (?:fatigue|threshold|description|name|message|runbook|documentation|template|rules? file|priority|severity|dashboard|page|config\w*|stack|tool|system|cluster|server|service|service\b)|\b(?:runbook|dashboard|link|docs?|documentation|label|annotation|test|page) (?:for|to|in|on) (?:the |every |each |all )?(?:\w+ )?(?:alerts?|alarms?)\b|\bstatus page\b|\bto (?:the |an? )?(?:existing )?(?:\w+ )?alerts?\b",
    re.IGNORECASE,
)


_FORCES = re.compile(
    r"\b(?:fails|stops|aborts|halts|refuses|blocks|rejects|waits|expires) (?:when|if|unless|every|any|until|by itself)\b"
)
_CLAUSE = re.compile(r",? \b(?:that|which|who|when|whenever|if|unless|until)\b")
_NOT_YET = re.compile(
    r"\b(?:no|not|never|nobody|nothing|noticed|was|were|did|had|been|might|may|could|would|cannot|missing|lacks?|only|already|because|currently|\w+n['’]t)\b",
    re.IGNORECASE,
)


_OPEN_YET = re.compile(r"\b(?:TBD|TBC|TBA)\b")
# Behind these words stands what something else does or why, not what is to be done.
_TOLD_OF_ELSE = re.compile(
    r"\b(?:which|that|who|because|since|whether|as it|in cases?|so that|in order to|to (?:help|avoid|prevent|see|catch|find|show))\b[^,;]*$",
    re.IGNORECASE,
)
_TRIES = re.compile(r"(?:^|\b(?:we|and|should|will|to|must|team))\s*$", re.IGNORECASE)


def check_action(
    text: str,
    *,
    owner: str | None = None,
    due: date | None = None,
    today: date | None = None,
    checks: int | None = None,
    latest: date | None = None,
    latest_because: str = "",
    not_before: date | None = None,
    free: Mapping[date, str] | None = None,
    standing: Standing | None = None,
) -> tuple[LanguageFinding, ...]:
    """What keeps an action from being done, those in `MUST` first. `owner` is as the field holds it, "" for nobody and
    None where the field is not asked for; `due` is looked at only where `today` is told, and `checks` is how many its
    definition of done has. `latest` is the last day the policy allows (`latest_because` says why), `not_before` the day
    the cool-off ends, `free` names holidays, and `standing` is what is known of the owner. Rules in `MUST` are NUDGE,
    the others NOTE. D1 suggests the day that the sentence gives. An action that is done already is asked for its
    evidence alone."""
    action = _Action(read_action(text))
    found = list(_of_sentence(action))
    done = any(each.rule == "A6" for each in found)
    no_action = done or any(each.rule == "A5" for each in found)
    stated = owner if owner is not None else owner_in(text)
    not_one = why_not_one(stated) if stated is not None and not (done and owner is None) else ""
    if not_one:
        found.append(action.finding("O1", stated or "", message=not_one))
    elif standing is not None:
        found += _of_owner(action, standing, due)
    if not no_action or (today is not None and not done):
        found += _of_date(action, due, today, free, (latest, latest_because), not_before)
    if checks == 0 and not LEVEL.search(action.sentence):
        found.append(action.finding("S5"))
    return tuple(sorted(found, key=lambda each: (each.rule not in MUST, each.rule)))


@dataclass(frozen=True, slots=True)
class _Action:
    """An action as written, and how findings in it are placed."""

    read: ActionText

    @property
    def sentence(self) -> str:
        return self.read.sentence

    def finding(
        self,
        rule: str,
        shown: str = "",
        *,
        suggestion: str = "",
        message: str = "",
        missing: str = "",
        question: str = "",
    ) -> LanguageFinding:
        """A finding at the words shown, at the whole sentence where they are none."""
        text, begin = self.read.text, self.read.start
        at = text.lower().find(shown.lower(), begin) if shown else -1
        at = text.lower().find(shown.lower()) if shown and at < 0 else at
        end = at + len(shown) if at >= 0 else len(text.rstrip())
        known = _RULES[rule]
        asked = question or (f"What is missing here: {missing}?" if missing else known.question)
        return LanguageFinding(
            rule=rule, category=known.category, severity=known.loudness,
            start=min(at if at >= 0 else begin, len(text)), end=min(max(end, begin if at < 0 else at), len(text)),
            sentence=text[begin:].rstrip(), sentence_start=begin, message=message or SAYS[rule],
            question=asked, suggestion=suggestion,
        )  # fmt: skip


def _of_sentence(action: _Action) -> Iterator[LanguageFinding]:
    sentence, first = action.sentence, action.read.first
    if is_link(sentence):
        yield action.finding("A5", message=ONLY_A_LINK[0], question=ONLY_A_LINK[1])
        return
    if not _WORD.search(sentence):
        yield action.finding("A1")
        return
    kind = kind_of(first, sentence)
    if action.read.done or kind.what is Kind.DONE:
        yield action.finding("A6", action.read.done or kind.shown)
        return
    if kind.what is Kind.QUESTION:
        yield action.finding("A5")
        return
    advice, vague = is_advice(first), is_vague(first) or (is_vague(first[kind.at :]) if kind.at else "")
    if kind.what is Kind.STATEMENT and not advice and not kind.is_need:
        if not _holds(first):
            yield action.finding("A5")
        return
    if kind.what in (Kind.NOTHING, Kind.BENT, Kind.STATEMENT) and not advice:
        yield action.finding("A1", suggestion=kind.suggestion)
    if advice:
        yield action.finding("A4", advice)
    # "Better communication between teams" rests on people, and has no edge either.
    if vague and (not advice or is_comparison(first)):
        yield action.finding("A2", vague)
    yield from _of_object(action, advice, vague)
    yield from _of_edges(action, bool(advice), vague)


def _holds(first: str) -> bool:
    """Whether a statement tells what will be so for good: "the pipeline refuses every release that …"."""
    forced = (
        words.ENFORCED.search(first)
        or words.PERMISSION.search(first)
        or words.GUARD.search(first)
        or words.SIGNAL.search(first)
    )
    return bool(forced or _FORCES.search(first)) and not _NOT_YET.search(_CLAUSE.split(first, maxsplit=1)[0])


def _of_object(action: _Action, advice: str, vague: str) -> Iterator[LanguageFinding]:
    first = action.read.first
    if advice:
        return
    if (vague and is_nowhere(first, action.read.code)) or (not vague and not action.read.code and is_generic(first)):
        yield action.finding("S1", vague or is_generic(first))


def _of_edges(action: _Action, advice: bool, vague: str) -> Iterator[LanguageFinding]:
    """What leaves the end of an action open: a weak verb, an alert without its figures, a second action, a hedge."""
    sentence, first = action.sentence, action.read.first
    weak = words.OPEN_VERBS.match(first)
    if weak and not advice and not words.BOUNDED.search(sentence) and not words.ENFORCED.search(first):
        yield action.finding("A3", weak["weak"])
    if _DETECTS.search(first) and not vague and not _NOT_DETECTION.search(first):
        wanted = (("threshold", LEVEL), ("window", WINDOW), ("route", ROUTE))
        missing = [name for name, sign in wanted if not sign.search(sentence)]
        if missing:
            yield action.finding("S2", missing=", ".join(missing))
    joined = "" if advice else second_verb(first)
    if joined:
        yield action.finding("S3", joined)
    hedge = _hedge(_MONTH_OF_MAY.sub("     ", first)) or next(iter(_OPEN_YET.findall(sentence)), "")
    if hedge:
        yield action.finding("S4", hedge)


def _hedge(first: str) -> str:
    """The words that leave a way out of what is to be done; doubt about why, and a list cut short, leave none."""
    for found in _HEDGE.finditer(first):
        before = first[: found.start()]
        told_aside = before.count("(") > before.count(")") and not found[0].lower().startswith(
            ("if", "where", "when", "to be")
        )
        if (
            not told_aside
            and not _TOLD_OF_ELSE.search(before)
            and not (found[0].lower() == "try to" and before.strip(" ,-") and not _TRIES.search(before))
        ):
            return found[0]
    return ""


def _of_owner(action: _Action, standing: Standing, due: date | None) -> Iterator[LanguageFinding]:
    why = why_not_this_one(standing, due)
    if why:
        yield action.finding("O2", message=why)
    if standing.outside:
        yield action.finding("O3", message=f"The owner cannot change {standing.outside}.")


def _of_date(
    action: _Action, due: date | None, today: date | None, free: Mapping[date, str] | None,
    latest: tuple[date | None, str], not_before: date | None,
) -> Iterator[LanguageFinding]:  # fmt: skip
    said = said_date(action.read.text, today)
    if due is None:
        if today is not None or (said is not None and not said.names_day):
            told = said.day.isoformat() if said and said.day else ""
            yield action.finding("D1", said.shown if said else "", suggestion=told)
        return
    if today is None:
        return
    odd = why_odd(due, today, free=free, latest=latest[0], because=latest[1])
    if odd:
        yield action.finding("D2", message=odd)
    if not_before is not None and due < not_before:
        yield action.finding(
            "D3", message=f"{due.isoformat()} is before the cool-off ends on {not_before.isoformat()}."
        )


__all__ = ("LEVEL", "MUST", "ROUTE", "WINDOW", "check_action", "date_in")
