"""Addresses of the verbs of the review page, below those of the review."""

from __future__ import annotations

from django.urls import path

from afteraction.web.reviews.views import bringing_in, moving

_BASE = "incidents/<slug:key>/review/"
urlpatterns = [
    path(f"{_BASE}move", moving.move, name="move"),
    path(f"{_BASE}facts", moving.facts, name="renew_facts"),
    path(f"{_BASE}look", moving.look, name="look"),
    path(f"{_BASE}import", bringing_in.bring_in_page, name="bring_in"),
]
