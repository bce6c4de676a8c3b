"""Asking a configured source, as often as it allows.

Knows tries, waits and bounds. Refuses to send a token to any host but the configured one, to follow a redirect, to
write anything, and to hand on an answer that repeats the token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from afteraction.core.errors import AfteractionError
from afteraction.core.secrets import HIDDEN, without_secrets
from afteraction.sources.link.addresses import NotFetched, Resolve, Rules, Target, checked, resolve
from afteraction.sources.pulls import Answer, Params, PullStopped, StepRefused
from afteraction.sources.waiting import Patience, backoff, is_busy, is_limited, told_wait, until_reset

if TYPE_CHECKING:
    import httpx

_AGENT = "afteraction (+evidence of an incident, read only)"
_ENDS_THE_PULL = {401, 407}


@dataclass(frozen=True)
class Access:
    """How a source is reached: the address of its API, the headers of every request, the token in them, and whether
    its machine may stand in a private network. `most_bytes` bounds one answer, `seconds` one request."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    token: str = field(default="", repr=False)
    is_private: bool = False
    most_bytes: int = 64 * 2**20
    seconds: float = 60.0
    resolve: Resolve = field(default=resolve, repr=False)


class Asking:
    """A conversation with one source; `close` it. `transport` replaces the network."""

    def __init__(
        self, access: Access, patience: Patience | None = None, transport: httpx.BaseTransport | None = None
    ) -> None:
        import httpx  # costs a start 0.4 s that few of its processes need

        self.access, self.patience = access, patience or Patience()
        self.not_before = 0.0
        parts = urlsplit(access.url)
        if parts.query or parts.fragment:
            raise AfteractionError(
                f"{_bare(access.url)} has more than a path.", next_step="Give the address alone, and tokens by name."
            )
        host = (parts.hostname or "").rstrip(".").lower()
        self.rules = Rules(hosts=[host], private=[host] if access.is_private else [], resolve=access.resolve)
        # No proxy from the environment: it would resolve the name again, by itself.
        self.client = httpx.Client(trust_env=False, follow_redirects=False, timeout=access.seconds, transport=transport)

    def close(self) -> None:
        """Ends the conversation."""
        self.client.close()

    def ask(self, path: str, params: Params = ()) -> Answer:
        """The answer (status 200) to one GET. Waits as the source asks to and tries again; raises PullStopped where
        the pull has to end, StepRefused where only this question has no answer."""
        url = f"{self.access.url.rstrip('/')}{path}" + (f"?{urlencode(params)}" if params else "")
        tries = 0
        while True:
            tries += 1
            self._wait(self.not_before - self.patience.now(), path)
            answer = self._once(url, tries)
            if answer is None:
                self._wait(backoff(tries), path)
                continue
            if not is_limited(answer) and not is_busy(answer):
                self._note_limit(answer)
                return self._judged(answer)
            wait = told_wait(answer, self.patience.now())
            if tries >= self.patience.most_tries:
                raise PullStopped(
                    f"it answers {answer.status} again and again.", where=self.rules.hosts[0], next_step=_LATER
                )
            self._wait(backoff(tries) if wait is None else wait, path)

    def _wait(self, seconds: float, path: str) -> None:
        if seconds <= 0:
            return
        if seconds > self.patience.longest:
            raise PullStopped(
                f"it asks to wait {seconds:,.0f} s before {path} is answered.",
                where=self.rules.hosts[0],
                next_step=_LATER,
                wait=seconds,
            )
        self.patience.sleep(seconds)

    def _note_limit(self, answer: Answer) -> None:
        wait = until_reset(answer, self.patience.now())
        self.not_before = self.patience.now() + wait if wait is not None else 0.0

    def _once(self, url: str, tries: int) -> Answer | None:
        """One request; None when nothing answered and another try is left."""
        import httpx

        try:
            target = checked(url, self.rules)
        except NotFetched as error:
            step = error.next_step or _OWN
            raise PullStopped(error.what, next_step=step) from None
        request = self.client.build_request(
            "GET",
            target.pinned,
            headers={
                "Accept": "application/json",
                **self.access.headers,
                "Host": target.authority,
                "User-Agent": _AGENT,
                "Accept-Encoding": "identity",
            },
            extensions={"sni_hostname": target.host},
        )
        try:
            sent = self.client.send(request, stream=True)
            try:
                body = self._body(sent, target)
            finally:
                sent.close()
        except httpx.HTTPError as error:
            if tries >= self.patience.most_tries:
                raise PullStopped(
                    f"{target.host} cannot be reached: {type(error).__name__}.", next_step=_LATER
                ) from None
            return None
        headers = {name.lower(): value for name, value in sent.headers.items()}
        return Answer(without_secrets(url), sent.status_code, headers, body)

    def _body(self, sent: httpx.Response, target: Target) -> bytes:
        parts, size = list[bytes](), 0
        for chunk in sent.iter_bytes(65536):
            size += len(chunk)
            if size > self.access.most_bytes:
                raise StepRefused(
                    f"{target.host} answers with more than {self.access.most_bytes // 2**20} MiB.",
                    next_step="Ask for less: a narrower question, a shorter window or a coarser step.",
                )
            parts.append(chunk)
        return b"".join(parts)

    def _judged(self, answer: Answer) -> Answer:
        host = self.rules.hosts[0]
        if answer.status in _ENDS_THE_PULL:
            raise PullStopped(
                f"it answers {answer.status}: the token is missing, wrong or too old.{self._said(answer)}",
                where=host,
                next_step="Check the environment variable that holds it.",
            )
        if 300 <= answer.status < 400:
            raise PullStopped(
                f"it sends on to {_bare(answer.headers.get('location', 'elsewhere'))}, where the token is not sent.",
                where=host,
                next_step="Give the address that answers itself.",
            )
        if answer.status != 200:
            raise StepRefused(f"{host} answers {answer.status}.{self._said(answer)}", next_step=_step(answer.status))
        if self.access.token and self.access.token.encode() in answer.body:
            raise StepRefused(
                f"{host} repeats the token in its answer, which is not kept.", next_step="Change the token."
            )
        return answer

    def _said(self, answer: Answer) -> str:
        """What the source says of its refusal, in its own words, without secrets."""
        try:
            found = json.loads(answer.body)
        except (ValueError, RecursionError):
            found = answer.body[:200].decode("utf-8", "replace") if b"<" not in answer.body[:200] else ""
        for _ in range(2):
            if isinstance(found, dict):
                found = next((found[key] for key in ("error", "message", "detail") if found.get(key)), "")
        text = " ".join(str(found).split())[:200] if isinstance(found, str) else ""
        if self.access.token:
            text = text.replace(self.access.token, HIDDEN)
        return f' It says: "{without_secrets(text)}"' if text else ""


_OWN = "Where that is your own network, allow it for this source (--private, or private = true in the file of sources)."
_LATER = "Run the same pull again later: it goes on where it stopped."


def _step(status: int) -> str:
    if status == 403:
        return "The token may not read this."
    return "Check what is asked for." if status in (400, 404, 422) else "Try later."


def _bare(url: str) -> str:
    """An address without query, names and passwords."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{parts.path}" if parts.hostname else parts.path[:200]
    except ValueError:
        return "an address that is none"
