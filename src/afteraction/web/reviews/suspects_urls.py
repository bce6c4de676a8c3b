"""Addresses of the page of suspects, below those of the incident."""

from __future__ import annotations

from django.urls import path

from afteraction.web.reviews.views import suspects

_BASE = "incidents/<slug:key>/suspects/"
urlpatterns = [
    path(_BASE, suspects.suspects_page, name="suspects"),
    path(f"{_BASE}hypothesis", suspects.hypothesis, name="suppose"),
]
