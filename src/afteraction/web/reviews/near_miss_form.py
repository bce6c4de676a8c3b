"""The form of two minutes about a near miss.

Knows its questions and their order. Refuses to decide what may be kept: `read_near_miss` does, for the API too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from afteraction.engine.causes.graph import MitigatorKind
from afteraction.engine.gates.matrix import SEED_GATES
from afteraction.web.incidents.kinds import ENVIRONMENTS
from afteraction.web.incidents.record import LONGEST_TITLE
from afteraction.web.reviews.actions.file_near_miss import LONGEST, Filed, NearMissUnusable, read_near_miss
from afteraction.web.reviews.near_misses import Readers, readers

_HOW = (
    (MitigatorKind.DESIGNED.value, "Something built for it"),
    (MitigatorKind.PROCESS.value, "A routine, or somebody who looked"),
    (MitigatorKind.LUCK.value, "Luck"),
)


def _lines() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST, "autocomplete": "off"})


class FilingForm(forms.Form):
    """What nearly happened, what stopped it, what it would have meant, one gate, one idea."""

    nearly = forms.CharField(
        label="What nearly happened?", required=False, help_text="One sentence. It becomes the title.",
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off", "maxlength": LONGEST_TITLE}),
    )  # fmt: skip
    stopped_how = forms.CharField(
        label="What kept it from happening?", required=False, widget=forms.RadioSelect(choices=_HOW)
    )
    stopped_by = forms.CharField(
        label="How did that stop it, or why was it luck?", required=False, widget=_lines(),
    )  # fmt: skip
    would_have = forms.CharField(
        label="What could have happened, and to whom?", required=False, widget=_lines(),
    )  # fmt: skip
    gate = forms.CharField(
        label="One gate that it came by", required=False,
        widget=forms.Select(choices=[("", "none, or nobody knows"), *SEED_GATES]),
    )  # fmt: skip
    gate_held = forms.CharField(
        label="Did the gate hold?", required=False,
        widget=forms.RadioSelect(choices=(("yes", "It held"), ("no", "It let it through"))),
    )  # fmt: skip
    follow_up = forms.CharField(
        label="One idea", required=False, widget=_lines(),
        help_text="What would make it impossible, or would have told earlier? After luck: what could take its place, "
        "or “accepted”.",
    )  # fmt: skip
    services = forms.CharField(
        label="Services", required=False, help_text="Names with commas between them.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    environment = forms.CharField(
        label="Where", required=False, widget=forms.Select(choices=[(each, each) for each in ENVIRONMENTS])
    )
    team = forms.CharField(label="Who reads it, sent as nobody", required=False, widget=forms.Select())

    def __init__(self, data: Mapping[str, Any] | None = None, **said: Any) -> None:
        super().__init__(data, **said)
        self.readers = readers()
        self.fields["team"].widget.choices = [(each.slug, each.words) for each in self.readers]
        self.filed: Filed | None = None

    def clean(self) -> dict[str, Any]:
        """Takes over what `read_near_miss` says of each field."""
        try:
            self.filed = read_near_miss(self.data)
        except NearMissUnusable as refused:
            for name, problem in refused.wrong.items():
                self.add_error(name if name in self.fields else None, problem)
        return self.cleaned_data

    @property
    def chosen(self) -> Readers | None:
        """Who is to read it, sent as nobody; None for a team that is not there."""
        slug = self.data.get("team", "")
        return next((each for each in self.readers if each.slug == slug), None)
