"""Every address, one line per app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("afteraction.web.evidence.urls")),
    path("", include("afteraction.web.incidents.urls")),
    path("", include("afteraction.web.accounts.urls")),
    path("", include("afteraction.web.ui.urls")),
]

handler404 = "afteraction.web.ui.views.not_found"
handler500 = "afteraction.web.ui.views.went_wrong"
