"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from afteraction.web.evidence import views

app_name = "evidence"
urlpatterns = [
    path("incidents/<slug:key>/evidence/", views.evidence_list, name="list"),
    path("incidents/<slug:key>/evidence/<str:sha256>/", views.original, name="original"),
    path("incidents/<slug:key>/evidence/<str:sha256>/picture", views.picture, name="picture"),
    path("incidents/<slug:key>/evidence/<str:sha256>/download", views.download, name="download"),
]
