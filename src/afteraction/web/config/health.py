"""`/readyz`: whether this application can do its work now, and if not, what is missing.

Knows database, tables, data folder and workers. Refuses details that only its administrator should read.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from afteraction.web.jobs.models import Worker
from afteraction.web.jobs.worker import SEEN_LATELY

OK = "ok"
# Tables that were made stay made while this process lives.
_found_complete = False


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return "does not answer"
    return OK


def _tables() -> str:
    global _found_complete
    if not _found_complete:
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except (DatabaseError, InterfaceError):
            return "cannot be looked at"
        if missing:
            return f"{len(missing)} migrations are not applied; start `afteraction serve` once, or let it finish"
        _found_complete = True
    return OK


def _data_folder() -> str:
    try:
        with tempfile.NamedTemporaryFile(dir=Path(settings.DATA), prefix=".ready-") as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        return f"cannot be written: {error.strerror}"
    return OK


def _worker() -> str:
    try:
        seen = Worker.objects.filter(seen_at__gt=timezone.now() - SEEN_LATELY).exists()
    except (DatabaseError, InterfaceError):
        return "cannot be looked at"
    return OK if seen else f"none was seen in the last {SEEN_LATELY.seconds} s"


CHECKS: dict[str, Callable[[], str]] = {
    "database": _database,
    "tables": _tables,
    "data_folder": _data_folder,
    "worker": _worker,
}


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything is there, else 503; says of each what is missing."""
    found = {name: check() for name, check in CHECKS.items()}
    is_ready = all(told == OK for told in found.values())
    response = JsonResponse({"ready": is_ready, **found}, status=200 if is_ready else 503)
    response["Cache-Control"] = "no-store"
    return response
