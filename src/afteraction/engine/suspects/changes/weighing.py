"""How much speaks for each change, and for "no change explains this".

Knows what a diff does, what the case shows, and when the change was live. Refuses to turn log odds into
probabilities: `rank` does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from afteraction.core.records import Change, ChangeKind
from afteraction.core.suspects import Term
from afteraction.engine.suspects.case import Case
from afteraction.engine.suspects.changes.effects import Effects, Shown, effects_of, unread
from afteraction.engine.suspects.changes.folding import fold
from afteraction.engine.suspects.changes.live import Live, find_live
from afteraction.engine.suspects.changes.outside import weigh_outside
from afteraction.engine.suspects.changes.staged import read_instances
from afteraction.engine.suspects.changes.standing import Standing
from afteraction.engine.suspects.changes.symptoms.picture import Picture, look
from afteraction.engine.suspects.changes.undone import find_undone
from afteraction.engine.suspects.changes.words import rarity, telling

# Natural log odds. Chosen on three labelled incidents of ours in five and the mechanisms' own reasons, then frozen.
IDLE = -4.0
UNKNOWN_EFFECT = -2.0
NO_DIFF = -1.8
FLAG = -1.8
CARRIES = -3.0
# A release without any diff is one suspect as a whole, whether its commits are listed or not.
WHOLE = -0.3
NOTHING_EXPLAINS = -0.3
_USUAL_FIT = 0.2
_CLEARLY = 1.0
# Diffs that are read: each takes about a millisecond.
MOST_READ = 200
_BARE = Effects()
_OUT = (ChangeKind.DEPLOYMENT, ChangeKind.RELEASE, ChangeKind.ROLLBACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One change with what speaks for and against it."""

    change: Change
    service: str
    live_at: float
    showed_at: float | None
    terms: tuple[Term, ...]
    effects: Effects

    @property
    def log_odds(self) -> float:
        """The sum of its terms."""
        return _sum(self.terms)

    @property
    def settles(self) -> str:
        """What people could do to decide."""
        if self.change.kind is ChangeKind.FLAG:
            return "Turn the flag back for a part of the traffic and compare."
        where = f" on one instance of {self.service}" if self.service else ""
        quoted = (
            "read the lines quoted here" if self.effects.known else "read what it changed, which is not recorded here"
        )
        return f"Revert it{where} and compare with the others; {quoted}."


def weigh_changes(case: Case) -> tuple[list[Weighed], list[Term], Picture]:
    """Every change of the case, the terms of "no change explains this", and what the case shows."""
    picture = look(case)
    changes = fold(case.material.changes)
    lives, carrying = find_live(changes, picture.services)
    standing = Standing(
        case=case, picture=picture, undone=find_undone(changes), rare={},
        instances=read_instances(case.material.series, picture, case.log_columns),
        places={id(one): place for place, one in enumerate(changes)},
    )  # fmt: skip
    effects = _read(changes, lives, standing)
    rare = rarity(telling(f"{one.text} {one.own_text}") for one in effects)
    standing = replace(standing, rare=rare)
    found = []
    for place, change in enumerate(changes):
        inside = [effects[each] for each in carrying.get(place, ())]
        what = _of_effects(change, effects[place], picture, inside)
        words = _of_words(change, effects[place], picture, rare)
        ways = [(live, standing.weigh(live, effects[place], change)) for live in lives[place]]
        live, where = max(ways, key=lambda way: _sum(way[1]))
        terms = tuple(term for term in [*what, *words, *where] if term.log_odds)
        found.append(
            Weighed(
                change=change,
                service=live.service or change.service,
                live_at=standing.live_at(live),
                showed_at=standing.showed_at(live),
                terms=terms,
                effects=effects[place],
            )
        )
    outside = [
        Term(
            name="no change",
            log_odds=NOTHING_EXPLAINS,
            says="Without a sign of its own, a cause outside is less likely than a change.",
        ),
        *weigh_outside(case, picture),
    ]
    return found, outside, picture


def weigh_outside_alone(case: Case) -> list[Term]:
    """What speaks for a cause outside in a case without changes; empty where nothing does."""
    return weigh_outside(case, look(case))


def _sum(terms: Sequence[Term]) -> float:
    return sum(term.log_odds for term in terms)


def _read(changes: Sequence[Change], lives: Mapping[int, Sequence[Live]], standing: Standing) -> list[Effects]:
    """What each change does. Of very many diffs, those are read whose place and time fit best."""
    given = [place for place, one in enumerate(changes) if one.diff.strip()]
    if len(given) > MOST_READ:
        fit = {
            place: max(
                sum(term.log_odds for term in standing.weigh(live, _BARE, changes[place])) for live in lives[place]
            )
            for place in given
        }
        given = sorted(given, key=lambda place: -fit[place])[:MOST_READ]
    chosen = set(given)
    return [
        effects_of(one) if place in chosen or not one.diff.strip() else unread(one) for place, one in enumerate(changes)
    ]


