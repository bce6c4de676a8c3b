"""Changing the policy of reviews: always the next version, never the one that stands.

Knows that a save names the version it was based on and says why. Refuses a stale one, and people who are no admins.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction

from afteraction.engine.review.policy import Policy
from afteraction.engine.review.policy_document import read_policy, write_policy
from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.accounts.versions import Stale, wait_for_turn, why_of
from afteraction.web.reviews.models import TriggerPolicy
from afteraction.web.reviews.triggering.current import Current, policy_now, policy_of

SUBJECT = "site:policy"


class StalePolicy(Stale):
    """Somebody saved a version after the one that this save was based on. `current` is what holds now."""

    def __init__(self, current: Current) -> None:
        super().__init__(current.number)
        self.current = current


@transaction.atomic
def change_policy(
    policy: Policy, reason: str, *, based_on: int, actor: User, restores: int | None = None, via: str = "page"
) -> TriggerPolicy:
    """The next version. Raises NotAdmin, StalePolicy, and CannotDo without a reason or where nothing changed."""
    need_admin(actor)
    reason = why_of(reason, "the policy changes")
    wait_for_turn(TriggerPolicy)
    current = policy_now()
    if current.number != based_on:
        raise StalePolicy(current)
    number = current.number + 1
    body = write_policy(replace(policy, version=number))
    if body == write_policy(replace(current.policy, version=number)):
        raise CannotDo("Nothing changed, so there is no new version.")
    read_policy(body)
    row = TriggerPolicy.objects.create(number=number, body=body, reason=reason, restores=restores, by=actor)
    record(actor, "change_policy", SUBJECT, via=via, version=number, reason=reason, restores=restores)
    return row


def restore_policy(number: int, reason: str, *, based_on: int, actor: User, via: str = "page") -> TriggerPolicy:
    """A version as it was, as the next one. Raises as `change_policy` does, and CannotDo for one that never was."""
    need_admin(actor)
    if number and not TriggerPolicy.objects.filter(number=number).exists():
        raise CannotDo(f"There is no version {number} of the policy.")
    return change_policy(policy_of(number), reason, based_on=based_on, actor=actor, restores=number, via=via)
