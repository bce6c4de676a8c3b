"""The review page: the five questions in their order, and what is open. Without a review, the way to open one.

Knows which parts the page has. Refuses to compute what they say.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from afteraction.engine.causes.graph import natural
from afteraction.engine.gates.chances import chances_line, headline, matrix_order
from afteraction.engine.meeting.phrases import DEFAULT_OBJECTIVE, PURPOSE
from afteraction.engine.review.document import Question
from afteraction.engine.review.known_facts import users_were_first
from afteraction.engine.review.states import STATE_TITLES, ReviewState, degradation_problem
from afteraction.pipeline.report.summary import lead
from afteraction.web.incidents.access import access_incident, person_of
from afteraction.web.incidents.editing.versions import count_since, newest_version
from afteraction.web.incidents.overview import page_context
from afteraction.web.incidents.permissions import LEAD, WORK, may, seat_of
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.reviews.actions import open_review
from afteraction.web.reviews.issues import issues_of
from afteraction.web.reviews.models.review import Depth
from afteraction.web.reviews.queries import review_of
from afteraction.web.reviews.questions.blind_spots import blind_spots_in_words
from afteraction.web.reviews.questions.cards import cards_of
from afteraction.web.reviews.questions.chain import chain_of, draw_chain, flags_of
from afteraction.web.reviews.questions.changes import plan_of
from afteraction.web.reviews.questions.closing import (
    LEARNINGS,
    columns_of,
    due_of,
    factors_of,
    move_words,
    question_now,
)
from afteraction.web.reviews.questions.impact import impact_of
from afteraction.web.reviews.questions.signals import replayed, stored_series
from afteraction.web.reviews.questions.strip import strip_of
from afteraction.web.reviews.standing import Standing
from afteraction.web.reviews.stations import stations, steps_taken
from afteraction.web.reviews.workspace import Workspace

Json = dict[str, Any]
LONGEST_REASON = 300
# Beyond this many nobody reads on; the others come when these are done.
MOST_HINTS = 60
EDITED = ("frame", "answer", "signal", "remark", "dismissal")


@require_safe
def review_page(request: HttpRequest, key: str) -> HttpResponse:
    """The review of an incident; where none was opened, a page that says so and opens one."""
    incident = access_incident(request, key)
    person = person_of(request)
    review = review_of(incident)
    if review is None:
        context = page_context(incident, latest_analysis(incident), "review")
        return render(
            request, "reviews/no_review.html", {**context, "may_work": may(person, WORK, incident), "depths": Depth}
        )
    return render(request, "reviews/review.html", _context(Workspace(review, person)))


def _context(work: Workspace) -> Json:
    standing = Standing(work, timezone.now())
    document = work.document
    impact, signals = impact_of(work.head), replayed(document.signals.values(), work.head)
    plan = plan_of(standing, standing.now)
    chain = chain_of(document.graph)
    graph_url = reverse("reviews:graph", args=[work.incident.key])
    day = standing.picture.impact[0] if standing.picture.impact else None
    seat = seat_of(work.reader, work.incident)
    cards = cards_of(standing, impact, plan, signals)
    answer = document.answers.get(Question.IMPACT)
    wanted = standing.next.to if standing.next else standing.state
    return {
        **work.context(), "standing": standing, "stations": stations(standing), "steps": steps_taken(standing),
        "impact": impact, "plan": plan,
        "signals": signals, "blind_spots": blind_spots_in_words(work), "cards": cards,
        "users_first": users_were_first(work.head),
        "series": stored_series(work.head), "now_question": question_now(cards),
        "chain": draw_chain(chain, flags_of(chain, document.gates, standing.chances), day, graph_url),
        "strip": strip_of(matrix_order(document.gates)), "gates_said": headline(standing.chances),
        "chances": chances_line(standing.chances, document.gates), "counts": standing.picture.counts,
        "seat": seat.label if seat else "Reader", "may_lead": may(work.reader, LEAD, work.incident),
        "due": due_of(standing), "move_words": move_words(wanted),
        "wanted_word": STATE_TITLES[_aimed_at(wanted)].lower(),
        "issues_must": issues_of(standing, standing.must[:MOST_HINTS]),
        "issues_may": issues_of(standing, standing.may[:MOST_HINTS]),
        "issues_wide": issues_of(standing, standing.before_everyone), "columns": columns_of(standing),
        "factors": factors_of(standing), "learnings": LEARNINGS, "default_objective": DEFAULT_OBJECTIVE,
        "purpose": PURPOSE, "known_summary": "\n\n".join(lead(work.head)) if work.head else "",
        "degradation_problem": degradation_problem(answer.degradation if answer else ""),
        "nodes": sorted(document.graph.nodes.values(), key=lambda each: natural(each.id)),
        "facts_since": _corrections(work), "newer_facts": _newer_facts(work), "shown_parts": _parts(work),
        "originals": {file["label"]: file["name"] for file in work.head.get("files", ())},
    }  # fmt: skip


def _aimed_at(wanted: ReviewState) -> ReviewState:
    """What people work towards: before the facts are confirmed that is being reviewed as well."""
    return ReviewState.REVIEWED if wanted is ReviewState.FACTS_CONFIRMED else wanted


def _parts(work: Workspace) -> Json:
    """The parts that the page edits, with what a save of each is based on."""
    parts: Json = {}
    for row in work.rows:
        if row.sort in EDITED:
            parts.setdefault(row.sort, {})[row.ident] = {"rev": row.rev, "body": row.body}
    return {"version": work.review.version, "parts": parts}


def _newer_facts(work: Workspace) -> int:
    """The number of the newest confirmed facts where the review rests on older ones, else 0."""
    newest = newest_version(work.incident) if work.review.facts else None
    return newest.number if newest and newest != work.review.facts else 0


def _corrections(work: Workspace) -> int:
    """How many corrections of the timeline came after the facts that the review rests on."""
    facts = work.review.facts
    return count_since(work.incident, facts) if facts else 0


@require_POST
def open_page(request: HttpRequest, key: str) -> HttpResponse:
    """Opens a review because somebody asks for it, with a line that says why."""
    incident = access_incident(request, key, WORK)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    depth = request.POST.get("depth", Depth.FULL)
    if depth not in Depth.values:
        depth = Depth.FULL
    if not reason:
        messages.error(request, "Say in one line why a review is worth it.")
        return HttpResponseRedirect(reverse("reviews:review", args=[key]))
    asked = {"code": "TR9", "sentence": f"Asked for: {reason}", "depth": depth}
    open_review(incident, depth=depth, triggers=[asked], actor=person_of(request))
    return HttpResponseRedirect(reverse("reviews:review", args=[key]))
