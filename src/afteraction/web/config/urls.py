"""Every address, one line per app."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("afteraction.web.evidence.urls")),
    path("", include("afteraction.web.incidents.urls")),
    path("", include("afteraction.web.accounts.urls")),
    path("", include("afteraction.web.accounts.sign_in_urls")),
    path("", include("afteraction.web.ui.urls")),
]

handler400 = "afteraction.web.ui.refusals.unreadable"
handler403 = "afteraction.web.ui.refusals.not_yours"
handler404 = "afteraction.web.ui.refusals.not_found"
handler500 = "afteraction.web.ui.refusals.went_wrong"
