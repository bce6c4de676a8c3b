"""Addresses of jobs."""

from __future__ import annotations

from django.urls import path

from afteraction.web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("jobs/<int:job_id>", views.progress, name="progress"),
    path("jobs/<int:job_id>/stop", views.stop, name="stop"),
    path("jobs/<int:job_id>/again", views.again, name="again"),
]
