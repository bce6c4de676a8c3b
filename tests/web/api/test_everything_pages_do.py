"""The API does everything the pages do: beside each address of a page that writes stands the operation that does the
same, or the reason why there is none."""

from __future__ import annotations

from afteraction.web.api.application import described
from tests.web.access.routes import listed

INCIDENT = "/incidents/{key}"
REVIEW = f"{INCIDENT}/review"
MEETING = f"{REVIEW}/meeting"
EVIDENCE = f"{INCIDENT}/evidence"

# Several operations where one form of a page has several buttons.
DONE_BY: dict[str, tuple[str, ...]] = {
    "POST incidents/new": ("POST /incidents",),
    "POST incidents/new/files": ("POST /incidents",),
    "POST incidents/enter": ("POST /enter",),
    "POST incidents/publish": (f"POST {INCIDENT}/publish",),
    "POST incidents/compare": ("GET /incidents/compare",),
    "POST incidents/near-miss": ("POST /near-misses",),
    "POST near-misses/<uuid:ident>/take-up": ("POST /near-misses/waiting/{ident}/take-up",),
    "POST near-misses/<uuid:ident>/set-aside": ("POST /near-misses/waiting/{ident}/set-aside",),
    "POST policy/": ("PUT /policy", "POST /policy/preview"),
    "POST policy/versions/<int:number>/restore": ("POST /policy/versions/{number}/restore",),
    "POST incidents/<slug:key>/review/gates/writing": (f"POST {REVIEW}/changes/check",),
    "POST commitments/audit/": ("PUT /commitments/sprints",),
    "POST incidents/<slug:key>/review/insights/credit": (
        f"PUT {REVIEW}/insights/{{sort}}/{{ident}}/credit", f"DELETE {REVIEW}/insights/{{sort}}/{{ident}}/credit",
    ),
    "POST incidents/<slug:key>/review/insights/thanks": (
        f"PUT {REVIEW}/insights/{{sort}}/{{ident}}/thanks", f"DELETE {REVIEW}/insights/{{sort}}/{{ident}}/thanks",
    ),
    "POST language/": ("PUT /language/rules",),
    "POST language/versions/<int:number>/restore": ("POST /language/rules/versions/{number}/restore",),
    "POST incidents/<slug:key>/settings/": (f"PUT {INCIDENT}",),
    "POST incidents/<slug:key>/members/change": (
        f"POST {INCIDENT}/members", f"DELETE {INCIDENT}/members/{{member}}", f"PUT {INCIDENT}/teams/{{slug}}",
        f"DELETE {INCIDENT}/teams/{{slug}}",
    ),
    "POST incidents/<slug:key>/members/parts": (f"PUT {INCIDENT}/parts/{{part}}", f"PUT {INCIDENT}/who-is-who"),
    "POST incidents/<slug:key>/visibility": (
        f"POST {INCIDENT}/publish", f"POST {INCIDENT}/narrow", f"POST {INCIDENT}/widen", f"POST {INCIDENT}/restrict",
        f"POST {INCIDENT}/lift-restriction",
    ),
    "POST incidents/<slug:key>/embargo": (f"PUT {INCIDENT}/embargo",),
    "POST incidents/<slug:key>/delete": (f"DELETE {INCIDENT}",),
    "POST incidents/<slug:key>/restore": (f"POST {INCIDENT}/restore",),
    "POST incidents/<slug:key>/edits/": (f"POST {INCIDENT}/edits",),
    r"POST ^incidents/(?P<key>[-\w]+)/edits/(?P<edit_id>[-\w]{1,64})/(?P<verb>withdraw|restore)$": (
        f"POST {INCIDENT}/edits/{{edit_id}}/withdraw", f"POST {INCIDENT}/edits/{{edit_id}}/restore",
    ),
    "POST incidents/<slug:key>/facts/confirm/": (f"POST {INCIDENT}/facts",),
    "POST incidents/<slug:key>/facts/<int:number>/return": (f"POST {INCIDENT}/facts/{{number}}/return",),
    "POST incidents/<slug:key>/review/open": (f"POST {REVIEW}",),
    "POST incidents/<slug:key>/review/hand-on": (f"POST {REVIEW}/hand-on",),
    "POST incidents/<slug:key>/review/decline": (f"POST {REVIEW}/decline",),
    "POST incidents/<slug:key>/review/depth": (f"PUT {REVIEW}/depth",),
    "POST incidents/<slug:key>/review/repeats": (
        f"POST {INCIDENT}/repeats", f"DELETE {INCIDENT}/repeats/{{earlier}}",
    ),
    "POST incidents/<slug:key>/review/save": (f"POST {REVIEW}/parts",),
    "POST incidents/<slug:key>/review/undo/<int:number>": (f"POST {REVIEW}/undo/{{number}}",),
    "POST incidents/<slug:key>/review/here": (f"PUT {REVIEW}/presence",),
    "POST incidents/<slug:key>/review/move": (f"POST {REVIEW}/move",),
    "POST incidents/<slug:key>/review/facts": (f"POST {REVIEW}/facts",),
    "POST incidents/<slug:key>/review/look": (f"POST {REVIEW}/look",),
    "POST incidents/<slug:key>/review/import": (f"POST {REVIEW}/import", f"POST {REVIEW}/import-markdown"),
    "POST incidents/<slug:key>/review/graph/begin": (f"POST {REVIEW}/graph",),
    "POST incidents/<slug:key>/suspects/hypothesis": (f"POST {INCIDENT}/suspects/hypothesis",),
    "POST incidents/<slug:key>/review/gates/fill": (f"POST {REVIEW}/gates/fill",),
    "POST incidents/<slug:key>/review/gates/candidates": (f"POST {REVIEW}/candidates",),
    r"POST ^incidents/(?P<key>[-\w]+)/review/gates/signals/(?P<ident>[-\w]{1,80})/replay$": (
        f"POST {REVIEW}/signals/{{ident}}/replay",
    ),
    r"POST ^incidents/(?P<key>[-\w]+)/review/gates/changes/(?P<ident>[-\w]{1,80})/"
    r"(?P<verb>accept|decline|commit|confirm)$": (f"POST {REVIEW}/changes/{{ident}}/{{verb}}",),
    "POST incidents/<slug:key>/review/meeting/plan": (f"PUT {MEETING}",),
    "POST incidents/<slug:key>/review/meeting/seats": (
        f"PUT {MEETING}/seats/{{seat}}", f"PUT {MEETING}/waivers/{{rule}}", f"DELETE {MEETING}/waivers/{{rule}}",
        f"POST {MEETING}/checked",
    ),
    "POST incidents/<slug:key>/review/meeting/guests": (
        f"POST {MEETING}/guests", f"PUT {MEETING}/guests/{{number}}", f"POST {MEETING}/guests/{{number}}/decline",
        f"POST {MEETING}/guests/{{number}}/return", f"POST {MEETING}/without",
    ),
    "POST incidents/<slug:key>/review/meeting/run": (f"POST {MEETING}/begin", f"POST {MEETING}/end"),
    "POST incidents/<slug:key>/review/meeting/write": (f"POST {MEETING}/lines",),
    "POST incidents/<slug:key>/review/meeting/follow": (f"PUT {REVIEW}/following", f"DELETE {REVIEW}/following"),
    "POST incidents/<slug:key>/review/meeting/note": (f"POST {MEETING}/notes",),
    "POST incidents/<slug:key>/review/meeting/anonymous-note": (f"POST {MEETING}/anonymous-notes",),
    "POST incidents/<slug:key>/review/meeting/pulse": (f"POST {MEETING}/pulse",),
    "POST incidents/<slug:key>/evidence/uploads/": (f"POST {INCIDENT}/uploads",),
    "PUT incidents/<slug:key>/evidence/uploads/<str:token>": (f"PUT {INCIDENT}/uploads/{{token}}",),
    "DELETE incidents/<slug:key>/evidence/uploads/<str:token>": (f"DELETE {INCIDENT}/uploads/{{token}}",),
    "POST incidents/<slug:key>/evidence/uploads/<str:token>/finish": (f"POST {INCIDENT}/uploads/{{token}}/finish",),
    "POST incidents/<slug:key>/evidence/files": (f"POST {EVIDENCE}",),
    "POST incidents/<slug:key>/evidence/paste": (f"POST {INCIDENT}/text",),
    "POST incidents/<slug:key>/log/": (f"POST {INCIDENT}/log",),
    "POST incidents/<slug:key>/evidence/said/": (f"POST {INCIDENT}/declarations",),
    "POST incidents/<slug:key>/evidence/said/<int:declaration>/back": (f"DELETE {INCIDENT}/declarations/{{number}}",),
    "POST incidents/<slug:key>/evidence/mappings/<int:saved>/forget": (f"DELETE {INCIDENT}/mappings/{{number}}",),
    "POST retention/": ("PUT /retention",),
    "POST incidents/<slug:key>/evidence/kept/": (f"POST {INCIDENT}/retention",),
    "POST incidents/<slug:key>/evidence/kept/<int:number>/back": (f"DELETE {INCIDENT}/retention/{{number}}",),
    "POST incidents/<slug:key>/evidence/webhooks/": (f"POST {INCIDENT}/webhooks",),
    "POST incidents/<slug:key>/evidence/webhooks/<int:number>/rotate": (
        f"POST {INCIDENT}/webhooks/{{number}}/rotate",
    ),
    "POST incidents/<slug:key>/evidence/webhooks/<int:number>/revoke": (f"DELETE {INCIDENT}/webhooks/{{number}}",),
    "POST incidents/<slug:key>/evidence/links/": (f"POST {INCIDENT}/links",),
    "POST incidents/<slug:key>/evidence/links/<int:number>/check": (f"POST {INCIDENT}/links/{{number}}/check",),
    "POST incidents/<slug:key>/evidence/links/<int:number>/remove": (f"DELETE {INCIDENT}/links/{{number}}",),
    "POST incidents/<slug:key>/evidence/pulls/": (f"POST {INCIDENT}/pulls",),
    "POST incidents/<slug:key>/evidence/pulls/<int:number>/again": (f"POST {INCIDENT}/pulls/{{number}}/again",),
    "POST incidents/<slug:key>/evidence/<sha256:sha256>/columns": (
        f"PUT {EVIDENCE}/{{number}}/columns", f"PUT {EVIDENCE}/{{number}}/mapping",
    ),
    "POST incidents/<slug:key>/evidence/<sha256:sha256>/purge": (f"POST {EVIDENCE}/{{number}}/purge",),
    "POST jobs/<int:job_id>/stop": (f"POST {INCIDENT}/jobs/{{job_id}}/cancel",),
    "POST jobs/<int:job_id>/again": (f"POST {INCIDENT}/jobs/{{job_id}}/retry",),
    "POST account/change/": ("PUT /me",),
    "POST account/tokens/<int:pk>/revoke/": ("DELETE /me/tokens/{number}",),
    "POST people/invitations/": ("POST /people/invitations",),
    "POST people/invitations/<int:pk>/revoke/": ("DELETE /people/invitations/{number}",),
    "POST people/<int:pk>/role/": ("PUT /people/{number}/role",),
    "POST people/<int:pk>/reports-to/": ("PUT /people/{number}/reports-to",),
    "POST people/<int:pk>/deactivate/": ("POST /people/{number}/deactivate",),
    "POST people/<int:pk>/reactivate/": ("POST /people/{number}/reactivate",),
    "POST people/<int:pk>/link/": ("POST /people/{number}/link",),
    "POST people/<int:pk>/tokens/<int:token>/revoke/": ("DELETE /people/{number}/tokens/{token}",),
    "POST teams/": ("POST /teams",),
    "POST teams/<slug:slug>/rename/": ("PUT /teams/{slug}",),
    "POST teams/<slug:slug>/people/": ("PUT /teams/{slug}/people/{number}",),
    "POST teams/<slug:slug>/people/<int:pk>/remove/": ("DELETE /teams/{slug}/people/{number}",),
    "POST teams/<slug:slug>/leads/": ("PUT /teams/{slug}/leads/{number}", "PUT /teams/{slug}/nobody-leads"),
    "POST teams/<slug:slug>/leads/<int:pk>/remove/": ("DELETE /teams/{slug}/leads/{number}",),
}  # fmt: skip

