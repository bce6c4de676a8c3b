"""Addresses of the record side: lists, search, records, members and who an incident is open to."""

from __future__ import annotations

from django.urls import path

from afteraction.web.incidents.views import entering, home, listing, members, record, search

urlpatterns = [
    path("", home.home, name="home"),
    path("importing", home.importing, name="importing"),
    path("incidents/", listing.incident_list, name="list"),
    path("incidents/new", record.new_incident, name="new"),
    path("incidents/new/fields", record.fields_of_kind, name="fields_of_kind"),
    path("incidents/new/files", record.start_with_files, name="start_with_files"),
    path("incidents/enter", entering.enter, name="enter"),
    path("incidents/publish", listing.publish_several, name="publish_several"),
    path("incidents/<slug:key>/settings/", record.settings, name="settings"),
    path("incidents/<slug:key>/members/", members.members, name="members"),
    path("incidents/<slug:key>/members/change", members.change_members, name="change_members"),
    path("incidents/<slug:key>/members/parts", members.change_parts, name="change_parts"),
    path("incidents/<slug:key>/visibility", members.change_visibility, name="change_visibility"),
    path("incidents/<slug:key>/delete", members.delete, name="delete"),
    path("incidents/<slug:key>/restore", members.restore, name="restore"),
    path("search", search.search_page, name="search"),
    path("search/suggest", search.suggestions, name="suggest"),
]
