"""Addresses that belong to no incident."""

from __future__ import annotations

from django.urls import path

from afteraction.web.ui import views

app_name = "ui"
urlpatterns = [
    path("theme", views.choose_theme, name="theme"),
    path("healthz", views.healthy, name="healthy"),
]
