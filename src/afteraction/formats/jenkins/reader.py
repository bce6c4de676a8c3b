"""Builds of Jenkins, as its API and its notification plugin tell them.

Knows which object is which. Refuses jobs, queues and nodes: they are no builds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.jenkins.builds import read_build
from afteraction.formats.jenkins.notifications import read_notification

LISTS = ("builds", "jobs", "allBuilds")
_CLASSES = ("org.jenkinsci.", "hudson.", "jenkins.", "com.cloudbees.")
_PHASES = frozenset({"QUEUED", "STARTED", "COMPLETED", "FINALIZED", "FINISHED"})


class Jenkins:
    """The reader of this folder."""

    name = "jenkins"
    title = "Jenkins builds (JSON API, notification plugin)"
    kind = EvidenceKind.DEPLOYMENT
    example = (
        '{"_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": 12, "result": "SUCCESS", '
        '"timestamp": 1778594531000, "duration": 63122, "url": "https://ci.example.test/job/ledger/12/"}'
    )

    def sniff(self, source: Source) -> float:
        """Sure when one of the first objects is a build or a notification about one."""
        return 0.95 if any(_is_own(one) for one in sketches(source, LISTS)) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Builds as changes, in the order of the file, with the commits that they name."""
        for payload in payloads(source, _is_own, "a build of Jenkins", LISTS):
            if isinstance(payload, Failure):
                yield payload
            elif _is_notification(payload.value):
                yield from read_notification(payload)
            else:
                yield from read_build(payload)


def _is_own(value: Mapping[str, Any]) -> bool:
    return _is_build(value) or _is_notification(value)


def _is_build(value: Mapping[str, Any]) -> bool:
    own, address = value.get("_class"), value.get("url")
    if not {"number", "timestamp"} <= value.keys():
        return False
    named = isinstance(own, str) and own.startswith(_CLASSES)
    return named or ("result" in value and isinstance(address, str) and "/job/" in address)


def _is_notification(value: Mapping[str, Any]) -> bool:
    build = value.get("build")
    if not isinstance(build, dict) or "name" not in value:
        return False
    return "number" in build and build.get("phase") in _PHASES if isinstance(build.get("phase"), str) else False


READER = Jenkins()
