"""Reads what Terraform and OpenTofu say as JSON: a plan (`show -json`) and the lines of a run (`plan|apply -json`).

Knows which of the two a file is. Refuses state files: they say how things are, not what was changed.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from afteraction.core.evidence import EvidenceKind, Failure
from afteraction.core.json_payloads import payloads, sketches
from afteraction.core.reading import Source
from afteraction.core.records import Record
from afteraction.formats.terraform.plans import is_plan, read_plan
from afteraction.formats.terraform.runs import is_line, read_run


class Terraform:
    """The reader of this folder."""

    name = "terraform"
    title = "Terraform and OpenTofu (plan JSON, plan and apply -json)"
    kind = EvidenceKind.DEPLOYMENT
    example = (
        '{"@level":"info","@module":"terraform.ui","@timestamp":"2026-05-12T14:02:11Z","type":"apply_complete",'
        '"hook":{"resource":{"addr":"aws_db_instance.a"},"action":"update"}}'
    )

    def sniff(self, source: Source) -> float:
        """Sure for the lines of a run and for an object with resource changes and a format version."""
        if _is_run(source):
            return 0.96
        return 0.95 if any(is_plan(one) for one in sketches(source)) or _is_long_plan(source) else 0.0

    def read(self, source: Source) -> Iterator[Record | Failure]:
        """Changes of a run line by line, or a plan as a document with a note at its time."""
        if _is_run(source):
            yield from read_run(source)
            return
        for payload in payloads(source, is_plan, "a plan of Terraform"):
            if isinstance(payload, Failure):
                yield payload
            else:
                yield from read_plan(payload)


def _is_run(source: Source) -> bool:
    for line in source.head_lines(5):
        try:
            found = orjson.loads(line)
        except (orjson.JSONDecodeError, UnicodeEncodeError):
            continue
        if is_line(found):
            return True
    return False


def _is_long_plan(source: Source) -> bool:
    """A plan whose values fill the first bytes: the resource changes follow behind them."""
    head = source.head_text()[:400].replace(" ", "")
    return head.startswith('{"format_version":') and '"terraform_version":' in head and '"planned_values":' in head


READER = Terraform()