NOT_FOR_PROGRAMS: dict[str, str] = {
    "POST theme": "a look is kept in the browser that has it",
    "POST enter/<str:secret>": "lets a person in by a browser",
    "POST join/<str:secret>": "lets a person in by a browser",
    "POST account/tokens/": "a program that could make itself another token would outlive its own end",
    "POST account/browsers/end-others/": "signs out all browsers but the one that asks, and a program is none",
    "POST account/browsers/<int:pk>/end/": "belongs to signing in and out by a browser",
    "POST hooks/<str:address>": "is for programs already, and takes a signature instead of a token",
    "POST incidents/near-miss/anonymous": "a report of nobody of the whole organisation comes from the page alone",
}
# Signing in and out, passwords, passkeys and codes of a browser; all of them are django-allauth's own forms.
SIGN_IN = ("accounts/", "^accounts/")


def writing() -> set[str]:
    """Method and pattern of every address of a page that writes; the access table is complete, which its own test
    says."""
    return {
        f"{route.method} {route.pattern}"
        for route in listed()
        if route.method != "GET" and not route.is_api and not route.pattern.startswith(SIGN_IN)
    }


def operations() -> set[str]:
    """Every operation of the API, without the head of its address."""
    return {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, methods in described()["paths"].items()
        for method in methods
    }


def test_beside_every_page_that_writes_stands_an_operation_or_a_reason() -> None:
    named = DONE_BY.keys() | NOT_FOR_PROGRAMS.keys()
    assert writing() - named == set(), "say which operation does this, or why a program has none"
    assert named - writing() == set(), "these pages are gone"
    assert DONE_BY.keys() & NOT_FOR_PROGRAMS.keys() == set()
    assert all(NOT_FOR_PROGRAMS.values())


def test_the_operations_that_are_named_are_there() -> None:
    assert {each for several in DONE_BY.values() for each in several} - operations() == set()
