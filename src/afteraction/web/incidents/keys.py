"""Which words can be the key of an incident.

Knows that a key is a part of addresses, next to the words that lead elsewhere. Refuses to know which keys are taken.
"""

from __future__ import annotations

import re

from afteraction.core.errors import AfteractionError

# What stands below /incidents/ and is no incident.
RESERVED = frozenset({"compare", "enter", "export", "near-miss", "new", "publish"})
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,64}")


class NoKey(AfteractionError):
    """A word that no incident can have as its key."""


def check_key(key: str) -> None:
    """Raises NoKey for a word that addresses cannot hold, or that leads to another page."""
    if not _KEY.fullmatch(key):
        raise NoKey(f'"{key}" cannot be the key of an incident.', next_step="Use letters, digits, - and _, e.g. INC-7.")
    if key in RESERVED:
        told = f'"{key}" cannot be the key of an incident: /incidents/{key} is another page.'
        raise NoKey(told, next_step="Choose another, e.g. INC-7.")
