"""Pulls what changed in repositories: deployments and how they went, commits with their diffs, releases, workflow runs.

Knows which of GitHub's lists take a window (commits, runs) and which only go back in time (deployments, releases);
see https://docs.github.com/rest. Refuses to keep lists that reach out of the window: what lies within it is asked one
by one, so that every original is about the window.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from afteraction.core.errors import AfteractionError
from afteraction.sources.pulls import Answer, Params, Step, StepRefused, Turn, Wanted, parsed_moment, stamp

_PAGE = 100
_MOST_RUNS = 1_000
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]{1,100}/[A-Za-z0-9_.-]{1,100}")
_SHA = re.compile(r"[0-9a-f]{40,64}")
Json = Mapping[str, Any]


@dataclass(frozen=True)
class GitHub:
    """The source of this folder. Each ask is `owner/repository`."""

    name: str = "github"
    title: str = "GitHub"
    ask_word: str = "owner/repository"
    is_ask_needed: bool = True
    address: str = "https://api.github.com"
    options: Mapping[str, str] = field(
        default_factory=lambda: {"branch": "commits of this branch; the default branch unless said"}
    )

    def headers(self, token: str, options: Mapping[str, str]) -> dict[str, str]:
        """A bearer token, and the API's version."""
        own = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        return {**own, **({"Authorization": f"Bearer {token}"} if token else {})}

    def first(self, wanted: Wanted) -> Sequence[Step]:
        """The first page of each list, per repository."""
        for ask in wanted.asks:
            if not _REPOSITORY.fullmatch(ask) or ".." in ask:
                raise AfteractionError(f'"{ask}" is no repository.', next_step="Name it like owner/repository.")
        since, until = _iso(wanted.start), _iso(wanted.end)
        branch = wanted.options.get("branch", "")
        commits: Params = (("since", since), ("until", until), *((("sha", branch),) if branch else ()))
        lists = (("deployments", ()), ("commits", commits), ("releases", ()),
                 ("actions/runs", (("created", f"{since}..{until}"),)))  # fmt: skip
        begin = stamp(wanted.start)
        return [
            _page(f"{_word(ask)}.{path.replace('/', '_')}.{begin}", f"/repos/{ask}/{path}", params, 1)
            for ask in wanted.asks
            for path, params in lists
        ]

    def after(self, step: Step, answer: Answer, wanted: Wanted) -> Turn:
        """Keeps single things and lists of the window; from other lists asks for what lies within it."""
        found = answer.json()
        if not step.parameter("page"):
            return Turn(is_kept=found != [], told="" if found != [] else "Nothing is said of it.")
        _, _, owner, name, kind = step.path.split("/", 4)
        rows = found.get("workflow_runs") if kind == "actions/runs" and isinstance(found, dict) else found
        if not isinstance(rows, list):
            raise StepRefused("GitHub's answer is no list.", where=step.name)
        within = [row for row in rows if isinstance(row, dict)]
        is_last = len(rows) < _PAGE or _goes_on[kind](within, wanted.start)
        more = [] if is_last else [_following(step)]
        if kind == "actions/runs":
            return _runs(found, rows, more)
        more += [one for row in within for one in _single[kind](row, f"/repos/{owner}/{name}", wanted)]
        told = "" if len(more) > (not is_last) else "Nothing in the window."
        return Turn(is_kept=False, more=more, told=told)


def _runs(found: Json, rows: Sequence[Any], more: Sequence[Step]) -> Turn:
    total = found.get("total_count")
    told = f"GitHub lists {_MOST_RUNS:,} of {total:,} runs." if isinstance(total, int) and total > _MOST_RUNS else ""
    return Turn(is_kept=bool(rows), more=more, told=told or ("" if rows else "Nothing in the window."))


def _never(_rows: Sequence[Json], _start: datetime) -> bool:
    return False


def _went_by(*names: str) -> Callable[[Sequence[Json], datetime], bool]:
    """True when a page of a list, newest first, has come to what lies before the window."""

    def is_past(rows: Sequence[Json], start: datetime) -> bool:
        moments = [moment for row in rows if (moment := _moment(row, names)) is not None]
        return bool(moments) and min(moments) < start

    return is_past


_goes_on: dict[str, Callable[[Sequence[Json], datetime], bool]] = {
    "deployments": _went_by("created_at"),
    "releases": _went_by("created_at"),
    "commits": _never,
    "actions/runs": _never,
}


def _deployment(row: Json, place: str, wanted: Wanted) -> list[Step]:
    begun, seen = _moment(row, ("created_at",)), _moment(row, ("updated_at", "created_at"))
    number = row.get("id")
    if not isinstance(number, int) or begun is None or seen is None or begun > wanted.end or seen < wanted.start:
        return []
    word, path = _word(place.removeprefix("/repos/")), f"{place}/deployments/{number}"
    return [
        Step(f"{word}.deployment.{number}.json", path),
        Step(f"{word}.deployment_statuses.{number}.json", f"{path}/statuses", (("per_page", str(_PAGE)),)),
    ]


def _release(row: Json, place: str, wanted: Wanted) -> list[Step]:
    at, number = _moment(row, ("published_at",)), row.get("id")
    if not isinstance(number, int) or at is None or not wanted.start <= at <= wanted.end:
        return []
    return [Step(f"{_word(place.removeprefix('/repos/'))}.release.{number}.json", f"{place}/releases/{number}")]


def _commit(row: Json, place: str, _wanted: Wanted) -> list[Step]:
    sha = row.get("sha")
    if not isinstance(sha, str) or not _SHA.fullmatch(sha):
        return []
    return [Step(f"{_word(place.removeprefix('/repos/'))}.commit.{sha}.json", f"{place}/commits/{sha}")]


_single: dict[str, Callable[[Json, str, Wanted], list[Step]]] = {
    "deployments": _deployment, "releases": _release, "commits": _commit,
}  # fmt: skip


def _page(stem: str, path: str, params: Params, number: int) -> Step:
    return Step(f"{stem}.p{number}.json", path, (*params, ("per_page", str(_PAGE)), ("page", str(number))))


def _following(step: Step) -> Step:
    number = int(step.parameter("page")) + 1
    stem = step.name.removesuffix(".json").rpartition(".p")[0]
    return Step(f"{stem}.p{number}.json", step.path, step.with_parameters(page=str(number)))


def _word(repository: str) -> str:
    # Two names of GitHub never differ in this alone: neither holds the other's separator.
    return repository.replace("/", "~")


def _moment(row: Json, names: Sequence[str]) -> datetime | None:
    return next((found for name in names if (found := parsed_moment(row.get(name))) is not None), None)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


PULLER = GitHub()