def _of_effects(change: Change, effects: Effects, picture: Picture, inside: Sequence[Effects]) -> list[Term]:
    cited = (change.evidence,)
    if change.kind is ChangeKind.FLAG:
        return [
            Term(name="a flag", log_odds=FLAG, says="A flag says what it turns, not what that does.", evidence=cited)
        ]
    if change.kind in _OUT and not effects.known and not any(one.known for one in inside):
        said = (
            "What it changed is not recorded." if not inside else "Its commits are listed, but not what they changed."
        )
        return [Term(name="no diff", log_odds=WHOLE, says=said, evidence=cited)]
    if inside and not effects.known:
        return [
            Term(
                name="only carries",
                log_odds=CARRIES,
                says="The commits in this release are listed themselves.",
                evidence=cited,
            )
        ]
    fits = [(_log_odds(one, picture), one) for one in effects.shown]
    # Lines that only add a measurement, a check or a move are harmless unless they bring just what shows.
    if effects.idle and (effects.inert or max((odds for odds, _ in fits), default=0.0) < _CLEARLY):
        return [
            Term(name="changes nothing that runs", log_odds=IDLE, says=f"Against it: {effects.idle}.", evidence=cited)
        ]
    if effects.unread:
        said = "Its diff was not read: others fit better in place and time."
        return [Term(name="diff not read", log_odds=UNKNOWN_EFFECT, says=said, evidence=cited)]
    if not effects.known:
        return [Term(name="no diff", log_odds=NO_DIFF, says="What it changed is not recorded.", evidence=cited)]
    if not fits:
        return [
            Term(
                name="no known effect",
                log_odds=UNKNOWN_EFFECT,
                says="Nothing in its diff is known to break things.",
                evidence=cited,
            )
        ]
    odds, shown = max(fits, key=lambda pair: pair[0])
    kinds = [
        kind.value
        for kind in sorted(shown.mechanism.produces, key=lambda kind: -picture.weights.get(kind, 0.0))
        if picture.weights.get(kind, 0.0) > 0.15
    ][:3]
    seen = f"; that brings {', '.join(kinds)}, which show" if kinds and odds > 0 else ""
    against = "" if odds > 0 else " Most of what shows is something else."
    return [Term(name=f"what it does: {shown.mechanism.name}", log_odds=round(max(odds, UNKNOWN_EFFECT), 3),
    evidence=cited,
                 says=f"This change {shown.mechanism.says} (“{_short(shown.line)}”){seen}.{against}")]  # fmt: skip


def fit_of(shown: Shown, picture: Picture) -> float:
    """Which share of what shows a mechanism produces, 0 to 1."""
    total = sum(picture.weights.values())
    if not total:
        return 0.0
    return sum(weight * shown.mechanism.produces.get(kind, 0.0) for kind, weight in picture.weights.items()) / total


def _log_odds(shown: Shown, picture: Picture) -> float:
    expected = shown.strength * fit_of(shown, picture) + (1.0 - shown.strength) * 0.1
    return 2.2 * math.log((0.03 + expected) / (0.03 + _USUAL_FIT)) + 0.8 * shown.strength


def _of_words(change: Change, effects: Effects, picture: Picture, rare: Mapping[str, float]) -> list[Term]:
    if effects.idle or not picture.words:
        return []
    own = telling(effects.own_text) & picture.words
    around = (telling(effects.text) & picture.words) - own
    weight = sum(rare.get(word, 0.5) for word in own) + 0.4 * sum(rare.get(word, 0.5) for word in around)
    found = []
    if weight > 0:
        told = sorted(own, key=lambda word: -rare.get(word, 0.5))[:4] or sorted(around)[:4]
        found.append(Term(name="words in common", log_odds=round(min(2.5, 0.8 * weight), 3), evidence=(change.evidence,
            ),
                          says=f"Its lines and the new errors or metrics share: {', '.join(told)}."))  # fmt: skip
    named = {path.rsplit("/", 1)[-1].lower() for path in effects.files} & picture.files
    if named:
        found.append(
            Term(
                name="file in the errors",
                log_odds=2.5,
                says=f"The new errors name {sorted(named)[0]}, which it changed.",
                evidence=(change.evidence,),
            )
        )
    brought = sorted(
        name for name in effects.packages if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", picture.text.lower())
    )
    if brought:
        found.append(Term(name="library in the errors", log_odds=1.8, evidence=(change.evidence,),
                          says=f"The new errors name {brought[0]}, whose version it changed."))  # fmt: skip
    numbers = [number for number in effects.numbers if re.search(rf"(?<![\d.]){number}(?![\d.])", picture.text)]
    if numbers and effects.shown:
        found.append(Term(name="new value in the errors", log_odds=0.6 if len(numbers[0]) < 2 else 1.0,
            evidence=(change.evidence,),
                          says=f"The new errors state {numbers[0]}, a value that it set."))  # fmt: skip
    return found


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 110 else f"{text[:109]}…"
