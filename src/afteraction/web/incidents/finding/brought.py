"""What apps above bring to somebody's home beside what this floor knows: reviews bring theirs.

Knows the shape and who brings. Refuses to know what it means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident


@dataclass(frozen=True)
class Brought:
    """What is brought to one incident. `answered` of `asked` questions, none where `asked` is 0 (then `depth` says
    what it is). `timer` is a drawing; `left` the time left in words, `is_late` that there is none. `due` orders.
    `step` is the next thing to do as (told, verb, address) once the facts ask for nothing more."""

    address: str
    depth: str
    answered: int = 0
    asked: int = 0
    timer: SafeString | None = None
    left: str = ""
    rest: str = ""
    is_late: bool = False
    due: datetime | None = None
    step: tuple[str, str, str] | None = None

    @property
    def dots(self) -> list[bool]:
        """One dot per question, the answered ones first."""
        return [number < self.answered for number in range(self.asked)]


Bringer = Callable[[User, Sequence[Incident]], Mapping[int, Brought]]
_bringers: list[Bringer] = []


def bring(bringer: Bringer) -> None:
    """Lets an app bring something; called when the app is ready."""
    if bringer not in _bringers:
        _bringers.append(bringer)


def brought_to(user: User, incidents: Sequence[Incident]) -> dict[int, Brought]:
    """What is brought, by number of incident."""
    found: dict[int, Brought] = {}
    for each in _bringers:
        found.update(each(user, incidents))
    return found
