"""Families of sets of which none contains another, held as shared diagrams so that millions of sets stay small.

Knows the algebra: such a family is the same thing as a monotone function (its sets are the minimal ways to make it
true), so one structure gives cut sets, counts and chances. Refuses to know what the numbers in the sets mean.

The diagrams are zero-suppressed (Minato 1993); the operations with absorption follow Rauzy 1993 and Knuth, The Art of
Computer Programming 4A, 7.1.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import heapify, heappop, heappush
from itertools import count

NONE, ALWAYS = 0, 1
# An order that no set reaches.
ANY = 1 << 20
# Steps of the algebra, which cost the same everywhere: about a second of a processor.
MOST_WORK = 500_000
# One call deep for each event; beyond this the depth of calls is no longer safe.
MOST_EVENTS = 400


class TooMuchWork(Exception):
    """The diagrams outgrow the limit; ask for sets of a lower order."""


class Families:
    """Families over the events 0, 1, 2 …; a family is a number. NONE has no set, ALWAYS only the empty one."""

    def __init__(self, work: int = MOST_WORK) -> None:
        # The triple of a family: its first event, the sets without it, the sets with it (less that event).
        self.parts: list[tuple[int, int, int]] = [(1 << 30, NONE, NONE), (1 << 30, ALWAYS, ALWAYS)]
        # How many events its shortest and its longest set have, and how many sets it has.
        self.shortest: list[int] = [ANY, 0]
        self.longest: list[int] = [-1, 0]
        self.many: list[int] = [0, 1]
        self.left = work
        self._known: dict[tuple[int, int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._both: dict[tuple[int, int, int], int] = {}
        self._free: dict[tuple[int, int], int] = {}
        self._short: dict[tuple[int, int], int] = {}

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
            self._pay()
            event, first, second = self._split(one, other)
            low = self.either(first[0], second[0])
            found = self._either[key] = self._make(event, low, self.free_of(self.either(first[1], second[1]), low))
        return found

    def both(self, one: int, other: int, order: int = ANY) -> int:
        """The minimal unions of a set of one with a set of the other (AND), those of more than `order` events left
        out: whatever would absorb one of the rest is shorter, so the rest is exact."""
        if one > other:
            one, other = other, one
        if one == NONE or self.shortest[one] > order or self.shortest[other] > order:
            return NONE
        if one in (ALWAYS, other):
            return self.at_most(other, order)
        if self.longest[one] + self.longest[other] <= order:
            order = ANY
        key = (one, other, order)
        found = self._both.get(key)
        if found is None:
            self._pay()
            event, first, second = self._split(one, other)
            low = self.both(first[0], second[0], order)
            # With the event, each side may use its sets with or without it; what is without it on both is in `low`.
            if first[1] and second[1]:
                ways = self.either(*first), self.either(*second)
            else:
                ways = first[1] or one, second[1] or other
            high = self.both(*ways, order=order if order == ANY else order - 1)
            found = self._both[key] = self._make(event, low, self.free_of(high, low))
        return found

    def free_of(self, one: int, other: int) -> int:
        """The sets of `one` that contain no set of `other` (absorption)."""
        if one in (NONE, other) or other == ALWAYS:
            return NONE
        if other == NONE or one == ALWAYS or self.shortest[other] > self.longest[one]:
            return one
        key = (one, other)
        found = self._free.get(key)
        if found is None:
            self._pay()
            event, first, second = self._split(one, other)
            high = self.free_of(self.free_of(first[1], second[0]), second[1])
            found = self._free[key] = self._make(event, self.free_of(first[0], second[0]), high)
        return found

    def at_most(self, one: int, order: int) -> int:
        """Its sets with at most this many events."""
        if self.longest[one] <= order:
            return one
        if self.shortest[one] > order:
            return NONE
        key = (one, order)
        found = self._short.get(key)
        if found is None:
            event, low, high = self.parts[one]
            found = self._short[key] = self._make(event, self.at_most(low, order), self.at_most(high, order - 1))
        return found

    def together(self, combined: Callable[[int, int], int], families: Iterable[int], empty: int) -> int:
        """All of them combined, the two smallest at a time, which keeps what is made on the way small."""
        waiting = [(self.many[each], place, each) for place, each in enumerate(families)]
        heapify(waiting)
        for place in count(len(waiting)):
            if len(waiting) < 2:
                return waiting[0][2] if waiting else empty
            found = combined(heappop(waiting)[2], heappop(waiting)[2])
            heappush(waiting, (self.many[found], place, found))
        raise AssertionError  # count() does not end.

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
        key = (event, low, high)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self.parts)
            self.parts.append(key)
            self.shortest.append(min(self.shortest[low], self.shortest[high] + 1))
            self.longest.append(max(self.longest[low], self.longest[high] + 1))
            self.many.append(self.many[low] + self.many[high])
        return found

    def _pay(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise TooMuchWork
