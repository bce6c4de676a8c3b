"""A report as JSON: for the team the review itself, to take elsewhere and back; for others what they may read.

Knows the two shapes. Refuses to put parts of the review into a file for anybody else.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson

from afteraction.pipeline.review.exchange import review_document
from afteraction.pipeline.review.report.blocks import Audience, Drawing, Report, Section
from afteraction.pipeline.review.report.told import Told

Json = dict[str, Any]
SCHEMA = "afteraction/review-report/1"


def written(report: Report, told: Told) -> bytes:
    """The JSON for the report's audience."""
    if report.audience is Audience.INTERNAL:
        named = {"key": told.record.get("key", ""), "title": told.record.get("title", "")}
        document = {**review_document(told.review, named), "template": report.template}
    else:
        document = composed(report)
    return orjson.dumps(document, option=orjson.OPT_INDENT_2)


def composed(report: Report) -> Json:
    """A report section by section, without where in the review it comes from."""
    return {
        "schema": SCHEMA, "template": report.template, "audience": report.audience.value, "title": report.title,
        "meta": dict(report.meta), "sections": [_section(each) for each in report.sections],
    }  # fmt: skip


def _section(section: Section) -> Json:
    return {"id": section.id, "title": section.title, "blocks": [_block(each) for each in section.blocks]}


def _block(block: Any) -> Json:
    told: Json = {"is": type(block).__name__.lower()}
    if isinstance(block, Drawing):
        return told | {"label": block.label, "caption": block.caption, "svg": block.file}
    told.update(_without_sources(asdict(block)))
    return told


def _without_sources(value: Any) -> Any:
    """Values without where in the review they come from: ids of its parts are for the team."""
    if isinstance(value, dict):
        return {name: _without_sources(each) for name, each in value.items() if name != "source"}
    return [_without_sources(each) for each in value] if isinstance(value, list | tuple) else value
