"""The table of mechanisms: ways in which a change starts an incident, each with its reason.

Start at `MECHANISMS`. A row says which signs in a diff show it and which kinds of symptoms it produces. To teach the
ranking another way, add a row to the file of its subject; nothing else changes.
"""

from afteraction.engine.suspects.changes.mechanisms import access, code, data, limits, platform
from afteraction.engine.suspects.changes.mechanisms.shape import Mechanism

MECHANISMS: tuple[Mechanism, ...] = (*limits.ROWS, *code.ROWS, *data.ROWS, *access.ROWS, *platform.ROWS)

__all__ = ["MECHANISMS", "Mechanism"]
