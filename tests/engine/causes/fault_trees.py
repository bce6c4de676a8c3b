"""Fault trees to compute with: own twins of the fixtures of SPEC §7.5, and random ones."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import strategies as st

Nested = Any

ALL_OF_SIX: Nested = ["AND", "job_runs", "hooks_run", "guard_skipped", "list_is_stale", "copy_is_gone", "may_drop"]
TWO_CHOICES: Nested = ["AND", ["OR", "rollout", "late_fix"], "small_nodes", ["OR", "retries", "timeout"], "one_store"]
ABSORBING: Nested = ["OR", ["AND", "A", "B"], ["AND", "A", "C", "B"], ["VOTE", 2, "B", "C", "D"]]


def random_trees(events: int = 7) -> st.SearchStrategy[Nested]:
    """Nested trees with repeated events, every sort of gate and now and then an empty one."""
    leaf = st.sampled_from([f"e{number}" for number in range(1, events + 1)])

    def gates(inner: st.SearchStrategy[Nested]) -> st.SearchStrategy[Nested]:
        several = st.lists(inner, min_size=0, max_size=4)
        plain = st.tuples(st.sampled_from(["AND", "OR", "PAND"]), several).map(lambda drawn: [drawn[0], *drawn[1]])
        vote = st.tuples(st.integers(1, 4), several).map(lambda drawn: ["VOTE", drawn[0], *drawn[1]])
        inhibit = st.tuples(inner, inner).map(lambda drawn: ["INHIBIT", *drawn])
        return st.one_of(plain, plain, vote, inhibit)

    return st.recursive(leaf, gates, max_leaves=14)


def happens(tree: Nested, so: set[str]) -> bool:
    """What a nested tree means, written down without the engine."""
    if isinstance(tree, str):
        return tree in so
    kind, rest = tree[0], tree[1:]
    if kind == "VOTE":
        return sum(happens(each, so) for each in rest[1:]) >= rest[0]
    return any(happens(each, so) for each in rest) if kind == "OR" else all(happens(each, so) for each in rest)


def events_of(tree: Nested) -> set[str]:
    """All events in a nested tree."""
    if isinstance(tree, str):
        return {tree}
    return {event for each in tree[1:] if not isinstance(each, int) for event in events_of(each)}


def minimal_ways(tree: Nested) -> set[frozenset[str]]:
    """Minimal cut sets by trying every state."""
    events = sorted(events_of(tree))
    found: set[frozenset[str]] = set()
    for order in range(len(events) + 1):
        for chosen in combinations(events, order):
            so = frozenset(chosen)
            if not any(each <= so for each in found) and happens(tree, set(so)):
                found.add(so)
    return found


def hitting_sets(family: set[frozenset[str]]) -> set[frozenset[str]]:
    """Minimal hitting sets, one set after the other (Berge)."""
    found: set[frozenset[str]] = {frozenset()}
    for each in family:
        grown = {hit if hit & each else hit | {event} for hit in found for event in (each if not hit & each else {""})}
        found = {one for one in grown if not any(other < one for other in grown)}
    return found
