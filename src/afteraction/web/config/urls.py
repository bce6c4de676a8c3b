"""Every address, one line per app."""

from __future__ import annotations

from django.urls import include, path

from afteraction.web.config.health import ready
from afteraction.web.config.metrics import metrics

urlpatterns = [
    path("readyz", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("", include("afteraction.web.api.urls")),
    path("", include("afteraction.web.reviews.urls")),
    path("", include("afteraction.web.evidence.urls")),
    path("", include("afteraction.web.incidents.urls")),
    path("", include("afteraction.web.language.urls")),
    path("", include("afteraction.web.accounts.urls")),
    path("", include("afteraction.web.accounts.sign_in_urls")),
    path("", include("afteraction.web.jobs.urls")),
    path("", include("afteraction.web.ui.urls")),
]

handler400 = "afteraction.web.ui.refusals.unreadable"
handler403 = "afteraction.web.ui.refusals.not_yours"
handler404 = "afteraction.web.ui.refusals.not_found"
handler500 = "afteraction.web.ui.refusals.went_wrong"
