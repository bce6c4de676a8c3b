"""What templates of people may call: fields in the house's look.

Knows the class of an input. Refuses to change what a field asks.
"""

from __future__ import annotations

from django import template
from django.forms import BoundField, CheckboxInput
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The field's input in the house's look; check boxes keep their own."""
    attributes: dict[str, str | bool] = {} if isinstance(field.field.widget, CheckboxInput) else {"class": "inp"}
    # allauth puts the label into the empty field as well; read out, that would be twice.
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget(attrs=attributes)
