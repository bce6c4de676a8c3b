"""Why evidence is not taken in.

Knows the refusals and what to do next. Refuses to say more about purged bytes than the asker may know.
"""

from __future__ import annotations

from afteraction.core.errors import AfteractionError


class Refused(AfteractionError):
    """Something that cannot be done with evidence as asked. `status` is the HTTP status that says it."""

    status = 422


class TooLarge(Refused):
    """More bytes than this server takes."""

    status = 413


class WrongOffset(Refused):
    """A piece that does not begin where the last one ended; `received` is where that is."""

    status = 409

    def __init__(self, received: int) -> None:
        super().__init__(f"The next piece begins at byte {received}.", next_step="Send it from there.")
        self.received = received


class DiskFull(Refused):
    """The disk of the evidence store is full."""

    status = 507


class Purged(Refused):
    """Bytes that were removed for good."""

    status = 409
