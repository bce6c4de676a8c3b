"""Text that somebody pasted, as an original of its own.

Knows what to call it. Refuses to guess what it is: that is the readers' work.
"""

from __future__ import annotations

from django.utils import timezone

from afteraction.web.accounts.models import User
from afteraction.web.evidence.actions.refusals import Refused, TooLarge
from afteraction.web.evidence.actions.take_in import Coming, Taken, clean_name, take_in_bytes
from afteraction.web.evidence.models import Origin
from afteraction.web.incidents.models import Incident

LONGEST = 5 * 1024 * 1024


def paste_text(incident: Incident, text: str, *, name: str = "", actor: User, via: str = "page") -> Taken:
    """Freezes a text as it was pasted, in UTF-8."""
    if not text.strip():
        raise Refused("There is no text.", next_step="Paste some, or choose a file.")
    data = text.encode("utf-8", "replace")
    if len(data) > LONGEST:
        raise TooLarge("The text is longer than 5 MiB.", next_step="Save it as a file and drop that.")
    ending = "json" if text.lstrip()[:1] in "{[" else "txt"
    called = clean_name(name) if name.strip() else f"pasted {timezone.now():%Y-%m-%d %H.%M.%S}.{ending}"
    return take_in_bytes(incident, data, Coming(name=called, origin=Origin.PASTE), actor=actor, via=via)
