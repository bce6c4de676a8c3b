"""What the API gives and takes about evidence, as schemas."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field


class FileOut(Schema):
    """One original. `label` is its citation in the newest analysis; `report` what that says of it: rows, failures
    with place and next step, assumptions."""

    id: int
    label: str
    name: str
    sha256: str
    size: int
    kind: str
    reader: str
    state: str
    origin: str
    imported_at: datetime
    purged_at: datetime | None
    purged_because: str
    report: dict[str, Any]


class Files(Schema):
    """A page of originals, oldest first."""

    files: list[FileOut]
    next: int | None = None


class TakenOut(Schema):
    """An original that is here now; not `is_new` when the same bytes were here before and nothing changed."""

    file: FileOut
    is_new: bool


class Begin(Schema):
    """A file that is sent in pieces. `mark` is your own name for it, to go on after a break."""

    path: Annotated[str, Field(min_length=1, max_length=500)]
    size: Annotated[int, Field(ge=0, le=2**62)]
    mark: Annotated[str, Field(max_length=64)] = ""


class UploadOut(Schema):
    """Where an upload stands: the next piece begins at byte `received`."""

    token: str
    path: str
    size: int
    received: int


class Pasted(Schema):
    """Text as evidence."""

    text: Annotated[str, Field(min_length=1)]
    name: Annotated[str, Field(max_length=200)] = ""


class Logged(Schema):
    """One line while it runs: "14:05 rolled back" is 14:05 in the incident's zone, without a time it is now.
    `entry_id` is your own: sent twice it is one entry."""

    line: Annotated[str, Field(min_length=1, max_length=4000)]
    entry_id: Annotated[str, Field(max_length=64)] = ""


class LinkIn(Schema):
    """A link. `at` is the moment that it shows, for a recording the moment of offset 0, in `zone` unless it states
    one. A recording needs `consent`: who agreed to it."""

    url: str
    title: str = ""
    kind: str = "other"
    at: str = ""
    zone: str = ""
    precision: str = "min"
    place: str = ""
    consent: str = ""


class LinkOut(Schema):
    """A link and whether a copy is kept."""

    id: int
    title: str
    url: str
    kind: str
    at: datetime | None
    at_zone: str
    at_precision: str
    place: str
    copy_state: str
    copy_because: str
    is_dead: bool
    checked_at: datetime | None


class Links(Schema):
    """The links of an incident."""

    links: list[LinkOut]


class SourceOut(Schema):
    """A source that this site may pull from. `asks` are what may be asked; with `takes_any` others too, each an
    `ask_word`."""

    name: str
    kind: str
    ask_word: str
    asks: list[str]
    takes_any: bool


class PullIn(Schema):
    """What is wanted: the window from `start` to `end`, in the incident's zone unless they state one. No `asks` are
    all that the source names."""

    source: Annotated[str, Field(min_length=1, max_length=64)]
    start: Annotated[str, Field(min_length=1, max_length=64)]
    end: Annotated[str, Field(min_length=1, max_length=64)]
    asks: Annotated[list[Annotated[str, Field(max_length=2000)]], Field(max_length=50)] = []


class PullOut(Schema):
    """A pull: `state` is going, done, short (some questions were refused) or stopped, `because` says why. `plan` lists
    every request with its address, its answer's file and SHA-256, and what was told."""

    id: int
    source: str
    kind: str
    asks: list[str]
    start: datetime
    end: datetime
    state: str
    because: str
    created_at: datetime
    ended_at: datetime | None
    plan: dict[str, Any]


class Pulls(Schema):
    """What may be pulled from, and what was."""

    sources: list[SourceOut]
    pulls: list[PullOut]


class WebhookIn(Schema):
    """`style` is standard, github or slack; `secret` only where the sender made it."""

    label: Annotated[str, Field(min_length=1, max_length=64)]
    style: str = "standard"
    secret: Annotated[str, Field(max_length=200)] = ""


class WebhookOut(Schema):
    """An address that machines post to. `secret` is told when it is made or rotated, never again."""

    id: int
    label: str
    style: str
    path: str
    created_at: datetime
    revoked_at: datetime | None
    secret: str = ""


class Webhooks(Schema):
    """The addresses of an incident."""

    webhooks: list[WebhookOut]


class DeclarationIn(Schema):
    """Something that the evidence does not state. `about`: zone, year, reader, mapping, left_out, captured_at, place
    (of the original `file`), clock (of the clock `thing`, `value` in seconds or null for "do not shift"), unavailable
    (of the kind of evidence `thing`)."""

    about: str
    value: Any = None
    file: int | None = None
    thing: Annotated[str, Field(max_length=200)] = ""


class DeclarationOut(Schema):
    """A declaration that holds, or that was withdrawn."""

    id: int
    about: str
    value: Any
    file: int | None
    thing: str
    at: datetime
    withdrawn_at: datetime | None


class Declarations(Schema):
    """Every declaration of an incident, oldest first."""

    declarations: list[DeclarationOut]


class Tombstones(Schema):
    """What is left of what was purged."""

    purged: list[str]


class Window(Schema):
    """A stretch of time (UTC)."""

    start: str
    end: str


class LogTemplate(Schema):
    """One template. `change` is new, vanished, more, less or same; `log_odds` (natural) how sure that is; `ratio` the
    rate during over the rate before with its 95 % interval, null where it has none; counts of lines."""

    template: str
    service: str
    level: str
    change: str
    log_odds: float
    ratio: float | None
    low: float | None
    high: float | None
    before: int
    during: int
    after: int
    first: str
    last: str
    evidence: dict[str, Any]


class LogTemplates(Schema):
    """Templates, at most 200 of those `seen`, and the windows that were compared."""

    templates: list[LogTemplate]
    seen: int
    before: Window | None
    during: Window | None
    after: Window | None
