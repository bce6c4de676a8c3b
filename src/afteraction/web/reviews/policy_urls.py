"""Addresses of the policy, and of declining."""

from __future__ import annotations

from django.urls import path

from afteraction.web.reviews.views import declining, policy, repeats

patterns = [
    path("policy/", policy.policy_page, name="policy"),
    path("policy/versions/<int:number>/restore", policy.restore, name="restore_policy"),
    path("policy/without-review/", declining.without_review, name="without_review"),
    path("incidents/<slug:key>/review/decline", declining.decline, name="decline"),
    path("incidents/<slug:key>/review/repeats", repeats.repeats, name="repeats"),
    path("incidents/<slug:key>/review/depth", declining.depth, name="depth"),
]
