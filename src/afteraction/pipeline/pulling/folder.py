"""A pull kept in a folder: originals as files, the plan beside them.

Knows names of files. Refuses to leave half of one: everything is written aside, then renamed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import orjson

from afteraction.core.errors import AfteractionError
from afteraction.pipeline.pulling.plan import Plan, PlannedStep, plan_of

# Passed over when evidence is read: it says what was fetched and is no evidence itself.
LISTS = ".pulls"


class Folder:
    """Originals below `<folder>/<source>/`, plans as `<folder>/.pulls/<id>.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, plan_id: str) -> Plan | None:
        """The plan as it was last saved."""
        place = self.place(plan_id)
        try:
            found = orjson.loads(place.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            found = {}
        try:
            return plan_of(found)
        except AfteractionError as error:
            raise AfteractionError(error.what, where=str(place), next_step=error.next_step) from None

    def save(self, plan: Plan) -> None:
        """Writes the plan down."""
        how = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        _write(self.place(plan.id), orjson.dumps(plan.to_json(), option=how))

    def freeze(self, plan: Plan, planned: PlannedStep, body: bytes) -> tuple[str, str]:
        """Writes an answer. A file of that name from another pull stays; this one then has the pull in its name."""
        sha256 = hashlib.sha256(body).hexdigest()
        name = f"{plan.source}/{planned.step.name}"
        place = self.folder / name
        if place.exists() and _sha256(place) != sha256:
            name = f"{plan.source}/{plan.id}/{planned.step.name}"
            place = self.folder / name
        _write(place, body)
        return name, sha256

    def place(self, plan_id: str) -> Path:
        """Where the plan of that pull is."""
        return self.folder / LISTS / f"{plan_id}.json"


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.part")
    with aside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(place)


def _sha256(place: Path) -> str:
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
