"""Addresses of near misses: the form of two minutes, and reports that nobody signed."""

from __future__ import annotations

from django.urls import path

from afteraction.web.reviews.views import near_miss

urlpatterns = [
    path("incidents/near-miss", near_miss.near_miss, name="near_miss"),
    path("incidents/near-miss/anonymous", near_miss.as_nobody, name="near_miss_as_nobody"),
    path("near-misses/<uuid:ident>/take-up", near_miss.taken_up, name="take_up_near_miss"),
    path("near-misses/<uuid:ident>/set-aside", near_miss.put_aside, name="set_aside_near_miss"),
]
