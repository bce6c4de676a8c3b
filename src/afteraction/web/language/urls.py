"""Addresses of the rules of the language."""

from __future__ import annotations

from django.urls import path

from afteraction.web.language import views

app_name = "language"
urlpatterns = [
    path("language/", views.rules_page, name="rules"),
    path("language/versions/<int:number>/restore", views.restore, name="restore"),
]
