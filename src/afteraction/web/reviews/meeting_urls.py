"""Addresses of the meeting, below those of the review."""

from __future__ import annotations

from django.urls import path

from afteraction.web.reviews.views import meeting, meeting_acts

_BASE = "incidents/<slug:key>/review/meeting"
urlpatterns = [
    path(f"{_BASE}/", meeting.meeting_page, name="meeting"),
    path(f"{_BASE}/room", meeting.room_page, name="meeting_room"),
    path(f"{_BASE}/meeting.ics", meeting.calendar, name="meeting_calendar"),
    path(f"{_BASE}/pack.md", meeting.pack, name="meeting_pack"),
    path(f"{_BASE}/sheet.md", meeting.sheet, name="meeting_sheet"),
    path(f"{_BASE}/plan", meeting_acts.plan, name="meeting_plan"),
    path(f"{_BASE}/seats", meeting_acts.seats, name="meeting_seats"),
    path(f"{_BASE}/guests", meeting_acts.guests, name="meeting_guests"),
    path(f"{_BASE}/run", meeting_acts.run, name="meeting_run"),
    path(f"{_BASE}/write", meeting_acts.write, name="meeting_write"),
    path(f"{_BASE}/follow", meeting_acts.follow_review, name="meeting_follow"),
    path(f"{_BASE}/note", meeting_acts.note, name="meeting_note"),
    path(f"{_BASE}/anonymous-note", meeting_acts.anonymous_note, name="meeting_anonymous_note"),
    path(f"{_BASE}/pulse", meeting_acts.pulse, name="meeting_pulse"),
]
