"""What templates of people may call: fields in the house's look.

Knows the class of an input, and how browsers and verbs are called. Refuses to change what a field asks.
"""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString

from afteraction.web.accounts.browsers import browser_named

register = template.Library()


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field's input in the house's look; check boxes keep their own."""
    attributes: dict[str, str | bool] = {} if isinstance(field.field.widget, CheckboxInput) else {"class": "inp"}
    # allauth puts the label into the empty field as well; read out, that would be twice.
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs=attributes)


@register.filter
def as_json(value: Any) -> str:
    """The value as JSON for a data attribute; the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)


register.filter("browser", browser_named)


@register.filter
def words(name: str) -> str:
    """A name of ours as words: `make_team` is `make team`."""
    return name.replace("_", " ")


@register.filter
def way(via: str) -> str:
    """How something was done, as the trail says it."""
    return {"page": "on a page", "api": "by a program", "cli": "at the machine", "job": "in a job"}.get(via, via)


@register.filter
def said(value: Any) -> str:
    """A value of the trail in short: lists by commas, pairs by colons."""
    if isinstance(value, dict):
        return ", ".join(f"{words(str(name))} {said(item)}" for name, item in value.items())
    if isinstance(value, list):
        return ", ".join(said(item) for item in value) or "none"
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: "nothing"}[value]
    return str(value)[:200] or "nothing"
