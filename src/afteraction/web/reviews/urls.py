"""Addresses of reviews, below their incident's."""

from __future__ import annotations

from django.urls import path, re_path

from afteraction.web.reviews import compare_urls, gates_urls, meeting_urls, near_miss_urls, policy_urls, suspects_urls
from afteraction.web.reviews.review_urls import urlpatterns as verbs
from afteraction.web.reviews.views import audits, commitments, exporting, graph, insights, parts, review

app_name = "reviews"
urlpatterns = [
    *compare_urls.urlpatterns,
    *near_miss_urls.urlpatterns,
    path("commitments/", commitments.commitments, name="commitments"),
    path("commitments/audit/", audits.audits, name="audits"),
    path("insights/", insights.digest, name="digest"),
    path("incidents/export.jsonl", exporting.export, name="export"),
    path("incidents/<slug:key>/review/insights/", insights.insights, name="insights"),
    path("incidents/<slug:key>/review/insights/credit", insights.credit, name="credit"),
    path("incidents/<slug:key>/review/insights/thanks", insights.thanks, name="thanks"),
    path("just-culture/", commitments.just_culture, name="just_culture"),
    path("incidents/<slug:key>/review/hand-on", commitments.out_of_scope, name="hand_on"),
    path("incidents/<slug:key>/review/", review.review_page, name="review"),
    path("incidents/<slug:key>/review/open", review.open_page, name="open"),
    path("incidents/<slug:key>/review/parts", parts.parts, name="parts"),
    path("incidents/<slug:key>/review/save", parts.save, name="save"),
    path("incidents/<slug:key>/review/undo/<int:number>", parts.undo, name="undo"),
    path("incidents/<slug:key>/review/here", parts.here, name="here"),
    path("incidents/<slug:key>/review/history/<slug:sort>/<str:ident>", parts.history, name="history"),
    path("incidents/<slug:key>/review/graph/", graph.graph_page, name="graph"),
    path("incidents/<slug:key>/review/graph/begin", graph.begin, name="begin_graph"),
    path("incidents/<slug:key>/review/graph/evidence", graph.evidence, name="graph_evidence"),
    re_path(
        r"^incidents/(?P<key>[-\w]+)/review/graph\.(?P<form>svg|png|mmd|json)$", graph.graph_file, name="graph_file"
    ),
    *gates_urls.urlpatterns,
    *policy_urls.patterns,
    *verbs,
    *meeting_urls.urlpatterns,
    *suspects_urls.urlpatterns,
]
