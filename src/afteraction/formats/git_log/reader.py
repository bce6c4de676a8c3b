"""`git log` as changes: one commit each.

Knows which of its times counts: the committer's, when it is there, else the author's. Refuses times without an
offset unless a zone was declared, and the formats that print none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from afteraction.core.errors import UnreadableTime
from afteraction.core.evidence import EvidenceKind, EvidenceRef, Failure, Locator
from afteraction.core.instant import Instant
from afteraction.core.reading import Source
from afteraction.core.records import Actor, Change, ChangeKind
from afteraction.core.timestamps import read_timestamp
from afteraction.formats.git_log.commits import COMMIT, Commit, commits
from afteraction.formats.git_log.oneliners import Oneliner, oneliner, separator_of

_PERSON = re.compile(r"^(?P<name>.*?)\s*<(?P<email>[^>]*)>$")
_EPOCH_AND_OFFSET = re.compile(r"^(\d{9,10}) [+-]\d{4}$")
_AGAIN = "Print it again with git log --date=iso-strict --name-only."


class GitLog:
    """The output of git log."""

    name = "git_log"
    title = "git log (medium, fuller, raw, --stat, --name-only, -p, or one line per commit)"
    kind = EvidenceKind.DEPLOYMENT
    example = "1a2b3c4|Ada|2026-05-12T15:41:20+02:00|Raise the pool size"

    def sniff(self, source: Source) -> float:
        """Sure with git's own headers; less so for lines that begin with a hash and hold a time."""
        lines = source.head_lines()
        first = next(iter(lines), "").lstrip("*|\\/ ")
        if COMMIT.match(first):
            return 0.96 if any(re.match(r"^[*|\\/ ]*[Aa]uthor:? .*<", line) for line in lines[:8]) else 0.5
        separator = separator_of(lines)
        found = [oneliner(line, separator) for line in lines] if separator else []
        # Tables have a header and numbers for ids; hashes have letters.
        has_hashes = any(commit and re.search("[a-f]", commit.sha) for commit in found)
        return 0.75 if found and found[0] and has_hashes else 0.0

    def read(self, source: Source) -> Iterator[Change | Failure]:
        """One change per commit in the order of the text; a commit without a readable time is listed."""
        separator = separator_of(source.head_lines())
        if separator is None:
            for found in commits(source.lines()):
                if isinstance(found, Failure):
                    yield found
                elif isinstance(found, Commit):
                    yield _change_of(found, source)
                else:
                    yield Failure(source.name, "this line is before any commit.", _AGAIN, Locator(line=found[0]))
            return
        for numbered in source.lines():
            if isinstance(numbered, Failure):
                yield numbered
            elif numbered[1].strip():
                commit = oneliner(numbered[1], separator)
                yield _change_on(numbered[0], commit, numbered[1], source)


def _change_of(commit: Commit, source: Source) -> Change | Failure:
    headers = commit.headers
    authored = headers.get("AuthorDate") or headers.get("Date", "")
    committed = headers.get("CommitDate", "")
    return _change(
        source,
        Locator(line=commit.line),
        sha=commit.sha,
        times=(committed, authored),
        author=_person(headers.get("Author", "")),
        title=commit.title,
        files=tuple(commit.files),
        diff="\n".join(commit.diff),
        attributes={
            "message": "\n".join(commit.message).strip(),
            "refs": commit.refs,
            "merge": headers.get("Merge", ""),
            "authored": authored if committed and committed != authored else "",
        },
    )


def _change_on(number: int, commit: Oneliner | None, text: str, source: Source) -> Change | Failure:
    place = Locator(line=number)
    if commit is None:
        return Failure(source.name, f'"{text[:60]}" is no commit with a hash and a time.', _AGAIN, place)
    times = commit.times
    if len(times) > 1:
        # Two times on a line are not named; nobody commits before the change was written.
        try:
            times = tuple(sorted(times[:2], key=lambda text: _instant(text, source).utc, reverse=True))
        except UnreadableTime:
            times = times[:2]
    return _change(
        source,
        place,
        sha=commit.sha,
        times=times,
        author=_actor(commit.name, commit.email),
        title=commit.subject,
        attributes={"authored": times[1] if len(set(times)) > 1 else ""},
    )


def _change(
    source: Source,
    place: Locator,
    *,
    sha: str,
    times: tuple[str, ...],
    author: Actor | None,
    title: str,
    attributes: Mapping[str, str],
    files: tuple[str, ...] = (),
    diff: str = "",
) -> Change | Failure:
    """The change at the first of `times` that is stated, or a Failure."""
    stated = next(filter(None, times), "")
    try:
        if not stated:
            raise UnreadableTime(f"the commit {sha[:12]} states no time.", next_step=_AGAIN)
        instant = _instant(stated, source)
    except UnreadableTime as error:
        return Failure(source.name, error.what, error.next_step or _AGAIN, place)
    return Change(
        instant=instant,
        kind=ChangeKind.COMMIT,
        title=title or f"Commit {sha[:7]}",
        evidence=EvidenceRef(source.evidence_id, place, f"{sha[:12]} {stated} {title}"[:200]),
        reference=sha,
        actor=author,
        fingerprint=f"commit:{sha}",
        files=files,
        diff=diff,
        attributes={name: text for name, text in attributes.items() if text},
    )


def _instant(text: str, source: Source) -> Instant:
    """A time as git writes it, epochs with an offset behind them (--date=raw) included."""
    text = text.strip()
    if match := _EPOCH_AND_OFFSET.match(text):
        return read_timestamp(match[1])
    return read_timestamp(text, zone=source.options.zone)


def _person(text: str) -> Actor | None:
    match = _PERSON.match(text.strip())
    return _actor(match["name"], match["email"]) if match else _actor(text.strip(), "")


def _actor(name: str, email: str) -> Actor | None:
    if not name and not email:
        return None
    key = f"email:{email.lower()}" if email else f"name:{name}"
    return Actor(key, name, is_bot=name.endswith("[bot]") or "[bot]@" in email)


READER = GitLog()
