"""Addresses of incidents."""

from __future__ import annotations

from django.urls import path, re_path

from afteraction.web.incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.home, name="home"),
    path("incidents/", views.incident_list, name="list"),
    path("incidents/<slug:key>/", views.timeline, name="timeline"),
    path("incidents/<slug:key>/events/", views.more_events, name="events"),
    path("incidents/<slug:key>/events/<str:event_id>/", views.panel, name="panel"),
    path("incidents/<slug:key>/report/", views.report, name="report"),
    re_path(r"^incidents/(?P<key>[-\w]+)/report\.(?P<form>json|md|html)$", views.report_file, name="report_file"),
]
