"""A drawing as a picture of pixels."""

from __future__ import annotations

import struct
import zlib

import pytest
from tests.pipeline.review.drawing.graphs import DAY, small_graph

from afteraction.pipeline.review.drawing import png
from afteraction.pipeline.review.drawing.causal import draw_causal
from afteraction.pipeline.review.drawing.png import as_png
from afteraction.pipeline.review.drawing.scene import Scene


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height; raises where the bytes are no whole PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, []
    while at < len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + length]
        assert zlib.crc32(name + body) == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        chunks.append((name, body))
        at += 12 + length
    assert chunks[0][0] == b"IHDR" and chunks[-1][0] == b"IEND"
    assert len(set(zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT")))) > 8, "one colour"
    wide, high = struct.unpack(">II", chunks[0][1][:8])
    return wide, high


def test_it_is_a_picture_at_twice_the_size_of_the_drawing() -> None:
    sheet = draw_causal(Scene(small_graph(), day=DAY))
    wide, high = size_of(as_png(sheet.file()))
    assert wide == pytest.approx(2 * (sheet.width + 32), abs=2) and high == pytest.approx(
        2 * (sheet.height + 32), abs=2
    )


@pytest.mark.parametrize(("wide", "high"), [(9_000, 200), (3_000, 3_000)])
def test_a_drawing_that_no_program_opens_gets_fewer_pixels(
    monkeypatch: pytest.MonkeyPatch, wide: int, high: int
) -> None:
    monkeypatch.setattr(png, "MOST_ON_A_SIDE", 1_200)
    monkeypatch.setattr(png, "MOST_PIXELS", 400_000)
    stripes = "".join(
        f'<rect x="{at * wide / 20}" width="{wide / 30}" height="{high}" fill="#{at:x}{at:x}8"/>' for at in range(15)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">{stripes}</svg>'
    found = size_of(as_png(svg))
    assert max(found) <= 1_201 and found[0] * found[1] <= 402_000
    assert found[0] / found[1] == pytest.approx(wide / high, rel=0.05)


def test_the_same_drawing_is_the_same_file() -> None:
    svg = draw_causal(Scene(small_graph(), day=DAY)).file()
    assert as_png(svg) == as_png(svg)
