"""Forms about an incident's record, its members and who it is open to.

Knows which questions fit a kind. Refuses to decide what a record may be: `record` does, for the API too.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from django import forms

from afteraction.web.accounts.models import Team
from afteraction.web.incidents.kinds import CHOICES, ENVIRONMENTS, SEVERITIES, fits
from afteraction.web.incidents.models import DataLoss, Incident, Seat
from afteraction.web.incidents.record import Record, read_record

OPTIONAL = ("severity", "data_loss", "data_loss_because", "is_security", "is_near_miss")
_LEARNING = (
    ("", "nobody said"), ("0", "0: nothing new"), ("1", "1: a detail"), ("2", "2: something that others should know"),
    ("3", "3: a surprise, a new mechanism, close to a limit, many teams"),
)  # fmt: skip


@lru_cache(maxsize=1)
def zones() -> list[str]:
    """Every time zone by name, UTC first."""
    return ["UTC", *sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))]


class RecordForm(forms.Form):
    """What people say about an incident. Only questions that fit `kind` are asked."""

    title = forms.CharField(label="What went wrong, in a few words", required=False, widget=forms.TextInput(
        attrs={"autofocus": True, "autocomplete": "off", "maxlength": 300}
    ))  # fmt: skip
    kind = forms.CharField(label="Kind", required=False, widget=forms.Select(choices=CHOICES))
    severity = forms.CharField(label="Severity", required=False, widget=forms.Select(
        choices=[("", "not set"), *((each, each) for each in SEVERITIES)]
    ))  # fmt: skip
    environment = forms.CharField(
        label="Where", required=False, widget=forms.Select(choices=[(each, each) for each in ENVIRONMENTS])
    )
    services = forms.CharField(
        label="Services", required=False, help_text="Names with commas between them.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    zone = forms.CharField(
        label="Time zone of the people involved", required=False,
        help_text="Pages can show times in it. UTC when you leave it.",
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
    )  # fmt: skip
    data_loss = forms.CharField(label="Was data lost?", required=False, widget=forms.Select(choices=DataLoss.choices))
    data_loss_because = forms.CharField(
        label="How that is known", required=False,
        help_text="Asked for when a suspicion is given up: without a reason the review stays.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 1000}),
    )  # fmt: skip
    learning = forms.CharField(
        label="What is to be learned from it", required=False, widget=forms.Select(choices=_LEARNING)
    )
    surprised = forms.CharField(
        label="Did anything surprise you?", required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": 1000}),
    )  # fmt: skip
    is_security = forms.BooleanField(label="A security incident: members only from the start", required=False)
    is_near_miss = forms.BooleanField(label="A near miss: nobody was hurt by it", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **said: Any) -> None:
        super().__init__(data, **said)
        kind = str((data or self.initial).get("kind") or "outage")
        for name in OPTIONAL:
            if not fits(kind, name):
                del self.fields[name]
        severity = str((data or self.initial).get("severity") or "")
        if "severity" in self.fields and severity and severity not in SEVERITIES:
            self.fields["severity"].widget.choices.append((severity[:32], severity[:32]))
        self.record = Record()

    def clean(self) -> dict[str, Any]:
        """Takes over what `record` says of each field."""
        read = read_record(self.data)
        for name, problem in read.wrong.items():
            self.add_error(name if name in self.fields else None, problem)
        self.record = read.record
        return self.cleaned_data


def form_of(incident: Incident) -> RecordForm:
    """The form as the record stands."""
    values = {name: getattr(incident, name) for name in RecordForm.base_fields}
    return RecordForm(
        initial={
            **values,
            "services": ", ".join(incident.services),
            "learning": "" if incident.learning is None else str(incident.learning),
        }
    )


class MemberForm(forms.Form):
    """An address and the seat it gets."""

    email = forms.EmailField(label="Address", widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    seat = forms.ChoiceField(label="Seat", choices=Seat.choices, initial=Seat.RESPONDER)


class TeamForm(forms.Form):
    """A team that gets a place."""

    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.all(), to_field_name="slug", empty_label=None)
