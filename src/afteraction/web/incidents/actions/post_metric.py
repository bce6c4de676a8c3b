"""Taking in what machines measured of an incident: users, error budget, revenue.

Knows that the same value of the same moment twice is one. Refuses values that no scale has.
"""

from __future__ import annotations

import math
import re
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from afteraction.web.accounts.access import CannotDo
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.incidents.access import need
from afteraction.web.incidents.models import Incident, PostedMetric
from afteraction.web.incidents.permissions import WORK
from afteraction.web.incidents.told import tell_change

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
MOST = 1e15


@transaction.atomic
def post_metric(
    incident: Incident, metric: str, value: float | None, *, at: datetime | None = None, source: str = "",
    actor: User, via: str = "api",
) -> PostedMetric:  # fmt: skip
    """The value as it is kept; `at` is now where none is given, `value` None could not be measured.

    The same metric, moment and source again takes the new value. Raises SeatMissing and CannotDo.
    """
    need(actor, WORK, incident)
    if not _NAME.fullmatch(metric):
        raise CannotDo(f'"{metric[:64]}" is no name of a metric. Write it like users_affected.')
    if value is not None and not (math.isfinite(value) and abs(value) <= MOST):
        raise CannotDo(f"{value} is no measured value. Send a number, or null where it could not be measured.")
    Incident.objects.select_for_update().get(pk=incident.pk)
    kept, _ = PostedMetric.objects.update_or_create(
        incident=incident, metric=metric, at=at or timezone.now(), source=" ".join(source.split())[:200],
        defaults={"value": value, "by": actor, "posted_at": timezone.now()},
    )  # fmt: skip
    record(actor, "post_metric", incident.subject, via=via, metric=metric, value=value, source=kept.source)
    tell_change(incident)
    return kept
