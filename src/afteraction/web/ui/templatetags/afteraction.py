"""What templates may call: times, marks and icons.

Knows how a moment and a mark are written in HTML. Refuses to compute and to choose.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from afteraction.core.findings import MILESTONE_TITLES, Milestone
from afteraction.core.flags import SENTENCES, Flag
from afteraction.pipeline.report import sentences
from afteraction.web.ui import forms
from afteraction.web.ui.preferences import Clock, moment

register = template.Library()
Json = dict[str, Any]

SHAPES = {
    "changes": "change",
    "alerts": "alert",
    "chat": "person",
    "customers": "customer",
    "status": "comms",
    "logs": "alert",
    "metrics": "alert",
    "document": "person",
}


@register.simple_tag
def at(instant: Json | None, clock: Clock | None = None) -> SafeString:
    """`<time>` with the time of day in the chosen zone, no more precise than it is known; its title is the original
    text and the full time in UTC."""
    if not instant:
        return mark_safe("open")
    zone, _ = (clock or Clock()).zone_of(instant)
    local = moment(instant["value"]).astimezone(zone)
    shown = _clock_text(local.strftime("%H:%M:%S"), instant["precision"]) or f"{local.day} {local:%b %Y}"
    original = instant.get("original") or ""
    title = f"{moment(instant['value']):%a %-d %B %Y, %H:%M:%S} UTC" + (f"; written {original}" if original else "")
    return format_html('<time datetime="{}" title="{}">{}</time>', instant["value"], title, shown)


def _clock_text(clock: str, precision: str) -> str:
    short = clock[:5]
    return {"s": clock, "min": short, "h": f"{short} ± 1 h", "≈": f"≈ {short}", "day": ""}.get(precision, clock)


@register.simple_tag
def zone_word(instant: Json, clock: Clock) -> str:
    """The small print below a time: its zone, and what the source's own clock showed where that was another."""
    zone, name = clock.zone_of(instant)
    written = str(instant.get("zone") or "UTC")
    if not instant.get("tz_known", True):
        name = f"{name}, zone assumed"
    if clock.mode == "written" or written in ("UTC", "Z", "GMT", "+00:00", "+0000", name):
        return name
    own = moment(instant["value"]).astimezone(Clock("written").zone_of(instant)[0])
    if own.utcoffset() == moment(instant["value"]).astimezone(zone).utcoffset():
        return name
    place = written.rsplit("/", 1)[-1].replace("_", " ")
    return f"{own:%H:%M} at {place}" if written[:1] in "+-" else f"{own:%H:%M} in {place}"


@register.simple_tag
def on_day(instant: Json | None, clock: Clock | None = None) -> SafeString:
    """`<time>` with the date."""
    if not instant:
        return mark_safe("")
    local = moment(instant["value"]).astimezone((clock or Clock()).zone_of(instant)[0])
    return format_html('<time datetime="{}">{}</time>', instant["value"], f"{local:%a} {local.day} {local:%B %Y}")


@register.filter
def figure(metric: Json) -> str:
    """A metric in words."""
    return sentences.figure(metric)


@register.filter
def file_size(size: int) -> str:
    """A size in words."""
    return sentences.bytes_in_words(size)


@register.filter
def short_hash(sha256: str) -> str:
    """The ends of a hash, enough to compare at a glance."""
    return f"{sha256[:4]}…{sha256[-4:]}" if len(sha256) > 12 else sha256


@register.filter
def spoken(code: str) -> str:
    """A code as words: `zone_assumed` as `zone assumed`."""
    return code.replace("_", " ")


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name: str, size: str = "") -> SafeString:
    """One of the sprite's icons; words beside it say what it means."""
    return format_html('<svg class="i {}" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-{}"/></svg>', size, name)


@register.simple_tag
@lru_cache(maxsize=100)
def shape(lane: str) -> SafeString:
    """The mark of a lane."""
    name = SHAPES.get(lane, "person")
    return format_html(
        '<svg class="shape mk-{}" viewBox="-7 -7 14 14" aria-hidden="true"><use href="#m-{}"/></svg>', name, name
    )


@register.filter
def milestone_name(name: str) -> str:
    """A milestone's title for its SPEC name; any other name as words."""
    return str(MILESTONE_TITLES[Milestone(name)]) if name in set(Milestone) else _capital(name.replace("_", " "))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@register.filter
def one_per_file(references: list[Json]) -> list[Json]:
    """Citations with each original once, the first place in it."""
    return list({reference["label"]: reference for reference in reversed(references)}.values())[::-1]


@register.filter
def flag_sentence(code: str) -> str:
    """What is odd about a time, as a sentence."""
    return SENTENCES[Flag(code)] if code in set(Flag) else code.replace("_", " ")


@register.simple_tag
def form_problems(form: BaseForm) -> list[tuple[str, str, str]]:
    """What is wrong with a form, in the order of its fields."""
    return forms.problems(form)


register.filter("problem_count", forms.counted)
register.filter("drawn_as", forms.drawn_as)
register.filter("drawn_input", forms.drawn_input)
