"""Webhooks of GitLab and answers of its API as changes: deployments, pipelines, jobs, pushes, releases, merges.

Knows which object is which and who reads it. Refuses issues, comments and wikis: they change nothing that runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.gitlab.answers import ANSWERS, answer_of
from afteraction.formats.gitlab.hooks import HOOKS


class GitLab:
    """The reader of this folder."""

    name = "gitlab"
    title = "GitLab (deployments, pipelines, jobs, pushes, releases; webhooks and API)"
    kind = EvidenceKind.DEPLOYMENT
    example = '{"object_kind": "deployment", "status": "success", "status_changed_at": "2026-05-12 14:02:11 UTC", …}'

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is an event or an answer that is read here."""
        return 0.95 if any(_is_own(one) for one in sketches(source)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Changes and notes in the order of the file."""
        for payload in payloads(source, _is_own, "an event or answer of GitLab"):
            if isinstance(payload, Failure):
                yield payload
            elif kind := answer_of(payload.value):
                yield from ANSWERS[kind](payload)
            else:
                yield from HOOKS[payload.text("object_kind")](payload)


def _is_own(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    kind = value.get("object_kind")
    return (isinstance(kind, str) and kind in HOOKS) or bool(answer_of(value))


READER = GitLab()
