"""Who calls whom, as values.

Knows calls between services and couplings. Refuses to know where they were seen.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Calls of one service to another: how many were seen, and how many of them failed."""

    caller: str
    callee: str
    count: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupling:
    """A call that the declared map lacks. `shared_with` are other services that call the same one: through it they
    hang together with the caller."""

    call: Call
    shared_with: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """`Undeclared dependency: search → redis, which flags and app use as well.`"""
        others = self.shared_with
        words = f"{', '.join(others[:-1])} and {others[-1]}" if len(others) > 1 else "".join(others)
        use = "uses" if len(others) == 1 else "use"
        shared = f", which {words} {use} as well" if others else ""
        return f"Undeclared dependency: {self.call.caller} → {self.call.callee}{shared}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Topology:
    """Calls that were seen, the most frequent first, calls that somebody declared, and what the declared map lacks.
    `seen` counts those that are not listed as well."""

    calls: tuple[Call, ...] = ()
    seen: int = 0
    declared: tuple[tuple[str, str], ...] = ()
    couplings: tuple[Coupling, ...] = ()
