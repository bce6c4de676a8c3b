"""Pages of two reviews in a process of its own: `python -m benchmarks.reviews_site` prints JSON.

Knows the demo with its review, and a graph of five hundred causes that it makes. Refuses to say what is fast: it counts
milliseconds, and asks a page that has nothing to do with reviews in turn, so that a busy machine slows both.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import sys
import time
from typing import Any

from benchmarks.web_site import ROUNDS, figures, person, set_up

Json = dict[str, Any]
NODES = 500
LARGE = "INC-500"
REFERENCE = "timeline"
REVIEW: dict[str, str] = {
    "review": "review/", "5 whys": "review/graph/", "fishbone": "review/graph/?view=fishbone",
    "fault tree": "review/graph/?view=fault-tree", "causal graph": "review/graph/?view=causal",
    "gates": "review/gates/", "meeting": "review/meeting/",
}  # fmt: skip
DEMO: dict[str, str] = {**REVIEW, "report": "report/", "API: findings": "review/findings", "API: parts": "review"}
NAMES = ("queue", "cache", "deploy of payments-api", "retry budget", "pool of connections", "certificate", "flag",
         "alert on errors", "canary", "runbook", "database user", "health check", "rollback")  # fmt: skip
SAID = ("was full for a quarter of an hour", "had no bound that anybody knew of", "was changed without a second look",
        "did not show on any board", "answered late under load", "was taken for a test")  # fmt: skip


def demo() -> str:
    """The demo with its review; gives the key."""
    from afteraction.web.config.first_evidence import DEMO_KEY, load_demo

    with contextlib.redirect_stderr(io.StringIO()):
        load_demo()
    return DEMO_KEY


def large() -> str:
    """An incident with a review of five hundred causes, each with evidence, three below each; gives the key."""
    from afteraction.web.incidents.actions import open_incident, store_analysis
    from afteraction.web.reviews.actions import PartWish, change_parts, open_review
    from benchmarks.web_site import document

    incident = open_incident(LARGE, owner=person(), title=f"{NODES} causes")
    store_analysis(incident, document(1000), "first")
    review = open_review(incident, actor=person())
    wishes = [PartWish(each["sort"], each["id"], each["body"]) for each in causes()]
    change_parts(review, wishes, verb="add", actor=person())
    return LARGE


def causes(count: int = NODES) -> list[Json]:
    """A tree of causes with some that two effects share, some alternatives, some hypotheses; one change in twenty."""
    chance = random.Random(count)
    top = {"kind": "outcome", "top": "happened", "statement": "Checkout answered with errors", "status": "confirmed"}
    parts = [_part("node", "N1", top)]
    for at in range(2, count + 1):
        body = {
            "kind": chance.choices(["condition", "event", "decision", "barrier"], (70, 20, 5, 5))[0],
            "statement": f"The {chance.choice(NAMES)} of shard {at} {chance.choice(SAID)}",
            "status": "hypothesis" if at % 11 == 0 else "confirmed",
            "valid_from": {"utc": f"2026-05-12T{12 + at % 3}:{at % 60:02d}:00Z", "precision": "min"},
        }
        parts.append(_part("node", f"N{at}", body))
        parts.append(_part("edge", f"L{at}", {"source": f"N{at}", "target": f"N{at // 3 or 1}", "status": "confirmed"}))
        parts.append(_part("support", f"S{at}", {"claim": f"N{at}", "label": f"E{at}", "note": "seen in the log"}))
        if at % 25 == 0:
            parts.append(_part("edge", f"L{count + at}", {"source": f"N{at}", "target": f"N{at // 4}"}))
        if at % 20 == 0:
            change = {"text": f"Refuse a {chance.choice(NAMES)} without a bound in the pipeline", "targets": [f"N{at}"]}
            parts.append(_part("change", f"C{at // 20}", change))
    for at in (20, 40, 60, 80, 100, 120):
        inputs = [f"N{each}" for each in range(2, count + 1) if each // 3 == at]
        parts.append(_part("logic", f"G{at}", {"type": "or", "inputs": inputs, "effect": f"N{at}"}))
    return parts


def _part(sort: str, ident: str, body: Json) -> Json:
    return {"sort": sort, "id": ident, "body": body}


def measured() -> Json:
    """Milliseconds of each page, the reference asked in turn with them, and of one edit of a node."""
    from django.test import Client

    from afteraction.web.accounts.actions.entering import first_admin
    from afteraction.web.config.settled import settle

    shown, many = demo(), large()
    browsers = {shown: Client(), many: Client()}
    browsers[shown].force_login(first_admin())
    browsers[many].force_login(person())
    asked = {f"{name}, demo": (shown, place) for name, place in DEMO.items()}
    asked |= {f"{name}, {NODES} causes": (many, place) for name, place in REVIEW.items()}
    asked[REFERENCE] = (shown, "")
    settle()  # as every process does that answers
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for _ in range(ROUNDS + 2):
        for name, (key, place) in asked.items():
            root = f"/api/v1/incidents/{key}/" if name.startswith("API") else f"/incidents/{key}/"
            took[name].append(_timed(lambda key=key, path=root + place: browsers[key].get(path)))
    for name, times in edits(browsers[many], many).items():
        took[name] = times
    return {name: figures(times[2:]) for name, times in took.items()}


def edits(browser: Any, key: str) -> dict[str, list[tuple[float, float]]]:
    """One node worded anew as its page does it: the save, and the drawing that the page asks for behind it."""
    saved, drawn = [], []
    for number in range(ROUNDS + 2):
        at = f"/incidents/{key}/review/"
        row = browser.get(f"{at}parts").json()["parts"]["node"]["N77"]
        body = {**row["body"], "statement": f"The cache was empty for the {number}th time"}
        part = {**_part("node", "N77", body), "based_on": row["rev"]}
        sent = {"data": {"parts": [part], "verb": "edit"}, "content_type": "application/json"}
        saved.append(_timed(lambda at=at, sent=sent: browser.post(f"{at}save", **sent)))
        drawn.append(_timed(lambda at=at: browser.get(f"{at}graph/?part=live&node=N77")))
    return {f"save of a node, {NODES} causes": saved, f"graph after it, {NODES} causes": drawn}


def _timed(ask: Any) -> tuple[float, float]:
    elapsed, processor = time.perf_counter(), time.process_time()
    answer = ask()
    took = time.perf_counter() - elapsed, time.process_time() - processor
    if answer.status_code != 200:
        sys.exit(f"{answer.request['PATH_INFO']} answered {answer.status_code}: {answer.content[:300]!r}")
    return took


def main() -> None:
    """Measures both reviews."""
    set_up()
    print(json.dumps(measured()))


if __name__ == "__main__":
    main()
