"""Takes secrets out of settings before anything else sees them.

Knows which names mean a secret and what secrets look like. Refuses to keep a hash or a length of what it took out: a
short password could be guessed from either. So a changed secret is not visible as a change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

MASK = "••••"

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ITEM = re.compile(r"\[\d+\]").fullmatch
_SECRET = re.compile(
    r"passwords?|passwd|passphrase|pwd|pass|secrets?|token|credentials?|authorization|jwt|salt|pat|sas|t?otp"
).fullmatch
_SECRET_ENDS = ("password", "passwd", "passphrase", "secret", "apikey", "accesskey", "authtoken", "privatekey")
_KEY_KIND = re.compile(
    r"api|private|access|secret|signing|encryption|master|ssh|tls|ssl|account|shared|license|auth|hmac|session|storage"
    r"|service"
).fullmatch
# "token_ttl" and "password_file" name a property of a secret, not the secret.
_ABOUT = re.compile(
    r"ttl|timeout|expir(?:y|es|ation)|length|min|max|name|ref|path|file|ur[il]|endpoint|enabled|disabled|policy|count"
    r"|size|age|days|hours|minutes|seconds|ms|header|type|rotation|version|algorithm|issuer|audience|id|field|prefix"
    r"|required|limit|interval|provider|store|mount|class"
).fullmatch
_HOLDERS = frozenset({"secrets", "credentials", "stringdata", "auths"})
_HARMLESS = re.compile(
    r"(?i)^(?:|null|none|~|true|false|yes|no|on|off|\$\{[\w.]+\}|\$\([\w.]+\)|\{\{[^{}]*\}\}|[*•x]+|<[^<>]*>|redacted)$"
)
_SHAPES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"
    r"|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}|\bglpat-[\w-]{16,}"
    r"|\bxox[abeoprs]-[\w-]{8,}|\b[srp]k_(?:live|test)_\w{8,}|\bAIza[\w-]{30,}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
    r"|\bhv[sb]\.\w{20,}|\bnpm_\w{30,}|\bsk-[\w-]{20,}|https://hooks\.slack\.com/services/\S+",
    re.S,
)
# One of these stands in whatever the shapes fit.
_MARKS = (
    "-----BEGIN",
    "eyJ",
    "AKIA",
    "ASIA",
    "gh",
    "glpat-",
    "xox",
    "k_",
    "AIza",
    "SG.",
    "hv",
    "npm_",
    "sk-",
    "hooks.slack",
)
# What these patterns fit is at least so long: most settings are shorter.
_SHORTEST_SHAPE = 13
_SHORTEST_TOKEN = 24
_IN_ADDRESS = re.compile(r"(?<=://)([^/\s:@]*):([^/\s@]+)@")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w+/=.~-]{8,}")
_VALUE = r"(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'&,;]+)"
_ASSIGNED = re.compile(r"([A-Za-z][\w.-]*)(\s*[=:]\s*)" + _VALUE)
_FLAG = re.compile(r"(?<![\w-])--?([A-Za-z][\w.-]*)(\s+)(?!-)" + _VALUE)
_LONG_WORD = re.compile(r"[A-Za-z0-9+/_-]{24}")
_TOKEN = re.compile(r"(?<![\w/+=.-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w/+=.-])")


def names_a_secret(path: Sequence[str]) -> bool:
    """Whether the value at a path of keys is a secret by its name: `ledger.password`, `env[API_KEY].value`."""
    keys = [part for key in path for part in _parts_of(key)]
    if len(keys) > 1 and keys[-1].lower() in ("value", "val", "default"):
        keys = keys[:-1]
    if not keys:
        return False
    if any(key.lower() in _HOLDERS for key in keys[:-1]):
        return True
    return _is_secret(keys[-1], keys[-2] if len(keys) > 1 else "")


@lru_cache(maxsize=8192)
def _is_secret(key: str, above: str) -> bool:
    """Whether a key below another one names a secret."""
    words, before = _words_of(key), _words_of(above)
    if not words or _ABOUT(words[-1]):
        return False
    if _SECRET(words[-1]) or "".join(words).endswith(_SECRET_ENDS):
        return True
    kind = (before + words)[-2:-1]
    return words[-1] == "key" and bool(kind and _KEY_KIND(kind[0]))


@lru_cache(maxsize=4096)
def _parts_of(key: str) -> tuple[str, ...]:
    """What a key says one after the other; nothing for the number of an item."""
    return () if _ITEM(key) else tuple(part for part in key.strip("[]").split(".") if part)


@lru_cache(maxsize=4096)
def _words_of(key: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(key))


def is_secret_flag(argument: object) -> bool:
    """Whether a command line argument such as `--password` says that the next one is a secret."""
    return isinstance(argument, str) and argument.startswith("-") and names_a_secret((argument.lstrip("-"),))


def redacted(path: Sequence[str], value: str) -> str:
    """The value, or the mask where its name or its shape says that it is a secret."""
    if _HARMLESS.match(value):
        return value
    return MASK if names_a_secret(path) else without_secrets(value)


def without_secrets(text: str) -> str:
    """A text with everything masked that looks like a secret: known shapes, passwords in addresses, `password=…`, and
    long random words. Hashes in hexadecimal (commits, image digests) stay: they name versions."""
    if len(text) >= _SHORTEST_SHAPE:
        if _holds(text, _MARKS):
            text = _SHAPES.sub(MASK, text)
        text = _in_addresses(text)
        if _holds(text.lower(), ("bearer", "ba")):
            text = _BEARER.sub(rf"\1 {MASK}", text)
    elif "://" in text:
        text = _in_addresses(text)
    if "=" in text or ":" in text:
        text = _ASSIGNED.sub(_masked, text)
    if "-" in text:
        text = _FLAG.sub(_masked, text)
    if len(text) < _SHORTEST_TOKEN or not _LONG_WORD.search(text):
        return text
    return _TOKEN.sub(lambda word: MASK if _is_random(word[0]) else word[0], text)


def _holds(text: str, marks: tuple[str, ...]) -> bool:
    for mark in marks:  # noqa: SIM110 - half the time of any()
        if mark in text:
            return True
    return False


def _in_addresses(text: str) -> str:
    return _IN_ADDRESS.sub(rf"\1:{MASK}@", text) if "://" in text else text


def _masked(found: re.Match[str]) -> str:
    if _HARMLESS.match(found[3].strip("\"'")) or not names_a_secret((found[1],)):
        return found[0]
    return found[0][: found.start(3) - found.start()] + MASK


def _is_random(word: str) -> bool:
    """Long, of mixed case with digits, and without a rhythm of words or hexadecimal."""
    if re.fullmatch(r"[0-9a-fA-F-]+", word) or not re.search(r"\d", word):
        return False
    if not (re.search(r"[a-z]", word) and re.search(r"[A-Z]", word)):
        return False
    changes = len(re.findall(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])", word))
    return len(set(word)) >= 14 and changes >= len(word) // 6
