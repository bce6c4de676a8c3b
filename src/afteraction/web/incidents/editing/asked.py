"""What a browser or a script says about an edit, as values of the verbs.

Knows the names of the fields, in a form as in JSON. Refuses to write: it hands over to the one verb that is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from afteraction.core.instant import Instant
from afteraction.web.accounts.models import User
from afteraction.web.incidents import actions
from afteraction.web.incidents.actions import Unusable, Wish
from afteraction.web.incidents.editing.sweep_forms import chosen_by
from afteraction.web.incidents.models import Incident, TimelineEdit
from afteraction.web.ui.characters import NoJson, Unheld, json_of
from afteraction.web.ui.numbers import whole_number

Json = dict[str, Any]
LONGEST_BODY = 256 * 1024
TEXTS = (
    "title", "kind", "text", "milestone", "reason", "time", "zone", "precision", "account",
    "choose_kind", "choose_zone", "source", "since", "until", "scope", "decision", "expected",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One edit as it was asked for. A field that was sent as it stood before (`…_was`) is not in `said`."""

    verb: str
    wish: Wish
    said: Mapping[str, str]
    members: tuple[str, ...] = ()


def read_edit(request: HttpRequest) -> Asked:
    """The edit in the body of a request; Unusable when it is none."""
    if request.content_type == "application/json":
        return _from_json(request)
    form = request.POST
    verb, _, named = form.get("verb", "").partition(":")
    events = [named] if named else form.getlist("events")
    seen = {name: _number(value) for name, _, value in (each.partition("=") for each in form.getlist("based_on"))}
    said = {name: form[name] for name in TEXTS if name in form}
    return _asked(verb, events, seen, form.get("edit_id", ""), said, form, form.getlist("members"))


def _from_json(request: HttpRequest) -> Asked:
    if len(request.body) > LONGEST_BODY:
        raise Unusable("This edit is too large.", next_step="Send it in parts.")
    try:
        sent = json_of(request.body)
    except NoJson as error:
        raise Unusable(str(error), next_step="Send one object.") from None
    except Unheld as error:
        raise Unusable(str(error)) from None
    if not isinstance(sent, dict):
        raise Unusable("The body is no object.", next_step="Send one object.")
    said = {name: sent[name] for name in TEXTS if isinstance(sent.get(name), str)}
    seen = sent.get("based_on") or {}
    if not isinstance(seen, dict):
        raise Unusable("based_on is no object.", next_step="Send the revision of each event by its id.")
    seen = {str(name): _number(value) for name, value in seen.items()}
    events, members = _texts(sent.get("events")), _texts(sent.get("members"))
    return _asked(str(sent.get("verb", "")), events, seen, str(sent.get("edit_id") or ""), said, sent, members)


def _texts(value: object) -> list[str]:
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise Unusable("Events are named in a list of texts.", next_step="Send their ids.")
    return value


def _number(value: object) -> int:
    text = str(value)
    if (number := whole_number(text, 18)) is None:
        raise Unusable(f'"{text[:20]}" is no revision.', next_step="Send the number that came with the event.")
    return number


def _asked(
    verb: str, events: list[str], seen: dict[str, int], edit_id: str, said: dict[str, str], sent: Mapping[str, Any],
    members: list[str],
) -> Asked:  # fmt: skip
    if verb not in VERBS:
        raise Unusable(f'There is no verb "{verb[:40]}".', next_step=f"Use one of: {', '.join(VERBS)}.")
    if all(said.get(name) == sent.get(f"{name}_was") for name in ("time", "zone", "precision")):
        for name in ("time", "zone", "precision"):
            said.pop(name, None)
    changed = {name: value for name, value in said.items() if value != sent.get(f"{name}_was")}
    # A time is nothing without its zone, whichever of the two was changed.
    changed.update({name: said[name] for name in ("time", "zone", "precision") if name in said})
    return Asked(verb, Wish([each[:64] for each in events], seen, edit_id), changed, tuple(members))


def do(incident: Incident, asked: Asked, *, actor: User, via: str = "page") -> TimelineEdit:
    """Lays the edit with its verb. Raises what the verb raises."""
    return VERBS[asked.verb](incident, asked, actor, via)


def _correct(incident: Incident, asked: Asked, actor: User, via: str) -> TimelineEdit:
    said = asked.said
    return actions.correct_event(
        incident, asked.wish, title=said.get("title"), kind=said.get("kind"), instant=_stated(said), actor=actor,
        via=via,
    )  # fmt: skip


def _stated(said: Mapping[str, str]) -> Instant | None:
    if not said.get("time"):
        return None
    return actions.stated_instant(said["time"], said.get("zone", ""), said.get("precision", ""))


def _pin(incident: Incident, asked: Asked, actor: User, via: str) -> TimelineEdit:
    """`account` is the id of an event, or `typed` for the moment that was typed."""
    said, wish = asked.said, asked.wish
    account = said.get("account", "")
    if account and account != "typed":
        wish = Wish([account[:64]], wish.based_on, wish.edit_id)
    elif account == "typed":
        wish = Wish([], wish.based_on, wish.edit_id)
    typed = _stated(said) if account in ("", "typed") else None
    return actions.pin_milestone(
        incident, wish, milestone=said.get("milestone", ""), reason=said.get("reason", ""), instant=typed,
        actor=actor, via=via,
    )  # fmt: skip


def _sweep(incident: Incident, asked: Asked, actor: User, via: str) -> TimelineEdit:
    said = asked.said
    if said.get("decision") not in ("keep", "hide"):
        raise Unusable("It is not said what becomes of them.", next_step="Choose keep or hide.")
    return actions.sweep_events(
        incident, chosen_by(said), keep=said["decision"] == "keep", expected=_number(said.get("expected", "")),
        reason=said.get("reason", ""), edit_id=asked.wish.edit_id, actor=actor, via=via,
    )  # fmt: skip


VERBS: dict[str, Callable[[Incident, Asked, User, str], TimelineEdit]] = {
    "keep": lambda incident, asked, actor, via: actions.keep_events(incident, asked.wish, actor=actor, via=via),
    "hide": lambda incident, asked, actor, via: actions.hide_events(
        incident, asked.wish, reason=asked.said.get("reason", ""), actor=actor, via=via
    ),
    "edit": _correct,
    "merge": lambda incident, asked, actor, via: actions.merge_events(incident, asked.wish, actor=actor, via=via),
    "split": lambda incident, asked, actor, via: actions.split_event(
        incident, asked.wish, members=asked.members, actor=actor, via=via
    ),
    "note": lambda incident, asked, actor, via: actions.note_event(
        incident, asked.wish, text=asked.said.get("text", ""), actor=actor, via=via
    ),
    "pin": _pin,
    "sweep": _sweep,
}
_TOLD = {
    "accept": "kept", "dismiss": "hidden", "edit": "corrected", "merge": "merged into one", "split": "taken apart",
}  # fmt: skip


def told_of(edit: TimelineEdit) -> str:
    """What was done, for a toast: `3 events hidden`."""
    if edit.verb == "note":
        return "Note kept"
    if edit.verb == "pin":
        return "Account picked"
    count = edit.count
    if edit.is_sweep and not edit.value.get("laid"):
        return f"{'Keeping' if edit.verb == 'accept' else 'Hiding'} {count:,} events"
    return ("1 event " if count == 1 else f"{count:,} events ") + _TOLD[edit.verb]
