"""Pictures as data URIs for a report that is one file, without what they say of people and devices.

Knows which pictures may be carried along. Refuses SVG, since it can act, and whatever would make the file or the
reader's browser grow: those are named in the report and stay where they are.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any, BinaryIO

from afteraction.core.pictures.cleaning import without_metadata

LARGEST = 400_000
MOST_BYTES = 8_000_000
MOST_PIXELS = 40_000_000
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp")


def thumbnails(document: dict[str, Any], open_original: Callable[[str], BinaryIO]) -> dict[str, str]:
    """Data URIs by sha256 of the pictures of an analysis document, the first by time as far as MOST_BYTES reaches.
    `open_original` gives the bytes of a sha256."""
    found: dict[str, str] = {}
    spent = 0
    for item in document["documents"]:
        sha256, picture = item["evidence"]["sha256"], item["picture"]
        if picture is None or sha256 in found or not _may_be_shown(picture) or spent + picture["size"] > MOST_BYTES:
            continue
        with open_original(sha256) as stream:
            clean = without_metadata(stream.read(LARGEST + 1))
        if clean is not None:
            spent += len(clean)
            found[sha256] = f"data:{picture['media_type']};base64,{base64.b64encode(clean).decode()}"
    return found


def _may_be_shown(picture: dict[str, Any]) -> bool:
    pixels = (picture["width"] or 0) * (picture["height"] or 0)
    return picture["media_type"] in _SHOWN and picture["size"] <= LARGEST and 0 < pixels <= MOST_PIXELS
