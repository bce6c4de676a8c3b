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

register = template.Library()
# In the order in which they are told apart: Edge says Chrome, and Chrome says Safari.
_PROGRAMS = (
    ("Edg", "Edge"), ("Firefox", "Firefox"), ("OPR", "Opera"), ("Chrom", "Chrome"), ("Safari", "Safari"),
    ("curl", "curl"), ("Python", "Python"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip


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


@register.filter
def browser(said: str) -> str:
    """The program and system that a browser calls itself, in two words as far as they are known."""
    program = next((name for mark, name in _PROGRAMS if mark in said), "")
    system = next((name for mark, name in _SYSTEMS if mark in said), "")
    return " on ".join(filter(None, (program, system))) or said[:60] or "a browser that says nothing about itself"


@register.filter
def words(name: str) -> str:
    """A name of ours as words: `make_team` is `make team`."""
    return name.replace("_", " ")


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
