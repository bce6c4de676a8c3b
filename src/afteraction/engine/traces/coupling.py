"""Hidden coupling: calls that were seen and that the declared map of services does not have (SPEC R126).

Knows calls as pairs. Refuses to call anything undeclared where nobody declared a map, and to say that a coupling did
harm: it says that nobody had written it down.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from afteraction.core.topology import Call, Coupling


def find_couplings(seen: Iterable[Call], declared: Collection[tuple[str, str]]) -> tuple[Coupling, ...]:
    """Calls between different services that are not among the `declared` pairs, those to a shared service first, then
    by how often they were seen. Names are told apart without regard to case. Empty without a declared map."""
    if not declared:
        return ()
    known = {(caller.casefold(), callee.casefold()) for caller, callee in declared}
    calls = [one for one in seen if one.caller and one.callee and one.caller.casefold() != one.callee.casefold()]
    callers: dict[str, dict[str, str]] = {}
    for caller, callee in (*((one.caller, one.callee) for one in calls), *declared):
        callers.setdefault(callee.casefold(), {}).setdefault(caller.casefold(), caller)
    found = []
    for one in calls:
        if (one.caller.casefold(), one.callee.casefold()) in known:
            continue
        others = {name: told for name, told in callers[one.callee.casefold()].items() if name != one.caller.casefold()}
        found.append(Coupling(call=one, shared_with=tuple(others[name] for name in sorted(others))))
    return tuple(
        sorted(found, key=lambda one: (not one.shared_with, -one.call.count, one.call.caller, one.call.callee))
    )
