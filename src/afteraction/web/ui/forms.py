"""How a form looks, for every form of the site.

    <form method="post" class="stack" novalidate>{% csrf_token %}{{ form }}<button class="btn">Save</button></form>

`{{ form }}` draws, after a try that failed, one box that counts the problems and links to each field, and then the
fields: label, hint, input, what is wrong with it. The box gets the focus. `novalidate` leaves the checking to us, so
that nothing is called wrong while it is typed. Parts of it, where a page orders the fields itself:

    {% include "ui/form/errors.html" %}          the box alone
    {{ form.title.as_field_group }}              one field with all that belongs to it
    {% include "ui/form/field.html" with field=form.title optional=True %}

Say what is wrong in a sentence that names the way out: "5 May is 8 days ago. Did you mean 5 June 2026?". A text that
must survive a lost connection gets `forms.Textarea(attrs={"data-draft": "note-of-E7"})`. The form of an HTMX request
is answered with status 422 and the same template; it is swapped in and focused like a page.

Knows classes and templates. Refuses to know any field.
"""

from __future__ import annotations

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

WRITTEN_COUNTS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class HouseLook(TemplatesSetting):
    """Draws forms with the templates of this app; named by the setting FORM_RENDERER."""

    form_template_name = "ui/form/form.html"
    field_template_name = "ui/form/field.html"


def drawn_input(field: BoundField) -> SafeString:
    """The field's input with the class of its kind; its own classes are kept."""
    if drawn_as(field) != "text":
        return field.as_widget()
    own = str(field.field.widget.attrs.get("class", ""))
    return field.as_widget(attrs={"class": f"inp {own}".strip()})


def drawn_as(field: BoundField) -> str:
    """How a field is laid out: `check` for one box, `choices` for several, `text` for the rest."""
    widget = field.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else "text"


def problems(form: BaseForm) -> list[tuple[str, str, str]]:
    """What is wrong with a form in the order of its fields: (id of the input or "", label or "", sentence)."""
    if not form.is_bound:
        return []
    listed = [("", "", str(error)) for error in form.non_field_errors()]
    for field in form:
        label = "" if field.is_hidden else str(field.label)
        listed += [("" if field.is_hidden else field.id_for_label, label, str(error)) for error in field.errors]
    return listed


def counted(number: int) -> str:
    """The title of the box: "Two things before this can be saved"."""
    word = WRITTEN_COUNTS[number] if number < len(WRITTEN_COUNTS) else str(number)
    return f"{word} thing{'' if number == 1 else 's'} before this can be saved"
