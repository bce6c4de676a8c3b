"""The application as a WSGI server takes it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from afteraction.web.config.settled import settle
from afteraction.web.jobs.parent import PARENT, end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "afteraction.web.config.settings")
if os.environ.get(PARENT):  # Granian answers requests in a child of its own, which must not outlive it.
    end_with_parent(os.getppid())
application = get_wsgi_application()
# Now, so that a fault in them ends the start instead of every request, and the first request need not wait for it.
get_resolver().url_patterns  # noqa: B018 - reading it imports them
settle()
