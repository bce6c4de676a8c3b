"""Words of names and messages, as diffs, metrics and logs share them.

Knows how identifiers are put together. Refuses to know what they mean.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
# Words that stand in most code and most messages; they tie nothing to anything.
_COMMON = frozenset({
    "the", "and", "for", "with", "from", "that", "this", "not", "was", "are", "has", "have", "into", "onto", "per",
    "its", "but", "all", "any", "new", "get", "set", "put", "add", "use", "one", "two", "err", "error", "errors",
    "fail", "failed", "failure", "failing", "func", "function", "def", "class", "return", "returns", "returned",
    "if", "else", "var", "let", "const", "int", "string", "str", "bool", "true", "false", "null", "nil", "none",
    "self", "ctx", "context", "package", "import", "public", "private", "static", "final", "void", "async",
    "await", "try", "catch", "except", "throw", "value", "values", "key", "keys", "name", "names", "data", "item",
    "items", "list", "map", "type", "types", "object", "result", "results", "req", "request", "requests", "res",
    "resp", "response", "responses", "http", "https", "status", "code", "service", "services", "svc", "server",
    "client", "handler", "handle", "main", "test", "tests", "config", "conf", "default", "defaults", "src", "pkg",
    "internal", "cmd", "lib", "app", "api", "com", "org", "java", "python", "json", "yaml", "yml", "toml", "info",
    "warn", "warning", "debug", "level", "log", "logs", "message", "msg", "time", "second", "seconds", "minute",
    "minutes", "ms", "sec", "after", "before", "when", "while", "rate", "ratio", "total", "count", "number",
    "percent", "pct", "duration", "latency", "p50", "p90", "p95", "p99", "max", "min", "avg", "mean", "used",
    "usage", "row", "rows", "id", "ids", "url", "path", "file", "files", "out", "over", "than", "too", "does",
    "did", "upstream", "call", "calls", "called", "should", "could", "would", "can", "may", "change", "changed",
    "update", "fix", "feat", "chore", "refactor", "helper", "open", "close", "start", "stop", "run", "running",
    "write", "read", "load", "user", "users", "order", "orders", "version", "spec", "begin", "end",
    "exceeded", "limit", "timeout", "timed", "retry", "unavailable",
})  # fmt: skip


@lru_cache(maxsize=32768)
def parts_of(name: str) -> tuple[str, ...]:
    """`maxPoolSize` and `max_pool-size` as max, pool, size; plural endings are dropped from long words."""
    return tuple(_stem(part.lower()) for part in _PART.findall(name))


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def telling(text: str) -> set[str]:
    """The words of a text that may tie it to another, among them whole compound names (`board_pins`)."""
    found: set[str] = set()
    for name in _NAME.findall(text):
        parts = parts_of(name)
        found.update(part for part in parts if len(part) > 2 and part not in _COMMON and not part.isdigit())
        if len(parts) > 1 and len(name) > 5:
            found.add("".join(parts))
    return found


def rarity(texts: Iterable[set[str]]) -> Mapping[str, float]:
    """How much a word tells, 0 to 1: the fewer of the texts hold it, the more."""
    counts: dict[str, int] = {}
    number = 0
    for words in texts:
        number += 1
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    full = math.log(number + 1)
    return {word: math.log((number + 1) / count) / full for word, count in counts.items()} if number else {}
