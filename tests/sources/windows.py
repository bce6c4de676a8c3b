"""The window that the tests of sources ask for, and the pull of it into a folder."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from afteraction.pipeline.pulling import Pulled, pull
from afteraction.pipeline.pulling.folder import Folder
from afteraction.sources.pulls import Answer, Puller, Wanted
from tests.sources.recorded import Recorded

START = datetime(2026, 5, 12, 14, tzinfo=UTC)


def wanted(*asks: str, hours: float = 1, **options: str) -> Wanted:
    return Wanted(asks, START, START + timedelta(hours=hours), options)


def answered(body: Any) -> Answer:
    return Answer("https://source.example", 200, {}, json.dumps(body).encode())


def pulled_into(folder: Path, puller: Puller, source: Recorded, what: Wanted) -> Pulled:
    return pull(puller, source.asking(puller.address or "https://source.example"), what, Folder(folder))


def kept(pulled: Pulled) -> list[str]:
    return [each.step.name for each in pulled.kept]
