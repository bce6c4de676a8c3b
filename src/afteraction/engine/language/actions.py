"""Whether an action can be done as it is written: a verb, an object with an edge, a date, one owner (SPEC §5.2).

Knows the rules of the sentence and of its fields. Refuses to know the plan around it and what day it is: today is told.
"""

# Patterns are kept in one piece each: they read better than cut to a width.
# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from afteraction.engine.language.findings import LanguageFinding, Severity
from afteraction.engine.language.properties import without_markup
from afteraction.engine.language.wishes import is_advice, is_vague
from afteraction.engine.language.words import actions as words
from afteraction.engine.language.words.pack import gerund, listed, past, present

# "!" in SPEC §5.2: must be met before an action is committed.
MUST = frozenset({"A1", "A2", "A4", "S1", "D1", "O1"})
CATEGORIES = {"A2": "VAGUE", "A3": "WEAK_VERB"}
_WORD = re.compile(r"[^\W\d_][\w'’/-]*")
_HEDGE = re.compile(
    r"\b(?:if possible|where possible|maybe|perhaps|possibly|something like|some ?how|some kind of|someone|somebody|TBD|TBC|tbd|to be (?:defined|decided|determined)|as needed|as appropriate|if needed|when time permits|eventually|ideally|probably|and so on|etc)\b"
)
_LATER = re.compile(
    r"\b(?:soon|asap|later|next (?:sprint|week|month|quarter|year)|this (?:sprint|quarter|week|month)|Q[1-4](?: ?20\d\d)?|end of (?:the )?(?:month|quarter|year|sprint))\b",
    re.IGNORECASE,
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATE = re.compile(
    r"\b(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? (?P<month>[A-Z][a-z]{2,8})\.?,? (?P<year>\d{4})|(?P<month2>[A-Z][a-z]{2,8})\.? (?P<day2>\d{1,2})(?:st|nd|rd|th)?,? (?P<year2>\d{4}))\b"
)
_TEAM = re.compile(
    r"^(?:we|us|all|everyone|everybody|tbd|n/?a|unassigned|none|someone|\?+|-)$|\b(?:team|squad|group|department|guild|engineering|ops|sres)\b",
    re.IGNORECASE,
)
_TWO = re.compile(r"\s(?:and|&|\+|or)\s|[,;/]")
_ROUTE = re.compile(
    r"\bpag(?:e|es|ing)\b|\bon-?call\b|\bticket\b|\broute[sd]?\b|#[a-z]|\b(?:to|in) (?:slack|pagerduty|opsgenie|the \w+ channel)\b|\bnotify\w*",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"\b(?:for|over|within|sustained|in|during|every|per) (?:the (?:last|past) )?(?:for )?\d+ ?(?:s|sec|seconds?|m|min|minutes?|h|hours?|days?)\b|\b\d+[- ](?:minute|hour|second)s?\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\d+(?:[.,]\d+)? ?(?:%|percent|ms\b|s\b|gb\b|gib\b|mb\b|req|rps\b|qps\b)|[<>≥≤] ?\d|\b(?:exceed\w*|above|below|over|under|more than|less than|at least|greater than) \d",
    re.IGNORECASE,
)
_DETECTS = re.compile(
    r"^(?:add|create|implement|set ?up|introduce|configure|enable)\b.{0,40}\b(?:alerts?|alerting|alarms?|monitors?|monitoring)\b|^(?:alert|page|monitor)\b",
    re.IGNORECASE,
)
_SHOULD = re.compile(
    r"(?P<what>[^.;:]{1,60}?) (?:should|needs? to|must|has to|have to) (?P<verb>[a-z]+)\b(?P<rest>.*)", re.DOTALL
)
_SECOND = re.compile(
    r"(?:\band(?: then)?|;|, then) (?P<verb>[a-z]+)\b(?= (?:the|a|an|our|all|any|every|each|\w+s\b|[A-Z]))|^(?P<one>[A-Z]?[a-z]+) and (?P<two>[a-z]+)\b"
)
_STATED = re.compile(r"\b(?:is|are|was|were|can|would|could|did|has|have|had)\b")
_LEADS = re.compile(r"\W*(?:please|let['’]s|to|also|then|we should|we need to|we must|we will)\s+(?=\w)", re.IGNORECASE)
_LABEL = re.compile(r"\W*[\w./ -]{1,40}: \w")
_OPENS = listed("for in on if when after before as until once during with where")
_NOUNS_TOO = listed("set test alert page file open log back report record label cache index list map link")
_PAIRS_KEPT = frozenset(
    {"document publish", "write publish", "create publish", "build deploy", "test deploy", "review merge", "stop start",
     "drain cordon", "cordon drain", "cordon cull"}
)  # fmt: skip
_VERBS = sorted(verb for verb in words.ACTION_VERBS if verb.isalpha())
_PAST = {form: verb for verb in _VERBS for form in past(verb) if form not in words.ACTION_VERBS}
_BENT = {bend(verb): verb for bend in (present, gerund) for verb in _VERBS}
_TEXTS = {
    "A1": ("This does not begin with what is to be done.", "What is to be done, as a verb?"),
    "A2": ("This has no measure and no edge: nobody could say when it is done.", "Which behaviour changes, where, and by how much?"),
    "A3": ("This has no end of its own.", "What will there be when it is done, and by which date is it decided?"),
    "A4": ("This asks people to do better, and rests on memory.", "What in the system would make that care unnecessary?"),
    "A5": ("This is not an action.", "Is it a question for the review, a lesson, or an action still to be written?"),
    "A6": ("This reads as done already.", "Which evidence shows it?"),
    "S1": ("This names no system, file, metric, route or group that it changes.", "Which one exactly?"),
    "S2": ("An alert says what it watches, from which value, for how long and whom it tells.", "What is missing here: {missing}?"),
    "S3": ("This is more than one action.", "Who does which, and by when?"),
    "S4": ("This leaves a way out.", "What will be done for certain?"),
    "S5": ("Nothing says when this is done.", "How would somebody else see that it is done?"),
    "D1": ("This has no date.", "By when?"),
    "D2": ("This date does not hold: it is over, or no working day.", "Which working day instead?"),
    "O1": ("This does not belong to exactly one person.", "Who is the one owner, and who helps?"),
}  # fmt: skip


def check_action(
    text: str,
    *,
    owner: str | None = None,
    due: date | None = None,
    today: date | None = None,
    checks: int | None = None,
) -> tuple[LanguageFinding, ...]:
    """What keeps an action from being done, those in `MUST` first. `owner` is as the field holds it, "" for nobody and
    None where the field is not asked for; `due` is looked at only where `today` is told, and `checks` is how many its
    definition of done has. Rules in `MUST` are NUDGE, the others NOTE; D1 suggests the date that the sentence gives."""
    sentence = without_markup(text)
    action = _Action(text, max(text.find(sentence), 0) if sentence else 0, sentence)
    found = list(_of_sentence(action))
    if owner is not None and (not owner.strip() or _TEAM.search(owner.strip()) or _TWO.search(owner.strip())):
        found.append(action.finding("O1"))
    if today is not None:
        found += _of_date(action, due, today)
    if checks == 0 and not _LEVEL.search(sentence):
        found.append(action.finding("S5"))
    return tuple(sorted(found, key=lambda each: (each.rule not in MUST, each.rule)))


@dataclass(frozen=True, slots=True)
class _Action:
    """An action as written, and where its sentence begins."""

    text: str
    start: int
    sentence: str

    def finding(self, rule: str, shown: str = "", *, suggestion: str = "", missing: str = "") -> LanguageFinding:
        """A finding at the words shown, at the whole sentence where they are none."""
        at = self.text.lower().find(shown.lower(), self.start) if shown else -1
        end = at + len(shown) if at >= 0 else len(self.text.rstrip())
        message, question = _TEXTS[rule]
        return LanguageFinding(
            rule=rule, category=CATEGORIES.get(rule, "ACTION"), severity=Severity.NUDGE if rule in MUST else Severity.NOTE,
            start=min(at if at >= 0 else self.start, len(self.text)), end=min(max(end, self.start), len(self.text)),
            sentence=self.text[self.start :].rstrip(), sentence_start=self.start, message=message,
            question=question.format(missing=missing), suggestion=suggestion,
        )  # fmt: skip


def _of_sentence(action: _Action) -> Iterator[LanguageFinding]:
    sentence = action.sentence
    if re.fullmatch(r"<?https?://\S+>?", sentence):
        return
    if not _WORD.search(sentence):
        yield action.finding("A1")
        return
    if sentence.endswith("?"):
        yield action.finding("A5")
        return
    advice, vague = is_advice(sentence), is_vague(sentence)
    if advice:
        yield action.finding("A4", advice)
    elif vague:
        yield action.finding("A2")
    if vague:
        yield action.finding("S1")
    yield from _of_verb(action, bool(advice))
    if _DETECTS.search(sentence) and not vague:
        wanted = (("threshold", _LEVEL), ("window", _WINDOW), ("route", _ROUTE))
        missing = [name for name, sign in wanted if not sign.search(sentence)]
        if missing:
            yield action.finding("S2", missing=", ".join(missing))
    joined = _second_verb(sentence)
    if joined:
        yield action.finding("S3", joined)
    hedge = _HEDGE.search(sentence)
    if hedge:
        yield action.finding("S4", hedge[0])


def _of_verb(action: _Action, advice: bool) -> Iterator[LanguageFinding]:
    sentence = action.sentence
    verb, place = _leading(sentence)
    weak = words.OPEN_VERBS.search(sentence)
    if weak and not advice and not words.BOUNDED.search(sentence) and not words.ENFORCED.search(sentence):
        yield action.finding("A3", weak[0])
    if verb in words.ACTION_VERBS or advice:
        return
    if verb in _PAST:
        yield action.finding("A6", verb)
        return
    should = _SHOULD.match(sentence)
    if should and should["verb"] in words.ACTION_VERBS:
        if should["what"].lower() in ("we", "i", "they"):
            yield action.finding("A1", suggestion=f"{should['verb'].capitalize()}{should['rest']}")
        return
    base = _BENT.get(verb)
    if base and place == 0:
        yield action.finding("A1", suggestion=f"{base.capitalize()}{sentence[len(verb) :]}")
    else:
        yield action.finding("A5" if _STATED.search(sentence) else "A1")


def _leading(sentence: str) -> tuple[str, int]:
    """The word that should be the verb, in small letters, and its place: "For new clusters, set …" has "set"."""
    first = _WORD.search(sentence)
    if first is None:
        return "", 0
    word, begin = first[0].lower(), 0
    led = _LEADS.match(sentence)
    if led:
        begin = led.end()
    elif word in _OPENS:
        begin = sentence.find(",") + 1
    elif word == "automatically":
        begin = first.end()
    elif _LABEL.match(sentence):
        begin = sentence.find(":") + 1
    found = _WORD.search(sentence, begin) or first
    return found[0].lower(), found.start()


def _second_verb(sentence: str) -> str:
    first, _ = _leading(sentence)
    for match in _SECOND.finditer(sentence):
        second = match["verb"] or match["two"]
        if second in words.ACTION_VERBS - _NOUNS_TOO and f"{first} {second}" not in _PAIRS_KEPT:
            return match[0].lstrip("; ,")
    return ""


def _of_date(action: _Action, due: date | None, today: date) -> Iterator[LanguageFinding]:
    if due is None:
        told = date_in(action.sentence)
        later = _LATER.search(action.sentence)
        yield action.finding("D1", later[0] if later else "", suggestion=told.isoformat() if told else "")
    elif due < today or due.weekday() >= 5:
        yield action.finding("D2")


def date_in(sentence: str) -> date | None:
    """The date that a sentence gives for itself: "by 15 April 2026", "2026-04-15", "April 15, 2026"."""
    for match in _DATE.finditer(sentence):
        try:
            if match["iso"]:
                return date.fromisoformat(match["iso"])
            name, day, year = (
                match["month"] or match["month2"],
                match["day"] or match["day2"],
                match["year"] or match["year2"],
            )
            months = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
            if months:
                return date(int(year), months[0], int(day))
        except ValueError:
            continue
    return None
