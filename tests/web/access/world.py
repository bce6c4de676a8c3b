"""A small world: one restricted incident with everything an incident can have, and one person of every kind."""

from __future__ import annotations

import hashlib
import io
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.test import Client

from afteraction.web.accounts.actions import entering, inviting, teams, tokens
from afteraction.web.accounts.models import SiteRole, User
from afteraction.web.evidence.actions.declare import declare
from afteraction.web.evidence.actions.links import Described, add_link
from afteraction.web.evidence.actions.retain import say_retention
from afteraction.web.evidence.actions.upload import begin_upload
from afteraction.web.evidence.actions.webhooks import open_webhook
from afteraction.web.evidence.models import EvidenceFile, Pull, SavedMapping
from afteraction.web.incidents.actions import open_incident
from afteraction.web.incidents.actions.confirm_facts import confirm_facts
from afteraction.web.incidents.actions.laying import Wish
from afteraction.web.incidents.actions.triage_events import keep_events
from afteraction.web.incidents.citations import store_of
from afteraction.web.incidents.models import Incident, IncidentMember, Seat
from afteraction.web.incidents.queries import latest_analysis
from afteraction.web.jobs.models import Job, JobState
from afteraction.web.reviews.actions import PartWish, change_parts, open_review
from afteraction.web.reviews.actions.say_repeat import say_repeat
from tests.web import documents

# One pixel.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)

SEATS = {
    "viewer": Seat.VIEWER,
    "devils_advocate": Seat.DEVILS_ADVOCATE,
    "responder": Seat.RESPONDER,
    "scribe": Seat.SCRIBE,
    "facilitator": Seat.FACILITATOR,
}
ROLES = ("anonymous", "deactivated", "outsider", "admin", *SEATS, "owner", "admin_with_seat")


def people_of(incident: Incident, make_person: Callable[..., User]) -> dict[str, User]:
    """One person for every role but the anonymous one."""
    found = {"owner": make_person(), "outsider": make_person("outsider@example.org")}
    found["admin"] = make_person("admin@example.org", role=SiteRole.ADMIN)
    found["deactivated"] = make_person("gone@example.org")
    IncidentMember.objects.create(incident=incident, person=found["deactivated"], seat=Seat.OWNER)
    found["admin_with_seat"] = make_person("both@example.org", role=SiteRole.ADMIN)
    IncidentMember.objects.create(incident=incident, person=found["admin_with_seat"], seat=Seat.OWNER)
    for name, seat in SEATS.items():
        found[name] = make_person(f"{name}@example.org")
        IncidentMember.objects.create(incident=incident, person=found[name], seat=seat)
    return found


def browsers_of(people: dict[str, User]) -> dict[str, Client]:
    """A browser for every role, signed in where somebody can be."""
    found = {"anonymous": Client(), **{name: Client() for name in people}}
    for name, person in people.items():
        found[name].force_login(person)
    people["deactivated"].is_active = False
    people["deactivated"].save()
    return found


def _frozen(incident: Incident, content: bytes, name: str) -> str:
    store = store_of(incident)
    store.freeze(io.BytesIO(content), name)
    store.close()
    return hashlib.sha256(content).hexdigest()


