"""Takes secrets out of settings before anything else sees them.

Knows which names mean a secret and what secrets look like. Refuses to keep a hash or a length of what it took out: a
short password could be guessed from either. So a changed secret is not visible as a change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
_VALUES = ("value", "val", "default")
# One of these stands in every name of a secret, its joints left out.
_NAMING = (
    "pass", "pwd", "secret", "token", "credential", "authorization", "jwt", "salt", "pat", "sas", "otp", "key",
    "stringdata", "auths",
)  # fmt: skip
_WITHOUT_JOINTS = {ord("-"): None, ord("_"): None}
_HOLDERS = frozenset({"secrets", "credentials", "stringdata", "auths"})
_HARMLESS = re.compile(
    r"(?i)^(?:|null|none|~|true|false|yes|no|on|off|\$\{[\w.]+\}|\$\([\w.]+\)|\{\{[^{}]*\}\}|[*•x]+|<[^<>]*>|redacted)$"
)
_SHAPES = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)"
    r"|\beyJ[\w-]{8,2000}+\.[\w-]{8,}+\.[\w-]*"
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
# The shortest that consists of letters and digits alone.
_SHORTEST_MIXED = 20
_IN_ADDRESS = re.compile(r"(?<=://)([^/\s:@]*):([^/\s@]+)@")
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w+/=.~-]{8,}")
_VALUE = r"(\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'&,;]+)"
# A bound, since a name may begin at every letter of a long word.
_ASSIGNED = re.compile(r"([A-Za-z][\w.-]{0,200}+)(\s*[=:]\s*)" + _VALUE)
_FLAG = re.compile(r"(?<![\w-])--?([A-Za-z][\w.-]*)(\s+)(?!-)" + _VALUE)
_LONG_WORD = re.compile(r"[A-Za-z0-9+/_-]{24}")
_TOKEN = re.compile(r"(?<![\w/+=.-])[A-Za-z0-9+/_-]{24,}={0,2}(?![\w/+=.-])")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a tree: what the keys down to it say one after the other, and which of them is the first that makes
    everything below it a secret."""

    keys: tuple[str, ...] = ()
    holder: int | None = None

    def below(self, key: str) -> Place:
        """The place of a key, or of a list's item, below this one."""
        parts = _parts_of(key)
        if not parts:
            return self
        holder = self.holder
        if holder is None:
            for at, part in enumerate(parts, start=len(self.keys)):
                if part.lower() in _HOLDERS:
                    holder = at
                    break
        return Place((*self.keys, *parts), holder)

    @property
    def is_secret(self) -> bool:
        """Whether the value here is a secret by its name: `ledger.password`, `env[API_KEY].value`."""
        keys = self.keys
        if len(keys) > 1 and keys[-1].lower() in _VALUES:
            keys = keys[:-1]
        if not keys:
            return False
        if self.holder is not None and self.holder < len(keys) - 1:
            return True
        return _is_secret(keys[-1], keys[-2] if len(keys) > 1 else "")


NOWHERE = Place()


def names_a_secret(path: Sequence[str]) -> bool:
    """Whether the value at a path of keys is a secret by its name."""
    place = NOWHERE
    for key in path:
        place = place.below(key)
    return place.is_secret


def _is_secret(key: str, above: str) -> bool:
    """Whether a key below another one names a secret."""
    alone = _is_secret_alone(key)
    if alone is None:
        kind = _words_of(above)[-1:]
        return bool(kind and _KEY_KIND(kind[0]))
    return alone


@lru_cache(maxsize=8192)
def _is_secret_alone(key: str) -> bool | None:
    """Whether a key names a secret, wherever it stands; None for "key", which depends on what it is a key to."""
    words = _words_of(key)
    if not words or _ABOUT(words[-1]):
        return False
    if _SECRET(words[-1]) or "".join(words).endswith(_SECRET_ENDS):
        return True
    if words == ("key",):
        return None
    return words[-1] == "key" and _KEY_KIND(words[-2]) is not None


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


def redacted_at(place: Place, key: str, value: str) -> str:
    """The value of a key below a place (of the place itself where the key is empty), or the mask where its name or its
    shape says that it is a secret."""
    parts = _parts_of(key) if key else ()
    if len(parts) == 1 and parts[0].lower() not in _VALUES:
        # What most settings are, without a place of their own.
        named = place.holder is not None or _is_secret(parts[0], place.keys[-1] if place.keys else "")
    else:
        named = (place.below(key) if parts else place).is_secret
    if not named and _is_words(value):
        return value
    if _HARMLESS.match(value):
        return value
    return MASK if named else without_secrets(value)


def _is_words(text: str) -> bool:
    """A cheap look: letters and digits in words too short for a secret, and none that announces one."""
    if not text.replace(" ", "").isalnum():
        return False
    if len(text) < _SHORTEST_SHAPE:
        return True
    if len(text) >= _SHORTEST_MIXED and max(map(len, text.split())) >= _SHORTEST_MIXED:
        return False
    low = text.lower()
    return "bearer" not in low and ("ba" not in low or ("basic" not in low and text.isascii()))


def without_secrets(text: str) -> str:
    """A text with everything masked that looks like a secret: known shapes, passwords in addresses, `password=…`, and
    long random words. Hashes in hexadecimal (commits, image digests) stay: they name versions."""
    if len(text) >= _SHORTEST_SHAPE:
        if _holds(text, _MARKS):
            text = _SHAPES.sub(MASK, text)
        text = _in_addresses(text)
        low = text.lower()
        if "bearer" in low or ("ba" in low and ("basic" in low or not text.isascii())):
            text = _BEARER.sub(rf"\1 {MASK}", text)
    elif "://" in text:
        text = _in_addresses(text)
    if ("=" in text or ":" in text or "-" in text) and _may_name(text):
        text = _FLAG.sub(_masked, _ASSIGNED.sub(_masked, text))
    if len(text) < _SHORTEST_TOKEN or max(map(len, text.split()), default=0) < _SHORTEST_TOKEN:
        return text
    if not _LONG_WORD.search(text):
        return text
    return _TOKEN.sub(lambda word: MASK if _is_random(word[0]) else word[0], text)


def _may_name(text: str) -> bool:
    """A cheap look: whether a name inside the text can be that of a secret."""
    return not text.isascii() or _holds(text.lower().translate(_WITHOUT_JOINTS), _NAMING)


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
