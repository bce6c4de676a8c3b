"""Addresses of incidents side by side."""

from __future__ import annotations

from django.urls import path, re_path

from afteraction.web.reviews.views import compare

urlpatterns = [
    path("incidents/compare", compare.compare_page, name="compare"),
    re_path(r"^incidents/compare\.(?P<form>csv|json|md)$", compare.compare_file, name="compare_file"),
]
