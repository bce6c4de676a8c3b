"""Fetching one link: to the address that was checked, never further than allowed.

Knows redirects and bounds. Refuses to follow a redirect without checking it anew, to send cookies or credentials, and
to go on when it takes too long or grows too large.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from afteraction.sources.link.addresses import NotFetched, Rules, Target, checked

if TYPE_CHECKING:
    import httpx

_REDIRECTS = {301, 302, 303, 307, 308}
_GONE = {404, 410}
_AGENT = "afteraction (+copy of a link as evidence)"


@dataclass(frozen=True)
class Fetched:
    """What a link showed. `url` is where it was in the end."""

    url: str
    status: int
    media_type: str
    body: bytes


def fetch(url: str, rules: Rules) -> Fetched:
    """What a link shows now. Raises NotFetched with a reason that can be shown."""
    return _followed(url, rules, with_body=True)


def is_dead(url: str, rules: Rules) -> bool:
    """True when the place says that nothing is there (404, 410). Raises NotFetched when nobody can say."""
    found = _followed(url, rules, with_body=False)
    if found.status >= 500 or found.status in (401, 403, 407, 429):
        raise NotFetched(f"it answers {found.status}, which says nothing about the link.")
    return found.status in _GONE


def _followed(url: str, rules: Rules, *, with_body: bool) -> Fetched:
    until = time.monotonic() + rules.seconds
    for _ in range(rules.most_redirects + 1):
        target = checked(url, rules)
        found, location = _ask(target, rules, until, with_body)
        if location is None:
            if with_body and found.status >= 400:
                raise NotFetched(f"{target.host} answers {found.status}.", next_step=_next_step(found.status))
            return found
        url = urljoin(target.url, location)
    raise NotFetched(f"it redirects more than {rules.most_redirects} times.")


def _next_step(status: int) -> str:
    if status in (401, 403, 407):
        return "It needs a sign-in: save the page yourself and drop the file."
    return "Check the link."


def _ask(target: Target, rules: Rules, until: float, with_body: bool) -> tuple[Fetched, str | None]:
    """One request to the checked address, under the name that the link has (Host header, certificate)."""
    import httpx  # costs a start 0.4 s that few of its processes need

    headers = {"Host": target.authority, "User-Agent": _AGENT, "Accept-Encoding": "identity"}
    left = max(0.1, until - time.monotonic())
    # No proxy from the environment: it would resolve the name again, by itself.
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=min(10.0, left)) as client:
        request = client.build_request(
            "GET",
            target.pinned,
            headers=headers,
            extensions={"sni_hostname": target.host},
        )
        try:
            answer = client.send(request, stream=True)
            try:
                location = answer.headers.get("location") if answer.status_code in _REDIRECTS else None
                body = b"" if location is not None or not with_body else _body(answer, target, rules, until)
            finally:
                answer.close()
        except httpx.HTTPError as error:
            why = f"{target.host} cannot be reached: {type(error).__name__}."
            raise NotFetched(why, next_step="Try later.") from None
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()[:100]
    return Fetched(target.url, answer.status_code, kind, body), location


def _body(answer: httpx.Response, target: Target, rules: Rules, until: float) -> bytes:
    parts, size = list[bytes](), 0
    for chunk in answer.iter_raw(65536):
        size += len(chunk)
        if size > rules.most_bytes:
            raise NotFetched(f"{target.host} shows more than {rules.most_bytes // 2**20} MiB.")
        if time.monotonic() > until:
            raise NotFetched(f"{target.host} takes longer than {rules.seconds:.0f} s.", next_step="Try later.")
        parts.append(chunk)
    return b"".join(parts)
