"""What the notification plugin of Jenkins posts about a build.

Knows its phases: the time of a notification is that of its phase. Refuses to date those of versions that sent none.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import Failure
from afteraction.core.json_payloads import Payload, text_of, there
from afteraction.core.records import Change
from afteraction.formats.jenkins.wording import STATES, job_of, kind_of, shown, told_by


def read_notification(payload: Payload) -> Iterator[Change | Failure]:
    """One phase of a build: queued, started or over (COMPLETED and FINALIZED are one end, told twice)."""
    build = payload.below("build")
    job = job_of(build.text("full_url")) or job_of(build.text("url")) or payload.text("name")
    phase, status, number = build.text("phase"), build.text("status"), build.text("number")
    if build.at("timestamp") is None:
        reason = f"the notification about build {job} #{number} ({phase.lower()}) states no time."
        yield build.failure(reason, "Import the build from the JSON API, which states it.")
        return
    at = build.instant("timestamp", unit="ms" if not isinstance(build.at("timestamp"), str) else "")
    if isinstance(at, Failure):
        yield at
        return
    stated = build.at("parameters")
    parameters = {str(key): text_of(value) for key, value in stated.items()} if isinstance(stated, dict) else {}
    service, environment, version = told_by(parameters)
    over = phase in ("COMPLETED", "FINALIZED", "FINISHED")
    word = (status or "over") if over else phase
    commit = build.text("scm", "commit")
    yield Change(
        instant=at,
        kind=kind_of(job),
        title=f"Build {job} #{number}: {word.lower().replace('_', ' ')}",
        service=service,
        environment=environment,
        reference=version or commit,
        state=STATES.get(status.upper(), "") if over else "started" if phase == "STARTED" else "",
        # A build is finalised some time after it was completed; that is the same end.
        fingerprint=f"jenkins:{job}:{number}",
        evidence=build.cite("timestamp"),
        attributes={
            **there(status=word.lower(), version=version, commit=commit, branch=build.text("scm", "branch"),
                    number=number, url=build.text("full_url"), check=job, phase=phase.lower()),
            **shown(parameters),
        },
    )  # fmt: skip
