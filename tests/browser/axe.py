"""What axe finds on a page that would keep somebody from using it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# More places of one kind make a failure no clearer.
PLACES_SHOWN = 3


def serious_violations(page: Page) -> list[tuple[str, str, str]]:
    """Serious and critical ones: the rule, the element, and what to do."""
    return [
        (each["id"], node["html"][:160], node["failureSummary"][:240])
        for each in Axe().run(page).response["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:PLACES_SHOWN]
    ]
