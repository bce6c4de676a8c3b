"""By which rules of the language the texts of a review are read: those that the team chose, with what its graph says.

Knows where both come from. Refuses to read a text itself, and to let a choice undo what a cause may never be.
"""

from __future__ import annotations

from afteraction.engine.causes.graph import CauseGraph
from afteraction.engine.causes.paths import Paths
from afteraction.engine.review.accusations import GATING
from afteraction.web.language.current import Checker


def checker_for(graph: CauseGraph) -> Checker:
    """What reads the texts of the review that has this graph."""
    return Checker(several_contributors=has_several(graph))


def has_several(graph: CauseGraph) -> bool:
    """Whether two contributors or more stand, so that the one root cause is a way of speaking to ask about."""
    return len(Paths(graph).contributors) > 1


def checker_of_causes() -> Checker:
    """What reads a cause that is to be supported (SPEC R032): the team's words, with the rules on people always on."""
    return Checker(always=GATING)
