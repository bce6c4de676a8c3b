"""The page of the rules of the language: for everybody to read, for admins to change.

Knows what the page shows. Refuses to decide: the verbs do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from afteraction.core.errors import AfteractionError
from afteraction.engine.language.packs import LANGUAGES, shipped
from afteraction.engine.language.rules import MAY_GATE
from afteraction.web.accounts.access import CannotDo, need_admin, person_of
from afteraction.web.accounts.versions import Stale, based_on_of, bring_back
from afteraction.web.language.actions import ENOUGH_SHOWN, change_rules, restore_rules
from afteraction.web.language.choices import BY_CODE, BY_WEIGHT, LEVELS, LISTS, Choices, ChoicesUnusable, read_choices
from afteraction.web.language.current import rules_now
from afteraction.web.language.models import RuleUse
from afteraction.web.language.versions import versions_of

Json = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def rules_page(request: HttpRequest) -> HttpResponse:
    """Every rule with its reason, how loud it is, and how often what it says is taken."""
    if request.method != "POST":
        return _page(request, rules_now().choices)
    actor = person_of(request)
    need_admin(actor)
    flat = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    try:
        choices = _choices_from(flat)
    except ChoicesUnusable as problem:
        return _page(request, rules_now().choices, flat=flat, problem=str(problem), status=400)
    try:
        row = change_rules(choices, flat.get("reason", ""), based_on=based_on_of(flat.get("based_on", "")), actor=actor)
    except (CannotDo, AfteractionError) as problem:
        status = 409 if isinstance(problem, Stale) else 400
        return _page(request, choices, flat=flat, problem=str(problem), status=status)
    messages.success(request, f"Version {row.number} of the rules holds from now on, in every text.")
    return HttpResponseRedirect(reverse("language:rules"))


@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Brings a version back, as the next one."""
    bring_back(request, number, restore_rules)
    return HttpResponseRedirect(reverse("language:rules"))


def _choices_from(flat: Mapping[str, str]) -> Choices:
    loudness = {name.removeprefix("loud."): level for name, level in flat.items() if name.startswith("loud.") and level}
    words = {name: _lines(flat.get(f"words.{name}", "")) for name in LISTS}
    removed = {name: _lines(flat.get(f"removed.{name}", "")) for name in LISTS}
    return read_choices({"loudness": loudness, "words": words, "removed": removed,
                         "left_alone": _lines(flat.get("left_alone", "")),
                         "languages": [each for each in LANGUAGES if flat.get(f"language.{each}")]})  # fmt: skip


def _lines(text: str) -> list[str]:
    return [each for line in text.splitlines() for each in line.split(",")]


def _page(
    request: HttpRequest, choices: Choices, *, flat: Mapping[str, str] | None = None, problem: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    current, versions = rules_now(), versions_of()
    said = flat or {}
    context = {
        "current": current, "newest": versions[0].row if versions else None, "versions": versions,
        "may_edit": person_of(request).is_admin, "groups": _groups(choices, said), "place": "language",
        "lists": [
            {"name": name, "title": title,
             "text": said.get(f"words.{name}", "\n".join(choices.words.get(name, ()))),
             "removed": said.get(f"removed.{name}", "\n".join(choices.removed.get(name, ())))}
            for name, title in LISTS.items()
        ],
        "languages": [
            {"tag": tag, "is_on": tag in choices.languages, "state": shipped(tag).state}
            for tag in LANGUAGES if tag != "en"
        ],
        "left_alone": said.get("left_alone", "\n".join(choices.left_alone)), "problem": problem,
        "reason": said.get("reason", ""), "enough": ENOUGH_SHOWN,
    }  # fmt: skip
    return render(request, "language/rules.html", context, status=status)


def _groups(choices: Choices, said: Mapping[str, str]) -> list[Json]:
    uses = {each.rule: each for each in RuleUse.objects.all()}
    rows = [_row(code, choices, uses.get(code), said) for code in BY_CODE]
    language = [each for each in rows if each["code"].startswith("L")]
    actions = [each for each in rows if not each["code"].startswith("L")]
    return [{"id": "h-language", "title": "What people write", "rows": language},
            {"id": "h-actions", "title": "What is to be done", "rows": actions}]  # fmt: skip


def _row(code: str, choices: Choices, use: RuleUse | None, said: Mapping[str, str]) -> Json:
    rule = BY_CODE[code]
    chosen = said.get(f"loud.{code}", choices.loudness.get(code, ""))
    quieter = LEVELS[LEVELS.index(rule.loudness.value) + 1 :]
    louder = [each for each in LEVELS[: LEVELS.index(rule.loudness.value)] if each != "gate" or code in MAY_GATE]
    louder = [] if code == BY_WEIGHT else louder
    return {
        "code": code, "rule": rule, "chosen": chosen, "usual": rule.loudness.value, "use": use,
        "levels": [*louder, *quieter], "kept": code in choices.kept,
        "rate": round(100 * use.taken / use.shown) if use and use.shown else None,
    }  # fmt: skip
