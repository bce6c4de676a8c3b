"""What one log line in Loki says: level, message, trace and further fields.

Knows lines that are JSON or logfmt, and Loki's three sorts of labels. Refuses to guess a level from running words: one
in capitals near the beginning counts, as loggers write it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from afteraction.core.labels import first_of
from afteraction.core.readplan import LEVEL_WORDS

LEVEL_LABELS = ("level", "detected_level", "severity", "severity_text", "lvl", "loglevel", "log_level")
TRACE_LABELS = ("trace_id", "traceId", "traceID", "trace.id")
HOST_LABELS = ("host", "hostname", "host_name", "node_name", "pod", "instance")
_MESSAGES = ("message", "msg", "log", "body")
_LEVELS = {
    **dict(LEVEL_WORDS),
    **{level: level for level in ("trace", "debug", "info", "warning", "error", "critical")},
}
_PAIR = re.compile(r'(?:^|\s)([A-Za-z_][\w.\-]*)=("(?:[^"\\]|\\.)*"|[^\s"]*)')
_WORD = re.compile(r"\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRITICAL|CRIT|FATAL|PANIC|SEVERE)\b")
_LOOKED_AT = 120
_FEWEST_PAIRS = 2


def level_of(word: str) -> str:
    """A level by any of its names; empty for what is none."""
    return _LEVELS.get(word.strip().lower(), "")


def fields_of(line: str) -> tuple[str, dict[str, str]]:
    """(message, further fields) of a line; a line that is neither JSON nor logfmt is all message."""
    fields = _json(line) if line.lstrip()[:1] == "{" else _logfmt(line)
    name = next((name for name in _MESSAGES if fields.get(name)), "")
    if not name:
        return line, fields
    return fields[name], {key: text for key, text in fields.items() if key != name}


def _json(line: str) -> dict[str, str]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return {str(key): _text(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _logfmt(line: str) -> dict[str, str]:
    if "=" not in line:
        return {}
    pairs = {key: value[1:-1].replace('\\"', '"') if value[:1] == '"' else value for key, value in _PAIR.findall(line)}
    is_logfmt = len(pairs) >= _FEWEST_PAIRS and _PAIR.match(line) is not None
    return pairs if is_logfmt else {}


def level_in(labels: Mapping[str, str], fields: Mapping[str, str], message: str) -> str:
    """The level that the line's own fields state, else its labels, else a word in capitals near its beginning. Loki
    says `unknown` where it found none."""
    for stated in (fields, labels):
        if level := level_of(first_of(stated, LEVEL_LABELS)):
            return level
    word = _WORD.search(message[:_LOOKED_AT])
    return level_of(word[1]) if word else ""
