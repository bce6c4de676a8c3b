"""The catalogue of the action rules: a title, a reason, a question and two examples each (SPEC §5.2).

Knows why each rule is there. Refuses to find anything: `actions` does.
"""

from __future__ import annotations

from afteraction.engine.language.rule import Rule

ACTION_RULES: tuple[Rule, ...] = ()
