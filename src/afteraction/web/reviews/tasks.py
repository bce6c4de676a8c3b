"""What reviews ask of the queue: judging again what time or a new policy may have changed.

Knows which incidents those are. Refuses to judge what was judged and stands still.
"""

from __future__ import annotations

from django.db.models import Q
from django_tasks import task

from afteraction.web.incidents.models import Incident, State
from afteraction.web.jobs.progress import report
from afteraction.web.reviews.actions.judge_incident import judge_incident
from afteraction.web.reviews.triggering.current import policy_now

AT_ONCE = 200


@task()
def judge_again() -> int:
    """Judges incidents whose impact is open, and those that the policy of now never judged; how many."""
    number = policy_now().number
    going_on = Q(state=State.OPEN)
    by_another = Q(judged=None) | ~Q(judged__policy_version=number)
    rows = Incident.objects.filter(going_on | by_another, deleted_at=None).order_by("-listed_at", "-pk")[:AT_ONCE]
    found = list(rows)
    for at, incident in enumerate(found):
        report("holding the policy against incidents", at, len(found))
        judge_incident(incident)
    return len(found)
