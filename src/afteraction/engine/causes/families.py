"""Families of sets of which none contains another, held as shared diagrams so that millions of sets stay small.

Knows the algebra: such a family is the same thing as a monotone function (its sets are the minimal ways to make it
true), so one structure gives cut sets, counts and chances. Refuses to know what the numbers in the sets mean.

The diagrams are zero-suppressed (Minato 1993); the operations with absorption follow Rauzy 1993 and Knuth, The Art of
Computer Programming 4A, 7.1.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

NONE, ALWAYS = 0, 1
MOST_WORK = 200_000
# One call deep for each event; beyond this the depth of calls is no longer safe.
MOST_EVENTS = 400


class TooMuchWork(Exception):
    """The diagrams outgrow the limit; ask for sets of a lower order."""


class Families:
    """Families over the events 0, 1, 2 …; a family is a number. NONE has no set, ALWAYS only the empty one."""

    def __init__(self, work: int = MOST_WORK) -> None:
        # The triple of a family: its first event, the sets without it, the sets with it (less that event).
        self.parts: list[tuple[int, int, int]] = [(1 << 30, NONE, NONE), (1 << 30, ALWAYS, ALWAYS)]
        self._known: dict[tuple[int, int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._free: dict[tuple[int, int], int] = {}
        self._short: dict[tuple[int, int], int] = {}
        self._left = work

    def event(self, number: int) -> int:
        """The family of one set with one event."""
        return self._make(number, NONE, ALWAYS)

    def either(self, one: int, other: int) -> int:
        """The minimal sets of both families together (OR)."""
        if one > other:
            one, other = other, one
        if one in (NONE, other):
            return other
        if one == ALWAYS:
            return ALWAYS
        key = (one, other)
        found = self._either.get(key)
        if found is None:
            event, first, second = self._split(one, other)
            low = self.either(first[0], second[0])
            found = self._either[key] = self._make(event, low, self.free_of(self.either(first[1], second[1]), low))
        return found

    def both(self, one: int, other: int) -> int:
        """The minimal unions of a set of one with a set of the other (AND)."""
        if one > other:
            one, other = other, one
        if one == NONE:
            return NONE
        if one in (ALWAYS, other):
            return other
        key = (one, other)
        found = self._both.get(key)
        if found is None:
            event, first, second = self._split(one, other)
            low = self.both(first[0], second[0])
            # With the event, each side may use its sets with or without it.
            high = self.both(self.either(*first), self.either(*second))
            found = self._both[key] = self._make(event, low, self.free_of(high, low))
        return found

    def free_of(self, one: int, other: int) -> int:
        """The sets of `one` that contain no set of `other` (absorption)."""
        if one in (NONE, other) or other == ALWAYS:
            return NONE
        if other == NONE or one == ALWAYS:
            return one
        key = (one, other)
        found = self._free.get(key)
        if found is None:
            event, first, second = self._split(one, other)
            high = self.free_of(self.free_of(first[1], second[0]), second[1])
            found = self._free[key] = self._make(event, self.free_of(first[0], second[0]), high)
        return found

    def at_most(self, one: int, order: int) -> int:
        """Its sets with at most this many events."""
        if one <= ALWAYS or order < 0:
            return one if order >= 0 else NONE
        key = (one, order)
        found = self._short.get(key)
        if found is None:
            event, low, high = self.parts[one]
            found = self._short[key] = self._make(event, self.at_most(low, order), self.at_most(high, order - 1))
        return found

    def with_event(self, one: int, event: int) -> int:
        """Its sets that contain the event."""
        found: dict[int, int] = {}

        def walk(each: int) -> int:
            first, low, high = self.parts[each]
            if first > event:
                return NONE
            if each not in found:
                found[each] = (
                    self._make(first, NONE, high) if first == event else self._make(first, walk(low), walk(high))
                )
            return found[each]

        return walk(one)

    def counts(self, one: int) -> list[int]:
        """How many sets it has of order 0, 1, 2 …"""
        found: dict[int, list[int]] = {NONE: [], ALWAYS: [1]}
        for each in self.inner_first(one, lambda family: self.parts[family][1:]):
            if each > ALWAYS:
                _, low, high = self.parts[each]
                longer = [0, *found[high]]
                shorter = found[low] + [0] * (len(longer) - len(found[low]))
                found[each] = [a + b for a, b in zip(shorter, longer + [0] * len(shorter), strict=False)]
        return found[one]

    def members(self, one: int) -> dict[int, int]:
        """In how many of its sets each event is; events in none are absent."""
        order = list(self.inner_first(one, lambda family: self.parts[family][1:]))
        below: dict[int, int] = {NONE: 0, ALWAYS: 1}
        for each in order:
            if each > ALWAYS:
                _, low, high = self.parts[each]
                below[each] = below[low] + below[high]
        above = {**dict.fromkeys(order, 0), one: 1}
        found: dict[int, int] = {}
        for each in reversed(order):
            if each > ALWAYS:
                event, low, high = self.parts[each]
                found[event] = found.get(event, 0) + above[each] * below[high]
                above[low] = above.get(low, 0) + above[each]
                above[high] += above[each]
        return found

    def masks(self, one: int, order: int) -> list[int]:
        """Its sets with at most this many events, as bit masks (event 0 is bit 0), in no order."""
        found: dict[int, list[int]] = {NONE: [], ALWAYS: [0]}
        short = self.at_most(one, order)
        for each in self.inner_first(short, lambda family: self.parts[family][1:]):
            if each > ALWAYS:
                event, low, high = self.parts[each]
                bit = 1 << event
                found[each] = found[low] + [mask | bit for mask in found[high]]
        return found[short]

    def branches(self, one: int) -> tuple[int, int]:
        """What remains of it as a function when its first event is not so, and when it is."""
        _, low, high = self.parts[one]
        return low, self.either(low, high)

    def inner_first(self, one: int, below: Callable[[int], tuple[int, ...]]) -> Iterator[int]:
        """All families below and with `one`, each once, those inside first."""
        seen: set[int] = set()
        waiting = [(one, False)]
        while waiting:
            each, done = waiting.pop()
            if done:
                yield each
            elif each not in seen:
                seen.add(each)
                waiting.append((each, True))
                if each > ALWAYS:
                    waiting.extend((inner, False) for inner in below(each))

    def _split(self, one: int, other: int) -> tuple[int, tuple[int, int], tuple[int, int]]:
        first, low, high = self.parts[one]
        second, lower, higher = self.parts[other]
        if first < second:
            return first, (low, high), (other, NONE)
        if second < first:
            return second, (one, NONE), (lower, higher)
        return first, (low, high), (lower, higher)

    def _make(self, event: int, low: int, high: int) -> int:
        if high == NONE:
            return low
        self._left -= 1
        if self._left < 0:
            raise TooMuchWork
        key = (event, low, high)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.parts)
            self.parts.append(key)
        return found
