"""What the structure of a change shows: calls, guards and loops lost or gained, names and values turned.

Start at `read_change`. Knows many languages by the habits they share, not by parsing them. Refuses to weigh a fact: the
table of mechanisms does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from afteraction.engine.suspects.changes.diffs import Edit, FileKind, moved_out, says_nothing
from afteraction.engine.suspects.changes.facts.calls import (
    find_argument_lost,
    find_batch_lost,
    find_call_lost,
    find_loop_call,
    find_nested_loops,
    find_registration_lost,
)
from afteraction.engine.suspects.changes.facts.forms import find_column, find_field, find_query, find_table, find_types
from afteraction.engine.suspects.changes.facts.names import (
    find_address,
    find_inherited,
    find_key,
    find_permission,
    find_route,
    find_secret,
    find_setting_gone,
    find_setting_renamed,
)
from afteraction.engine.suspects.changes.facts.reading import DEFINED, Fact, Reading, calls_in, without_counterpart
from afteraction.engine.suspects.changes.facts.state import (
    find_cache_key,
    find_cache_smaller,
    find_grows,
    find_guard_lost,
    find_lock_order,
    find_unchecked,
)
from afteraction.engine.suspects.changes.facts.values import (
    find_arithmetic,
    find_backtracks,
    find_chatter,
    find_clock,
    find_condition,
    find_cost,
    find_heap,
    find_setting_turned,
    find_switch,
)
from afteraction.engine.suspects.changes.facts.versions import find_image, find_step
from afteraction.engine.suspects.changes.settings import turned

INERT = frozenset({FileKind.TEST, FileKind.DOCS, FileKind.STYLE, FileKind.DELIVERY})


def read_change(edits: Iterable[Edit]) -> Reading:
    """Everything that the diff of one change shows."""
    live = tuple(edit for edit in edits if edit.kind not in INERT)
    removed = [line for edit in live for line in edit.marked("-") if not says_nothing(line, edit.path)]
    added = [line for edit in live for line in edit.marked("+") if not says_nothing(line, edit.path)]
    removed, added = moved_out(removed, added)
    reading = Reading(live, tuple(removed), tuple(added), tuple(turned(live)))
    own = {name for line in added for pair in DEFINED.findall(line) for name in pair if name}
    before, after = calls_in(removed), calls_in(added)
    lost, gained = before - after, after - before
    for name in own:
        gained.pop(name, None)
    reading.lost_calls.update(without_counterpart(lost, gained))
    reading.gained_calls.update(gained)
    for name, find in _FINDERS.items():
        fact = find(reading)
        if fact:
            reading.facts[name] = fact
    return reading


_FINDERS: dict[str, Callable[[Reading], Fact | None]] = {
    "call in a loop": find_loop_call,
    "batch call lost": find_batch_lost,
    "guard lost": find_guard_lost,
    "unchecked use": find_unchecked,
    "cache smaller": find_cache_smaller,
    "cache key changed": find_cache_key,
    "lock order": find_lock_order,
    "grows": find_grows,
    "registration lost": find_registration_lost,
    "call lost": find_call_lost,
    "argument lost": find_argument_lost,
    "setting turned": find_setting_turned,
    "pattern backtracks": find_backtracks,
    "loop in a loop": find_nested_loops,
    "cost raised": find_cost,
    "condition turned": find_condition,
    "arithmetic": find_arithmetic,
    "clock changed": find_clock,
    "chattier logs": find_chatter,
    "query changed": find_query,
    "table without migration": find_table,
    "column renamed": find_column,
    "field renamed": find_field,
    "type changed": find_types,
    "permission turned": find_permission,
    "no longer inherited": find_inherited,
    "record key turned": find_key,
    "secret turned": find_secret,
    "address turned": find_address,
    "setting renamed": find_setting_renamed,
    "setting gone": find_setting_gone,
    "route turned": find_route,
    "major version": find_step(0),
    "minor version": find_step(1),
    "patch version": find_step(2),
    "base image": find_image,
    "switch turned": find_switch,
    "heap smaller": find_heap(-1),
    "heap larger": find_heap(1),
}

# The names under which the table of mechanisms refers to facts.
FACTS = frozenset(_FINDERS)

__all__ = ["FACTS", "INERT", "Fact", "Reading", "read_change"]
