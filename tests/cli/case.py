"""Writes small cases and runs the command over them, as a person would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from afteraction.cli.main import main


def run(*arguments: str | Path) -> Result:
    """The command's answer; an exception that nobody caught fails the test."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def analysis(*arguments: str | Path) -> dict[str, Any]:
    """What `analyze --json` says; exit code 4 (nothing could be read) is an answer too."""
    result = run("analyze", "--json", *arguments)
    assert result.exit_code in (0, 3, 4), result.output
    return json.loads(result.stdout)


def file_of(document: dict[str, Any], name: str) -> dict[str, Any]:
    """What became of one file."""
    return next(file for file in document["files"] if file["name"] == name)


def alert(name: str = "LookupErrors", at: str = "2026-05-12T14:11:08Z", fingerprint: str = "f00d") -> dict[str, Any]:
    """An Alertmanager notification of version 4 with one firing alert."""
    return {
        "version": "4",
        "groupKey": f'{{}}:{{alertname="{name}"}}',
        "receiver": "hook",
        "status": "firing",
        "alerts": [
            {
                "status": "firing",
                "labels": {"alertname": name, "service": "lookup", "severity": "page"},
                "annotations": {"summary": "lookups fail"},
                "startsAt": at,
                "endsAt": "0001-01-01T00:00:00Z",
                "generatorURL": "http://prometheus.example.test/graph",
                "fingerprint": fingerprint,
            }
        ],
        "groupLabels": {"alertname": name},
        "commonLabels": {"alertname": name},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager.example.test",
    }


def log_line(at: str, message: str = "request handled", **more: Any) -> str:
    """One structured log line."""
    return json.dumps({"timestamp": at, "level": "info", "service": "lookup", "message": message, **more})
