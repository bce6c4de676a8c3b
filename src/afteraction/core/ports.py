"""What a floor needs from one below it, as protocols.

Knows the questions. Refuses to know who answers them, and with which library.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class FeatureFrame(Protocol):
    """Integer counts per service × minute × feature, as columns by name, all of one length: `service`, `minute` (UTC
    epoch minutes), `feature`, `part`, `peer`, `bucket`, `count`. Which features there are, and what `part` and `peer`
    mean in each, is told in `docs/reference/features.md`. Numbers are numpy integers, texts objects."""

    def names(self) -> Sequence[str]:
        """Names of the columns."""
        ...

    def column(self, name: str) -> Sequence[object]:
        """One column."""
        ...

    def __len__(self) -> int: ...
