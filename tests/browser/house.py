"""A server of a file's own with the demo in it, where two people work at once: its owner and its scribe."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, StorageState

from tests.browser.serving import Demo, do_there, serving_copy
from tests.browser.visiting import PASSWORD, come_in, sign_in

SCRIBE = "scribe@example.org"
# A colleague with a seat of their own, made as the server's own code makes people.
COLLEAGUE = f"""
from afteraction.web.accounts.models import User
from afteraction.web.incidents.models import Incident, IncidentMember
person = User.objects.create_user("{SCRIBE}", "{PASSWORD}", name="Sam Oduya")
IncidentMember.objects.create(incident=Incident.objects.get(key="INC-2041"), person=person, seat="scribe")
"""


class House(NamedTuple):
    """The server, and the cookies of its owner and its scribe."""

    demo: Demo
    owner: StorageState
    scribe: StorageState


@contextlib.contextmanager
def furnish(prepared: Path, folder: Path) -> None:
    """Makes a folder for servers to begin with a copy of: the demo in `prepared`, and the scribe in it."""
    shutil.copytree(prepared / "data", folder / "data")
    do_there(folder / "data", COLLEAGUE)


@contextlib.contextmanager
def keeping_house(browser: Browser, furnished: Path, folder: Path) -> Iterator[House]:
    """The demo with both people in it, until the block ends."""
    with serving_copy(furnished, folder) as demo:
        yield House(demo, come_in(browser, demo), sign_in(browser, demo, SCRIBE))
