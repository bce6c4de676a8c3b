"""Addresses of incidents."""

from __future__ import annotations

from django.urls import path, re_path

from afteraction.web.incidents.views import home, listing, report, timeline

app_name = "incidents"
urlpatterns = [
    path("", home.home, name="home"),
    path("incidents/", listing.incident_list, name="list"),
    path("incidents/<slug:key>/", timeline.timeline, name="timeline"),
    path("incidents/<slug:key>/events/", timeline.more_events, name="events"),
    path("incidents/<slug:key>/events/<str:event_id>/", timeline.panel, name="panel"),
    path("incidents/<slug:key>/report/", report.report, name="report"),
    re_path(r"^incidents/(?P<key>[-\w]+)/report\.(?P<form>json|md|html)$", report.report_file, name="report_file"),
]
