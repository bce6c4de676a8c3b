"""How much speaks for each change of a case, and for no change at all.

Start at `weighing.weigh_changes`. The table of what changes can do is `mechanisms`; what can be seen is `symptoms`.
"""

from afteraction.engine.suspects.changes.weighing import Weighed, weigh_changes, weigh_outside_alone

__all__ = ["Weighed", "weigh_changes", "weigh_outside_alone"]
