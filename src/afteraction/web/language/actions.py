"""Changing the rules of the language, and counting how their suggestions are taken.

Knows that a save names the version it was based on and says why, and that a rule which hardly anybody takes is lowered.
Refuses a stale save, people who are no admins, and to note who took what.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import F

from afteraction.engine.language.rules import MAY_GATE
from afteraction.web.accounts.access import CannotDo, need_admin
from afteraction.web.accounts.audit import record
from afteraction.web.accounts.models import User
from afteraction.web.accounts.versions import Stale, wait_for_turn, why_of
from afteraction.web.language.choices import BY_CODE, OFF, Choices, read_choices, write_choices
from afteraction.web.language.current import Current, choices_of, rules_now
from afteraction.web.language.models import RuleUse, TeamRules

SUBJECT = "site:language"
DEEDS = ("shown", "taken", "dismissed")
# SPEC §4.4: lowered where fewer than 30 of 100 are taken, once 50 were shown.
ENOUGH_SHOWN, LEAST_TAKEN = 50, 0.30


@transaction.atomic
def change_rules(
    choices: Choices, reason: str, *, based_on: int, actor: User, restores: int | None = None, via: str = "page"
) -> TeamRules:
    """The next version. Raises NotAdmin, Stale, and CannotDo without a reason or where nothing changed."""
    need_admin(actor)
    reason = why_of(reason, "the rules change")
    wait_for_turn(TeamRules)
    current = rules_now()
    if current.number != based_on:
        raise Stale(current.number)
    choices = _keeping(current.choices, choices)
    if write_choices(choices) == write_choices(current.choices):
        raise CannotDo("Nothing changed, so there is no new version.")
    row = _next(current, choices, reason, restores=restores, actor=actor)
    record(actor, "change_language_rules", SUBJECT, via=via, version=row.number, reason=reason, restores=restores)
    return row


def restore_rules(number: int, reason: str, *, based_on: int, actor: User, via: str = "page") -> TeamRules:
    """A version as it was, as the next one. Raises as `change_rules` does, and CannotDo for one that never was."""
    need_admin(actor)
    if number and not TeamRules.objects.filter(number=number).exists():
        raise CannotDo(f"There is no version {number} of the rules.")
    return change_rules(choices_of(number), reason, based_on=based_on, actor=actor, restores=number, via=via)


@transaction.atomic
def note_use(rule: str, deed: str) -> TeamRules | None:
    """Counts one suggestion of a rule that was shown, taken or dismissed, for the rule alone; the version by which the
    rule was lowered where that was once too often, else None. Raises CannotDo for what is neither."""
    if rule not in BY_CODE or deed not in DEEDS:
        raise CannotDo(f"{rule[:20]!r} {deed[:20]!r} is no rule that was shown, taken or dismissed.")
    RuleUse.objects.get_or_create(rule=rule)
    RuleUse.objects.filter(rule=rule).update(**{deed: F(deed) + 1})
    use = RuleUse.objects.get(rule=rule)
    if use.shown < ENOUGH_SHOWN or use.taken >= LEAST_TAKEN * use.shown:
        return None
    current = rules_now()
    # What may stand before publishing is only made quieter by people.
    if rule in MAY_GATE or rule in current.choices.kept or current.choices.level(rule) == OFF:
        return None
    lowered = current.choices.lowered(rule)
    reason = (
        f"{rule} is lowered from {current.choices.level(rule)} to {lowered.level(rule)}: "
        f"{use.taken} of {use.shown} suggestions were taken."
    )
    row = _next(current, lowered, reason, restores=None, actor=None)
    record(None, "lower_language_rule", SUBJECT, version=row.number, rule=rule, shown=use.shown, taken=use.taken)
    return row


def _keeping(before: Choices, after: Choices) -> Choices:
    """A rule that somebody makes louder again is not lowered by itself a second time."""
    louder = {
        code for code in before.loudness if before.level(code) != after.level(code) and code not in after.loudness
    }
    return replace(after, kept=tuple(sorted({*before.kept, *after.kept, *louder})))


def _next(current: Current, choices: Choices, reason: str, *, restores: int | None, actor: User | None) -> TeamRules:
    body = write_choices(choices)
    read_choices(body)
    changed = [code for code in BY_CODE if choices.level(code) != current.choices.level(code)]
    RuleUse.objects.filter(rule__in=changed).delete()
    return TeamRules.objects.create(number=current.number + 1, body=body, reason=reason, restores=restores, by=actor)
