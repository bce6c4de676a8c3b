"""The changes of an incident on one line of time, with the moment at which it began to show.

Knows that what went live after the onset cannot have started it, and shows which side each stands on. Refuses to draw
where there is only one moment.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils.safestring import SafeString

from afteraction.web.reviews.suspecting.sheet import Row, SuspectSheet
from afteraction.web.ui.drawing.scale import Scale, spanning
from afteraction.web.ui.drawing.svg import element, group, percent

HEIGHT = 112
_BASE = 82
# Above the pins, so that neither covers the other.
_SAID = 12
_TALLEST = 40
_MOST = 12


def draw_moments(sheet: SuspectSheet, zone: tzinfo) -> SafeString | None:
    """Each change as a pin as tall as its probability, and the onset as a line through all."""
    changes = [row for row in sheet.rows if row.suspect["kind"] == "change"]
    dated = [(row, moment) for row in changes[:_MOST] if (moment := row.moment)]
    moments = [moment for _, moment in dated] + ([sheet.began] if sheet.began else [])
    if len(set(moments)) < 2:
        return None
    scale = spanning(moments)
    return element(
        "svg", element("title", _told(dated, sheet)), *_axis(scale, zone), *_onset(sheet, scale), *_pins(dated, scale),
        class_="moments", width="100%", height=HEIGHT, role="img",
    )  # fmt: skip


def _axis(scale: Scale, zone: tzinfo) -> list[SafeString]:
    found = [element("line", class_="axis", x1="0%", x2="100%", y1=_BASE, y2=_BASE)]
    for tick in scale.ticks(zone):
        x = scale.x(tick)
        if 3 < x < 97:
            found.append(element("line", class_="tick", x1=percent(x), x2=percent(x), y1=_BASE, y2=_BASE + 5))
            label = scale.clock(tick, zone)
            found.append(element("text", label, class_="at", x=percent(x), y=_BASE + 20, text_anchor="middle"))
    return found


def _onset(sheet: SuspectSheet, scale: Scale) -> list[SafeString]:
    if sheet.began is None:
        return []
    x = scale.x(sheet.began)
    anchor = "end" if x > 60 else "start"
    return [
        element("rect", class_="after", x=percent(x), y=_SAID + 6, width=percent(100 - x), height=_BASE - _SAID - 6),
        element("line", class_="onset", x1=percent(x), x2=percent(x), y1=_SAID + 4, y2=_BASE),
        element("text", "it began to show", class_="onset-t", x=percent(x), y=_SAID, text_anchor=anchor),
    ]  # fmt: skip


def _pins(dated: list[tuple[Row, datetime]], scale: Scale) -> list[SafeString]:
    """Pins, the least likely first, so that the likeliest lies on top."""
    found = []
    for row, moment in reversed(dated):
        x, top = scale.x(moment), _BASE - 10 - _TALLEST * row.suspect["probability"]
        found.append(
            group(
                element("line", x1=percent(x), x2=percent(x), y1=_BASE, y2=top),
                element("circle", cx=percent(x), cy=top, r=8.5),
                element("text", str(row.number), x=percent(x), y=top + 3.6, text_anchor="middle"),
                class_=f"pin of-{row.suspect['kind']}",
            )
        )
    return found


def _told(dated: list[tuple[Row, datetime]], sheet: SuspectSheet) -> str:
    told = [f"{row.number} {row.suspect['name']} at {moment:%H:%M:%S} UTC" for row, moment in dated]
    began = f"It began to show at {sheet.began:%H:%M:%S} UTC. " if sheet.began else ""
    return f"{began}{'; '.join(told)}."
