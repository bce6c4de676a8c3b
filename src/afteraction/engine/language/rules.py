"""Which rules are on, how loud each is, and with whose words: what a team chooses once for all faces.

Knows the catalogue and the choices. Refuses to find anything, and to let a rule gate that may not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from afteraction.engine.language.action_rules import ACTION_RULES
from afteraction.engine.language.language_rules import LANGUAGE_RULES
from afteraction.engine.language.rule import Rule, Severity
from afteraction.engine.language.words.pack import Pack

CATALOGUE: tuple[Rule, ...] = (*LANGUAGE_RULES, *ACTION_RULES)
# SPEC §4.1: nothing else stands in the way of publishing.
MAY_GATE = frozenset({"L1", "L4"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rules:
    """What a team chose. `off` holds codes or names of categories; `loudness` sets a severity by code (GATE only for
    `MAY_GATE`, and there it changes nothing: they gate where SPEC §4.2 lets them); `packs` are laid over English in
    their order. `several_contributors`: the graph of causes has two or more, so that one root cause is a nudge.
    `likeness`: where no rule finds anybody, the words of a sentence are weighed (LW, unless it is off); what comes of
    it is a note. `per_paragraph`: at most so many findings for each paragraph, loudest first, None for all. ValueError
    for a gate that may not be, and for less than one finding each."""

    off: frozenset[str] = frozenset()
    loudness: Mapping[str, Severity] = field(default_factory=dict)
    packs: tuple[Pack, ...] = ()
    several_contributors: bool = False
    per_paragraph: int | None = None
    likeness: bool = False

    def __post_init__(self) -> None:
        gates = sorted(code for code, loud in self.loudness.items() if loud is Severity.GATE and code not in MAY_GATE)
        if gates:
            raise ValueError(
                f"{', '.join(gates)} cannot be a gate. Only {' and '.join(sorted(MAY_GATE))} can; use nudge or note."
            )
        if self.per_paragraph is not None and self.per_paragraph < 1:
            raise ValueError(f"per_paragraph is {self.per_paragraph}. Use 1 or more, or None for all findings.")
        object.__setattr__(self, "off", frozenset(self.off))
        object.__setattr__(self, "packs", tuple(self.packs))
        object.__setattr__(self, "loudness", MappingProxyType(dict(self.loudness)))

    def _key(self) -> tuple[object, ...]:
        loud = frozenset(self.loudness.items())
        return self.off, loud, self.packs, self.several_contributors, self.per_paragraph, self.likeness

    def __hash__(self) -> int:
        return hash(self._key())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rules) and self._key() == other._key()

    def is_on(self, code: str, category: str) -> bool:
        """Whether a rule is on, by its code and the name of its category."""
        return not (self.off and (code in self.off or category in self.off))

    @property
    def weighs_words(self) -> bool:
        """Whether sentences in which no rule finds anybody are weighed by their words."""
        return self.likeness and self.is_on("LW", "LIKENESS")

    def severity_of(self, code: str, found: Severity) -> Severity:
        """How loud a finding is that a rule would show at `found`."""
        chosen = self.loudness.get(code)
        return found if chosen is None or chosen is Severity.GATE else chosen


EVERYTHING_ON = Rules()


def unknown_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those that are neither a code nor a category of the catalogue, in their order."""
    known = {each.code for each in CATALOGUE} | {each.category for each in CATALOGUE}
    return tuple(name for name in names if name not in known)


__all__ = ("CATALOGUE", "EVERYTHING_ON", "MAY_GATE", "Rule", "Rules", "Severity", "unknown_names")
