"""When a change was live, and where.

Knows which release carried which commit: named, or earlier on a path of that service. Refuses to guess where no
release is recorded at all.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from afteraction.core.records import Change, ChangeKind
from afteraction.engine.suspects.changes.words import parts_of

_LEAST_PREFIX = 7
_MOST_SERVICES = 300
_LINKS = ("commit", "commit_sha", "sha", "revision", "git_sha", "commits", "head", "to", "after")
ROLES = frozenset(
    ["service", "svc", "server", "api", "app", "backend", "worker", "the", "prod", "production", "ms", "micro"]
)
_SHARED = re.compile(
    r"^(pkg|libs?|common|shared|internal|core|packages|platform|vendor|third_party|proto|idl|api|go\.(mod|sum)|package\.json)(/|$)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """One place where a change ran from `at` (UTC epoch seconds) on, everywhere from `done` on. `log_odds` is how sure
    that is: 0 where the release names it."""

    at: float
    service: str
    done: float | None = None
    log_odds: float = 0.0
    said: str = ""
    release: Change | None = None


def moment(change: Change) -> float:
    """When a change began to run, UTC epoch seconds."""
    return change.instant.utc.timestamp()


def completed(change: Change) -> float | None:
    """When a change ran everywhere, UTC epoch seconds; None where nothing says so."""
    return change.until.utc.timestamp() if change.until else None


def find_live(
    changes: Sequence[Change], services: frozenset[str]
) -> tuple[dict[int, list[Live]], dict[int, list[int]]]:
    """For every change (by place in the list) where it ran since when, and for each release that carries commits of the
    list, which those may be."""
    commits = [(place, one) for place, one in enumerate(changes) if one.kind is ChangeKind.COMMIT]
    releases = sorted(
        ((place, one) for place, one in enumerate(changes) if one.kind in (ChangeKind.DEPLOYMENT, ChangeKind.RELEASE)),
        key=lambda pair: moment(pair[1]),
    )
    # Only who released or shows something can matter, however many services there are.
    owners = _Owners({one.service for one in changes if one.service} | set(sorted(services)[:_MOST_SERVICES]))
    owned = {place: owners.of(one) for place, one in enumerate(changes)}
    ids = sorted(((one.attributes.get("id") or one.reference).lower(), place) for place, one in commits)
    found: dict[int, list[Live]] = {place: [] for place in range(len(changes))}
    carried: dict[int, list[int]] = {}
    before: dict[str, float] = {}
    dated = sorted((moment(one), place) for place, one in commits)
    pulls = _pull_requests(commits)
    for place, release in releases:
        at, service, done = moment(release), release.service, completed(release)
        heads = _named(release, ids) | _merged(release, pulls)
        found[place].append(Live(at=at, done=done, service=service, said="It went out."))
        for head in heads:
            found[head].append(
                Live(at=at, done=done, service=service, said=f"{release.title} carries it.", release=release)
            )
        newest = max((moment(changes[head]) for head in heads), default=at)
        last = before.get(service, -math.inf)
        some = sorted(heads)
        # Only what was made since the release before, an hour of slack included, can be in this one.
        first, end = bisect_right(dated, (last - 3600, len(changes))), bisect_right(dated, (at, len(changes)))
        for made, commit in dated[first:end]:
            one = changes[commit]
            odds = _carried(one, owned[commit], service, made, newest, last) if commit not in heads else None
            if odds is not None:
                some.append(commit)
                said = f"No record says when it went live: “{release.title}” may carry it."
                found[commit].append(Live(at=at, done=done, service=service, log_odds=odds, said=said, release=release))
        if some:
            carried[place] = some
        before[service] = at
    for place, one in enumerate(changes):
        if not found[place]:
            lacking = -2.5 if one.kind is ChangeKind.COMMIT and releases else 0.0
            said = "No recorded release carries it." if lacking else "It took effect when it was made."
            service = one.service or min(owned[place], default="")
            found[place].append(Live(at=moment(one), done=completed(one), service=service, log_odds=lacking, said=said))
    return found, carried


def _named(release: Change, ids: Sequence[tuple[str, int]]) -> set[int]:
    """The commits whose ids, or at least seven characters of one, a release names; `ids` is sorted."""
    told = [
        release.reference, *(release.attributes.get(key, "") for key in (*_LINKS, "id", "version")),
        release.fingerprint, release.title,
    ]  # fmt: skip
    found = set()
    for word in {word.lower() for text in told for word in re.findall(r"[0-9A-Za-z_-]{4,}", text)}:
        place = bisect_left(ids, (word, -1))
        while place < len(ids) and ids[place][0].startswith(word):
            short = len(word) >= _LEAST_PREFIX and re.fullmatch("[0-9a-f]+", word)
            if ids[place][0] == word or short:
                found.add(ids[place][1])
            place += 1
    return found


_PULL = re.compile(r"(?<![\w&])#(\d{1,7})\b")


def _pull_requests(commits: Sequence[tuple[int, Change]]) -> dict[str, int]:
    return {number: place for place, one in commits for number in _PULL.findall(one.title)}


def _merged(release: Change, pulls: Mapping[str, int]) -> set[int]:
    """The commits whose pull requests the notes of a release name."""
    told = f"{release.title} {release.attributes.get('message', '')}"
    return {pulls[number] for number in _PULL.findall(told) if number in pulls}


def _carried(
    commit: Change, owners: frozenset[str], service: str, made: float, newest: float, before: float
) -> float | None:
    """How sure it is that a release of a service carries a commit that it does not name; None where it does not."""
    fits = _fit(commit, owners, service)
    if fits is None:
        return None
    late = -0.8 if made > newest + 1 else 0.0
    old = -1.5 if made <= before else 0.0
    return (-0.3 if fits else -1.3) + late + old


def _fit(commit: Change, owners: frozenset[str], service: str) -> bool | None:
    """True where a commit touches a service's own files, False where it touches only what many share, else None."""
    if commit.service:
        return True if commit.service == service else None
    if service in owners:
        return True
    shared = not commit.files or any(_SHARED.match(path) or "/" not in path for path in commit.files)
    return False if shared and not owners else None


class _Owners:
    """Whose files they are: a folder of the path carries the service's name, its role left out (`services/cart/x`
    and `cartservice`)."""

    def __init__(self, services: Iterable[str]) -> None:
        self._bare = [(_bare(service), service) for service in sorted(services)]
        self._known: dict[str, frozenset[str]] = {}

    def of(self, change: Change) -> frozenset[str]:
        """The services whose folders a change touches."""
        folders = {folder for path in change.files for folder in path.split("/")[:-1]}
        return frozenset().union(*(self._of_folder(folder) for folder in folders))

    def _of_folder(self, folder: str) -> frozenset[str]:
        if folder not in self._known:
            bare = _bare(folder)
            self._known[folder] = frozenset(name for own, name in self._bare if own and bare and _names(bare, own))
        return self._known[folder]


def _names(folder: str, service: str) -> bool:
    if folder == service:
        return True
    short, long = sorted((folder, service), key=len)
    return len(folder) > 3 and long.startswith(short) and len(short) * 2 >= len(long)


def _bare(name: str) -> str:
    parts = [part for part in parts_of(name) if part not in ROLES]
    return re.sub(r"(service|svc|server)$", "", "".join(parts))
