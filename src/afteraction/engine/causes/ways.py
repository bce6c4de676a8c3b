"""How coverage reads in words: how many ways are cut, and what the remaining ones need.

Knows sentences. Refuses to count (`coverage`) and to name anything by its id where it has a statement.
"""

from __future__ import annotations

from collections.abc import Mapping

from afteraction.engine.causes.coverage import Coverage, Way
from afteraction.engine.causes.formula import BEFORE, original
from afteraction.engine.causes.graph import CauseGraph

SHOWN = 3


def statements(graph: CauseGraph) -> dict[str, str]:
    """What each node says, by id."""
    return {each.id: each.statement for each in graph.nodes.values()}


def way_in_words(way: Way, names: Mapping[str, str]) -> str:
    """The conditions of one way: "“X” and “Y”". An earlier time of a node reads "“X” at an earlier time"."""
    told = [_name(each, names) for each in way]
    if not told:
        return "nothing more"
    return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"


def coverage_in_words(found: Coverage, names: Mapping[str, str], *, lasting: bool = False) -> str:
    """One or two sentences: how many ways the changes cut and what the remaining ones need. `lasting` is for the tree
    of how long it lasted and how far it spread."""
    this = "this could last or spread again" if lasting else "this could happen again"
    ways = "1 way" if found.ways == 1 else f"{found.ways} ways"
    if not found.ways and found.left_out:
        return f"There are too many ways in which {this} to count them."
    if not found.ways:
        return f"No way is known yet in which {this}."
    if found.treats_the_symptom:
        none = "does not remove the one way" if found.ways == 1 else f"removes none of the {ways}"
        said = f"Treats the symptom: {none}{_and_unlinked(found)}."
    elif not found.cut_by:
        said = f"There {'is' if found.ways == 1 else 'are'} {ways} in which {this}; no change cuts any."
    elif found.planned == found.ways:
        said = (
            f"The one way {this} is cut by these changes." if found.ways == 1
            else f"All {ways} {this} are cut by these changes."
        )  # fmt: skip
    else:
        are = "is" if found.planned == 1 else "are"
        said = f"{found.planned} of {ways} {this} {are} cut by these changes; {_remaining(found, names)}."
    return said + _more(found)


def _remaining(found: Coverage, names: Mapping[str, str]) -> str:
    needs = [way_in_words(each, names) for each in found.remaining[:SHOWN]]
    if len(found.remaining) == 1:
        return f"the remaining one needs {needs[0]}"
    more = len(found.remaining) - len(needs)
    told = "; another needs ".join(needs)
    return f"of the {len(found.remaining)} that remain, one needs {told}" + (f"; and {more} more" if more else "")


def _and_unlinked(found: Coverage) -> str:
    return ", since no change works on a cause" if set(found.cut_by) == set(found.unlinked) else ""


def _more(found: Coverage) -> str:
    if not found.left_out:
        return ""
    return f" Only ways of up to {found.counted_to} conditions were counted; there are more."


def _name(identity: str, names: Mapping[str, str]) -> str:
    said = names.get(original(identity), "")
    quoted = f"“{said.rstrip('.')}”" if said else original(identity)
    return f"{quoted} at an earlier time" if identity.endswith(BEFORE) else quoted