def small_world(incident: Incident, people: dict[str, User], browsers: dict[str, Client]) -> dict[str, Any]:
    """The names that stand in addresses and forms, each of a thing that is there."""
    owner, admin = people["owner"], people["admin"]
    analysis = latest_analysis(incident)
    assert analysis is not None
    confirm_facts(incident, analysis_id=analysis.pk, actor=owner)
    event_id = documents.document()["events"][0]["id"]
    edit = keep_events(incident, Wish(event_ids=(event_id,)), actor=owner)
    Incident.objects.filter(pk=incident.pk).update(restricted=True)
    job = Job.objects.create(
        task="x", subject=incident.subject, title=f"Reading {next(iter(documents.FILES))}", state=JobState.FAILED,
        actor_id=owner.pk,
    )  # fmt: skip
    team = teams.make_team("Elsewhere", actor=admin)
    teams.add_to_team(team, people["outsider"], actor=admin)
    member = IncidentMember.objects.create(
        incident=incident, person=User.objects.create_user("seated@example.org"), seat=Seat.VIEWER
    )
    kept = say_retention(incident, is_hold=True, reason="x", actor=owner)
    invitation, join = inviting.invite("guest@example.org", role="member", actor=admin)
    token, _ = tokens.make_token("x", ["read"], days=None, actor=owner)
    session = UserSession.objects.create(
        user=owner, session_key=browsers["owner"].session.session_key, ip="127.0.0.1", user_agent="x"
    )
    RecoveryCodes.activate(owner)
    node = PartWish("node", "N1", {"kind": "event", "statement": "All connections were in use"})
    meeting = PartWish("meeting", "meeting", {"start": {"utc": "2026-05-14T13:00:00Z"}})
    part = change_parts(open_review(incident, actor=owner), [node, meeting], verb="add", actor=owner)
    earlier = open_incident("INC-7", owner=owner, title="Once before")
    for name in (*SEATS, "admin_with_seat"):
        IncidentMember.objects.create(incident=earlier, person=people[name], seat=Seat.VIEWER)
    say_repeat(incident, earlier.key, "The same pool", actor=owner)
    picture = EvidenceFile.objects.create(
        incident=incident, sha256=_frozen(incident, PICTURE, "board.png"), name="board.png", size=len(PICTURE)
    )
    # Purging takes the bytes for good, whatever is rolled back: this one is there to go.
    spare = EvidenceFile.objects.create(
        incident=incident, sha256=_frozen(incident, b"spare\n", "spare.log"), name="spare.log", size=6
    )
    upload = begin_upload(incident, "half.log", 10, actor=owner)
    hook, _ = open_webhook(incident, "pager", "standard", actor=owner)
    link = add_link(incident, Described(url="https://example.org/board"), actor=owner)
    pull = Pull.objects.create(
        incident=incident, source="graphs", kind="prometheus", asks=["up"], plan_key="0" * 12, person=owner,
        start=datetime(2026, 5, 12, 14, tzinfo=UTC), end=datetime(2026, 5, 12, 15, tzinfo=UTC),
    )  # fmt: skip
    said = declare(incident, "zone", "UTC", actor=owner)
    saved = SavedMapping.objects.create(name="x", reader="csv", columns={}, person=owner)
    somebody = User.objects.create_user("somebody@example.org")
    passkey = Authenticator.objects.create(user=somebody, type=Authenticator.Type.WEBAUTHN, data={"name": "x"})
    secret = entering.make_entry_link(somebody, actor=None)
    return {
        "key": incident.key, "event_id": event_id, "edit_id": edit.edit_id, "verb": "withdraw", "number": 1,
        "sha256": documents.sha("alerts/firing.json"), "job_id": job.pk, "slug": team.slug, "member": member.pk,
        "part": "on_call",
        "secret": secret, "pk": somebody.pk, "token": token.pk, "analysis": analysis.pk, "form": "note",
        "sort": "node", "ident": "N1", "seat": "scribe", "rule": "F1", "earlier": earlier.key,
        "address": hook.address, "declaration": said.pk, "saved": saved.pk,
        "uidb36": "1", "provider_id": "provider",
        "by_address": {
            "ident": {"near-misses/": uuid.uuid4()},
            "pk": {"account/tokens/": token.pk, "account/browsers/": session.pk, "people/invitations/": invitation.pk,
                   "accounts/passkeys/": passkey.pk, "/tokens/": owner.pk},
            "sha256": {"/picture": picture.sha256, "/purge": spare.sha256},
            "token": {"/uploads/": upload.token},
            "number": {"/guests/": somebody.pk, "/tokens/<token>": owner.pk, "me/tokens/": token.pk,
                       "/mappings/": saved.pk,
                       "/review/": part.number, "/purge": spare.pk, "/links/": link.pk,
                       "/pulls/": pull.pk,
                       "/webhooks/": hook.pk, "/kept/": kept.pk, "/retention/": kept.pk,
                       "/declarations/": said.pk, "/evidence/": picture.pk,
                       "/policy/": 0, "language/": 0, "people/invitations/": invitation.pk,
                       "api/v1/people/": somebody.pk,
                       "api/v1/teams/": people["outsider"].pk},
            "verb": {"/changes/": "accept"},
            "sort": {"/gates/form/": "change"},
            "form": {"report": "json", "/compare": "json", "/review/graph": "json"},
            "key": {"accounts/": "x"},
            "secret": {"join/": join},
        },
    }  # fmt: skip
