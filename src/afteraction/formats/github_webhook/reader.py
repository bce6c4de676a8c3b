"""Webhooks of GitHub as changes.

Knows how to tell such a file from other JSON. Refuses to know fields: see `deliveries` and `changes`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.github_webhook.changes import READS, changes_in
from afteraction.formats.github_webhook.deliveries import Delivery, deliveries, unwrapped
from afteraction.formats.github_webhook.rest import is_rest_head, rest_deliveries

# Marks for payloads longer than the head, which cannot be parsed.
_SUBJECT = re.compile(r'"(?:deployment(?:_status)?|workflow_(?:run|job)|release|check_(?:suite|run))"\s*:\s*\{')
_PUSH = re.compile(r'"(?:before|after)"\s*:\s*"[0-9a-f]{40}"')
_ABOUT = re.compile(r'"(?:deployments_url|statuses_url|git_refs_url|installation|pusher)"\s*:|x-github-event', re.I)


class GithubWebhook:
    """GitHub webhook deliveries."""

    name = "github_webhook"
    title = "GitHub webhooks (deployment, push, workflow_run, release, checks, reviews) and API answers"
    kind = EvidenceKind.DEPLOYMENT
    example = '{"deployment_status": {"state": "success", "created_at": "2026-05-12T14:02:11Z"}, "repository": {…}}'

    def sniff(self, source: Source) -> float:
        """Sure when the first payload is an event that this reader takes; other webhooks are left unread."""
        text = source.head_text().lstrip()
        if not text.startswith(("{", "[")):
            return 0.0
        for part in (text.split("\n", 1)[0], text):
            try:
                found = orjson.loads(part)
            except (orjson.JSONDecodeError, UnicodeEncodeError):
                continue
            if next(rest_deliveries(source, found), None) is not None:
                return 0.95
            elements = found if isinstance(found, list) else [found]
            events = [unwrapped(source, element).event for element in elements[:20] if isinstance(element, dict)]
            return 0.95 if any(event in READS for event in events) else 0.0
        is_cut_off = len(source.head) < source.size
        if is_cut_off and is_rest_head(text):
            return 0.9
        has_subject = bool(_SUBJECT.search(text)) or len(_PUSH.findall(text)) >= 2
        is_github = bool(_ABOUT.search(text)) or "api.github.com" in text
        return 0.8 if is_cut_off and has_subject and is_github and '"object_kind"' not in text else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Changes and notes in the order of the file; what is no such event is listed."""
        for delivery in _said(source):
            if isinstance(delivery, Failure):
                yield delivery
            else:
                yield from changes_in(delivery)


def _said(source: Source) -> Iterator[Delivery | Failure]:
    """Deliveries, or what an answer of the API amounts to."""
    head = source.head_text()
    if '"url"' in head and "/repos/" in head:
        try:
            answered = list(rest_deliveries(source, orjson.loads(source.read_bytes())))
        except orjson.JSONDecodeError:
            answered = []
        if answered:
            yield from answered
            return
    yield from deliveries(source)


READER = GithubWebhook()
