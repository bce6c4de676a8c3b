"""Reads workflow files of continuous integration: GitHub Actions, CircleCI and GitLab CI.

Knows how to tell such YAML from other configuration, and its jobs and triggers. Refuses to say that a job is required
or that it ran: that is said by the rules of the branch and by the runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.file_names import last_part, time_in_name
from afteraction.core.instant import Instant
from afteraction.core.reading import Source, typed_instant
from afteraction.core.records import Document, Record
from afteraction.core.secrets import without_secrets

LARGEST = 128 * 1024
MOST_SETTINGS = 5000
DEEPEST = 30
LONGEST = 400
_TRIGGER = re.compile(r"""(?m)^["']?on["']?\s*:""")
_JOBS = re.compile(r"(?m)^jobs\s*:")
_CIRCLE = re.compile(r"""(?m)^version\s*:\s*["']?2(?:\.\d)?["']?\s*(?:#.*)?$""")
_WORKFLOWS = re.compile(r"(?m)^(?:workflows|orbs|executors)\s*:")
_GITLAB = re.compile(r"(?m)^(?:stages|include|workflow|default|variables)\s*:")
_SCRIPT = re.compile(r"(?m)^\s+(?:script|trigger)\s*:")
# Top-level keys of GitLab CI that are no jobs.
_GLOBAL = frozenset(
    {"stages", "include", "workflow", "default", "variables", "image", "services", "cache", "before_script",
     "after_script", "pages", "spec"}
)  # fmt: skip


class CiWorkflow:
    """The reader of this folder."""

    name = "ci_workflow"
    title = "Workflow files (GitHub Actions, CircleCI, GitLab CI)"
    kind = EvidenceKind.CONFIG_SNAPSHOT
    example = "on: push\\njobs: {tests: {runs-on: ubuntu-latest, steps: [{run: make test}]}}"

    def sniff(self, source: Source) -> float:
        """0.9 for YAML whose top level only such files have."""
        return 0.9 if _tool(source) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """One document: the jobs, what triggers them, and every setting."""
        if source.size > LARGEST:
            reason = f"the file is larger than {LARGEST // 1024} KiB, which no workflow is."
            yield Failure(source.name, reason, "Give the workflow alone.")
            return
        try:
            # The safe loader builds plain values alone; it raises RecursionError for nesting without end.
            found: Any = yaml.safe_load(source.read_text())
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = Locator(line=mark.line + 1) if mark is not None else Locator()
            problem = getattr(error, "problem", None) or "it cannot be parsed"
            yield Failure(source.name, f"this is not YAML: {problem}.", "Correct this place.", place)
            return
        except (RecursionError, ValueError, TypeError, AttributeError, OverflowError) as error:
            told = " ".join(str(error).split())[:120] or "it is nested without end"
            yield Failure(source.name, f"this YAML cannot be read: {told}.", "Correct it.")
            return
        if not isinstance(found, dict) or not found:
            yield Failure(source.name, "a workflow has keys at its top; this has none.", "Give the whole file.")
            return
        yield from _document(source, found)


def _tool(source: Source) -> str:
    """github, circleci or gitlab; nothing for anything else."""
    if source.is_binary or not source.name.lower().endswith((".yml", ".yaml")):
        return ""
    head = source.head_text()
    if _TRIGGER.search(head) and _JOBS.search(head):
        return "github"
    if _CIRCLE.search(head) and (_WORKFLOWS.search(head) or _JOBS.search(head)):
        return "circleci"
    named = "gitlab-ci" in last_part(source.name).lower()
    return "gitlab" if _SCRIPT.search(head) and (named or len(_GITLAB.findall(head)) > 1) else ""


def _document(source: Source, found: Mapping[Any, Any]) -> Iterator[Record | Failure]:
    tool = _tool(source) or "github"
    settings: dict[str, str] = {}
    for key, value in _flat(found, "", 0):
        if len(settings) >= MOST_SETTINGS:
            reason = f"the workflow has more than {MOST_SETTINGS} settings; the rest was not read."
            yield Failure(source.name, reason, "Give the workflow alone.")
            break
        # The name of a setting tells a secret as well as its shape does.
        last = key.rsplit(".", 1)[-1]
        settings[key] = without_secrets(f"{last}={value}")[len(last) + 1 :][:LONGEST]
    taken, wrong = _taken(source)
    jobs = _jobs(tool, found)
    name = found.get("name") if isinstance(found.get("name"), str) else ""
    yield Document(
        kind=EvidenceKind.CONFIG_SNAPSHOT,
        title=f"Workflow {name or last_part(source.name)}: {len(jobs)} jobs",
        evidence=EvidenceRef(source.evidence_id, Locator(line=1)),
        captured_at=taken,
        captured_from="" if taken is None else "typed" if source.options.captured_at else "file name",
        place=source.options.place,
        settings=settings,
        attributes={
            "ci_workflow": tool,
            "jobs": ", ".join(jobs),
            # YAML 1.1 reads the bare word "on" as true.
            "triggers": ", ".join(_names(found.get("on", found.get(True)))),
        },
    )
    yield from wrong


def _taken(source: Source) -> tuple[Instant | None, list[Failure]]:
    try:
        if source.options.captured_at:
            return typed_instant(source.options), []
        stated = time_in_name(source.name, source.options.zone)
    except (UnreadableTime, ValueError) as error:
        step = getattr(error, "next_step", "") or "Declare when it was captured."
        return None, [Failure(source.name, f"the time in the file's name: {error}", step, lost=0)]
    return stated, []


def _jobs(tool: str, found: Mapping[Any, Any]) -> list[str]:
    if tool == "gitlab":
        return [str(key) for key, value in found.items()
                if isinstance(value, dict) and key not in _GLOBAL and not str(key).startswith(".")]  # fmt: skip
    return _names(found.get("jobs"))


def _names(value: object) -> list[str]:
    if isinstance(value, dict | list):
        return [str(one)[:80] for one in value if isinstance(one, str | int)][:500]
    return [value[:80]] if isinstance(value, str) else []


def _flat(value: object, above: str, depth: int) -> Iterator[tuple[str, str]]:
    """Every leaf with its keys joined by dots; what is nested too deeply is one text."""
    pairs: Iterator[tuple[object, object]]
    if isinstance(value, dict) and value and depth < DEEPEST:
        pairs = iter(value.items())
    elif isinstance(value, list) and value and depth < DEEPEST:
        pairs = iter(enumerate(value))
    else:
        shown = "…" if isinstance(value, dict | list | set | tuple) and value else str(value)[: 4 * LONGEST]
        yield above, "null" if value is None else shown.lower() if isinstance(value, bool) else shown
        return
    for key, inner in pairs:
        named = "on" if key is True and not above else str(key)[:200]
        yield from _flat(inner, f"{above}.{named}" if above else named, depth + 1)


READER = CiWorkflow()
