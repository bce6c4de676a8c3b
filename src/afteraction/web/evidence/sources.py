"""The sources that this site may pull from: a TOML file that `AFTERACTION_SOURCES` names.

Knows what stands in the file, and that tokens are in the environment. Refuses to offer what the file does not say: a
token often sees more than everybody who works on an incident may.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from afteraction.core.errors import AfteractionError
from afteraction.sources import pullers
from afteraction.sources.asking import Access, Asking
from afteraction.sources.pulls import Puller, PullStopped
from afteraction.sources.waiting import Patience

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_FIELDS = {"kind": str, "url": str, "token_env": str, "private": bool, "asks": list, "any": bool, "options": dict}


@dataclass(frozen=True)
class Configured:
    """One source of the file. `asks` are what may be asked; with `takes_any` people may type others."""

    name: str
    puller: Puller
    url: str
    token_env: str = ""
    is_private: bool = False
    asks: tuple[str, ...] = ()
    takes_any: bool = False
    options: Mapping[str, str] = field(default_factory=dict)

    def conversation(self, sleep: Callable[[float], None], longest: float) -> Asking:
        """A conversation with it, which waits with `sleep` and at most `longest` seconds. PullStopped when the
        variable that should hold its token is empty."""
        token = os.environ.get(self.token_env, "").strip() if self.token_env else ""
        if self.token_env and not token:
            raise PullStopped(
                f"The variable {self.token_env}, which should hold the token of {self.name}, is empty.",
                next_step="Ask who runs this server.",
            )
        access = Access(self.url, self.puller.headers(token, self.options), token, is_private=self.is_private)
        return Asking(access, Patience(sleep=sleep, longest=longest))


def configured() -> dict[str, Configured]:
    """Every source of the file by its name, none without a file. AfteractionError for a file that cannot be used."""
    place = settings.SOURCES_FILE
    if not place:
        return {}
    try:
        told = tomllib.loads(Path(place).read_text(encoding="utf-8"))
        return {name: _source(name, said) for name, said in told.items()}
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise _wrong(f"it cannot be read: {why}") from None


def _source(name: str, said: Any) -> Configured:
    if not _NAME.fullmatch(name) or not isinstance(said, dict):
        raise _wrong(f'"{name}" is no source: a source is a table with a short name')
    for key, value in said.items():
        if key not in _FIELDS or not isinstance(value, _FIELDS[key]):
            raise _wrong(f'"{key}" of {name} is nothing that a source has')
    puller = pullers().get(said.get("kind", ""))
    if puller is None:
        raise _wrong(f"the kind of {name} is none of {', '.join(pullers())}")
    asks, options = said.get("asks", []), said.get("options", {})
    are_texts = all(isinstance(each, str) for each in (*asks, *options.values()))
    if not are_texts or not options.keys() <= puller.options.keys():
        raise _wrong(f"asks of {name} are texts, and its options {', '.join(puller.options) or 'none'}, as texts")
    url = said.get("url") or puller.address
    if not url.startswith(("https://", "http://")):
        raise _wrong(f"{name} has no url")
    if puller.is_ask_needed and not asks and not said.get("any"):
        raise _wrong(f"{name} says neither what may be asked (asks) nor that all may be (any = true)")
    return Configured(
        name, puller, url.rstrip("/"), said.get("token_env", ""), said.get("private", False), tuple(asks),
        said.get("any", False), options,
    )  # fmt: skip


def _wrong(what: str) -> AfteractionError:
    return AfteractionError(f"{what}.", where="The file of sources", next_step="Who runs this server can mend it.")
