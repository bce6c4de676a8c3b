"""Registers the app under a label of its own."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The app `reviews`."""

    name = "afteraction.web.reviews"
    label = "reviews"
