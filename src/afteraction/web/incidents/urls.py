"""Addresses of incidents."""

from __future__ import annotations

from django.urls import path, re_path

from afteraction.web.incidents.record_urls import urlpatterns as of_records
from afteraction.web.incidents.views import edits, embargo, facts, report, timeline

app_name = "incidents"
urlpatterns = [
    *of_records,
    path("incidents/<slug:key>/", timeline.timeline, name="timeline"),
    path("incidents/<slug:key>/embargo", embargo.change_embargo, name="set_embargo"),
    path("incidents/<slug:key>/board", timeline.board, name="board"),
    path("incidents/<slug:key>/events/", timeline.more_events, name="events"),
    path("incidents/<slug:key>/events/<str:event_id>/", timeline.panel, name="panel"),
    path("incidents/<slug:key>/recomputed", timeline.recomputed, name="recomputed"),
    path("incidents/<slug:key>/edits/", edits.lay_edit, name="edits"),
    path("incidents/<slug:key>/edits/new/<str:form>/", edits.edit_form, name="edit_form"),
    re_path(
        r"^incidents/(?P<key>[-\w]+)/edits/(?P<edit_id>[-\w]{1,64})/(?P<verb>withdraw|restore)$",
        edits.change_edit,
        name="change_edit",
    ),
    path("incidents/<slug:key>/facts/confirm/", facts.confirm, name="confirm"),
    path("incidents/<slug:key>/facts/<int:number>/", facts.facts_version, name="facts_version"),
    path("incidents/<slug:key>/facts/<int:number>/report/", facts.facts_report, name="facts_report"),
    path("incidents/<slug:key>/facts/<int:number>/return", facts.back_to_version, name="return_to_version"),
    path("incidents/<slug:key>/report/", report.report, name="report"),
    re_path(
        r"^incidents/(?P<key>[-\w]+)/report\.(?P<form>json|md|html|pdf|docx|csv)$",
        report.report_file,
        name="report_file",
    ),
]
