"""Permissions, secrets, addresses, settings and routes by name.

Knows how they are written in code and configuration. Refuses to look them up.
"""

from __future__ import annotations

import re

from afteraction.engine.suspects.changes.diffs import Edit, FileKind
from afteraction.engine.suspects.changes.facts.reading import Fact, Reading, paired, setting_that
from afteraction.engine.suspects.changes.settings import Setting
from afteraction.engine.suspects.changes.words import parts_of

_GRANTED = re.compile(
    r"action|scope|role|permission|polic|allow|grant|principal|origin|cidr|verb|resource|claim|group", re.I
)


_ADDRESS = re.compile(r"https?://|grpc://|amqp|redis://|postgres|jdbc:|\b[\w-]+(\.[\w-]+){1,}(:\d+)?\b|:\d{2,5}\b|^\w+-(east|west|north|south|central)\w*-\d|"
                      r"\.svc|localhost|127\.0", re.I)  # fmt: skip


_ENV = re.compile(r"\b([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)\b")


_ENV_READ = re.compile(
    r"getenv|environ|process\.env|Getenv|env\(|System\.getProperty|@Value|viper\.Get|config\.get|name:|^\s*[A-Z_]+\s*[=:]"
)


_ROUTE = re.compile(r"(route|path|location|rewrite|prefix|proxy_pass|backend|HandleFunc|@(Get|Post|Put|Delete|"
                    r"Request)Mapping|router\.|app\.(get|post|use)"
                    r"|url\(|match:)", re.I)  # fmt: skip


def find_permission(reading: Reading) -> Fact | None:
    """A named permission, origin or scope is gone from a list."""
    for before, after in paired(reading):
        gone = set(re.findall(r"[\"']([\w:.*/-]+)[\"']", before)) - set(re.findall(r"[\"']([\w:.*/-]+)[\"']", after))
        gone = {text for text in gone if not _is_named(text, after)}
        if gone and _GRANTED.search(before):
            return 1.0, f"{min(gone)} is gone"
    return None


def _is_named(text: str, line: str) -> bool:
    """True where a line holds a constant that is called as the text reads: `ScopeStockRead` for "stock:read"."""
    words = set(parts_of(text))
    return bool(words) and any(words <= set(parts_of(name)) for name in re.findall(r"[A-Za-z_][\w.]*", line))


_INHERITED = re.compile(
    r"^\s*(proxy_set_header|grpc_set_header|fastcgi_param|uwsgi_param|add_header|proxy_hide_header|error_page|"
    r"proxy_cache_valid|allow|deny)\b"
)
_NARROWER = re.compile(r"^\s*(location|if|server|limit_except)\b.*\{\s*$")


def find_inherited(reading: Reading) -> Fact | None:
    """A directive set in a narrower block, where it stood only further out: the outer ones hold there no more."""
    for edit in reading.edits:
        outer: set[str] = set()
        own: set[str] = set()
        for mark, text in edit.lines:
            if _NARROWER.match(text):
                outer, own = outer | own, set()
            named = _INHERITED.match(text)
            if named and mark == "+" and named[1] in outer and named[1] not in own:
                return 1.0, text.strip()
            if named and mark == " ":
                own.add(named[1])
    return None


_KEY = re.compile(
    r"\b(partition_?key|shard_?key|routing_?key|hash_?key|sort_?key|group_?id|key_?by|partition_?by|hash_?on|Key)\b"
    r"\s*[=:(,]", re.I
)  # fmt: skip


def find_key(reading: Reading) -> Fact | None:
    """What decides where a record goes is made of something else."""
    for before, after in paired(reading):
        if _KEY.search(before) and _KEY.search(after) and parts_of(before) != parts_of(after):
            return 1.0, after.strip()
    return None


def find_secret(reading: Reading) -> Fact | None:
    """A line about secrets or identities names another value."""
    pattern = re.compile(r"secret|password|token|api_?key|credential|signing|jwt|issuer|audience|kms|vault", re.I)
    for before, after in paired(reading):
        if (
            pattern.search(before)
            and pattern.search(after)
            and re.findall(r"[\"':=]\s*([\w./:-]+)", before) != re.findall(r"[\"':=]\s*([\w./:-]+)", after)
        ):
            return 0.9, after.strip()
    return None


def find_address(reading: Reading) -> Fact | None:
    """A host, port, URL, topic or region is another."""
    named = frozenset(
        [
            "host",
            "port",
            "url",
            "uri",
            "endpoint",
            "addres",
            "addr",
            "upstream",
            "dsn",
            "region",
            "bucket",
            "topic",
            "baseurl",
            "domain",
            "server",
            "proxy",
        ]
    )

    def fits(one: Setting) -> bool:
        texts = isinstance(one.before, str) and isinstance(one.after, str)
        pointed = texts and _ADDRESS.search(str(one.before)) and _ADDRESS.search(str(one.after))
        if pointed and not _version(str(one.after)):
            return True
        return bool(one.words & named) and not one.words & {"timeout", "second", "pool", "max"}

    said = setting_that(reading, fits)
    if said:
        return said
    whole = re.compile(
        r"(https?://\S+|\b[\w-]+(?:\.[\w-]+)+:\d+\b|\b[\w-]+\.(?:svc|internal|local|com|net|io|cluster)\S*)"
    )
    for before, after in paired(reading):
        one, two = whole.findall(before), whole.findall(after)
        if one and two and one != two:
            return 1.0, after.strip()
    return None


def _version(text: str) -> bool:
    return bool(re.fullmatch(r"\^?~?v?\d+(\.\d+)+[\w.-]*", text))


def find_setting_renamed(reading: Reading) -> Fact | None:
    """A variable or key is read or set under another name."""
    one = {name for line in reading.removed if _ENV_READ.search(line) for name in _ENV.findall(line)}
    two = {name for line in reading.added if _ENV_READ.search(line) for name in _ENV.findall(line)}
    gone = one - two
    if gone and two - one:
        return 1.0, f"{min(gone)} → {min(two - one)}"
    for edit in reading.edits:
        if edit.kind is FileKind.CONFIG:
            fact = _key_renamed(edit)
            if fact:
                return fact
    return None


def _key_renamed(edit: Edit) -> Fact | None:
    line = re.compile(r"^\s*-?\s*([\w.-]+)\s*[:=]\s*(\S.*)$")
    gone = {match.group(2): match.group(1) for text in edit.marked("-") if (match := line.match(text))}
    for text in edit.marked("+"):
        match = line.match(text)
        if match and match.group(2) in gone and gone[match.group(2)] != match.group(1):
            return 0.9, f"{gone[match.group(2)]} → {match.group(1)}"
    return None


def find_setting_gone(reading: Reading) -> Fact | None:
    """A line of configuration is gone and none came for it."""
    key = re.compile(r"^\s*-?\s*[\w.-]+\s*[:=]\s*\S")
    gone = [
        text for edit in reading.edits if edit.kind is FileKind.CONFIG for text in edit.marked("-") if key.match(text)
    ]
    come = [
        text for edit in reading.edits if edit.kind is FileKind.CONFIG for text in edit.marked("+") if key.match(text)
    ]
    return (0.8, gone[0].strip()) if len(gone) > len(come) else None


def find_route(reading: Reading) -> Fact | None:
    """A route has another path."""
    for before, after in paired(reading):
        one, two = (
            re.findall(r"/[\w{}:*.-]+(?:/[\w{}:*.-]+)*/?", before),
            re.findall(r"/[\w{}:*.-]+(?:/[\w{}:*.-]+)*/?", after),
        )
        if _ROUTE.search(before) and one and one != two:
            return 1.0, after.strip()
    return None
