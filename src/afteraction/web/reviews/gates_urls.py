"""Addresses of the gates page, below those of the review."""

from __future__ import annotations

from django.urls import path, re_path

from afteraction.web.reviews.views import gates, gates_forms

_BASE = "incidents/<slug:key>/review/gates/"
urlpatterns = [
    path(_BASE, gates.gates_page, name="gates"),
    path(f"{_BASE}fill", gates.fill, name="fill_gates"),
    path(f"{_BASE}candidates", gates.take, name="take_candidate"),
    path(f"{_BASE}writing", gates_forms.writing, name="write_change"),
    re_path(
        r"^incidents/(?P<key>[-\w]+)/review/gates/form/(?P<sort>gate|change|signal|no-action)$", gates_forms.form,
        name="gates_form",
    ),
    re_path(
        r"^incidents/(?P<key>[-\w]+)/review/gates/signals/(?P<ident>[-\w]{1,80})/replay$", gates.replay,
        name="replay_signal",
    ),
    re_path(
        r"^incidents/(?P<key>[-\w]+)/review/gates/changes/(?P<ident>[-\w]{1,80})/"
        r"(?P<verb>accept|decline|commit|confirm)$",
        gates.change_verb, name="change_verb",
    ),
]  # fmt: skip
