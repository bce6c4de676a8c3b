"""What a person chose for looking at pages: theme and time zone, kept in cookies of their own browser.

Knows the cookies and their few allowed values. Refuses any other value.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.http import HttpRequest, HttpResponse

from afteraction.core.errors import UnreadableTime
from afteraction.core.timestamps import zone_named

THEMES = ("light", "dark")
ZONES = ("utc", "local", "written")
YEAR = 365 * 24 * 3600


def preferences(request: HttpRequest) -> dict[str, Any]:
    """For every template: the chosen theme, empty where the system decides."""
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in THEMES else ""}


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keeps a choice for a year; scripts may read it, other sites may not."""
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax")


def is_local_path(path: str) -> bool:
    """True for a path of this site, False for anything that could lead elsewhere."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path and "\r" not in path


@dataclass(frozen=True)
class Clock:
    """How times are shown: in UTC, in the incident's own zone, or as each source wrote them."""

    mode: str = "utc"
    local: str = "UTC"

    @property
    def has_local(self) -> bool:
        """True when the incident's zone is another than UTC."""
        return self.local not in ("UTC", "Etc/UTC", "")

    @property
    def place(self) -> str:
        """The incident's zone in a word: `Berlin`."""
        return self.local.rsplit("/", 1)[-1].replace("_", " ")

    def zone_of(self, instant: dict[str, Any]) -> tuple[tzinfo, str]:
        """The zone an instant of the document is shown in, and its name."""
        if self.mode == "local" and self.has_local:
            return _zone(self.local), self.place
        if self.mode == "written":
            written = str(instant.get("zone") or "UTC")
            return _zone(written), written
        return UTC, "UTC"

    def local_zone(self) -> tzinfo:
        """The incident's zone, UTC where it is not known."""
        return _zone(self.local)


def chosen_clock(request: HttpRequest, local: str) -> Clock:
    """The clock that the address asks for, else the one remembered."""
    mode = request.GET.get("zone") or request.COOKIES.get("zone", "utc")
    clock = Clock(mode if mode in ZONES else "utc", local)
    return clock if clock.mode != "local" or clock.has_local else Clock("utc", local)


def _zone(name: str) -> tzinfo:
    try:
        return zone_named(name)
    except UnreadableTime:
        return UTC


def moment(text: str) -> datetime:
    """A time of the document as a datetime in UTC."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
