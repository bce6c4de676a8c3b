"""What keeps somebody from using a page: what axe finds, and a page wider than its window, in every look."""

from __future__ import annotations

from collections.abc import Iterable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# More places of one kind make a failure no clearer.
PLACES_SHOWN = 3
# A desk and a phone, by day and by night.
LOOKS = ((1440, "light"), (1440, "dark"), (390, "dark"), (390, "light"))
_AXE = Axe()
_VIOLATIONS = "() => axe.run({resultTypes: ['violations']}).then(found => found.violations)"


def serious_violations(page: Page) -> list[tuple[str, str, str]]:
    """Serious and critical ones: the rule, the element, and what to do."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(_AXE.axe_script)
    return [
        (each["id"], node["html"][:160], node["failureSummary"][:240])
        for each in page.evaluate(_VIOLATIONS)
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:PLACES_SHOWN]
    ]


def problems_in_every_look(page: Page, looks: Iterable[tuple[int, str]] = LOOKS) -> list[str]:
    """Serious violations and sideways scrolling of the page as it stands, at each width and in each theme."""
    problems: list[str] = []
    for width, theme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        problems += [f"{width} {theme}: {rule}: {html} {mend}" for rule, html, mend in serious_violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{width} {theme}: it scrolls sideways")
    return problems
